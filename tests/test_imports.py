"""Imports point one way (chapter 2 of the architecture), and the doors know neither SQL nor the agencies' files."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "medpath"

EVERYWHERE = {"bounded", "errors", "urls"}
DOOR = {"search", "documents", "model", "settings", "store", "tabular"}
ALLOWED = {
    "__init__": {"settings", "store"},
    "__main__": {"cli"},
    "bounded": set(),
    "errors": set(),
    "urls": set(),
    "settings": set(),
    "printing": set(),
    "sample": set(),
    "translations": set(),
    "tabular": set(),
    "model": set(),
    "documents": set(),
    "fetch": {"model", "settings"},
    "sources": {"fetch", "documents", "model"},
    "store": {"documents", "model"},
    "search": {"store", "documents", "model"},
    "sync": {"documents", "fetch", "sources", "store", "search", "model", "settings", "sample"},
    "export": {"store", "tabular"},
    "pdf": set(),
    "digest": {"model", "pdf", "store", "translations"},
    "watches": {"digest", "model", "search", "settings", "store", "translations"},
    "background": {"printing"},
    "http": DOOR,
    "api": DOOR | {"http", "translations"},
    "web": DOOR | {"http", "pdf", "translations", "watches"},
    "feeds": DOOR | {"http", "translations", "web"},
    "app": {"http", "api", "web", "feeds", "settings"},
    "commands": DOOR
    | {"app", "background", "digest", "export", "feeds", "fetch", "pdf", "printing", "sync", "translations", "watches"}
    | {"web"},
    "cli": {"commands", "printing"},
    "running": {"app", "background", "cli", "commands", "printing", "sample", "settings", "sources", "store", "sync"},
}
DOORS = ("http", "api", "web", "feeds", "commands", "cli", "app")
# Of the store, doors know how it is read, and opened, upgraded and saved as a whole.
STORE_OF_DOORS = {
    "read",
    "documents",
    "watches",
    "changes",
    "stamp",
    "reports",
    "database",
    "opening",
    "migrate",
    "backup",
    "sections",
    "editions",
}
BY_ITS_COMMAND = {"sync": "commands/sync.py", "fetch": "commands/keeping.py"}


@cache
def modules() -> list[tuple[str, str, list[str]]]:
    """(path, first part of it, what it imports when it runs) of every module."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        names = list(imported(ast.parse(path.read_text(encoding="utf-8"))))
        found.append((relative.as_posix(), relative.parts[0].removesuffix(".py"), names))
    return found


def imported(node: ast.AST) -> Iterator[str]:
    """The full names that a syntax tree imports; imports for type checkers alone don't count."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports name the whole path"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    for child in ast.iter_child_nodes(node):
        yield from imported(child)


def test_imports_point_one_way():
    wrong = []
    for path, part, names in modules():
        assert part in ALLOWED, f"{path}: say here what {part} may import"
        for name in names:
            if not name.startswith("medpath.") or name == "medpath.__version__":
                continue
            other = name.split(".")[1]
            if other != part and other not in ALLOWED[part] | EVERYWHERE:
                wrong.append(f"{path} imports {name}")
    assert not wrong


def test_no_two_parts_need_each_other():
    needs: dict[str, set[str]] = {}
    for _, part, names in modules():
        others = {name.split(".")[1] for name in names if name.startswith("medpath.")}
        needs.setdefault(part, set()).update(others - {part, "__version__"})

    def reachable(part: str, seen: set[str]) -> set[str]:
        for other in needs.get(part, set()) - seen:
            seen.add(other)
            reachable(other, seen)
        return seen

    assert not [part for part in needs if part in reachable(part, set())]


def test_doors_read_the_store_through_its_readers():
    wrong = []
    for path, part, names in modules():
        if part not in DOORS:
            continue
        for name in names:
            parts = name.split(".")
            if parts[:2] == ["medpath", "store"] and parts[2] not in STORE_OF_DOORS:
                wrong.append(f"{path} imports {name}")
            if parts[0] == "medpath" and parts[1] in BY_ITS_COMMAND and path != BY_ITS_COMMAND[parts[1]]:
                wrong.append(f"{path} imports {name}")
    assert not wrong


def test_doors_contain_no_sql_and_no_parsing():
    foreign = {"sqlalchemy", "sqlite3", "psycopg", "alembic", "python_calamine", "selectolax", "httpx2"}
    wrong = [
        f"{path} imports {name}"
        for path, part, names in modules()
        if part in DOORS
        for name in names
        if name.split(".")[0] in foreign
    ]
    assert not wrong


def test_only_sync_knows_the_whole_way():
    whole = {"fetch", "sources", "store", "search"}
    knowing = {
        part
        for part in ALLOWED
        if whole <= {name.split(".")[1] for _, of, names in modules() if of == part for name in names if "." in name}
    }
    assert knowing == {"sync"}
