"""A fingerprint of the numbers and the plan behind a result."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from gradecore.data import BodyOfEvidence
from gradecore.profiles import PoolingPlan


def fingerprint(body: BodyOfEvidence, plan: PoolingPlan) -> str:
    """Return the SHA-256 of the studies' numbers, their subgroups, and the plan.

    Titles and labels do not count: renaming a study leaves its results current.
    """
    studies = [
        {
            "key": study.key,
            "kind": type(study.data).__name__,
            "data": None if study.data is None else asdict(study.data),
            "subgroup": study.subgroup,
            "included": study.included,
        }
        for study in body.studies
    ]
    text = json.dumps({"studies": studies, "plan": asdict(plan)}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
