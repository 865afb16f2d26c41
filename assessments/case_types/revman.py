"""Cases of complete analyses by a profile (``revman5``, ``revman5_observed``, ``profile``)."""

from __future__ import annotations

from assessments.case_types import Handler

HANDLERS: dict[str, Handler] = {}
