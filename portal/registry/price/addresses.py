"""What counts as one address."""

from __future__ import annotations

import ipaddress
from typing import Final

# Of an IPv6 address: the /64 and the /48.
NETWORK_BYTES: Final = 8
SURROUNDINGS_BYTES: Final = 6


def network(address: str) -> bytes:
    """All of an IPv4 address, the /64 of an IPv6 one; empty for what is neither, which counts as one address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return b""
    if isinstance(found, ipaddress.IPv6Address):
        return found.ipv4_mapped.packed if found.ipv4_mapped else found.packed[:NETWORK_BYTES]
    return found.packed


def surroundings(place: bytes) -> bytes:
    """The /48 around a /64, of which one subscriber may have sixty thousand; anything else stands for itself."""
    return place[:SURROUNDINGS_BYTES] if len(place) == NETWORK_BYTES else place
