"""What a sheet of the answer says; nothing about the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Proof:
    """On the day `checked_on` a check found cover by `program` until the end of `last_month`.

    Months are numbered year × 12 + month − 1, as in the lists. `synthetic`: by a made-up list.
    """

    program: str
    last_month: int
    checked_on: date
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR code as one SVG path over a square of `size` modules, its quiet zone included."""

    size: int
    path: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A proof in the visitor's language. `until`: first day of the last month covered; `good_until`: the code's last day.

    `program_path` and the region are empty where the programme is no longer published.
    """

    token: str
    program_name: str
    program_path: str
    region_name: str
    region_path: str
    region_code: str
    until: date
    checked_on: date
    good_until: date
    synthetic: bool
    # The absolute address behind the QR code, and the same below this portal's root.
    address: str
    path: str
    picture: Picture
