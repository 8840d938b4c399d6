"""The pages of the portal itself, and the words its help explains, as documents to be found."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel.speaklater import LazyString

from portal.core.i18n import lazy_gettext as _
from portal.search.shapes import Document

Entry = tuple[str, LazyString, LazyString]

PAGES: tuple[Entry, ...] = (
    (
        "/cek",
        _("Am I covered?"),
        _("Look up with NIK and name whether someone pays work accident and death cover for you."),
    ),
    (
        "/pendanaan",
        _("Funding"),
        _("All funding lines: who pays for how many workers, at which stage, by which source."),
    ),
    (
        "/metode",
        _("Method"),
        _(
            "How figures are stated, which one is shown, how totals and cross-checks are made, and how mistakes are corrected."
        ),
    ),
    (
        "/privasi",
        _("Privacy"),
        _(
            "What the check keeps and what it does not, and your rights under the law on personal data (UU 27/2022)."
        ),
    ),
    (
        "/aksesibilitas",
        _("Accessibility"),
        _("How the portal works with a keyboard, a screen reader, large text and a weak signal."),
    ),
    (
        "/tentang",
        _("About"),
        _("What this portal is, where its data come from and under which licences they may be used."),
    ),
    (
        "/bantuan",
        _("Help"),
        _("Questions and answers for workers and their families, a glossary, and how to cite a figure."),
    ),
    (
        "/bantuan#kecelakaan",
        _("What to do after a work accident"),
        _("Get treatment first, then report the accident within 2 × 24 hours."),
    ),
    (
        "/bantuan#meninggal",
        _("What to do when a member has died"),
        _("Which papers the family brings, and where to claim."),
    ),
    (
        "/bantuan#mengutip",
        _("How to cite a figure"),
        _("Take the number with its qualifier, stage, year and source."),
    ),
)

TERMS: tuple[Entry, ...] = (
    (
        "/bantuan#jkk",
        _("JKK (work accident cover)"),
        _("Jaminan Kecelakaan Kerja: treatment and money after an accident at work or on the way there."),
    ),
    (
        "/bantuan#jkm",
        _("JKM (death cover)"),
        _("Jaminan Kematian: money for the family when a member dies of another cause than a work accident."),
    ),
    (
        "/bantuan#bpu",
        _("BPU (non-wage worker)"),
        _("Bukan Penerima Upah: someone who earns without an employer, such as a farmer, fisher or trader."),
    ),
    (
        "/bantuan#dbh-sawit",
        _("DBH sawit (palm-oil revenue share)"),
        _("Dana Bagi Hasil sawit: the part of palm-oil duties that the state passes on to regions."),
    ),
    (
        "/bantuan#ucj",
        _("UCJ (Universal Coverage Jamsostek)"),
        _(
            "The aim that every worker has work accident and death cover; offices define the target differently."
        ),
    ),
    (
        "/bantuan#perbup",
        _("Perbup (regent's regulation)"),
        _("Peraturan Bupati: a rule issued by the head of a regency."),
    ),
    (
        "/bantuan#pekerja-rentan",
        _("Vulnerable worker (pekerja rentan)"),
        _("No single definition: each regulation has its own."),
    ),
    (
        "/bantuan#gn-lingkaran",
        _("GN Lingkaran"),
        _("Donors pay the contributions of vulnerable workers; the donor decides for whom and how long."),
    ),
    (
        "/bantuan#paritrana",
        _("Paritrana Award"),
        _("A yearly award for cover of workers; the year judged and the year of the ceremony differ."),
    ),
)


def glossary_documents() -> Iterator[Document]:
    """Pages and terms, in the language now spoken."""
    for position, (address, title, text) in enumerate((*PAGES, *TERMS)):
        yield Document("page", position, address, str(title), str(text))
