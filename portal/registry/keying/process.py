"""What the second process of a load does, and the frames in which people and rows pass between the two.

A frame is four bytes of length and so many bytes. People come as one frame each some thousand; an empty frame ends
them. Each is answered with one byte, the empty one with a frame for each slot that holds something, and an empty one.
"""

from __future__ import annotations

import marshal
import os
import signal
import sys
from typing import IO, Final

from portal.registry.digests import IdentityHasher
from portal.registry.keying.rows import KeyedRows, PlainPerson

ACCEPTED: Final = b"+"
NICE: Final = 10
# What the number of a slot takes.
SLOT_BYTES: Final = 2
_LENGTH: Final = 4


def make_way() -> None:
    """Let checks go first for the rest of this process: a list in the making can wait."""
    os.setpriority(os.PRIO_PROCESS, 0, max(NICE, os.getpriority(os.PRIO_PROCESS, 0)))


def serve() -> None:
    """Key people from standard input until they end."""
    # An interrupt is meant for the process that started this one, which ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    make_way()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    try:
        rows = KeyedRows(IdentityHasher(read_frame(source)))
        while frame := read_frame(source):
            rows.add(marshal.loads(frame))  # noqa: S302  (the other end is this very program)
            sink.write(ACCEPTED)
            sink.flush()
        for slot, packed in rows.packed():
            write_frame(sink, slot.to_bytes(SLOT_BYTES, "little") + packed)
        write_frame(sink, b"")
    except (EOFError, BrokenPipeError):
        # Whoever wanted the rows is gone.
        sys.exit(1)


def write_people(sink: IO[bytes], people: list[PlainPerson]) -> None:
    """Send people; raises OSError."""
    write_frame(sink, marshal.dumps(people))


def write_frame(sink: IO[bytes], data: bytes) -> None:
    """Send some bytes; raises OSError."""
    sink.write(len(data).to_bytes(_LENGTH, "little") + data)
    sink.flush()


def read_frame(source: IO[bytes]) -> bytes:
    """The next frame; raises EOFError where the other end is gone."""
    length = source.read(_LENGTH)
    if len(length) < _LENGTH:
        raise EOFError
    data = source.read(int.from_bytes(length, "little"))
    if len(data) < int.from_bytes(length, "little"):
        raise EOFError
    return data
