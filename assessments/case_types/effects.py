"""Cases of effects of single studies (``escalc``) and refusals (``error``)."""

from __future__ import annotations

from assessments.case_types import Handler

HANDLERS: dict[str, Handler] = {}
