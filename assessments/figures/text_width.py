"""How wide words are in Arial and its look-alikes, known without any font being loaded.

Widths are thousandths of the type size, as the standard metrics of Helvetica give them (Arial has
the same). Characters that are not in the table count as their base letter, else as a wide one.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_WIDTHS: dict[int, str] = {
    191: "'", 222: "ijl‘’", 260: "|", 278: " !,./:;[]\\ftI\u00a0·", 333: "()-r`“”„", 334: "{}",
    355: '"', 389: "*", 469: "^", 500: "JckÞsvxyz", 556: "0123456789#$?_Labdeghnopqu–£€",
    584: "+<=>~−×±", 611: "FTZ", 667: "ABEKPSVXY&", 722: "CDHNRUw", 778: "GOQ⊕⊝", 833: "Mm",
    889: "%", 944: "W", 1000: "—…◯", 1015: "@",
}
_WIDTH_OF: dict[str, int] = {letter: width for width, row in _WIDTHS.items() for letter in row}
_UNKNOWN = 800
BOLD = 1.07
"""Bold letters are about so much wider."""


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in the unit of its type size."""
    return sum(_letter(letter) for letter in text) * size / 1000 * (BOLD if bold else 1.0)


def roomy_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width with a tenth to spare, for files that may be shown in another font."""
    return text_width(text, size, bold) * 1.1


@cache
def _letter(letter: str) -> int:
    known = _WIDTH_OF.get(letter)
    if known is not None:
        return known
    if unicodedata.combining(letter):
        return 0
    base = unicodedata.normalize("NFD", letter)[0]
    return _WIDTH_OF.get(base, _UNKNOWN)


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Return the lines into which words are broken at a width; longer words are cut."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrapped_paragraph(paragraph, width, size, bold=bold)
    return tuple(lines)


def _wrapped_paragraph(text: str, width: float, size: float, *, bold: bool) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if text_width(longer, size, bold) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while text_width(word, size, bold) > width and len(word) > 1:
            fits = _letters_that_fit(word, width, size, bold=bold)
            lines.append(word[:fits])
            word = word[fits:]
        line = word
    return [*lines, line]


def _letters_that_fit(word: str, width: float, size: float, *, bold: bool) -> int:
    count = 1
    while count < len(word) and text_width(word[: count + 1], size, bold) <= width:
        count += 1
    return count
