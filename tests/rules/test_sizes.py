"""Files, functions and templates stay small. exemptions.txt lists those that are larger, and only shrinks."""

from __future__ import annotations

import subprocess

from tests.support.tree import MIGRATIONS, ROOT, functions, parsed, text_files

CEILINGS = (("templates/", ".html", 130), ("tests/", ".py", 400), ("", ".py", 300), ("static/", ".css", 300))
CEILINGS += (("static/", ".js", 300), ("deploy/", ".sh", 300))
LONGEST_FUNCTION = 45
EXEMPTIONS = "tests/rules/exemptions.txt"


def _exemptions(text: str) -> dict[str, int]:
    lines = (line.split() for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {name: int(lines_allowed) for name, lines_allowed in lines}


def _ceiling(path: str) -> int | None:
    for folder, suffix, lines in CEILINGS:
        if path.startswith(folder) and path.endswith(suffix):
            return lines
    return None


def _too_large() -> dict[str, int]:
    """Name and length of everything above its ceiling. A migration is a record, written once and left alone."""
    large = {}
    for path, text in text_files(".py", ".html", ".css", ".js", ".sh"):
        ceiling, length = _ceiling(path), len(text.splitlines())
        if ceiling and length > ceiling and not path.startswith(MIGRATIONS):
            large[path] = length
    for path, module in parsed():
        for name, node in functions(module):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION and not path.startswith(MIGRATIONS):
                large[f"{path}::{name}"] = length
    return large


def test_nothing_is_larger_than_its_ceiling_or_its_exemption() -> None:
    allowed = _exemptions((ROOT / EXEMPTIONS).read_text())
    over = {name: lines for name, lines in _too_large().items() if lines > allowed.get(name, 0)}
    assert over == {}, f"split these: {over}"


def test_exemptions_name_only_what_still_needs_them_at_their_present_size() -> None:
    allowed = _exemptions((ROOT / EXEMPTIONS).read_text())
    large = _too_large()
    stale = {name: lines for name, lines in allowed.items() if large.get(name) != lines}
    assert stale == {}, f"lower or delete these lines of {EXEMPTIONS}: {stale}"


def test_the_exemption_list_never_grows() -> None:
    log = ["git", "log", "--format=%H", "--", EXEMPTIONS]
    commits = subprocess.run(log, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    allowed = _exemptions((ROOT / EXEMPTIONS).read_text())
    for commit in commits:
        show = ["git", "show", f"{commit}:{EXEMPTIONS}"]
        former = _exemptions(
            subprocess.run(show, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        )
        grown = {name: lines for name, lines in allowed.items() if lines > former.get(name, 0)}
        assert grown == {}, f"these were added or raised since {commit[:8]}: {grown}"
