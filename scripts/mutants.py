"""Change the code of `scoring`, `planning` and `wording` bit by bit and see which test notices.

`make mutants` breaks these packages in some thousand small ways, each a mutant, and runs the
tests of the code that it broke. A mutant that no test notices is alive and a gap in the tests,
unless it cannot be told from the original: then it stands in tests/equivalent-mutants.yaml with
the reason. Exit status 1 when another one is alive, or when one on that list is no more.

    python scripts/mutants.py                       everything
    python scripts/mutants.py 'wording.grades.*'    what these globs name, going on where it was

The tool changes what stands inside of functions, decorated ones and the texts of f-strings
apart. So it is given a copy in which a property is a function, and each piece of an f-string a
text of its own. What stands outside of functions, tables of words above all, it leaves alone:
tests/wording and tests/scoring hold these against literals.
"""

import ast
import os
import shutil
import subprocess
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "build" / "mutants"
MUTATED = ("scoring", "planning", "wording")
NEEDED = (
    "schemes",
    "process",
    "state",
    "reports",
    "ui",
    "assets",
    "pyproject.toml",
    "tests/__init__.py",
)
NEEDED += ("tests/commands.py", "tests/cases", "tests/fixtures")
NEEDED += tuple(f"tests/reports/{name}" for name in ("__init__.py", "conftest.py", "expected.yaml"))
KNOWN = ROOT / "tests" / "equivalent-mutants.yaml"
DEAD = ("killed", "timeout")
VERDICTS = ("killed", "equivalent", "alive")

# Tests that start programs or try random answers say nothing more here and take their time; the
# worked examples of whole standards come last, when nothing smaller has noticed, and of the others
# those first that took the least time.
QUICK_TESTS_FIRST = """

import json

SECONDS = {}

@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    slow = [
        item
        for item in items
        if item.get_closest_marker("hypothesis")
        or hasattr(item.module, "subprocess")
        and ("run" in item.fixturenames or "subprocess" in item.function.__code__.co_names)
    ]
    config.hook.pytest_deselected(items=slow)
    stats = Path("mutmut-stats.json")
    if not SECONDS and stats.exists():
        SECONDS.update(json.loads(stats.read_text())["duration_by_test"])
    items[:] = sorted(
        (item for item in items if item not in slow),
        key=lambda item: (
            item.name.startswith("test_case[") and "[rules" not in item.name,
            SECONDS.get(item.nodeid, 0),
        ),
    )
"""


def main() -> int:
    """Exit status 1 when a mutant is alive that should not be, 2 when they could not be tried."""
    globs = sys.argv[1:]
    if not globs:
        shutil.rmtree(COPY, ignore_errors=True)
    _lay_out()
    if _mutmut("run", "--max-children", os.environ.get("JOBS", "1"), *globs).returncode:
        return 2
    known: list[dict[str, str]] = yaml.safe_load(KNOWN.read_text(encoding="utf-8"))
    used: list[dict[str, str]] = []
    counts: dict[str, Counter[str]] = {}
    for mutant, status in _results(globs):
        verdict = "killed"
        if status not in DEAD:
            old, new = _change(mutant)
            entry = next((k for k in known if _covers(k, mutant, old, new)), None)
            verdict = "equivalent" if entry else "alive"
            if entry:
                used.append(entry)
            else:
                print(f"\nALIVE ({status}): {mutant}\n  - {old}\n  + {new}")
        counts.setdefault(mutant.rpartition(".")[0], Counter())[verdict] += 1
    print()
    for module, count in counts.items():
        print(f"{module}: " + ", ".join(f"{count[v]} {v}" for v in VERDICTS))
    needless = [] if globs else [k for k in known if k not in used]
    for entry in needless:
        print(f"no more alive, strike from {KNOWN.name}: {entry}")
    return 1 if needless or any(count["alive"] for count in counts.values()) else 0


def _covers(entry: dict[str, str], mutant: str, old: str, new: str) -> bool:
    """Whether an entry of the list is about this mutant: where, and the words that it changes."""
    if not fnmatch(mutant.rpartition("__mutmut_")[0], entry["in"]):
        return False
    pieces = old.split(entry["from"])
    return any(
        entry["from"].join(pieces[:i]) + entry["to"] + entry["from"].join(pieces[i:]) == new
        for i in range(1, len(pieces))
    )


def _lay_out() -> None:
    """The copy that is mutated; files that have not changed keep their time, and so results."""
    for name in (*NEEDED, *(f"tests/{package}" for package in MUTATED)):
        source, target = ROOT / name, COPY / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, dirs_exist_ok=True, ignore=ignored)
        else:
            shutil.copy2(source, target)
    conftest = (ROOT / "tests" / "conftest.py").read_text(encoding="utf-8")
    _write(COPY / "tests" / "conftest.py", conftest + QUICK_TESTS_FIRST)
    for package in MUTATED:
        for source in (ROOT / package).glob("*.py"):
            tree = _Plainer().visit(ast.parse(source.read_text(encoding="utf-8")))
            _write(COPY / package / source.name, ast.unparse(ast.fix_missing_locations(tree)))


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != content:
        path.write_text(content, encoding="utf-8")


class _Plainer(ast.NodeTransformer):
    """Properties as functions, f-strings as joined texts: the same code, open to mutation."""

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        self.generic_visit(node)
        body: list[ast.stmt] = []
        for statement in node.body:
            body.append(statement)
            match statement:
                case ast.FunctionDef(name=name, decorator_list=[ast.Name(id=decorator)]) if (
                    decorator in {"property", "cached_property"}
                ):
                    statement.name, statement.decorator_list = f"get_{name}", []
                    body += ast.parse(f"{name} = {decorator}(get_{name})").body
        node.body = body
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        pieces = [self._piece(piece) for piece in node.values]
        if len(pieces) == 1:
            return pieces[0]
        join = ast.Attribute(ast.Constant(""), "join", ast.Load())
        return ast.Call(join, [ast.Tuple(pieces, ast.Load())], [])

    def _piece(self, piece: ast.expr) -> ast.expr:
        if not isinstance(piece, ast.FormattedValue):
            return piece
        value = self.visit(piece.value)
        if piece.conversion == ord("r"):
            value = ast.Call(ast.Name("repr", ast.Load()), [value], [])
        spec = [piece.format_spec] if piece.format_spec else []
        return ast.Call(ast.Name("format", ast.Load()), [value, *spec], [])


def _mutmut(*arguments: str, **options: Any) -> "subprocess.CompletedProcess[str]":
    command = [str(Path(sys.executable).parent / "mutmut"), *arguments]
    return subprocess.run(command, cwd=COPY, text=True, check=False, **options)


def _results(globs: list[str]) -> list[tuple[str, str]]:
    """Name and status of every mutant that was asked for."""
    lines = _mutmut("results", "--all", "true", stdout=subprocess.PIPE).stdout.splitlines()
    pairs = [line.strip().split(": ", 1) for line in lines]
    return [
        (name, status)
        for name, status in pairs
        if not globs or any(fnmatch(name, glob) for glob in globs)
    ]


def _change(mutant: str) -> tuple[str, str]:
    """The line that a mutant changes, and what it becomes."""
    diff = _mutmut("show", mutant, stdout=subprocess.PIPE).stdout.splitlines()
    changed = [line for line in diff if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    old = " ".join(line[1:].strip() for line in changed if line[0] == "-")
    new = " ".join(line[1:].strip() for line in changed if line[0] == "+")
    return old, new


if __name__ == "__main__":
    sys.exit(main())
