"""All that the page of each outcome shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.areas.queries import list_regions
from portal.evidence.rules.queries import list_benefits
from portal.evidence.rules.shapes import Benefit
from portal.registry.answering.covers import list_cover_views
from portal.registry.answering.queries import list_provinces_with_programs
from portal.registry.answering.shapes import Advice, Province
from portal.registry.proofs.sheets import make_sheets
from portal.registry.shapes import FoundCover

TOPICS = ("pays", "claim", "where", "contribution")


def found_answer(covers: Sequence[FoundCover], today: date) -> dict[str, Any]:
    """The page of covers found: it depends on the covers and the day alone, not on who asked."""
    return {
        "covers": list_cover_views(covers, today),
        "sheets": make_sheets(covers, today),
        "advice": list_advice(today),
    }


def not_found_answer(today: date) -> dict[str, Any]:
    """The one page of everybody who is not found.

    Which region to ask in the visitor says, by a link: reading it from the number would tell people apart.
    """
    return {"advice": list_advice(today), "provinces": list_provinces_with_members()}


def list_advice(today: date) -> Advice:
    """What is published about claims and channels, as valid on this day."""
    facts = list_benefits(TOPICS, on=today)

    def chosen(topic: str, *programmes: str) -> tuple[Benefit, ...]:
        return tuple(
            fact for fact in facts if fact.topic == topic and (not programmes or fact.programme in programmes)
        )

    return Advice(
        accident_steps=chosen("claim", "JKK"),
        accident_pays=chosen("pays", "JKK"),
        death_steps=chosen("claim", "JKM"),
        death_pays=chosen("pays", "JKM"),
        both=chosen("claim", "JKK+JKM") + chosen("pays", "JKK+JKM"),
        where=chosen("where"),
        # Discounts for a time are not for whoever thinks of the years to come.
        contribution=tuple(fact for fact in chosen("contribution", "JKK+JKM") if not fact.valid_from),
    )


def list_provinces_with_members() -> tuple[Province, ...]:
    """Each province with published programmes, and its regencies and cities, in order of code."""
    regions, reported = list_regions(), list_provinces_with_programs()
    return tuple(
        Province(
            one, tuple(each for each in regions if each.province_code == one.code and not each.is_province)
        )
        for one in regions
        if one.is_province and one.code in reported
    )
