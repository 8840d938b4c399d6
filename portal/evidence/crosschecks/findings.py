"""Putting a finding into words: inputs, formula, result and one sentence in each language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.core.i18n import use_language
from portal.core.quantities import Quantity
from portal.evidence.crosschecks.facts import LineFacts, ProgrammeFacts, StatementFacts
from portal.evidence.shapes import CheckShape, ClaimShape, InputShape

AGREES, DIFFERS, CANNOT_TELL = "agrees", "differs", "cannot_tell"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, before it is put into words. `say` gives the sentence in the language set."""

    verdict: str
    inputs: tuple[InputShape, ...]
    formula: str
    result: str
    say: Callable[[], str]


def of_line(facts: ProgrammeFacts, kind: str, line: LineFacts, found: Finding) -> CheckShape:
    """A finding about a funding line."""
    return _check(facts, kind, ("commitment", line.id), line.id, found)


def of_program(facts: ProgrammeFacts, kind: str, found: Finding) -> CheckShape:
    """A finding about a programme."""
    return _check(facts, kind, ("program", facts.id), None, found)


def of_claim(facts: ProgrammeFacts, kind: str, claim: ClaimShape, found: Finding) -> CheckShape:
    """A finding about a stated claim."""
    return _check(facts, kind, ("claim", claim.id), None, found)


def _check(
    facts: ProgrammeFacts, kind: str, subject: tuple[str, str], line: str | None, found: Finding
) -> CheckShape:
    sentences = {}
    for code in ("id", "en"):
        with use_language(code):
            sentence = found.say()
            sentences[code] = sentence[:1].upper() + sentence[1:]
    return CheckShape(
        kind=kind,
        subject_kind=subject[0],
        subject_id=subject[1],
        region_code=facts.region_code,
        program_id=facts.id,
        commitment_id=line,
        verdict=found.verdict,
        inputs=found.inputs,
        stored_formula=found.formula,
        stored_result=found.result,
        sentence_id=sentences["id"],
        sentence_en=sentences["en"],
    )


def workers_input(statement: StatementFacts, key: str = "workers") -> InputShape:
    """The workers of a statement with its sources."""
    return InputShape(key, statement.workers, statement.source_ids, statement.sources)


def claim_input(claim: ClaimShape, key: str) -> InputShape:
    """A claim with its sources."""
    return InputShape(key, claim.quantity, claim.source_ids, claim.sources)


def official_input(key: str, value: int, unit: str = "person") -> InputShape:
    """A number of the reference data, which no article has to vouch for."""
    return InputShape(key, Quantity(value, "exact", unit))


def plain(stated: Quantity) -> str:
    """A stated number as formulas store it: `12000`, `Rp16800`, `8.43`."""
    return f"Rp{stated.value}" if stated.unit == "idr" else f"{stated.value}"


def signed(value: int) -> str:
    """A difference with a true minus sign: `−40`."""
    return f"−{-value}" if value < 0 else f"{value}"


def joined(parts: Iterable[str], sign: str) -> str:
    """Terms of a formula: `a + b`."""
    return f" {sign} ".join(parts)
