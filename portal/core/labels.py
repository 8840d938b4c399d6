"""What people read for each code of the vocabularies."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from portal.core.i18n import gettext
from portal.core.i18n import lazy_gettext as _

LABELS: dict[str, dict[str, LazyString]] = {
    "funding_source": {
        "apbd_regency": _("Regency or city budget (APBD)"),
        "apbd_province": _("Provincial budget (APBD)"),
        "apbdes": _("Village budgets (APBDes)"),
        "dbh_sawit": _("Palm-oil revenue share (DBH sawit)"),
        "dbhcht": _("Tobacco excise share (DBHCHT)"),
        "csr": _("Companies (CSR)"),
        "donation": _("Donations"),
        "apbn": _("National budget (APBN)"),
        "mixed": _("Mixed funds"),
        "unknown": _("Fund not stated"),
    },
    "stage": {
        "planned": _("Planned"),
        "budgeted": _("Budgeted"),
        "disbursed": _("Paid"),
        "enrolled": _("Enrolled"),
    },
    "qualifier": {
        "exact": _("as stated"),
        "about": _("about"),
        "more_than": _("more than"),
        "at_least": _("at least"),
        "up_to": _("up to"),
    },
    "source_kind": {
        "press": _("Press"),
        "government": _("Government"),
        "advertorial": _("Advertorial (paid)"),
        "regulation": _("Regulation"),
        "budget_document": _("Budget document"),
        "other": _("Other"),
    },
    "read_as": {
        "full_text": _("Read in full"),
        "excerpt": _("Read as an excerpt"),
    },
    "program_status": {
        "planned": _("Planned"),
        "running": _("Running"),
        "ended": _("Ended"),
        "unknown": _("Status not published"),
    },
    "metric": {
        "participants_total": _("Participants"),
        "villages": _("Villages"),
        "workers_per_village": _("Workers per village"),
        "amount_total": _("Amount"),
        "coverage_percent": _("Coverage"),
        "potential_workers": _("Potential workers"),
        "not_covered": _("Not covered"),
        "target_participants": _("Target"),
        "participants_part": _("Participants, one part"),
        "claims_paid_idr": _("Benefits paid"),
        "claims_paid_cases": _("Benefit cases paid"),
        "other": _("Other figure"),
    },
    "award_level": {
        "national": _("National"),
        "province": _("Provincial"),
        "regency": _("Regency"),
        "unknown": _("Level not stated"),
    },
    "award_result": {
        "winner": _("Winner"),
        "second": _("Second place"),
        "third": _("Third place"),
        "nominee": _("Nominee (not a win)"),
        "other": _("Recognition"),
    },
    "news_kind": {
        "award": _("Award"),
        "program": _("Programme"),
        "meeting": _("Meeting"),
        "announcement": _("Announcement"),
    },
    "check_kind": {
        "contribution": _("Workers × contribution × months"),
        "duration": _("How long the money lasts"),
        "product": _("Villages × workers per village"),
        "sum": _("Parts against the total"),
        "rivals": _("Different figures for one line"),
        "stage": _("One figure at several stages"),
        "sources": _("Independent sources"),
        "registry": _("Enrolment lists against the claim"),
        "ratio": _("Participants against the people concerned"),
    },
    "verdict": {
        "agrees": _("Agrees"),
        "differs": _("Differs"),
        "cannot_tell": _("Cannot tell"),
    },
    "search_kind": {
        "region": _("Region"),
        "program": _("Programme"),
        "commitment": _("Funding line"),
        "news": _("News"),
        "award": _("Award"),
        "regulation": _("Regulation"),
        "source": _("Source"),
        "page": _("Page of this portal"),
    },
    "group": {},
}


def label(kind: str, code: str) -> str:
    """The words for a code; a code of an open vocabulary that has none is shown with spaces."""
    found = LABELS[kind].get(code)
    return str(found) if found is not None else gettext(code.replace("_", " "))
