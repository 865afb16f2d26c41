"""Small bodies of evidence that the tests of GRADE share."""

from __future__ import annotations

import math
from dataclasses import replace

from assessments.grade_files import default_settings
from gradecore.grade.evidence import BaselineRisk, Evidence, PooledNumbers, StudyEvidence
from gradecore.grade.facts import Prompt
from gradecore.grade.prompts import compute_facts, run_prompts
from gradecore.grade.settings import Settings
from gradecore.grade.target import Thresholds

DEFAULTS = default_settings()


def settings(**thresholds: object) -> Settings:
    """The default settings with these thresholds."""
    return replace(DEFAULTS, thresholds=Thresholds(**thresholds))


def ratio(estimate: float, low: float, high: float, **more: object) -> PooledNumbers:
    """A pooled ratio, given as printed."""
    return PooledNumbers(effect=math.log(estimate), low=math.log(low), high=math.log(high), **more)


def events(pooled: PooledNumbers, baseline: float | None = None, **more: object) -> Evidence:
    """A body about events with a risk ratio unless another measure is named."""
    risks = () if baseline is None else (BaselineRisk(label="", risk=baseline),)
    return Evidence(**{"measure": "RR", "pooled": pooled, "baselines": risks, **more})


def judged(*pairs: tuple[str, float], **more: object) -> tuple[StudyEvidence, ...]:
    """Studies from pairs of risk of bias and weight."""
    return tuple(
        StudyEvidence(id=str(n), label=f"Study {n}", rob=rob, weight=weight, **more)
        for n, (rob, weight) in enumerate(pairs, start=1)
    )


def measured(
    *effects: tuple[float, float], weight: float | None = None
) -> tuple[StudyEvidence, ...]:
    """Studies from pairs of effect and standard error, equal weights."""
    share = 1 / len(effects) if weight is None else weight
    return tuple(
        StudyEvidence(id=str(n), label=f"Study {n}", effect=y, se=se, weight=share, rob="low")
        for n, (y, se) in enumerate(effects, start=1)
    )


def asked(evidence: Evidence, settings_: Settings) -> dict[str, Prompt]:
    """All prompts about a body, by id."""
    return {one.id: one for one in run_prompts(compute_facts(evidence, settings_), settings_)}
