"""Which statement leads a line at a stage."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.quantities import Quantity
from portal.core.vocabulary import STAGES
from portal.funding.leads import Choice, mark_leads, pick_leads
from portal.funding.shapes import StageFigure, StatementShape
from tests.evidence.builders import money, people, source, statement
from tests.evidence.test_check_properties import STATEMENTS

OLD, NEW = date(2025, 1, 1), date(2025, 6, 1)


def _lead(*said: StatementShape, **choice: Any) -> StageFigure:
    return pick_leads(said, choice or None)[STAGES.index("enrolled")]


def _said(name: str, value: Quantity | None, kind: str = "press", **values: Any) -> StatementShape:
    return statement("enrolled", id=name, workers=value, sources=(source(kind=kind),), **values)


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        (
            {"value": people(1, "about"), "kind": "advertorial", "as_of": OLD},
            {"value": None, "kind": "government"},
        ),
        (
            {"value": people(1, "about"), "kind": "government", "as_of": OLD},
            {"value": people(2), "as_of": NEW},
        ),
        ({"value": people(1), "kind": "regulation", "as_of": OLD}, {"value": people(2), "as_of": NEW}),
        ({"value": people(1), "kind": "budget_document", "as_of": OLD}, {"value": people(2), "as_of": NEW}),
        (
            {"value": people(1, "about"), "as_of": OLD},
            {"value": people(2), "kind": "advertorial", "as_of": NEW},
        ),
        ({"value": people(1), "as_of": OLD}, {"value": people(2, "about"), "as_of": NEW}),
        ({"value": people(1), "as_of": OLD}, {"value": people(2, "more_than"), "as_of": NEW}),
        ({"value": people(1), "as_of": NEW}, {"value": people(2), "as_of": OLD}),
        ({"value": people(1), "as_of": OLD}, {"value": people(2), "as_of": None}),
        ({"value": people(1), "as_of": NEW, "amount": money(5)}, {"value": people(2), "as_of": NEW}),
    ],
    ids=["figure", "government", "regulation", "budget", "paid", "exact", "bound", "latest", "dated", "more"],
)
def test_the_rule_goes_from_figure_to_source_to_exactness_to_date(
    winner: dict[str, Any], loser: dict[str, Any]
) -> None:
    # The loser's id comes first, so that it would win by id.
    one, other = (_said(name, **values) for name, values in (("b", winner), ("a", loser)))
    assert [_lead(one, other).lead.id, _lead(other, one).lead.id] == ["b", "b"]  # type: ignore[union-attr]


def test_the_best_of_several_sources_counts() -> None:
    mixed = statement(
        "enrolled",
        id="b",
        workers=people(1),
        sources=(source(kind="advertorial"), source(kind="government")),
    )
    assert _lead(mixed, _said("a", people(2))).workers == people(1)


def test_where_all_is_equal_the_id_decides() -> None:
    assert _lead(_said("b", people(2)), _said("a", people(1))).workers == people(1)


def test_an_editor_may_overrule_the_rule_and_the_reason_is_kept() -> None:
    said = (_said("a", people(1), "government"), _said("b", people(2)))
    figure = _lead(*said, enrolled=Choice("b", "Sebab", "Because"))
    assert (figure.workers, figure.reason_id, figure.reason_en) == (people(2), "Sebab", "Because")


def test_an_editor_may_choose_a_statement_without_a_figure() -> None:
    said = (_said("a", people(1)), _said("b", None))
    assert _lead(*said, enrolled=Choice("b", "Sebab", "Because")).workers is None


def test_a_choice_of_another_stage_or_statement_changes_nothing() -> None:
    said = (_said("a", people(1)),)
    assert _lead(*said, planned=Choice("a", "", "")).reason_id is None
    assert _lead(*said, enrolled=Choice("z", "", "")).reason_id is None


def test_an_unknown_in_the_lead_does_not_hide_a_published_number() -> None:
    budget = statement("enrolled", id="a", amount=money(5_000), sources=(source(kind="government"),))
    figure = _lead(budget, _said("b", people(30)))
    assert figure.lead is not None
    assert (figure.lead.id, figure.amount, figure.workers) == ("a", money(5_000), people(30))
    assert len(figure.sources) == 2


def test_rivals_are_those_with_another_figure() -> None:
    figure = _lead(
        _said("a", people(15_000)),
        _said("b", people(15_000, "about")),
        _said("c", people(10_000, "about")),
        _said("d", None),
    )
    assert (figure.statements, figure.rivals) == (4, 1)


def test_a_stage_without_statements_has_no_lead() -> None:
    figures = pick_leads([])
    assert [figure.stage for figure in figures] == list(STAGES)
    assert all(figure.lead is None and figure.workers is None and figure.sources == () for figure in figures)


@given(st.lists(STATEMENTS, max_size=8), st.randoms(use_true_random=False))
def test_order_never_matters_for_the_lead(said: list[StatementShape], random: Random) -> None:
    mixed = list(said)
    random.shuffle(mixed)
    assert pick_leads(mixed) == pick_leads(said)


@given(st.lists(STATEMENTS, max_size=8))
def test_each_stage_with_statements_has_one_marked_lead_with_a_figure_if_there_is_one(
    said: list[StatementShape],
) -> None:
    marked = mark_leads(said, pick_leads(said))
    for stage in STAGES:
        here = [item for item in marked if item.stage == stage]
        leads = [item for item in here if item.is_lead]
        assert len(leads) == bool(here)
        assert not here or leads[0].has_figure == any(item.has_figure for item in here)
