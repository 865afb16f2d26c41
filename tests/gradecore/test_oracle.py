"""Every reference case, computed as ``main.py pool`` does it, against the numbers of R and RevMan.

The cases, their sources and the differences that remain are described in
tests/references/oracle/README.md; ``KNOWN`` names each of them again.
"""

from __future__ import annotations

import json
from collections import Counter
from fnmatch import fnmatch
from functools import lru_cache
from typing import Any

import pytest

from assessments.pool_cases import answer
from gradecore.case_types import case_types
from tests.gradecore.oracle_agreement import FOLDER, GROUPS, cases_of, differences

KNOWN: dict[str, dict[str, str]] = json.loads((FOLDER / "differences.json").read_text("utf-8"))
"""Pattern of case ids → part of the result, and why the reference differs there."""

COUNTS = {
    "begg": 111,
    "bin_begg": 26,
    "bin_egger": 26,
    "bin_harbord": 26,
    "bin_macaskill": 26,
    "bin_peters": 26,
    "bin_schwarzer": 26,
    "bin_thompson": 26,
    "convert": 236,
    "cumulative": 66,
    "egger": 111,
    "error": 8,
    "escalc": 467,
    "failsafe": 83,
    "leave1out": 154,
    "meta": 145,
    "metareg": 164,
    "mh": 257,
    "peto": 28,
    "pool": 1707,
    "profile": 108,
    "regtest": 382,
    "revman5": 402,
    "revman5_observed": 22,
    "subgroup": 65,
    "trimfill": 412,
}
"""How many cases of each type there are; the sum is 5110."""


def _known(case_id: str) -> dict[str, str]:
    return {
        part: why
        for pattern, parts in KNOWN.items()
        if fnmatch(case_id, pattern)
        for part, why in parts.items()
    }


def _told(read: dict[str, Any], found: dict[str, Any]) -> list[str]:
    if read["type"] == "error":
        return [] if found.get("error") else [f"{read['id']} was not refused"]
    known = _known(read["id"])
    if "error" in found:
        return [] if "error" in known else [f"{read['id']}: {found['error']}"]
    return [
        f"{read['id']} {told}"
        for told in differences(read, found["result"])
        if not any(told.startswith(f"{part}:") for part in known)
    ]


@lru_cache(maxsize=1)
def _answered() -> dict[str, list[tuple[dict[str, Any], dict[str, Any]]]]:
    """Return the cases of every group with their answers."""
    handlers = case_types()
    return {group: [(read, answer(read, handlers)) for read in cases_of(group)] for group in GROUPS}


@pytest.mark.parametrize("group", GROUPS)
def test_agrees_with_the_reference(group: str) -> None:
    wrong = [told for read, found in _answered()[group] for told in _told(read, found)]
    assert wrong == [], "\n".join(wrong[:40])


def test_no_case_is_left_out() -> None:
    read = [case for group in GROUPS for case in cases_of(group)]
    assert Counter(case["type"] for case in read) == COUNTS
    assert len({case["id"] for case in read}) == len(read) == 5110
    assert set(COUNTS) <= set(case_types())


def test_every_known_difference_is_still_there() -> None:
    """A difference that has gone must leave the list."""
    seen = set()
    for read, found in (pair for pairs in _answered().values() for pair in pairs):
        for pattern, parts in KNOWN.items():
            if not fnmatch(read["id"], pattern):
                continue
            told = ["error:"] if "error" in found else list(differences(read, found["result"]))
            seen |= {(pattern, p) for p in parts if any(t.startswith(f"{p}:") for t in told)}
    assert seen == {(pattern, part) for pattern, parts in KNOWN.items() for part in parts}
