"""The methods paragraphs of judging and rating, generated from what the review holds.

Everything that PRISMA 2020 asks for in items 11 (risk of bias) and 15 (certainty) has its element:
either what was done, or the plain statement that it was not done or is not stated.
"""

from __future__ import annotations

from dataclasses import dataclass

from assessments.exports import methods_certainty, methods_risk_of_bias
from assessments.exports.methods_element import Element, software
from assessments.language import _
from assessments.store.project_file import Project

__all__ = ["Element", "MethodsText", "Paragraph", "methods_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A heading and the sentences below it, one for each element."""

    heading: str
    elements: tuple[Element, ...]

    @property
    def text(self) -> str:
        """The sentences in one paragraph."""
        return " ".join(one.text for one in self.elements if one.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodsText:
    """All paragraphs; ``open_elements`` are those the team still has to state."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def plain(self) -> str:
        """The text for a file or the clipboard, marked as generated."""
        parts = [f"{one.heading}\n{one.text}" for one in self.paragraphs]
        mark = _(
            "Generated from the review; please read and edit. What is in square brackets is not "
            "recorded in the review."
        )
        return "\n\n".join([*parts, f"[{mark}]"]) + "\n"

    @property
    def open_elements(self) -> tuple[Element, ...]:
        """The elements that are not stated anywhere."""
        return tuple(
            one for part in self.paragraphs for one in part.elements if not one.stated
        )


def methods_text(project: Project) -> MethodsText:
    """Return the generated text of a review; the last paragraph is meant for the appendix."""
    cutoffs = methods_certainty.cutoffs(project)
    appendix = Paragraph(
        heading=_("Appendix: cut-offs of the prompts about certainty"), elements=cutoffs
    )
    return MethodsText(
        paragraphs=(
            Paragraph(
                heading=_("Risk of bias"), elements=methods_risk_of_bias.elements(project)
            ),
            Paragraph(
                heading=_("Certainty of the evidence"),
                elements=methods_certainty.elements(project),
            ),
            Paragraph(heading=_("Software"), elements=software()),
            *((appendix,) if cutoffs else ()),
        )
    )
