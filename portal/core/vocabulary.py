"""The closed vocabularies of the data package; labels for people are in `labels`."""

from __future__ import annotations

SOURCE_KINDS = ("press", "government", "advertorial", "regulation", "budget_document", "other")
READ_AS = ("full_text", "excerpt")
PROGRAM_STATUSES = ("planned", "running", "ended", "unknown")
FUNDING_SOURCES = (
    "apbd_regency",
    "apbd_province",
    "apbdes",
    "dbh_sawit",
    "dbhcht",
    "csr",
    "donation",
    "apbn",
    "mixed",
    "unknown",
)
STAGES = ("planned", "budgeted", "disbursed", "enrolled")
QUALIFIERS = ("exact", "about", "more_than", "at_least", "up_to")
METRICS = (
    "participants_total",
    "villages",
    "workers_per_village",
    "amount_total",
    "coverage_percent",
    "potential_workers",
    "not_covered",
    "target_participants",
    "participants_part",
    "claims_paid_idr",
    "claims_paid_cases",
    "other",
)
AWARD_LEVELS = ("national", "province", "regency", "unknown")
AWARD_RESULTS = ("winner", "second", "third", "nominee", "other")
OFFICE_KINDS = ("government_office", "bpjs_branch", "help_desk")
NEWS_KINDS = ("award", "program", "meeting", "announcement")
CHECK_KINDS = (
    "contribution",
    "duration",
    "product",
    "sum",
    "rivals",
    "stage",
    "sources",
    "registry",
    "ratio",
)
VERDICTS = ("agrees", "differs", "cannot_tell")
LANGUAGES = ("id", "en")
SEARCH_KINDS = ("region", "program", "commitment", "news", "award", "regulation", "source", "page")

# The desk's workflow. Whether the public sees a record, where a draft stands, in which states it may be written in.
LIVE_STATES = ("no", "yes", "withdrawn")
DRAFT_STATES = ("draft", "in_review", "returned", "approved", "scheduled")
OPEN_STATES = ("draft", "returned")
REVISION_EVENTS = (
    "loaded",
    "saved",
    "submitted",
    "returned",
    "approved",
    "published",
    "withdrawn",
    "discarded",
)
NOTED_EVENTS = ("published", "corrected", "withdrawn")
