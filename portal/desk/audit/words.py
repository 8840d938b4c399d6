"""What happened, in words; the order is that of the page's filter."""

from __future__ import annotations

from flask_babel.speaklater import LazyString

from portal.core.i18n import lazy_gettext as _

GROUPS: dict[str, LazyString] = {
    "item": _("Records"),
    "draft": _("Drafts"),
    "comment": _("Comments"),
    "preview": _("Preview links"),
    "news": _("Figures in posts"),
    "picture": _("Pictures"),
    "list": _("Enrolment lists"),
    "account": _("Accounts"),
    "settings": _("Settings"),
    "audit": _("Audit trail"),
    "backup": _("Backups"),
}
ACTIONS: dict[str, LazyString] = {
    "item.started": _("Record begun"),
    "item.published": _("Published"),
    "item.withdrawn": _("Withdrawn"),
    "draft.opened": _("Draft begun"),
    "draft.saved": _("Draft saved"),
    "draft.rebased": _("Draft taken to the published version"),
    "draft.restored": _("Earlier version restored as a draft"),
    "draft.discarded": _("Draft discarded"),
    "draft.submitted": _("Handed in for review"),
    "draft.taken_back": _("Taken back from review"),
    "draft.returned": _("Returned for changes"),
    "draft.approved": _("Approved"),
    "draft.scheduled": _("Scheduled"),
    "draft.unscheduled": _("Schedule taken back"),
    "draft.schedule_failed": _("Did not come out at its time"),
    "comment.added": _("Comment written"),
    "comment.resolved": _("Comment settled"),
    "preview.made": _("Preview link made"),
    "preview.revoked": _("Preview link revoked"),
    "news.flag_cleared": _("Corrected figure reviewed in a post"),
    "picture.added": _("Picture added"),
    "picture.described": _("Picture described"),
    "picture.deleted": _("Picture removed"),
    "list.uploaded": _("List uploaded"),
    "list.columns_confirmed": _("Columns of a list confirmed"),
    "list.read": _("List read"),
    "list.read_again": _("List read again"),
    "list.staged": _("List made of a file"),
    "list.published": _("List published"),
    "list.restored": _("List published again"),
    "list.withdrawn": _("List withdrawn"),
    "list.purged": _("People of a list removed"),
    "list.discarded": _("List discarded"),
    "list.upload_discarded": _("Uploaded list discarded"),
    "account.added": _("Account added"),
    "account.renamed": _("Account renamed"),
    "account.activated": _("Account switched on"),
    "account.deactivated": _("Account switched off"),
    "account.role_granted": _("Role given"),
    "account.role_revoked": _("Role taken away"),
    "account.link_made": _("One-time link made"),
    "account.signed_in": _("Signed in"),
    "account.sign_in_failed": _("Sign-in failed"),
    "account.signed_out": _("Signed out"),
    "account.signed_out_everywhere": _("Signed out everywhere"),
    "account.password_set": _("Password set"),
    "account.totp_set": _("Authenticator set up"),
    "account.totp_removed": _("Authenticator removed"),
    "account.passkey_added": _("Passkey added"),
    "account.passkey_removed": _("Passkey removed"),
    "account.recovery_codes_made": _("Recovery codes made"),
    "account.recovery_code_used": _("Recovery code used"),
    "settings.saved": _("Settings saved"),
    "audit.rekeyed": _("Key of the audit trail changed"),
    "backup.restored": _("Backup restored"),
}


def action_words(action: str) -> str:
    """What happened in words; an action without words as it is written in the trail."""
    return str(ACTIONS.get(action, action))
