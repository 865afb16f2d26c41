"""The paragraph on risk of bias: what PRISMA 2020, item 11, asks to be reported."""

from __future__ import annotations

from assessments.assessment import Assessment, Judgement
from assessments.departures import chosen_departures, departure_words
from assessments.exports.methods_element import (
    Element,
    agreement,
    assessors,
    author_contact,
    calibration,
    disagreements,
    in_a_list,
    instruments_used,
    judged_here,
    not_stated,
    sources,
)
from assessments.instrument import OVERALL, Instrument
from assessments.instruments_kept import instrument_of
from assessments.language import _
from assessments.review import TeamRule
from assessments.review_edits import setting
from assessments.store.project_file import Project

_ITEM = "11"


def elements(project: Project) -> tuple[Element, ...]:
    """Return the elements in the order in which they are read."""
    tools = [instrument_of(project, one) for one in instruments_used(project, grade=False)]
    if not tools:
        return (
            not_stated(_ITEM, _("Tool and version"),
                       _("Not done: no risk of bias has been assessed in this review.")),
        )
    found = [_tool(tools), _domains(tools), _overall(project, tools), _unit(project, tools)]
    found.append(_adaptations(project, tools))
    published = sources(project, grade=False)
    if published:
        found.append(Element(item=_ITEM, name=_("Judgements taken over"), text=_(
            "Judgements were taken over from: {sources}. They were not made again."
        ).format(sources="; ".join(one.rstrip(".") for one in published))))
    if judged_here(project, grade=False) or not published:
        did = _("judged risk of bias with {tools}").format(
            tools=in_a_list(tuple(one.short for one in tools))
        )
        found.append(assessors(project, _ITEM, did))
        found += [calibration(_ITEM), disagreements(project, _ITEM, grade=False),
                  agreement(project, _ITEM, grade=False)]
    else:
        found.append(not_stated(_ITEM, _("Number of assessors, independence"), _(
            "Not stated here: how many people judged, and how they agreed; see the publication."
        )))
    found.append(author_contact(_ITEM))
    return tuple(found)


def _tool(tools: list[Instrument]) -> Element:
    said = [
        _("{title}, version {version}{doi}").format(
            title=one.title, version=one.version, doi=f" (doi:{one.doi})" if one.doi else ""
        )
        for one in tools
    ]
    return Element(item=_ITEM, name=_("Tool and version"),
                   text=_("Risk of bias was assessed with {tools}.").format(
                       tools=in_a_list(tuple(said))))


def _domains(tools: list[Instrument]) -> Element:
    said = []
    for one in tools:
        titles = "; ".join(
            (domain.short or domain.title) for domain in one.domains if domain.judged
        )
        said.append(_("{tool}: {domains}").format(tool=one.short, domains=titles))
    return Element(item=_ITEM, name=_("Domains"),
                   text=_("The domains were, for {domains}.").format(domains=". ".join(said)))


def _overall(project: Project, tools: list[Instrument]) -> Element:
    name = _("How the overall judgement is reached")
    with_rules = [
        one.short for one in tools
        if one.overall is not None and one.overall.rules
        and not (one.overall.optional or one.overall.key_domains)
    ]
    others = [one for one in tools if one.short not in with_rules]
    summed_up = [one for one in others if _judged_overall(project, one)]
    without = [one.short for one in others if one not in summed_up]
    text = []
    if with_rules:
        text.append(_(
            "The overall judgement followed the rules of {tools} over the domains; assessors "
            "could choose another level with a written reason."
        ).format(tools=in_a_list(tuple(with_rules))))
    text += [_summary(project, one) for one in summed_up]
    if without:
        text.append(_("No overall judgement was derived with {tools}.").format(
            tools=in_a_list(tuple(without))
        ))
    return Element(item=_ITEM, name=name, text=" ".join(text))


def _judged_overall(project: Project, tool: Instrument) -> bool:
    """Return whether anybody has given a judgement over the domains of that instrument."""
    frames = {one.id for one in project.all(Assessment, instrument=tool.id) if not one.source}
    return any(
        one.assessment in frames and one.level is not None
        for one in project.all(Judgement, domain=OVERALL)
    )


def _summary(project: Project, tool: Instrument) -> str:
    """Tell how a summary was reached that the instrument leaves to the team."""
    keys = setting(project, f"key_domains/{tool.id}").split()
    if keys:
        titles = tuple(
            (domain.short or domain.title) for domain in tool.domains if domain.id in keys
        )
        return _(
            "With {tool}, assessors also judged each {unit} across the key domains that the team "
            "had named: {domains}."
        ).format(tool=tool.short, unit=_unit_words(tool), domains="; ".join(titles))
    return _(
        "With {tool}, assessors also judged each {unit} across all domains."
    ).format(tool=tool.short, unit=_unit_words(tool))


def _unit_words(tool: Instrument) -> str:
    return _("result") if tool.unit == "result" else _("study")


def _unit(project: Project, tools: list[Instrument]) -> Element:
    said = []
    for one in tools:
        words = {
            "study": _("{tool} was applied to each study"),
            "result": _("{tool} was applied to each result (study, outcome and time point)"),
        }.get(one.unit, _("{tool} was applied"))
        text = words.format(tool=one.short)
        codes = {
            row.effect for row in project.all(Assessment, instrument=one.id) if row.effect
        }
        effects = [effect.label for effect in one.effects if effect.code in codes]
        if effects:
            text = _("{text}, for {effects}").format(
                text=text, effects=in_a_list(tuple(effects)).lower()
            )
        kinds = chosen_departures(project, one.id)
        if kinds:
            words_of = departure_words()
            text = _("{text}; departures of interest: {kinds}").format(
                text=text, kinds=in_a_list(tuple(words_of[kind].lower() for kind in kinds))
            )
        said.append(text)
    return Element(item=_ITEM, name=_("Unit of assessment, effect of interest"),
                   text=f"{'; '.join(said)}.")


def _adaptations(project: Project, tools: list[Instrument]) -> Element:
    name = _("Adaptations and decision rules")
    rules = [
        one for one in project.all(TeamRule) if one.instrument in {tool.id for tool in tools}
    ]
    if not rules:
        return Element(item=_ITEM, name=name, text=_(
            "The instruments were used without adaptations; no rules of the team were set."
        ))
    said = "; ".join(_rule(project, one) for one in rules)
    return Element(item=_ITEM, name=name, text=_("The team set these rules: {rules}.").format(
        rules=said
    ))


def _rule(project: Project, rule: TeamRule) -> str:
    from assessments.comparisons import domain_title

    where = domain_title(instrument_of(project, rule.instrument), rule.domain)
    if rule.question:
        where = f"{where}, {rule.question}"
    return _("{where}: {rule}").format(where=where, rule=rule.text.strip().rstrip("."))
