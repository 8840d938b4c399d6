"""Whether two samples of durations can be told apart, and samples in which nothing but their kind differs."""

from __future__ import annotations

import gc
import random
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder

# Samples without a difference go beyond five sigmas once in two million runs.
SIGMAS = 5
MARGIN = 0.01
# Ranks are compared among this many neighbours: a machine that is slower for a while is so for both kinds.
BLOCK = 20

Environ = dict[str, Any]
Answer = tuple[str, tuple[tuple[str, str], ...], bytes]


@dataclass
class Measured:
    """Nanoseconds of each kind, in the order taken, and the different answers each kind was given."""

    taken: tuple[list[int], list[int]] = field(default_factory=lambda: ([], []))
    answers: tuple[set[Answer], set[Answer]] = field(default_factory=lambda: (set(), set()))

    @property
    def separation(self) -> float:
        """The chance that the other kind takes longer than the first, less one half: 0 tells nothing, ±0.5 all.

        The Mann-Whitney statistic, averaged over blocks of neighbours (van Elteren). It looks at ranks alone, so a
        pause of the machine is one long duration among others.
        """
        starts = range(0, len(self.taken[0]), BLOCK)
        found = [_chance_of_longer(*(kind[at : at + BLOCK] for kind in self.taken)) for at in starts]
        return sum(found) / len(found) - 0.5

    @property
    def noise(self) -> float:
        """The most separation that samples of this size may show by chance."""
        return SIGMAS * sqrt((2 * BLOCK + 1) / (12 * BLOCK * len(self.taken[0]))) + MARGIN


def _chance_of_longer(one: list[int], other: list[int]) -> float:
    first = sorted(one)
    below = sum(bisect_left(first, value) + bisect_right(first, value) for value in other) / 2
    return below / (len(one) * len(other))


def check_environ(nik: str, name: str) -> Environ:
    """A posted check as a server hands it to the application."""
    return EnvironBuilder("/cek", method="POST", data={"nik": nik, "nama": name}).get_environ()


def measure_pairs(
    app: Flask, pairs: Iterable[tuple[Environ, Environ]], around: Callable[[int], None] | None = None
) -> Measured:
    """Both kinds of each pair through the whole WSGI stack, in random order.

    `around` is called within the time taken, with 0 or 1 for the kind: to make one of them slower on purpose.
    """
    measured, order = Measured(), random.Random(1)
    gc.collect()
    gc.disable()
    try:
        for pair in pairs:
            for place in order.sample((0, 1), 2):
                begin = time.perf_counter_ns()
                if around:
                    around(place)
                answer = ask(app, pair[place])
                measured.taken[place].append(time.perf_counter_ns() - begin)
                measured.answers[place].add(answer)
    finally:
        gc.enable()
    return measured


def ask(app: Flask, environ: Environ) -> Answer:
    """Status, headers and body of the answer, through every layer."""
    started: list[tuple[str, tuple[tuple[str, str], ...]]] = []

    def start(
        status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        started.append((status, tuple(headers)))
        return bytes

    chunks = app.wsgi_app(environ, start)
    body = b"".join(chunks)
    close = getattr(chunks, "close", None)
    if close:
        close()
    return (*started[0], body)
