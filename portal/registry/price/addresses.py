"""What counts as one address."""

from __future__ import annotations

import ipaddress


def network(address: str) -> bytes:
    """All of an IPv4 address, the /64 of an IPv6 one; empty for what is neither, which counts as one address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return b""
    if isinstance(found, ipaddress.IPv6Address):
        return found.ipv4_mapped.packed if found.ipv4_mapped else found.packed[:8]
    return found.packed
