"""A second process that takes digests while the first reads the file.

Taking digests keeps the interpreter busy, so a thread would not help. The process is a bare interpreter with the two
modules it needs: nothing of this one is copied into it, whatever threads run here. People reach it through a pipe and
leave it as digests; nothing lies in a file or in shared memory. It ends when its pipe does, also if this process dies.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from portal.core.i18n import gettext as _
from portal.registry.digests import IdentityHasher
from portal.registry.errors import KeyingStopped
from portal.registry.keying.process import ACCEPTED, SLOT_BYTES, read_frame, write_frame, write_people
from portal.registry.keying.rows import KeyedRows, PlainPerson

# The package's own start loads the whole portal; a bare one of the same name finds its modules as well.
PACKAGE: Final = Path(__file__).parents[2]
START: Final = """
import sys, types
package = types.ModuleType("portal")
package.__path__ = [sys.argv[1]]
sys.modules["portal"] = package
from portal.registry.keying.process import serve
serve()
"""
MOST_WAITING: Final = 3
# Bytes of a file: a process of its own costs some 80 ms, in which a list of ten thousand is keyed.
SECOND_CORE_FROM: Final = 800_000


class Keying:
    """Keys the people of one file, on two cores where there are two and the list is long; use it in a `with`."""

    def __init__(self, key: bytes, size: int) -> None:
        """`size` is that of the file."""
        self._rows = KeyedRows(IdentityHasher(key))
        self._second = SecondCore(key) if size >= SECOND_CORE_FROM and has_second_core() else None

    def __enter__(self) -> Keying:
        return self

    def __exit__(self, *error: object) -> None:
        if self._second is not None:
            self._second.close()

    def add(self, people: list[PlainPerson]) -> None:
        """Key people here or there; raises KeyingStopped."""
        if self._second is None or not self._second.offer(people):
            self._rows.add(people)

    def finish(self) -> KeyedRows:
        """Everybody by digests, once nobody comes any more; raises KeyingStopped."""
        if self._second is not None:
            for slot, packed in self._second.results():
                self._rows.add_packed(slot, packed)
        return self._rows


def has_second_core() -> bool:
    """Whether this process may use more than one."""
    return len(os.sched_getaffinity(0)) > 1


class SecondCore:
    """Keys some of the people of one file, as many as it can; the first process keys the others."""

    def __init__(self, key: bytes) -> None:
        command = [sys.executable, "-I", "-S", "-c", START, str(PACKAGE)]
        self._process = subprocess.Popen(  # noqa: S603  (this very interpreter)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
        )
        self._waiting = 0
        write_frame(self._input, key)

    def offer(self, people: list[PlainPerson]) -> bool:
        """Hand people over unless enough are waiting there already; raises KeyingStopped."""
        try:
            self._hear()
            if self._waiting >= MOST_WAITING:
                return False
            write_people(self._input, people)
        except (OSError, EOFError) as error:
            raise _stopped() from error
        self._waiting += 1
        return True

    def results(self) -> Iterator[tuple[int, bytes]]:
        """Packed rows by slot, once nobody comes any more; raises KeyingStopped."""
        try:
            write_frame(self._input, b"")
            while self._waiting:
                self._count()
            while frame := read_frame(self._output):
                yield int.from_bytes(frame[:SLOT_BYTES], "little"), frame[SLOT_BYTES:]
        except (OSError, EOFError) as error:
            raise _stopped() from error
        if self._process.wait() != 0:
            raise _stopped()

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        for pipe in (self._output, self._input):
            try:
                pipe.close()
            except OSError:
                # What could not be written any more is not wanted any more.
                continue
        self._process.wait()

    @property
    def _input(self) -> IO[bytes]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _output(self) -> IO[bytes]:
        assert self._process.stdout is not None
        return self._process.stdout

    def _hear(self) -> None:
        """Count what it has done since."""
        while self._waiting and select.select([self._output], [], [], 0)[0]:
            self._count()

    def _count(self) -> None:
        # Past the reader's buffer, which would hide from select what it has read already.
        answers = os.read(self._output.fileno(), self._waiting)
        if answers != ACCEPTED * len(answers) or not answers:
            raise EOFError
        self._waiting -= len(answers)


def _stopped() -> KeyingStopped:
    return KeyingStopped(
        _("A process that helps with reading the list was ended. Nothing was stored: try again.")
    )
