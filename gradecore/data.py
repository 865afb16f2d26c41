"""The numbers of studies as they were reported, and the body of evidence they make up together.

Everything here is frozen and says nothing about how it will be pooled. "Experimental" and
"control" name the two arms of a comparison. Every kind of data lists its ``COLUMNS``: the names
under which the effect measures ask for them, one array per column, one element per study.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
Columns = Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class BinaryArms:
    """People with the event and people in all, in two arms."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "events_experimental",
        "total_experimental",
        "events_control",
        "total_control",
    )
    events_experimental: float
    total_experimental: float
    events_control: float
    total_control: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuousArms:
    """Mean, standard deviation and number of people, in two arms."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "mean_experimental",
        "sd_experimental",
        "total_experimental",
        "mean_control",
        "sd_control",
        "total_control",
    )
    mean_experimental: float
    sd_experimental: float
    total_experimental: float
    mean_control: float
    sd_control: float
    total_control: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTimeArms:
    """Number of events and person-time at risk, in two arms."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "events_experimental",
        "time_experimental",
        "events_control",
        "time_control",
    )
    events_experimental: float
    time_experimental: float
    events_control: float
    time_control: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedMinusExpected:
    """Observed minus expected events of the experimental arm, and its variance.

    The participants and events are for the record and for the totals of the forest plot.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ("observed_minus_expected", "variance")
    observed_minus_expected: float
    variance: float
    events_experimental: float | None = None
    total_experimental: float | None = None
    events_control: float | None = None
    total_control: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedMeasurements:
    """One group measured twice (or matched pairs): means, SDs, number, and their correlation."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "mean_first",
        "mean_second",
        "sd_first",
        "sd_second",
        "total",
        "correlation",
    )
    mean_first: float
    mean_second: float
    sd_first: float
    sd_second: float
    total: float
    correlation: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrelationData:
    """A correlation coefficient and the number of people it comes from."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("correlation", "total")
    correlation: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleProportion:
    """People with the event among all people of one group."""

    COLUMNS: ClassVar[tuple[str, ...]] = ("events", "total")
    events: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedEffect:
    """An effect as a report states it: an estimate with its standard error or its interval.

    ``scale`` says how ``estimate`` and the limits are written: ``natural`` (a risk ratio of 0.8)
    or ``analysis`` (its logarithm). ``se`` is always on the analysis scale. With ``ci_lower`` and
    ``ci_upper``, ``level`` is the confidence level they were reported with. ``se`` wins if both
    are given. The participants and events are for the totals of the forest plot.
    """

    COLUMNS: ClassVar[tuple[str, ...]] = ("estimate", "se")
    estimate: float
    se: float | None = None
    ci_lower: float | None = None
    ci_upper: float | None = None
    level: float = 0.95
    scale: Literal["natural", "analysis"] = "natural"
    events_experimental: float | None = None
    total_experimental: float | None = None
    events_control: float | None = None
    total_control: float | None = None


StudyData = (
    BinaryArms
    | ContinuousArms
    | PersonTimeArms
    | ObservedMinusExpected
    | PairedMeasurements
    | CorrelationData
    | SingleProportion
    | ReportedEffect
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRow:
    """One study as it enters an analysis.

    ``key`` identifies the row for the program, ``label`` is what people read. ``subgroup`` is
    empty when there is none. ``risk_of_bias`` is the overall level (``low``, ``some_concerns``,
    ``high``, or another code of the instrument). A row with ``included=False`` stays visible but
    is left out, for ``left_out_because``; with ``impossible`` that names a number that cannot be,
    and nobody chose to leave the row out. ``data`` is None when no number is known.
    """

    key: str
    label: str
    data: StudyData | None
    subgroup: str = ""
    risk_of_bias: str = ""
    included: bool = True
    left_out_because: str = ""
    impossible: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyOfEvidence:
    """The studies of one comparison and outcome, in the order in which they are shown."""

    studies: tuple[StudyRow, ...]
    title: str = ""
    label_experimental: str = ""
    label_control: str = ""
