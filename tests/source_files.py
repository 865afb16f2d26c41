"""The files of the project and their syntax trees, for the tests that watch over the house."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("gradecore", "assessments", "app", "resources")
_NOT_OURS = {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache",
             ".hypothesis", "tandem-demo"}


@functools.cache
def all_files() -> tuple[Path, ...]:
    """Return every file of the project, without what is made by running it."""
    return tuple(sorted(_walk(ROOT)))


def _walk(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if entry.name in _NOT_OURS:
            continue
        if entry.is_dir():
            yield from _walk(entry)
        elif not entry.name.startswith(".venv") and entry.suffix not in (".pyc", ".part"):
            yield entry


def name_of(path: Path) -> str:
    """Return the path below the project, with slashes."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def python_files(*packages: str) -> tuple[Path, ...]:
    """Return the Python files of those packages; if none is named, of the product."""
    wanted = packages or (*PRODUCT, "main.py")
    return tuple(
        path
        for path in all_files()
        if path.suffix == ".py" and name_of(path).split("/")[0] in wanted
    )


@functools.cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=name_of(path))


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Walk through the functions and methods of a file, nested ones too."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@functools.cache
def imports_of(path: Path, *, inside_functions: bool = True) -> tuple[tuple[str, int], ...]:
    """Return (dotted name, line) of what a file imports."""
    return tuple(_imports(path, inside_functions=inside_functions))


def _imports(path: Path, *, inside_functions: bool) -> Iterator[tuple[str, int]]:
    nodes = ast.walk(tree_of(path)) if inside_functions else _outside(tree_of(path))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports relatively"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def _outside(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from _outside(node)
