"""Cases of one pooled analysis (``pool``, ``mh``, ``peto``, ``meta``)."""

from __future__ import annotations

from assessments.case_types import Handler

HANDLERS: dict[str, Handler] = {}
