"""The tables as one web page: real tables, readable by a screen reader, ready to print or paste.

Nothing is loaded from elsewhere and nothing runs. Styles stand in the cells, so that a table that
is copied into Word or a web editor keeps its lines.
"""

from __future__ import annotations

from html import escape

from assessments.exports.summary_of_findings_sheet import WIDTHS
from assessments.exports.workbook import HEADER_FILL, LEVEL_FILLS
from assessments.language import _
from assessments.review import Review
from assessments.store.project_file import Project
from assessments.summary_of_findings import (
    Cell,
    CertaintyCell,
    Group,
    Row,
    SummaryOfFindings,
    build,
)
from assessments.summary_of_findings.table import Overall
from gradecore.grade.vocabulary import SCORE_OF_LEVEL

_PAGE_STYLE = """
body { font: 10pt/1.35 Arial, Helvetica, sans-serif; color: #000; background: #fff;
  margin: 1.5rem auto; max-width: 78rem; padding: 0 1rem; }
section { margin-bottom: 3rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; font-size: 12pt; padding-bottom: .5rem; }
.header, .notes { font-size: 9pt; } .notes { margin-top: .5rem; } .notes p { margin: .25rem 0; }
.header p { margin: .1rem 0 .1rem; }
@page { size: A4 landscape; margin: 1.3cm; }
@media print {
  body { margin: 0; max-width: none; padding: 0; font-size: 8.5pt; }
  section { break-after: page; } tbody, tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""
_CELL = "padding:4px 6px;vertical-align:top;text-align:left;"
_TOP = "border-top:1px solid #808080;"
_HEAD = (f"{_CELL}background:#{HEADER_FILL};color:#000;font-weight:bold;"
         "vertical-align:middle;")


def content(project: Project, *, layout: str) -> bytes:
    """Return the page with the tables of all comparisons."""
    review = project.one(Review, "review") or Review()
    title = review.title.strip() or _("Review without a title")
    sections = "\n".join(
        f"<section>\n{fragment(table, layout=layout)}\n</section>" for table in build(project)
    )
    label = f"<p>{escape(review.label)}</p>\n" if review.label else ""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(_('Summary of findings'))}: {escape(title)}</title>\n"
        f"<style>{_PAGE_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        f"{label}{sections}\n</body>\n</html>\n"
    ).encode()


def fragment(table: SummaryOfFindings, *, layout: str) -> str:
    """Return one table with its heading and notes, for a page or for the clipboard."""
    plus = layout == "cochrane_plus"
    header = "".join(
        f"<p><strong>{escape(label)}:</strong> {escape(text)}</p>" for label, text in table.header
    )
    draft = _("DRAFT – not final: ") if table.draft else ""
    body = "\n".join(_outcome(table, row, plus=plus) for row in table.rows)
    return (
        f'<div class="header">{header}</div>\n'
        f'<table style="border-collapse:collapse;border-bottom:2px solid #000">\n'
        f"<caption>{escape(draft + table.title)}</caption>\n{_widths(layout)}\n"
        f"{_heads(table, plus=plus)}\n{body}\n</table>\n{_notes(table)}"
    )


def _widths(layout: str) -> str:
    widths = WIDTHS[layout]
    share = 100 / sum(widths)
    cols = "".join(f'<col style="width:{one * share:.1f}%">' for one in widths)
    return f"<colgroup>{cols}</colgroup>"


def _heads(table: SummaryOfFindings, *, plus: bool) -> str:
    star = "*" if table.star_note else ""
    number = table.number
    effects = [table.risk_comparator, table.risk_intervention]
    if plus:
        effects.append(_("Difference"))
    singles = [
        _("Relative effect (95% CI)"), _("No. of participants (studies)"),
        _("Certainty of the evidence (GRADE)"), _("What happens") if plus else _("Comments"),
    ]
    band = _("Anticipated absolute effects{star} (95% CI)").format(star=star)
    first = [_th(_("Outcomes"), f"s{number}c0", rows=2),
             _th(band, f"s{number}band", columns=len(effects))]
    first += [_th(text, f"s{number}d{place}", rows=2) for place, text in enumerate(singles)]
    second = [
        _th(text, f"s{number}e{place}", under=f"s{number}band")
        for place, text in enumerate(effects)
    ]
    return f"<thead>\n<tr>{''.join(first)}</tr>\n<tr>{''.join(second)}</tr>\n</thead>"


def _th(text: str, key: str, *, rows: int = 1, columns: int = 1, under: str = "") -> str:
    span = f' rowspan="{rows}"' if rows > 1 else ""
    span += f' colspan="{columns}"' if columns > 1 else ""
    scope = "colgroup" if columns > 1 else "col"
    above = f' headers="{under}"' if under else ""
    line = "border-top:2px solid #000;" if not under else _TOP
    line += "border-bottom:2px solid #000;" if columns == 1 else ""
    return (f'<th id="{key}" scope="{scope}"{span}{above} style="{_HEAD}{line}">'
            f"{escape(text)}</th>")


def _outcome(table: SummaryOfFindings, row: Row, *, plus: bool) -> str:
    """Return the rows of one outcome as a body of their own."""
    key = f"s{table.number}o{row.outcome.position}"
    lines: list[str] = []
    for group in row.groups:
        label = _label_cells(table, group, plus=plus)
        cells = _effect_cells(table, row, group, key, plus=plus)
        lines += [label, cells] if label else [cells]
    first = lines[0]
    for line, height, found in row.certainties:
        fill = LEVEL_FILLS.get(found.level or "")
        lines[line] += _down(table, 2, key, height, _certainty(row, found),
                             more=f"background:#{fill};" if fill else "")
    certainty = lines[0].removeprefix(first)
    words = Cell(text=row.what_happens if plus else row.comments)
    lines[0] = "".join((
        _name_cell(row, key), first,
        _down(table, 0, key, row.height, _words(row.relative)),
        _down(table, 1, key, row.height, _words(row.participants)),
        certainty,
        _down(table, 3, key, row.height, _words(words)),
    ))
    rows = "".join(f"<tr>{line}</tr>\n" for line in lines)
    return f"<tbody {_data(row)}>\n{rows}</tbody>"


def _data(row: Row) -> str:
    """Return the raw numbers of an outcome as attributes."""
    found = row.synthesis
    values = {
        "outcome": row.outcome.id, "row-type": row.kind, "measure": found.measure,
        "k": found.studies, "n": found.participants, "certainty": row.certainty.level,
    }
    if found.interval is not None:
        names = ("estimate", "ci-low", "ci-high")
        values |= dict(zip(names, (f"{one:.15g}" for one in found.interval.numbers), strict=True))
    return " ".join(
        f'data-{name}="{escape(_plain(value))}"' for name, value in values.items() if value
    )


def _plain(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _name_cell(row: Row, key: str) -> str:
    detail = f"<br><span>{escape(row.detail)}</span>" if row.detail else ""
    span = f' rowspan="{row.height}"' if row.height > 1 else ""
    return (f'<th id="{key}" scope="rowgroup"{span} style="{_CELL}{_TOP}font-weight:normal">'
            f"<strong>{escape(row.name.text)}</strong>{_letters(row.name)}{detail}</th>")


def _label_cells(table: SummaryOfFindings, group: Group, *, plus: bool) -> str:
    if not group.label:
        return ""
    return (f'<td colspan="{3 if plus else 2}" headers="s{table.number}band" '
            f'style="{_CELL}{_TOP}"><em>{escape(group.label)}</em></td>')


def _effect_cells(
    table: SummaryOfFindings, row: Row, group: Group, key: str, *, plus: bool
) -> str:
    top = "" if group.label else _TOP
    if row.text is not None:
        return (f'<td colspan="{3 if plus else 2}" headers="s{table.number}band {key}" '
                f'style="{_CELL}{top}">{_words(row.text)}</td>')
    cells = [group.comparator, group.intervention, group.difference]
    if not plus:
        cells = [group.comparator, group.intervention_alone]
    return "".join(
        f'<td headers="s{table.number}band s{table.number}e{place} {key}" style="{_CELL}{top}">'
        f"{_words(cell)}</td>"
        for place, cell in enumerate(cells)
    )


def _down(
    table: SummaryOfFindings, place: int, key: str, height: int, text: str, *, more: str = ""
) -> str:
    """Return a cell right of the effects that stands once for so many lines."""
    span = f' rowspan="{height}"' if height > 1 else ""
    return (f'<td{span} headers="s{table.number}d{place} {key}" style="{_CELL}{_TOP}{more}">'
            f"{text}</td>")


def _certainty(row: Row, found: CertaintyCell) -> str:
    score = SCORE_OF_LEVEL.get(found.level or "")
    symbols = escape(found.symbols)
    if score is not None and symbols:
        said = _("{word} certainty, {n} of 4").format(word=found.word, n=score)
        symbols = f'<span role="img" aria-label="{escape(said)}">{symbols}</span>'
    word = f"<strong>{escape(found.word)}</strong>" if score is not None else escape(found.word)
    letters = _letters(Cell(text="", letters=found.letters))
    changed = f"<br><em>{escape(_('Out of date'))}</em>" if row.changed else ""
    return "<br>".join(one for one in (symbols, word) if one) + letters + changed


def _words(cell: Cell) -> str:
    return escape(cell.text).replace("\n", "<br>") + _letters(cell)


def _letters(cell: Cell) -> str:
    return f" <sup>{escape(','.join(cell.letters))}</sup>" if cell.letters else ""


def _overall(found: Overall) -> str:
    """Return the overall certainty with its symbols read as words."""
    score = SCORE_OF_LEVEL.get(found.level or "")
    shown = escape(found.symbols)
    if score is not None and shown:
        said = _("{word} certainty, {n} of 4").format(word=found.word, n=score)
        shown = f'<span role="img" aria-label="{escape(said)}">{shown}</span>'
    level = f'<span data-overall-certainty="{found.level or ""}">{shown} '
    level += f"{escape(found.word)}</span>"
    return (f"<strong>{escape(found.heading)}: {level}.</strong> "
            f"{escape(' '.join(found.sentences))}")


def _notes(table: SummaryOfFindings) -> str:
    notes = [_overall(table.overall)] if table.overall is not None else []
    notes += [escape(text) for text in (table.star_note, table.abbreviations) if text]
    notes.append(f"<strong>{escape(_('GRADE certainty of the evidence'))}</strong>")
    for definition in table.level_definitions:
        word, _colon, meaning = definition.partition(": ")
        notes.append(f"<strong>{escape(word)}:</strong> {escape(meaning)}")
    if table.footnotes:
        notes.append(f"<strong>{escape(_('Explanations'))}</strong>")
    notes += [f"<sup>{one.letter}</sup> {escape(one.text)}" for one in table.footnotes]
    if table.missing:
        said = _("Draft, not final: {what}.").format(what="; ".join(table.missing).rstrip("."))
        notes.append(f"<strong>{escape(said)}</strong>")
    notes.append(f"<em>{escape(table.version_line)}</em>")
    return '<div class="notes">' + "".join(f"<p>{note}</p>\n" for note in notes) + "</div>"
