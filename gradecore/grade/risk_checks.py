"""What is odd about absolute effects at the named baseline risks: W-CAP and W-BASELINE-ZERO."""

from __future__ import annotations

from gradecore.absolute_effects import CAPPED, BaselineRefused, absolute_effect
from gradecore.grade.evidence import EVENT_DIFFERENCES, BaselineRisk, Evidence
from gradecore.grade.remarks import WARN, Remark
from gradecore.grade.scales import natural_interval
from gradecore.input_errors import InputError


def remarks_on_risks(evidence: Evidence) -> tuple[Remark, ...]:
    """Return one remark for each baseline risk that was capped or gives no absolute effect."""
    needs_risk = evidence.of_events and evidence.measure not in EVENT_DIFFERENCES
    if evidence.pooled is None or not needs_risk:
        return ()
    return tuple(
        found for one in evidence.baselines if (found := _remark(evidence, one)) is not None
    )


def _remark(evidence: Evidence, baseline: BaselineRisk) -> Remark | None:
    assert evidence.pooled is not None
    where = f"{baseline.label}: " if baseline.label else ""
    try:
        effect = absolute_effect(
            evidence.measure, natural_interval(evidence, evidence.pooled), baseline.risk,
            event_free=evidence.event_free,
        )
    except BaselineRefused as error:
        return Remark(code=error.code, kind=WARN, sentence=f"{where}{error.sentence}")
    except InputError:
        return None
    capped = next((one for one in effect.notes if one.code == CAPPED), None)
    if capped is None:
        return None
    return Remark(code=CAPPED, kind=WARN, sentence=f"{where}{capped.sentence}")
