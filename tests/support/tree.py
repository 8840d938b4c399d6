"""The files of the checkout, for rules about the code itself."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = {".gz", ".png", ".ico", ".zip", ".pdf", ".ttf", ".woff2", ".xlsx", ".xz", ".zst", ".jpg", ".webp"}
MIGRATIONS = ("migrations/content/versions/", "migrations/registry/versions/")


@cache
def files() -> tuple[str, ...]:
    """Paths of every file that is, or is about to be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(sorted(path for path in listed.split("\0") if path and (ROOT / path).is_file()))


def text_files(*suffixes: str, under: str = "") -> Iterator[tuple[str, str]]:
    """Path and text of each file below `under`; with `suffixes`, of those alone."""
    for path in files():
        suffix = Path(path).suffix
        if path.startswith(under) and suffix not in BINARY and (not suffixes or suffix in suffixes):
            try:
                yield path, (ROOT / path).read_text(encoding="utf-8")
            except FileNotFoundError:  # moved since the list was made
                continue


def parsed(under: str = "") -> Iterator[tuple[str, ast.Module]]:
    """Path and syntax tree of each Python file below `under`."""
    for path, text in text_files(".py", under=under):
        yield path, ast.parse(text, filename=path)


def functions(module: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Each function of a module with its dotted name."""

    def walk(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield prefix + child.name, child
                yield from walk(child, prefix + child.name + ".")
            elif isinstance(child, ast.ClassDef):
                yield from walk(child, prefix + child.name + ".")
            else:
                yield from walk(child, prefix)

    yield from walk(module, "")
