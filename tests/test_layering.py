"""Three floors, arrows down: which package may import which, and which libraries belong to one floor only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = {"dyadgraph", "ingest", "viz", "graphapi"}
MAY_IMPORT = {
    "dyadgraph": set(),
    "ingest": {"dyadgraph"},
    "viz": {"dyadgraph"},
    "graphapi": {"dyadgraph", "ingest", "viz"},
}
FORBIDDEN_LIBRARIES = {
    "dyadgraph": {"spacy", "flask", "pyvis", "click", "rich", "numpy"},
    "ingest": {"flask", "pyvis", "click", "rich", "neo4j", "sqlite3"},
    "viz": {"spacy", "flask", "click", "rich", "neo4j", "sqlite3"},
    "graphapi": {"neo4j", "sqlite3", "spacy", "pyvis"},
}

# The journal is a file of ingest's own, beside the graph and whichever store keeps it.
ALLOWED = {"journal.py": {"sqlite3"}}


def imported(path: Path) -> set[str]:
    """Return the top-level names that a file imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import; write the whole name"
            found.add((node.module or "").partition(".")[0])
    return found


@pytest.mark.parametrize("package", sorted(OURS))
def test_package_imports_only_what_lies_below(package):
    for path in sorted((ROOT / package).rglob("*.py")):
        used = imported(path)
        assert used & OURS <= MAY_IMPORT[package] | {package}, path
        assert not used & FORBIDDEN_LIBRARIES[package] - ALLOWED.get(path.name, set()), path


def test_environment_is_read_in_one_place():
    for package in OURS:
        for path in (ROOT / package).rglob("*.py"):
            text = path.read_text(encoding="utf8")
            assert "os.environ" not in text or path.name == "settings.py", path


def test_pyvis_is_known_to_one_file():
    users = [path.name for path in (ROOT / "viz").rglob("*.py") if "pyvis" in imported(path)]
    assert users == ["map.py"]


def test_modules_import_no_circle():
    arrows = {name: targets for path in all_modules() for name, targets in [arrows_of(path)]}
    done: set[str] = set()

    def walk(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join([*above[above.index(name) :], name]) if name in above else ""
        if name in done:
            return
        for target in sorted(arrows.get(name, ())):
            walk(target, (*above, name))
        done.add(name)

    for name in sorted(arrows):
        walk(name, ())


def all_modules() -> list[Path]:
    return [path for package in OURS for path in (ROOT / package).rglob("*.py") if path.name != "__init__.py"]


def arrows_of(path: Path) -> tuple[str, set[str]]:
    """Return a module's name and the modules of ours that it imports when it is loaded."""
    body = ast.parse(path.read_text(encoding="utf8")).body
    targets = {node.module for node in body if isinstance(node, ast.ImportFrom) and node.module}
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name, {each for each in targets if each.partition(".")[0] in OURS}
