"""The elements of the methods text that risk of bias and certainty share: people, agreement."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.assessment import SEATS, Assessment
from assessments.assignments import GRADE
from assessments.comparisons import agreement_in_all, compared_items
from assessments.language import _
from assessments.review import Person
from assessments.store.project_file import Project
from assessments.summary_of_findings.numbers import number
from assessments.version import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing that has to be reported. ``item`` is that of PRISMA 2020 ('11', '15').

    ``stated`` tells whether the review knows it; else the text says that it is not stated.
    """

    item: str
    name: str
    text: str
    stated: bool = True


def not_stated(item: str, name: str, text: str) -> Element:
    """Return an element that the review does not know, in square brackets."""
    return Element(item=item, name=name, text=f"[{text}]", stated=False)


def instruments_used(project: Project, *, grade: bool) -> tuple[str, ...]:
    """Return the instruments of assessments made here or taken over, by name."""
    names = {one.instrument for one in project.all(Assessment)}
    return tuple(sorted(one for one in names if (one == GRADE) == grade))


def sources(project: Project, *, grade: bool) -> tuple[str, ...]:
    """Return the publications that judgements were taken over from."""
    found = {
        one.source for one in project.all(Assessment)
        if one.source and (one.instrument == GRADE) == grade
    }
    return tuple(sorted(found))


def judged_here(project: Project, *, grade: bool) -> bool:
    """Return whether anybody has judged here, apart from what was taken over."""
    return any(
        not one.source and one.seat in SEATS and (one.instrument == GRADE) == grade
        for one in project.all(Assessment)
    )


def initials(project: Project, role: str) -> tuple[str, ...]:
    """Return the initials of those with a role, the name where there are none."""
    return tuple(
        one.initials or one.name for one in project.all(Person, role=role)
        if one.initials or one.name
    )


def in_a_list(words: tuple[str, ...]) -> str:
    """Return words parted by commas, with “and” before the last."""
    if len(words) < 2:
        return "".join(words)
    return _("{most} and {last}").format(most=", ".join(words[:-1]), last=words[-1])


def assessors(project: Project, item: str, did: str) -> Element:
    """Return how many people judged, who, and that they did so apart."""
    name = _("Number of assessors, independence")
    people = (*initials(project, "a"), *initials(project, "b"))
    if len(people) < 2:
        return not_stated(item, name, _("Not stated: who assessed, and whether independently."))
    return Element(item=item, name=name, text=_(
        "Two assessors ({people}) independently {did}. They were unaware of each other's "
        "judgements until both had finished; the program shows neither before."
    ).format(people=", ".join(people), did=did))


def calibration(item: str) -> Element:
    """Return that a pilot is not recorded in the review."""
    return not_stated(item, _("Calibration"), _(
        "Not stated: whether the assessors calibrated on a pilot before, and with which agreement."
    ))


def author_contact(item: str) -> Element:
    """Return that contact with study authors is not recorded in the review."""
    return not_stated(item, _("Contact with study authors"), _(
        "Not stated: whether study authors were asked for missing information."
    ))


def disagreements(project: Project, item: str, *, grade: bool) -> Element:
    """Return how many judgements differed and how they were settled."""
    name = _("Resolution of disagreements")
    items = [one for one in compared_items(project) if one.is_rating == grade]
    arbiters = in_a_list(initials(project, "arbiter"))
    third = (
        _("A third person ({name}) was available.").format(name=arbiters) if arbiters
        else _("No third person was named.")
    )
    if not items:
        return not_stated(item, name, _(
            "Not done yet: no judgement of both has been compared. {third}"
        ).format(third=third))
    differing = [one for one in items if not one.item.identical]
    how = [one.item.settlement.how if one.item.settlement else "open" for one in differing]
    talked = sum(one in ("took_a", "took_b", "other") for one in how)
    ways = (
        (talked, _("by discussion ({n})")),
        (how.count("arbitrated"), _("by a third person ({n})")),
        (how.count("referred"), _("referred to a third person, not decided yet ({n})")),
        (how.count("open"), _("not settled yet ({n})")),
    )
    settled = in_a_list(tuple(words.format(n=count) for count, words in ways if count))
    text = _("The assessors differed in {n} of {all} judgements").format(
        n=len(differing), all=len(items)
    )
    text += _("; these were resolved: {ways}.").format(ways=settled) if differing else "."
    return Element(item=item, name=name, text=f"{text} {third}")


def agreement(project: Project, item: str, *, grade: bool) -> Element:
    """Return the agreement of the two originals before any discussion."""
    name = _("Agreement before discussion")
    found = [one for one in agreement_in_all(project) if (one.instrument == GRADE) == grade]
    found = [one for one in found if one.total]
    if not found:
        return not_stated(item, name, _("Not done yet: agreement has not been computed."))
    said = []
    for one in found:
        share = number(100 * one.agree / one.total, 0)
        words = _("{tool}: {agree} of {all} domain judgements ({share}%)").format(
            tool=one.title, agree=one.agree, all=one.total, share=share
        )
        if one.set_aside:
            words = _("{words}, {n} set aside because no step of the scale was chosen").format(
                words=words, n=one.set_aside)
        if one.kappa is not None:
            words = _("{words}, kappa {kappa}").format(words=words, kappa=number(one.kappa, 2))
        said.append(words)
    return Element(item=item, name=name, text=_(
        "Agreement of the independent judgements before discussion: {figures}."
    ).format(figures="; ".join(said)))


def software() -> tuple[Element, ...]:
    """Return what the program did, and that people decided."""
    from assessments.grade_files import grade_defaults

    aid = grade_defaults()
    return (
        Element(item="11, 15", name=_("Automation"), text=_(
            "Tandem version {version} computed the facts on which the judgements rest and "
            "proposed levels by the published rules of the instruments; its prompts for rating "
            "used the decision aid “{aid}”, version {number}. All judgements and ratings were "
            "made by the assessors."
        ).format(version=VERSION, aid=aid.title, number=aid.version)),
    )
