"""Rules about Python and templates that no tool checks."""

from __future__ import annotations

import ast
import re

from tests.support.tree import functions, parsed, text_files

ASSERTING = re.compile(r"^(assert_|check_|expect$|raises$|get_page$|warns$)")


def _is_empty(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = [
        line
        for line in node.body
        if not (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))
    ]
    has_docstring = ast.get_docstring(node) is not None
    return all(isinstance(line, ast.Pass) for line in body) and not (has_docstring and not body)


def _protocols(module: ast.Module) -> set[str]:
    """Classes that only describe others; their methods have no body to fill."""
    return {
        node.name
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).startswith("Protocol") for base in node.bases)
    }


def _asserts(node: ast.AST) -> bool:
    for child in ast.walk(node):
        if isinstance(child, ast.Assert):
            return True
        if isinstance(child, ast.Call):
            name = child.func.attr if isinstance(child.func, ast.Attribute) else getattr(child.func, "id", "")
            if ASSERTING.match(name):
                return True
    return False


def test_no_function_has_an_empty_body() -> None:
    empty = [
        f"{path}::{name}"
        for path, module in parsed()
        for name, node in functions(module)
        if _is_empty(node) and name.split(".")[0] not in _protocols(module)
    ]
    assert empty == []


def test_every_test_asserts_something() -> None:
    silent = [
        f"{path}::{name}"
        for path, module in parsed("tests/")
        for name, node in functions(module)
        if name.split(".")[-1].startswith("test_") and not _asserts(node)
    ]
    assert silent == []


def test_test_names_are_sentences() -> None:
    short = [
        f"{path}::{name}"
        for path, module in parsed("tests/")
        for name, _ in functions(module)
        if name.split(".")[-1].startswith("test_") and name.split(".")[-1].count("_") < 3
    ]
    assert short == []


def test_templates_hold_no_inline_style_script_or_handler() -> None:
    inline = re.compile(
        r"<style\b|\sstyle=|\son[a-z]+=|\shx-on|javascript:|<script(?![^>]*\bsrc=)", re.IGNORECASE
    )
    found = [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in text_files(".html", ".svg", under="templates/")
        if not path.startswith("templates/documents/")
        for number, line in enumerate(text.splitlines(), 1)
        if inline.search(line)
    ]
    assert found == []


def test_templates_load_nothing_from_elsewhere() -> None:
    elsewhere = re.compile(r"""<(?:script|link|img|iframe|source)\b[^>]*\b(?:src|href)=["'](?:https?:)?//""")
    assert [path for path, text in text_files(".html", under="templates/") if elsewhere.search(text)] == []


def test_templates_mark_nothing_safe_but_their_own_words() -> None:
    """HTML is made safe where it comes in; `|safe` on a value would trust whatever arrives."""
    trusting = re.compile(r"""(?<!['"])\s*\|\s*safe\b""")
    assert [path for path, text in text_files(".html", under="templates/") if trusting.search(text)] == []
