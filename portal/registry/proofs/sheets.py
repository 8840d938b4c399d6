"""Sheets: made for the covers of an answer, and read again from their code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from flask import current_app

from portal.core.i18n import language
from portal.registry.proofs.pictures import draw
from portal.registry.proofs.queries import NamedProgram, list_listed_programs, list_named_programs
from portal.registry.proofs.shapes import Proof, Sheet
from portal.registry.proofs.tokens import GOOD_FOR, fold_code, make_token, read_token
from portal.registry.shapes import FoundCover
from portal.settings import Settings

PLACE = "/cek/bukti"


def make_sheets(covers: Sequence[FoundCover], today: date) -> tuple[Sheet, ...]:
    """A sheet for each programme whose cover has begun, whoever pays; months of several payers are one cover."""
    proofs = list_proofs(covers, today)
    names = list_named_programs({proof.program for proof in proofs})
    secret = _settings().secret_key
    tokens = ((proof, make_token(secret, proof)) for proof in proofs)
    return tuple(_sheet(token, proof, names.get(proof.program)) for proof, token in tokens if token)


def find_sheet(token: str, today: date) -> Sheet | None:
    """The sheet with this code; None for every code that isn't good."""
    if not fold_code(token):
        return None
    proof = read_token(_settings().secret_key, token, list_listed_programs(), today)
    if proof is None:
        return None
    written = make_token(_settings().secret_key, proof)
    return _sheet(written or "", proof, list_named_programs({proof.program}).get(proof.program))


def list_proofs(covers: Sequence[FoundCover], today: date) -> list[Proof]:
    """What can be said today of each programme: until when it covers, or covered last."""
    months: dict[tuple[str, bool], set[int]] = defaultdict(set)
    for cover in covers:
        for first, last in cover.months:
            months[cover.program, cover.synthetic].update(range(first, last + 1))
    this = today.year * 12 + today.month - 1
    proofs = []
    for (program, synthetic), covered in sorted(months.items()):
        until = _last_month(covered, this)
        if until is not None:
            proofs.append(Proof(program, until, today, synthetic))
    return proofs


def _last_month(covered: set[int], this: int) -> int | None:
    """The end of the cover that holds this month, else of the one that ended last; None where none has begun."""
    begun = [month for month in covered if month <= this]
    if not begun:
        return None
    last = max(begun)
    while last + 1 in covered and last >= this:
        last += 1
    return last


def _sheet(token: str, proof: Proof, program: NamedProgram | None) -> Sheet:
    path = f"{PLACE}/{token}"
    prefix = "" if language() == "id" else f"/{language()}"
    address = f"{_settings().base_url}{prefix}{path}"
    return Sheet(
        token=token,
        program_name=program.name if program else proof.program,
        program_path=f"/program/{proof.program}" if program else "",
        region_name=program.region_name if program else "",
        region_path=f"/wilayah/{program.region_slug}" if program else "",
        region_code=program.region_code if program else "",
        until=date(proof.last_month // 12, proof.last_month % 12 + 1, 1),
        checked_on=proof.checked_on,
        good_until=proof.checked_on + GOOD_FOR,
        synthetic=proof.synthetic,
        address=address,
        path=path,
        picture=draw(address),
    )


def _settings() -> Settings:
    settings: Settings = current_app.config["PORTAL_SETTINGS"]
    return settings
