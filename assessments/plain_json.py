"""Results as JSON: no NaN, infinities as text, percentages and scales as they are.

A number that does not exist becomes null, an infinity the text ``Infinity`` or ``-Infinity``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any


def plain(value: Any) -> Any:
    """Return a value made of dicts, lists, texts, plain numbers, booleans and None.

    Arrays and their numbers, which have ``tolist``, become lists and plain numbers.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, float):
        return _float(value)
    return value


def _float(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def written(value: Any) -> str:
    """Return the value as indented JSON text."""
    return json.dumps(plain(value), ensure_ascii=False, indent=1, allow_nan=False)
