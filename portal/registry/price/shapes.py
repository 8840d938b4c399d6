"""What the gate is given and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

# Digest of what is counted, and the second at which its window ends.
Key = tuple[bytes, int]


@dataclass(frozen=True, slots=True)
class Payment:
    """What came with the form: a proof of work, a waiting ticket, mostly neither. Not to be trusted."""

    proof: str = ""
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One check that may go ahead; it is counted by `Gate.miss` when nothing was found."""

    # What wrong names for its NIK are counted under.
    names: tuple[Key, Key]
    may_be_found: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What the next check of this address costs.

    `challenge` is ALTCHA's challenge as JSON and `most_tries` how many tries solve it at most. `ticket` lets the
    same check through in `wait` seconds without a proof; it is empty when the slower way is used up, and then a check
    is free again in `wait` seconds. `fault` is why what came with the form was not taken: "", "expired", "used",
    "wrong", "dearer" or "early".
    """

    challenge: str
    most_tries: int
    ticket: str
    wait: int
    fault: str = ""
