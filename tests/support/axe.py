"""axe in a page: what it finds, and nothing else of its long answer, which takes longer to hand over than to find."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCRIPT: str = Axe().axe_script
FIND = """([within, rules]) => axe
  .run(within ?? document, { runOnly: rules, resultTypes: ['violations'] })
  .then((found) => found.violations)"""


def violations(page: Page, within: str | None = None) -> list[dict[str, Any]]:
    """The rules that the page as it now stands breaks; `within` is a selector of the part that is looked at."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(FIND, [within, RULES])
    return found


def faults_in(page: Page, name: str) -> list[str]:
    """Each violation as a line that begins with the page's name."""
    return [
        f"{name}: {fault['id']}: {node['target']} {node['failureSummary'][:200]}"
        for fault in violations(page)
        for node in fault["nodes"][:3]
    ]
