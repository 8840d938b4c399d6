"""Which module may import which: import-linter's contracts in pyproject.toml, and what they cannot say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.support.tree import ROOT, parsed

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
SESSION = re.compile(r"^(session|db)$")


def test_domains_stand_on_their_floors() -> None:
    done = subprocess.run([LINT_IMPORTS, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_forms_ask_only_the_queries_of_their_own_domain() -> None:
    foreign = []
    for path, module in parsed("portal/"):
        own = re.match(r"portal/(\w+)/forms(?:\.py|/)", path)
        if not own:
            continue
        for node in ast.walk(module):
            name = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            if re.match(r"portal\.\w+\.queries", name) and not name.startswith(f"portal.{own[1]}."):
                foreign.append(f"{path}: {name}")
    assert foreign == []


def test_only_services_and_commands_commit() -> None:
    commits = []
    for path, module in parsed("portal/"):
        if re.search(r"/services(\.py|/)|^portal/core/", path):
            continue
        for node in ast.walk(module):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "commit"
            ):
                commits.append(f"{path}:{node.lineno}")
    assert commits == []


def test_no_module_is_a_bag_of_helpers() -> None:
    bags = [
        path for path, _ in parsed("portal/") if re.search(r"/(utils?|helpers?|misc|common)(\.py|/)", path)
    ]
    assert bags == []
