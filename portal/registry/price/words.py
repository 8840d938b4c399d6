"""Why a payment was not taken, in words."""

from __future__ import annotations

from portal.core.i18n import lazy_gettext

FAULTS = {
    "expired": lazy_gettext(
        "That took longer than five minutes, so it no longer counts; here is a new task."
    ),
    "used": lazy_gettext("That was used for a check already; here is a new task for the next one."),
    "wrong": lazy_gettext(
        "The solution did not fit, perhaps because your connection changed; here is a new task."
    ),
    "dearer": lazy_gettext("Meanwhile many more checks came from your connection; here is a new task."),
    "early": lazy_gettext(
        "That was a little early: please wait the seconds told below, then press the button again."
    ),
}
