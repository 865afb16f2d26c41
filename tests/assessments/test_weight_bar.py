"""The weight bar names its parts, the last one also where it is narrower than its words."""

from __future__ import annotations

from assessments.figures.figure import Text
from assessments.figures.weight_bar import Share, weight_bar


def width_of(text: str, size: float, _bold: bool) -> float:
    """Return a width of six tenths of the size for each letter."""
    return len(text) * size * 0.6


def words(shares: tuple[Share, ...], width: float) -> dict[str, float]:
    """Return the words of the bar with their left edges."""
    figure = weight_bar(shares, "Weight", width, width_of)
    return {one.text: one.x for one in figure.marks if isinstance(one, Text)}


def test_the_last_part_is_named_at_the_end_of_the_bar() -> None:
    shares = (Share(role="low", label="Low", share=0.5),
              Share(role="some", label="Some concerns", share=0.44),
              Share(role="high", label="High", share=0.06))
    found = words(shares, 500.0)
    assert list(found) == ["Low 50%", "Some concerns 44%", "High 6%"]
    assert found["High 6%"] + width_of("High 6%", 11, False) == 500.0
    end = found["Some concerns 44%"] + width_of("Some concerns 44%", 11, False)
    assert found["High 6%"] > end


def test_words_never_overlap_and_all_parts_stay_in_the_description() -> None:
    shares = (Share(role="low", label="Low", share=0.97),
              Share(role="some", label="Some concerns", share=0.02),
              Share(role="high", label="High", share=0.01))
    found = words(shares, 240.0)
    assert "Some concerns 2%" not in found
    figure = weight_bar(shares, "Weight", 240.0, width_of)
    assert figure.description == "Low 97%, Some concerns 2%, High 1%"
    assert words((shares[0], Share(role="high", label="High risk of bias", share=0.03)), 60.0) == {
        "Low 97%": 0.0}
