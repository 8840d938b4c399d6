"""The sheet of a check: what its code says, what it does not say, and what to do after an accident or a death."""

from __future__ import annotations

from flask import render_template

from portal.offices.queries import list_offices
from portal.registry.answering.pages import list_advice
from portal.registry.proofs.shapes import Sheet


def proof_sheet(sheet: Sheet) -> str:
    """The HTML of the sheet; the facts about claims are those valid on the day of the check."""
    return render_template(
        "documents/proof.html",
        sheet=sheet,
        advice=list_advice(sheet.checked_on),
        offices=list_offices({sheet.region_code}) if sheet.region_code else (),
        # The sheet's own address is that of the check, /bukti/ and the code.
        check_address=sheet.address.rsplit("/", 2)[0],
    )
