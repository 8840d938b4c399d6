"""`python -m benchmarks.registry_reads`: size of a registry, and how long its look-up takes in the process.

Reads the registry of PORTAL_INSTANCE and PORTAL_REGISTRY_URL, and changes nothing.
"""

from __future__ import annotations

import os
import sys
import time

from sqlalchemy import func, select, text

from portal import create_app
from portal.registry.lookup import read_from_digest
from portal.registry.models import enrolment_lists
from portal.registry.services.keys import registry_engine
from portal.settings import read_settings

LOOK_UPS = 20_000
WARM = 500
SIZES = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    "postgresql": "SELECT pg_database_size(current_database())",
}


def main() -> int:
    """Print one line."""
    app = create_app(read_settings(dict(os.environ)))
    with app.app_context(), registry_engine().connect() as connection:
        people = connection.execute(select(func.sum(enrolment_lists.c.people))).scalar_one()
        size = connection.execute(text(SIZES[connection.dialect.name])).scalar_one()
        times = []
        for _number in range(WARM + LOOK_UPS):
            digest = os.urandom(16)
            begun = time.perf_counter()
            read_from_digest(connection, digest)
            times.append(time.perf_counter() - begun)
    times = sorted(times[WARM:])
    middle, slow = (times[LOOK_UPS * share // 100] * 1e6 for share in (50, 99))
    print(f"{people} rows, {size / 1e9:.2f} GB; look-up: median {middle:.0f} µs, p99 {slow:.0f} µs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
