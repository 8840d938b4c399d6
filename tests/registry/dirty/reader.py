"""`python -m tests.registry.dirty.reader`: makes and reads every hostile file in one process of limited memory."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from pathlib import Path

from tests.registry.dirty.hostile import HOSTILE

MOST_MEMORY = 1024 * 1024 * 1024


def main() -> None:
    """Print, for each kind, why the file was held (null where it was not)."""
    with tempfile.TemporaryDirectory() as folder:
        for number, (make, _reason) in enumerate(HOSTILE.values()):
            (Path(folder) / str(number)).write_bytes(make())
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        for number, kind in enumerate(HOSTILE):
            data = Path(folder) / str(number)
            print(json.dumps([kind, read_file(data)]), flush=True)  # noqa: T201


def read_file(path: Path) -> str | None:
    """Read a hostile file where it lies."""
    from portal.registry.lists import FileHeld, open_list
    from portal.registry.lists.rows import Reading

    try:
        for _person in Reading(open_list(path).table).people():
            pass
    except FileHeld as held:
        return held.reason
    return None


if __name__ == "__main__":
    sys.exit(main())
