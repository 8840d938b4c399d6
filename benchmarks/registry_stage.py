"""One list staged and published in a process of its own, whose memory can be watched: prints the seconds it took.

Seconds until it was staged, from there until it was published, and of processors, the second process included.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path

from portal import create_app
from portal.core.collecting import collected_seldom
from portal.registry.keying.process import make_way
from portal.registry.services.publication import publish_list
from portal.registry.services.staging import stage_list
from portal.registry.shapes import Cover
from portal.settings import read_settings

PROGRAM = "berau-pekerja-rentan"
JANUARY = 2026 * 12


def main() -> int:
    """`python -m benchmarks.registry_stage FILE MONTH [--make-way]`, the month counted from January 2026."""
    if "--make-way" in sys.argv:
        make_way()
    month = JANUARY + int(sys.argv[2])
    app = create_app(read_settings(dict(os.environ)))
    # The collector as in the command.
    with app.app_context(), collected_seldom():
        begun, worked = time.perf_counter(), _processor()
        report = stage_list(Path(sys.argv[1]), Cover(PROGRAM, "csr", month, month), actor="bench")
        if report.list_id is None or report.is_known:
            print(f"the list was not taken: {report.reason}", file=sys.stderr)
            return 1
        staged = time.perf_counter() - begun
        publish_list(report.list_id, actor="bench")
        print(staged, time.perf_counter() - begun - staged, _processor() - worked)
    return 0


def _processor() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


if __name__ == "__main__":
    sys.exit(main())
