"""Cases of many fits of one data set (``leave1out``, ``cumulative``, ``subgroup``)."""

from __future__ import annotations

from assessments.case_types import Handler

HANDLERS: dict[str, Handler] = {}
