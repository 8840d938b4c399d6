"""The closed vocabularies of accounts."""

from __future__ import annotations

ROLES = ("editor", "reviewer", "registrar", "administrator")
# These can change what the public sees or who may: they need a second factor.
ROLES_WITH_SECOND_FACTOR = ("reviewer", "registrar", "administrator")
# A Kemendagri code is a region; this is the whole portal, national records included.
EVERYWHERE = ""
LINK_PURPOSES = ("setup", "reset")
