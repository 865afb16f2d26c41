"""The one way to a translated sentence."""

from __future__ import annotations

import gettext
from pathlib import Path

_DOMAIN = "tandem"
_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "translations"
_current: gettext.NullTranslations = gettext.NullTranslations()


def use_language(code: str) -> None:
    """Let all later sentences be spoken in the language of that code, English if unknown."""
    global _current
    _current = gettext.translation(_DOMAIN, str(_FOLDER), [code], fallback=True)


def _(sentence: str) -> str:
    """Return the sentence in the current language."""
    return _current.gettext(sentence)


def counted(singular: str, plural: str, count: int) -> str:
    """Return the form that fits the count, with the count in place of ``{n}``."""
    return _current.ngettext(singular, plural, count).format(n=count)
