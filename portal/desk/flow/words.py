"""Names of the desk's kinds, queues and hints, in the order in which pages show them."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from portal.core.i18n import lazy_gettext as _

KINDS: dict[str, LazyString] = {
    "news": _("News posts"),
    "awards": _("Awards"),
    "programs": _("Programmes"),
    "measures": _("Announced steps"),
    "commitments": _("Funding lines"),
    "statements": _("Statements on lines"),
    "lead_choices": _("Choices of leading figures"),
    "claims": _("Stated totals"),
    "sources": _("Sources"),
    "regulations": _("Regulations"),
    "offices": _("Offices"),
}
QUEUES: dict[str, LazyString] = {
    "dikembalikan": _("Returned for changes"),
    "tinjau": _("To review"),
    "disetujui": _("Approved, to be published"),
    "draf": _("Your drafts to complete"),
    "terjadwal": _("Scheduled next"),
    "gagal": _("Did not come out at its time"),
    "telat-terbit": _("Late: should be out already"),
    "lewat-waktu": _("In review for too long"),
    "tanpa-sumber": _("Without a source"),
    "belum-diterjemahkan": _("Not translated"),
}
HINTS: dict[str, LazyString] = {
    "flagged": _("Posts with a figure that was corrected"),
    "differs": _("Differs in a cross-check"),
    "without_next_year": _("Programmes without funding for the coming year"),
    "lists": _("Enrolment lists that run out"),
    "links": _("Preview links that run out"),
}
MARKS: dict[str, LazyString] = {
    "no_source": _("Without a source"),
    "untranslated": _("Not translated"),
}
