"""What is said when something goes wrong that nobody has foreseen."""

from __future__ import annotations

import tempfile
import traceback
from datetime import datetime
from pathlib import Path

from app.set_up.speaking import SetUpProblem
from assessments.language import _
from assessments.problems import ProjectFileError, Refused


def in_a_sentence(error: Exception) -> str:
    """Return what is said of an error; of an unforeseen one the particulars go into a file."""
    if isinstance(error, SetUpProblem | ProjectFileError | Refused):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return _("“{name}” could not be read or written: {reason}.").format(
            name=error.filename, reason=error.strerror
        )
    return _(
        "Something went wrong that Tandem does not know: {kind}: {error}. What was saved before "
        "is safe. {where}"
    ).format(kind=type(error).__name__, error=error, where=_kept(error))


def _kept(error: Exception) -> str:
    name = f"tandem-error-{datetime.now().strftime('%Y%m%d-%H%M%S')}.txt"
    place = Path(tempfile.gettempdir()) / name
    try:
        place.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return ""
    return _("The particulars are in {place}.").format(place=place)
