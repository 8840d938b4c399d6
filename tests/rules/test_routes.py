"""An address never vanishes or appears by accident: routes.txt lists them all."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

SNAPSHOT = Path(__file__).with_name("routes.txt")


def routes(app: Flask) -> list[str]:
    """Each rule with its methods, as routes.txt writes them."""
    lines = []
    for rule in app.url_map.iter_rules():
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        lines.append(f"{rule.rule} {','.join(methods)}")
    return sorted(set(lines))


def test_the_addresses_are_those_of_the_snapshot(site: Flask) -> None:
    listed = SNAPSHOT.read_text().split("\n")[:-1]
    present = routes(site)
    gone = [line for line in listed if line not in present]
    new = [line for line in present if line not in listed]
    assert gone == [], "outside users rely on these addresses"
    assert new == [], f"add these lines to {SNAPSHOT.name}, in order"
    assert listed == sorted(listed)
