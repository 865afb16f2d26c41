"""Names that the specification and its readers give to facts, beside the keys of the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_ALSO = {
    "OIS": "ois", "I2": "i2", "N": "n", "E": "events", "n_total": "n", "tau_2": "tau2",
    "total_events": "events", "events_total": "events", "n_studies": "k",
    "magnitude": "imp_magnitude", "ci_ratio": "imp_ratio", "crossed": "imp_crossed_1",
    "n_crossed": "imp_crossed_1", "thresholds_crossed": "imp_crossed_1",
    "n_arm": "ois_per_arm", "n_per_arm": "ois_per_arm", "expected_events": "ois_events",
    "DI": "inc_di", "ASI": "inc_asi", "di": "inc_di", "asi": "inc_asi",
    "c": "inc_c", "p": "inc_prediction", "ci_crossed": "inc_c", "pi_crossed": "inc_prediction",
    "relative_change": "rob3_change", "r": "rob3_change", "p_between": "rob3_p",
    "sign_flip": "rob3_sign", "proxy": "rob_weight_basis", "largest": "rob_largest",
    "dominant": "robins_dominant", "pairs": "inc_pairs", "pairs_no_overlap": "inc_pairs",
    "share_pairs": "inc_pairs", "share_pairs_no_overlap": "inc_pairs",
    "w_excludes_mu": "inc_excluding", "w_excl_mu": "inc_excluding",
    "weight_excluding_mu": "inc_excluding",
    "share_benefit": "inc_studies_beyond_benefit", "share_within": "inc_studies_within",
    "share_harm": "inc_studies_beyond_harm", "weight_benefit": "inc_weight_beyond_benefit",
    "weight_within": "inc_weight_within", "weight_harm": "inc_weight_beyond_harm",
    "worst": "pico_worst", "worst_answer": "pico_worst", "w_indirect": "indirect_weight",
    "follow_up": "follow_up_ratio", "ratio": "follow_up_ratio", "share": "pub_small_sponsored",
    "same_verdict": "imp_whole_range", "missing_share": "pub_missing_share",
    "share_missing": "pub_missing_share", "RR": "rr", "Q_p": "q_p", "p_Q": "q_p", "p_q": "q_p",
    "p_heterogeneity": "q_p", "p_egger": "pub_p",
}
"""Names that the specification gives to facts → their keys."""
_OF_PROMPT = {
    "ROB-6": {"share": "rob_domain_share", "domain": "rob_domain"},
    "INC-4": {"p": "inc_prediction"},
    "INC-6": {"p": "q_p"},
    "IND-2": {"share": "indirect_weight"},
    "IMP-4": {"ratio": "imp_ratio"},
    "IMP-5": {"crossed": "imp_ranges", "n_crossed": "imp_ranges", "count": "imp_ranges"},
    "PUB-3": {"p": "pub_p"},
    "PUB-4": {"share": "pub_missing_share"},
}
"""Short names whose meaning depends on the prompt a case is about."""
_FOLDED = ("ROB-1", "ROB-2")


def also_named(values: Mapping[str, Any], prompt: str, folding: str) -> dict[str, Any]:
    """Return the facts under their further names.

    ``prompt``: the prompt the case is about, '' if none; ``folding``: how some concerns count. A
    folding to low or high shares out the weight of some concerns where the prompt folds.
    """
    found = {name: values[key] for name, key in _ALSO.items() if key in values}
    found |= {
        name: values[key] for name, key in _OF_PROMPT.get(prompt, {}).items() if key in values
    }
    some = values.get("w_some", 0.0)
    if some and prompt in _FOLDED and folding in ("low", "high"):
        key = f"w_{folding}"
        found |= {key: round(values.get(key, 0.0) + some, 12), "w_some": 0.0}
    return found
