"""Reads of regions and colleagues by what the desk calls them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from portal.accounts.models import Account, AccountGrant
from portal.accounts.shapes import EVERYWHERE
from portal.areas.models import Region
from portal.extensions import read

_PLACE = select(Region.slug, Region.name).where(Region.code == bindparam("code"))
_PEOPLE = select(Account.id, Account.name, Account.email).where(
    Account.id.in_(bindparam("ids", expanding=True))
)
_HOLDERS = (
    select(Account.id, Account.name, Account.email)
    .join(AccountGrant, AccountGrant.account_id == Account.id)
    .where(
        Account.active.is_(True),
        AccountGrant.role == bindparam("role"),
        AccountGrant.region_code.in_(bindparam("codes", expanding=True)),
    )
    .order_by(Account.id)
    .distinct()
)
_SERVED = (
    select(AccountGrant.region_code)
    .join(Account, Account.id == AccountGrant.account_id)
    .where(Account.active.is_(True), AccountGrant.role == bindparam("role"))
    .distinct()
)


def list_labels(ids: Iterable[int | None]) -> dict[int, str]:
    """What colleagues see of these accounts, whether active or not."""
    wanted = sorted({one for one in ids if one is not None})
    rows = read(_PEOPLE, {"ids": wanted}) if wanted else ()
    return {row.id: row.name or row.email for row in rows}


def list_holders(role: str, region_code: str | None) -> dict[int, str]:
    """Active accounts that hold the role in this very region, or everywhere."""
    codes = [EVERYWHERE, region_code] if region_code else [EVERYWHERE]
    return {row.id: row.name or row.email for row in read(_HOLDERS, {"role": role, "codes": codes})}


def list_unserved(role: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Those of these regions where no active account holds the role."""
    wanted = [code for code in codes if code != EVERYWHERE]
    if not wanted:
        return ()
    served = set(read(_SERVED, {"role": role}).scalars())
    return () if EVERYWHERE in served else tuple(code for code in wanted if code not in served)


def find_place(code: str) -> tuple[str, str]:
    """Slug and name of a region; empty for a code that is none."""
    row = read(_PLACE, {"code": code}).one_or_none()
    return (row.slug, row.name) if row else ("", "")
