"""What people read for each code of the vocabularies."""

from __future__ import annotations

from functools import lru_cache

from flask_babel.speaklater import LazyString

from portal.core.desk_labels import DESK_LABELS
from portal.core.i18n import gettext, language
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
    "office_kind": {
        "government_office": _("Government office"),
        "bpjs_branch": _("Branch of BPJS Ketenagakerjaan"),
        "help_desk": _("Help desk"),
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
    "target_group": {
        "boat_operators": _("boat operators"),
        "casual_workers": _("casual workers"),
        "clergy": _("religious workers"),
        "construction_labourers": _("construction labourers"),
        "daily_labourers": _("daily labourers"),
        "drivers": _("drivers"),
        "farm_labourers": _("farm labourers"),
        "farmers": _("farmers"),
        "fire_volunteers": _("fire volunteers"),
        "fish_farmers": _("fish farmers"),
        "fishers": _("fishers"),
        "informal_workers": _("informal workers"),
        "livestock_keepers": _("livestock keepers"),
        "market_labourers": _("market labourers"),
        "market_traders": _("market traders"),
        "micro_business": _("micro businesses"),
        "neighbourhood_heads": _("neighbourhood heads (RT)"),
        "ojek_drivers": _("motorcycle taxi drivers (ojek)"),
        "palm_oil_workers": _("palm-oil workers"),
        "parking_attendants": _("parking attendants"),
        "planters": _("planters"),
        "poor_workers": _("poor workers"),
        "port_workers": _("port workers"),
        "rubber_workers": _("rubber workers"),
        "rural_workers": _("village workers"),
        "seaweed_farmers": _("seaweed farmers"),
        "small_traders": _("small traders"),
        "smallholders": _("smallholders"),
        "street_vendors": _("street vendors"),
        "traders": _("traders"),
        "transport_drivers": _("transport drivers"),
        "village_officials": _("village officials"),
        "vulnerable_workers": _("vulnerable workers"),
    },
    "benefit": {
        "JKK": _("Work accident cover (JKK)"),
        "JKM": _("Death cover (JKM)"),
        "JHT": _("Old-age savings (JHT)"),
    },
    "regulation_kind": {
        "Inpres": _("President's instruction (Inpres)"),
        "PMK": _("Finance minister's regulation (PMK)"),
        "PP": _("Government regulation (PP)"),
        "Perbup": _("Regent's regulation (Perbup)"),
        "Perda": _("Regional regulation (Perda)"),
        "Permendagri": _("Home minister's regulation (Permendagri)"),
        "Permenaker": _("Manpower minister's regulation (Permenaker)"),
        "Perwali": _("Mayor's regulation (Perwali)"),
        "SE": _("Circular (SE)"),
        "SK": _("Decree (SK)"),
        "UU": _("Law (UU)"),
        "other": _("Other regulation"),
    },
    **DESK_LABELS,
}


def label(kind: str, code: str) -> str:
    """The words for a code; a code of an open vocabulary that has none is shown with spaces."""
    return _label(kind, code, language())


@lru_cache(maxsize=2048)
def _label(kind: str, code: str, spoken: str) -> str:
    """A page asks some seventy times; `spoken` is the language of the words kept."""
    found = LABELS[kind].get(code)
    return str(found) if found is not None else gettext(code.replace("_", " "))
