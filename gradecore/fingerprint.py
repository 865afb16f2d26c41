"""A fingerprint of the numbers and the plan behind a result."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import get_args

from gradecore.data import BodyOfEvidence, StudyData
from gradecore.profiles import PoolingPlan

_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in get_args(StudyData)}


def fingerprint(body: BodyOfEvidence, plan: PoolingPlan) -> str:
    """Return the SHA-256 of the studies' numbers, their subgroups, and the plan.

    Titles and labels do not count: renaming a study leaves its results current.
    """
    digest = hashlib.sha256()
    for study in body.studies:
        data = study.data
        numbers = () if data is None else tuple(getattr(data, name) for name in _NAMES[type(data)])
        place = (study.key, type(data).__name__, study.subgroup, study.included)
        digest.update(repr((place, numbers)).encode())
    digest.update(repr(plan).encode())
    return digest.hexdigest()
