"""The rules of the house, read from the files themselves: borders, sizes, what is forbidden."""

from __future__ import annotations

import ast
import importlib
import re
import sys
import tomllib
from pathlib import Path

import pytest

from app.set_up import requirements
from assessments.commands import COMMANDS
from assessments.version import VERSION
from tests.source_files import (
    PRODUCT,
    ROOT,
    all_files,
    functions_of,
    imports_of,
    name_of,
    python_files,
    tree_of,
)

OWN = {*PRODUCT, "tests"}
STANDARD = set(sys.stdlib_module_names)
TEXTS = {".py", ".md", ".toml", ".txt", ".sql", ".svg", ".po", ".yml", ".yaml", ".cfg", ""}


def test_the_engine_knows_numpy_and_special_functions_only() -> None:
    allowed = STANDARD - {"sqlite3", "tkinter", "logging", "warnings"} | {"numpy", "gradecore"}
    wrong = [
        f"{name_of(path)}:{line} {name}"
        for path in python_files("gradecore")
        for name, line in imports_of(path)
        if name.split(".")[0] not in allowed and not f"{name}.".startswith("scipy.special.")
    ]
    assert wrong == [], "\n".join(wrong)


def test_assessments_know_the_engine_and_no_window() -> None:
    allowed = STANDARD | {"gradecore", "assessments"}
    heavy = {"pandas", "openpyxl", "docx", "defusedxml", "rispy", "bibtexparser", "rapidfuzz"}
    wrong = []
    for path in python_files("assessments"):
        may_be_heavy = name_of(path).startswith(("assessments/imports/", "assessments/exports/"))
        outside = set(imports_of(path, inside_functions=False))
        for name, line in imports_of(path):
            package = name.split(".")[0]
            late = package in heavy and may_be_heavy and (name, line) not in outside
            if package not in allowed and not late:
                wrong.append(f"{name_of(path)}:{line} {name}")
    assert wrong == [], "\n".join(wrong)


def test_the_window_asks_assessments_for_files_and_tables() -> None:
    allowed = STANDARD - {"sqlite3", "tkinter"} | {"PySide6", "shiboken6"} | OWN - {"tests"}
    wrong = [
        f"{name_of(path)}:{line} {name}"
        for path in python_files("app")
        for name, line in imports_of(path)
        if name.split(".")[0] not in allowed
    ]
    assert wrong == [], "\n".join(wrong)


def test_nobody_but_the_start_and_the_tests_knows_the_window() -> None:
    wrong = [
        f"{name_of(path)}:{line} {name}"
        for path in python_files("gradecore", "assessments", "resources")
        for name, line in imports_of(path)
        if name.split(".")[0] in ("app", "tests", "main")
    ]
    assert wrong == [], "\n".join(wrong)


def test_only_the_store_speaks_to_the_database() -> None:
    speakers = {
        name_of(path)
        for path in python_files()
        for name, _line in imports_of(path)
        if name.split(".")[0] == "sqlite3"
    }
    assert {name for name in speakers if not name.startswith("assessments/store/")} <= {
        "assessments/edits.py"
    }


def test_resources_hold_no_code() -> None:
    assert [name_of(path) for path in python_files("resources")] == ["resources/__init__.py"]


def test_the_set_up_needs_nothing_but_the_standard_library() -> None:
    allowed = STANDARD | {"app", "assessments"}
    first = [path for path in python_files("app") if "/set_up/" in name_of(path)]
    later = {"app.application.start", "app.command_line"}
    for path in [*first, ROOT / "app" / "command_line.py"]:
        for name, line in imports_of(path):
            where = f"{name_of(path)}:{line} {name}"
            assert name.split(".")[0] in allowed, where
            if name.startswith("app."):
                assert name.startswith("app.set_up.") or name in later, where


@pytest.mark.parametrize("name", ["main.py", "tests/__main__.py"])
def test_an_old_python_is_told_in_one_sentence(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = (ROOT / name).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 4))
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    with pytest.raises(SystemExit) as told:
        exec(compile(tree, name, "exec"), {"__name__": "__main__"})
    assert "3.11 or newer, and this is Python 3.8." in str(told.value)
    assert "python3.13" in str(told.value)


def test_files_are_at_most_400_lines() -> None:
    long = {
        name_of(path): count
        for path in python_files(*OWN, "main.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}, long


def test_functions_are_at_most_40_lines() -> None:
    long = {
        f"{name_of(path)}:{function.lineno} {function.name}": count
        for path in python_files()
        for function in functions_of(path)
        if (count := _lines(function)) > 40
    }
    assert long == {}, long


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function, its docstring apart."""
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_functions_take_at_most_five_positional_parameters() -> None:
    many = {
        f"{name_of(path)}:{function.lineno} {function.name}": len(positional)
        for path in python_files()
        for function in functions_of(path)
        if len(
            positional := [
                argument.arg
                for argument in (*function.args.posonlyargs, *function.args.args)
                if argument.arg not in ("self", "cls")
            ]
        )
        > 5
    }
    assert many == {}, many


def test_every_file_says_what_it_is_for() -> None:
    silent = [
        name_of(path)
        for path in python_files(*OWN, "main.py")
        if path.read_text(encoding="utf-8").strip()
        and not (ast.get_docstring(tree_of(path)) or "").strip()
    ]
    assert silent == [], "\n".join(silent)


def test_values_are_frozen_and_named() -> None:
    """Bundles of arrays (``eq=False``) may be built by position, everything else by name."""
    wrong = []
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                wrong += [
                    f"{name_of(path)}:{node.lineno} {node.name}"
                    for text in map(ast.unparse, node.decorator_list)
                    if "dataclass" in text
                    and not (
                        all(f"{word}=True" in text for word in ("frozen", "slots"))
                        and ("kw_only=True" in text or "eq=False" in text)
                    )
                ]
    assert wrong == [], "\n".join(wrong)


def test_sentences_are_never_put_together_before_they_are_translated() -> None:
    wrong = []
    for path in python_files("app", "assessments"):
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            sentences = {"_": node.args[:1], "counted": node.args[:2]}.get(node.func.id, [])
            wrong += [
                f"{name_of(path)}:{node.lineno} {ast.unparse(node)[:60]}"
                for sentence in sentences
                if isinstance(sentence, ast.JoinedStr | ast.BinOp | ast.Call)
            ]
    assert wrong == [], "\n".join(wrong)


FORBIDDEN = {
    "replaces rows behind the journal": r"INSERT\s+OR\s+REPLACE|REPLACE\s+INTO",
    "runs the event loop in the middle of something": r"processEvents",
    "is GPL only": r"QtCharts|QtDataVisualization|QtGraphs",
    "is for tests only": r"import.*scipy\.(stats|optimize)|from scipy.* import.*(stats|optimize)",
    "is not finished": r"\b(TODO|FIXME|XXX|HACK)\b",
}


@pytest.mark.parametrize("why", FORBIDDEN)
def test_the_product_does_not_contain_what(why: str) -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in all_files()
        if path.suffix in (".py", ".sql", ".toml") and not name_of(path).startswith("tests/")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(FORBIDDEN[why], line)
    ]
    assert found == [], "\n".join(found)


HEAVY = {"pandas", "openpyxl", "docx", "scipy.stats", "matplotlib"}


def test_nothing_heavy_at_module_level() -> None:
    found = [
        f"{name_of(path)}:{line} {name}"
        for path in python_files()
        for name, line in imports_of(path, inside_functions=False)
        if any(f"{name}.".startswith(f"{heavy}.") for heavy in HEAVY)
    ]
    assert found == [], "\n".join(found)


def _texts() -> list[tuple[str, str]]:
    return [
        (name_of(path), path.read_text(encoding="utf-8"))
        for path in all_files()
        if path.suffix in TEXTS and path.name != ".DS_Store"
    ]


def test_no_registry_is_named_anywhere() -> None:
    hosts = [
        "py" + "pi.org", "python" + "hosted", "np" + "mjs", "deb." + "debian", "ana" + "conda.org",
        "archive." + "ubuntu", "index" + "-url http", "crates" + ".io",
    ]
    found = [name for name, text in _texts() if any(host in text for host in hosts)]
    assert found == [], "\n".join(found)


def test_no_path_of_somebodys_machine_is_named_anywhere() -> None:
    places = re.compile(r"(?<![\w.~])/(home|root|work|Users|mnt|opt)/\w|\b[A-Z]:\\\\?Users")
    found = [
        f"{name}: {match.group()}" for name, text in _texts() if (match := places.search(text))
        if name != "tests/test_house.py"
    ]
    assert found == [], "\n".join(found)


class TestTablesOfContents:
    def test_every_command_is_listed_and_keeps_its_contract(self) -> None:
        folder = ROOT / "assessments" / "commands"
        modules = {f"assessments.commands.{path.stem}" for path in folder.glob("*.py")}
        assert set(COMMANDS) == modules - {"assessments.commands.__init__"}
        assert len(set(COMMANDS)) == len(COMMANDS)
        commands = [importlib.import_module(name) for name in COMMANDS]
        names = [command.NAME for command in commands]
        assert len(set(names)) == len(names)
        for command in commands:
            assert re.fullmatch(r"[a-z][a-z-]*", command.NAME)
            assert command.SUMMARY
            assert "\n" not in command.SUMMARY
            assert callable(command.arguments)
            assert callable(command.run)

    @pytest.mark.parametrize(
        "folder",
        sorted(
            name_of(path.parent)
            for path in python_files(*PRODUCT)
            if path.name == "__init__.py" and len(list(path.parent.glob("*.py"))) > 1
        ),
    )
    def test_no_file_is_forgotten(self, folder: str) -> None:
        """Each file is named by a table of contents or imported by another file of the product."""
        package = folder.replace("/", ".")
        text = (ROOT / folder / "__init__.py").read_text(encoding="utf-8")
        forgotten = [
            path.name
            for path in (ROOT / folder).glob("*.py")
            if path.name not in ("__init__.py", "__main__.py")
            and not re.search(rf"\b{path.stem}\b", text)
            and not _is_imported(f"{package}.{path.stem}", path)
        ]
        assert forgotten == [], "\n".join(forgotten)


def _is_imported(module: str, itself: Path) -> bool:
    return any(
        f"{name}.".startswith(f"{module}.")
        for path in python_files()
        if path != itself
        for name, _line in imports_of(path)
    )


class TestTests:
    def test_none_is_skipped_or_expected_to_fail(self) -> None:
        words = re.compile(r"pytest\.(skip|xfail|importorskip)|mark\.(skip|skipif|xfail)")
        found = [
            f"{name_of(path)}:{number}"
            for path in python_files("tests")
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
            if words.search(line) and path.name != "test_house.py"
        ]
        assert found == [], "\n".join(found)

    def test_every_test_asserts_something(self) -> None:
        silent = []
        for path in python_files("tests"):
            asserting = {
                function.name for function in functions_of(path) if _asserts(function, set())
            }
            silent += [
                f"{name_of(path)}:{function.lineno} {function.name}"
                for function in functions_of(path)
                if function.name.startswith("test_") and not _asserts(function, asserting)
            ]
        assert silent == [], "\n".join(silent)


def _asserts(function: ast.AST, asserting: set[str]) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name in {"raises", "fail", "waitUntil", "waitSignal"} or name in asserting:
                return True
            if name.startswith(("assert_", "check_", "compare", "done")):
                return True
    return False


class TestRequirements:
    def test_every_pin_has_hashes_and_no_address(self) -> None:
        for file in requirements.FILES.values():
            text = (ROOT / file).read_text(encoding="utf-8")
            pins = re.findall(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", text, flags=re.MULTILINE)
            blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
            assert len(pins) == len(blocks) > 0
            assert all("--hash=sha256:" in block for block in blocks)
            assert "://" not in text

    def test_pins_agree_with_each_other_and_with_what_is_asked_for(self) -> None:
        groups = {name: requirements.pins((name,)) for name in requirements.FILES}
        together: dict[str, str] = {}
        for pins in groups.values():
            for name, version in pins.items():
                assert together.setdefault(name, version) == version
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        asked = {
            "run": project["project"]["dependencies"],
            "tests": project["dependency-groups"]["tests"],
            "checks": project["dependency-groups"]["checks"],
        }
        for group, names in asked.items():
            for name in names:
                plain, _equal, version = name.lower().partition("==")
                assert plain in groups[group], name
                assert not version or groups[group][plain] == version

    def test_markers_are_of_the_one_kind_that_the_start_understands(self) -> None:
        for group in ("run", "tests"):
            for line in requirements.text_of(group).splitlines():
                if ";" in line:
                    assert re.search(r" ; sys_platform == '\w+' \\$", line), line

    def test_the_version_is_one(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        assert project["version"] == VERSION
        assert VERSION in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        assert project["requires-python"] == ">=3.11"
