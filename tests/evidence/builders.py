"""What is published about made-up programmes, as the checks are given it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from portal.core.quantities import Quantity
from portal.evidence.crosschecks import check_programme
from portal.evidence.crosschecks.facts import ProgrammeFacts
from portal.evidence.rules.shapes import Rate
from portal.evidence.shapes import CheckShape, ClaimShape, SourceShape
from portal.funding.leads import Choice, mark_leads, pick_leads
from portal.funding.shapes import CommitmentShape, StatementShape

_numbers = count(1)
DAY = date(2025, 5, 20)


def rate(payer: str, sector: str, first: date | None, last: date | None, jkk: int, jkm: int) -> Rate:
    """A contribution rate."""
    return Rate(f"{payer}-{sector}", payer, sector, first, last, jkk, jkm, "", "", None, "M")


RATES = (
    rate("any", "any", None, None, 10_000, 6_800),
    rate("private", "transport", date(2026, 1, 1), date(2027, 3, 31), 5_000, 3_400),
    rate("private", "other", date(2026, 4, 1), date(2026, 12, 31), 5_000, 3_400),
)


def source(name: str | None = None, kind: str = "press", published_on: date | None = None) -> SourceShape:
    """A source; its publisher is its name."""
    name = name or f"source-{next(_numbers)}"
    return SourceShape(name, name.split("/")[0], None, None, published_on, kind, "full_text", None)


def people(value: int, qualifier: str | None = "exact") -> Quantity:
    """A number of people as stated."""
    return Quantity(value, qualifier)


def money(value: int, qualifier: str | None = "exact") -> Quantity:
    """Rupiah as stated."""
    return Quantity(value, qualifier, "idr")


def statement(stage: str = "budgeted", **values: Any) -> StatementShape:
    """What one source says of a line; figures are left out unless given."""
    name = values.pop("id", None) or f"statement-{next(_numbers)}"
    fields = {
        "workers": None,
        "monthly_contribution_idr": None,
        "months": None,
        "amount": None,
        "as_of": DAY,
        "note": None,
        "sources": (source(),),
        **values,
    }
    return StatementShape(id=name, commitment_id="", stage=stage, **fields)


def line(
    *said: StatementShape,
    year: int | None = 2025,
    fund: str = "apbd_regency",
    region: str = "99.01",
    name: str | None = None,
    choices: dict[str, Choice] | None = None,
) -> CommitmentShape:
    """A funding line with its leads picked."""
    stages = pick_leads(said, choices)
    name = name or f"line-{next(_numbers)}"
    fields = ("programme", "Nama", "Name", region, "Wilayah", "wilayah", year, fund, None, None)
    return CommitmentShape(name, *fields, mark_leads(said, stages), stages)


def claim(metric: str, value: int | str, qualifier: str | None = "exact", **values: Any) -> ClaimShape:
    """A stated total."""
    units = {"coverage_percent": "percent", "amount_total": "idr", "claims_paid_idr": "idr"}
    number = value if isinstance(value, int) else Decimal(value)
    stated = Quantity(number, qualifier, units.get(metric, "person"))
    fields = {"as_of": DAY, "note": None, "sources": (source(),), **values}
    return ClaimShape(f"claim-{next(_numbers)}", "programme", metric, stated, **fields)


def facts(*lines: CommitmentShape, **values: Any) -> ProgrammeFacts:
    """A programme with these lines."""
    return ProgrammeFacts(
        **{
            "id": "programme",
            "region_code": "99.01",
            "lines": lines,
            "benefits": ("JKK", "JKM"),
            "target_groups": ("farmers",),
            "rates": RATES,
            "death_benefit_idr": 42_000_000,
            **values,
        }
    )


def found(programme: ProgrammeFacts, kind: str) -> list[CheckShape]:
    """The programme's checks of one kind."""
    return [check for check in check_programme(programme) if check.kind == kind]


def only(programme: ProgrammeFacts, kind: str) -> CheckShape:
    """The one check of a kind that the programme has."""
    checks = found(programme, kind)
    assert len(checks) == 1, [check.sentence_en for check in checks]
    return checks[0]
