"""What a process does with memory is set for it alone, so each is asked in one of its own."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from portal.core.collecting import SELDOM, collected_seldom
from tests.support.tree import ROOT


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("keep_what_is_loaded()", "(700, 10, 10) True"),
        ("share_one_heap()", "(700, 10, 10) False"),
    ],
)
def test_a_process_says_how_it_looks_for_garbage_and_goes_on(act: str, told: str) -> None:
    script = (
        "import gc, threading\n"
        "from portal.core.collecting import *\n"
        f"{act}\n"
        "one = threading.Thread(target=lambda: bytearray(10_000_000))\n"
        "one.start(); one.join()\n"
        "print(gc.get_threshold(), gc.get_freeze_count() > 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == told


@collected_seldom()
def _fail() -> None:
    assert gc.get_threshold() == SELDOM
    raise ValueError("half")


def test_the_collector_is_as_before_after_a_list_that_failed() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="half"):
        _fail()
    assert gc.get_threshold() == before
