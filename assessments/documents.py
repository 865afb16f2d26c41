"""The reports of studies as PDF files: copied beside the review or linked, known by checksum.

A file itself is never changed. A copy lies in the folder “<review name> documents” beside the
review file under its checksum; a link keeps the whole path. A moved file is found again by its
checksum, never by its name.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from assessments.edits import edit
from assessments.language import _
from assessments.problems import Problem, Refused
from assessments.review import Document, Study
from assessments.review_edits import add
from assessments.store.project_file import Project
from assessments.store.rows import update

SOURCES = ("registry", "letter", "report")
"""Kinds of sources of a quote that is typed without a document."""
MOST_FILES = 400
"""How many files are looked at when a moved document is searched for."""


def source_in_words(project: Project, source: str) -> str:
    """Return the name of a quote's document, or the words of its kind of source."""
    words = {
        "registry": _("Registry entry"), "letter": _("Letter from the authors"),
        "report": _("Other report"),
    }
    if source in words:
        return words[source]
    document = project.one(Document, source) if source else None
    return document.name if document is not None else ""


def folder_of(project: Project) -> Path:
    """Return the folder beside the review in which copies of documents lie."""
    return project.path.parent / _("{review} documents").format(review=project.path.stem)


def digest_of_file(path: Path) -> str:
    """Return the SHA-256 of a file's content.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@edit("attach_document")
def attach_document(project: Project, study: str, path: Path, *, copy: bool = True) -> str:
    """Attach a PDF to a study, as a copy beside the review or as a link; return its key.

    Raises:
        Refused: it is not there, no PDF, attached already, or cannot be copied.
    """
    if project.one(Study, study) is None:
        raise Refused(Problem(code="gone", sentence=_("This entry is no longer there.")))
    digest = _digest_of_pdf(path)
    if any(one.digest == digest for one in project.all(Document, study=study)):
        raise Refused(
            Problem(
                code="twice", where=path.name,
                sentence=_("“{name}” is attached to this study already.").format(name=path.name),
            )
        )
    if copy:
        _keep_copy(project, path, digest)
    added = add(
        project, "document", study=study, name=path.name, digest=digest, copied=int(copy),
        path=f"{digest}.pdf" if copy else str(path.resolve()),
    )
    return str(added.value)


def _digest_of_pdf(path: Path) -> str:
    try:
        with path.open("rb") as file:
            start = file.read(1024)
        if b"%PDF-" not in start:
            raise Refused(
                Problem(
                    code="no-pdf", where=path.name,
                    sentence=_("“{name}” is not a PDF.").format(name=path.name),
                    remedy=_("Choose the PDF of the report; other files stay where they are."),
                )
            )
        return digest_of_file(path)
    except OSError as error:
        raise Refused(
            Problem(
                code="unreadable", where=path.name,
                sentence=_("“{name}” cannot be read: {why}.").format(
                    name=path.name, why=error.strerror or error
                ),
                remedy=_("Look whether the file is still there, then choose it again."),
            )
        ) from error


def _keep_copy(project: Project, path: Path, digest: str) -> None:
    folder = folder_of(project)
    target = folder / f"{digest}.pdf"
    half = target.with_suffix(".part")
    try:
        folder.mkdir(exist_ok=True)
        if not target.exists():
            shutil.copyfile(path, half)
            os.replace(half, target)
    except OSError as error:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise Refused(
            Problem(
                code="not-copied", where=path.name,
                sentence=_("“{name}” could not be copied beside the review: {why}.").format(
                    name=path.name, why=error.strerror or error
                ),
                remedy=_("Link the file where it is instead, or make room."),
            )
        ) from error


def where_expected(project: Project, document: Document) -> Path:
    """Return where a document ought to lie."""
    if document.copied:
        return folder_of(project) / f"{document.digest}.pdf"
    return Path(document.path)


def located(project: Project, document: Document) -> Path | None:
    """Return where a document lies without searching, None if it has moved."""
    copy = folder_of(project) / f"{document.digest}.pdf"
    for path in (where_expected(project, document), copy):
        if path.is_file():
            return path
    return None


def found_again(project: Project, document: Document) -> Path | None:
    """Search the folders nearby for a document that has moved, by its checksum."""
    near = (folder_of(project), Path(document.path).parent, project.path.parent)
    looked = 0
    for folder in dict.fromkeys(near):
        for path in _pdfs(folder):
            looked += 1
            if looked > MOST_FILES:
                return None
            with contextlib.suppress(OSError):
                if digest_of_file(path) == document.digest:
                    return path
    return None


def _pdfs(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from sorted(folder.glob("*.[pP][dD][fF]"))
        yield from sorted(folder.glob("*/*.[pP][dD][fF]"))


@edit("relink_document")
def relink_document(project: Project, document: str, path: Path) -> None:
    """Say where a moved document lies now.

    Raises:
        Refused: it is another file; a newer version is attached as a document of its own.
    """
    found = project.one(Document, document)
    if found is None:
        raise Refused(Problem(code="gone", sentence=_("This entry is no longer there.")))
    if _digest_of_pdf(path) != found.digest:
        raise Refused(
            Problem(
                code="other-file", where=path.name,
                sentence=_("“{name}” is not the file that was attached: its content differs.")
                .format(name=path.name),
                remedy=_("Attach it as a document of its own; quotes stay with the old one."),
            )
        )
    if found.copied:
        _keep_copy(project, path, found.digest)
    else:
        update(project.connection, Document, document, path=str(path.resolve()))
