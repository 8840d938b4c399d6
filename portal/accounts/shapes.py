"""Who acts: the account as services and pages see it, with what it may do where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.accounts.vocabulary import EVERYWHERE, ROLES, ROLES_WITH_SECOND_FACTOR

__all__ = [
    "EVERYWHERE",
    "ROLES",
    "ROLES_WITH_SECOND_FACTOR",
    "Actor",
    "Grant",
    "Invited",
    "LinkShape",
    "SignedIn",
]


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a region, by Kemendagri code; `EVERYWHERE` is the whole portal, national records included."""

    role: str
    region_code: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in account; `label` is what colleagues see (never shown to the public)."""

    id: int
    label: str
    grants: tuple[Grant, ...] = ()

    def may(self, role: str, region_code: str | None) -> bool:
        """Whether the account holds the role in this very region (None: a national record)."""
        return any(
            grant.role == role and grant.region_code in (EVERYWHERE, region_code) for grant in self.grants
        )

    def may_any(self, roles: tuple[str, ...], region_code: str | None) -> bool:
        """Whether it holds one of the roles in this very region."""
        return any(self.may(role, region_code) for role in roles)

    def sees(self, region_code: str | None) -> bool:
        """Whether it may read the region's desk: its own regions, and a province's team all its regencies."""
        return any(_covers(grant.region_code, region_code) for grant in self.grants)

    def holds(self, role: str) -> bool:
        """Whether it holds the role anywhere."""
        return any(grant.role == role for grant in self.grants)

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of its roles can change what the public sees or who may."""
        return any(grant.role in ROLES_WITH_SECOND_FACTOR for grant in self.grants)

    def regions(self, *roles: str) -> tuple[str, ...]:
        """The codes of the regions where it holds one of the roles (any role without `roles`), sorted."""
        found = {grant.region_code for grant in self.grants if not roles or grant.role in roles}
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One signed-in browser. `has_factor`: the account has a second factor, which this browser has then shown."""

    session_id: int
    actor: Actor
    email: str
    has_factor: bool
    seen_at: datetime

    @property
    def lacks_factor(self) -> bool:
        """Whether a second factor has to be set up before anything else."""
        return self.actor.needs_second_factor and not self.has_factor


@dataclass(frozen=True, slots=True)
class LinkShape:
    """A one-time link that is still good: for a first password (`setup`) or a new one (`reset`)."""

    id: int
    account_id: int
    email: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation did: a new account or one more role; `link` until a password is set."""

    account_id: int
    email: str
    link: str | None
    is_new: bool
    active: bool


@dataclass(frozen=True, slots=True)
class PasskeyShape:
    """A passkey on one's own page."""

    id: int
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionShape:
    """A signed-in browser on one's own page."""

    id: int
    device: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What one sees of one's own account; `recovery_codes` counts those left."""

    email: str
    name: str
    has_totp: bool
    passkeys: tuple[PasskeyShape, ...]
    sessions: tuple[SessionShape, ...]
    recovery_codes: int

    @property
    def has_factor(self) -> bool:
        """Whether signing in asks for more than the password."""
        return self.has_totp or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class PersonShape:
    """Somebody of the staff as an administrator sees her: `grants` are those in the administrator's regions only."""

    id: int
    email: str
    name: str
    active: bool
    is_set_up: bool
    has_factor: bool
    grants: tuple[Grant, ...]
    has_other_grants: bool
    seen_at: datetime | None

    @property
    def label(self) -> str:
        """The name, or the e-mail address without one."""
        return self.name or self.email


def _covers(granted: str, region_code: str | None) -> bool:
    if granted == EVERYWHERE:
        return True
    return region_code is not None and (region_code == granted or region_code.startswith(granted + "."))
