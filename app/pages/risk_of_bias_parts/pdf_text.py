"""The text of a PDF: words of a span, places of some words, and moving by keys through it.

Everything is in character numbers of a page. This module imports QtPdf and is itself imported
only when a document is shown.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from PySide6.QtPdf import QPdfDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters of one page: ``page`` from 0, ``start`` and ``length`` in characters."""

    page: int
    start: int
    length: int

    def as_text(self) -> str:
        """Return the place as it is kept with a quote."""
        return json.dumps({"page": self.page + 1, "start": self.start, "length": self.length})

    @classmethod
    def from_text(cls, text: str) -> Span | None:
        """Return the place that was kept, None if it is none."""
        try:
            found = json.loads(text)
            return cls(
                page=int(found["page"]) - 1, start=int(found["start"]),
                length=int(found["length"]),
            )
        except (ValueError, KeyError, TypeError):
            return None


class PdfText:
    """Reads the text of a document; each page once."""

    def __init__(self, document: QPdfDocument) -> None:
        self.document = document
        self._texts: dict[int, str] = {}

    def forget(self) -> None:
        """Forget what was read, when another file is opened."""
        self._texts = {}

    def of_page(self, page: int) -> str:
        """Return the text of a page."""
        if page not in self._texts:
            self._texts[page] = self.document.getAllText(page).text()
        return self._texts[page]

    def of_span(self, span: Span) -> str:
        """Return the words of a span on one line, hyphens at line ends joined."""
        raw = self.document.getSelectionAtIndex(span.page, span.start, span.length).text()
        joined = re.sub(r"(?<=\w)[-\u2010\u0002]\s*[\r\n]+\s*(?=[a-zà-ÿ])", "", raw)
        return " ".join(joined.split())

    def places_of(self, words: str) -> tuple[Span, ...]:
        """Return all places of some words, across line ends, whatever the case.

        Where nothing is found, blanks are disregarded: some files put one after each letter.
        """
        parts = [re.escape(part) for part in words.split()]
        if not parts:
            return ()
        found = self._matches(r"\s+".join(parts))
        return found or self._matches(r"\s*".join(re.escape(sign) for sign in "".join(
            words.split()
        )))

    def _matches(self, pattern: str) -> tuple[Span, ...]:
        known = re.compile(pattern, re.IGNORECASE)
        return tuple(
            Span(page=page, start=found.start(), length=len(found.group()))
            for page in range(self.document.pageCount())
            for found in known.finditer(self.of_page(page))
        )

    def moved(self, page: int, head: int, how: str, by_word: bool) -> int:
        """Return where a key leads from a character: left, right, up, down, home or end."""
        text = self.of_page(page)
        if how == "right":
            return self.word_edge(page, head + 1, 1) if by_word else min(head + 1, len(text))
        if how == "left":
            return self.word_edge(page, head - 1, -1) if by_word else max(head - 1, 0)
        breaks = [n for n, sign in enumerate(text) if sign == "\n"]
        starts = [0, *(n + 1 for n in breaks)]
        line = max(n for n, start in enumerate(starts) if start <= head)
        column = head - starts[line]
        if how in ("home", "end"):
            following = starts[line + 1] - 1 if line + 1 < len(starts) else len(text)
            return starts[line] if how == "home" else following
        target = line + (1 if how == "down" else -1)
        if not 0 <= target < len(starts):
            return len(text) if target > 0 else 0
        longest = (starts[target + 1] if target + 1 < len(starts) else len(text)) - starts[target]
        return starts[target] + min(column, longest)

    def word_edge(self, page: int, place: int, step: int) -> int:
        """Return the end (1) or beginning (−1) of the word at a character."""
        text = self.of_page(page)
        place = min(max(place, 0), len(text))
        if step > 0:
            while place < len(text) and not text[place].isspace():
                place += 1
            return place
        while place > 0 and not text[place - 1].isspace():
            place -= 1
        return place
