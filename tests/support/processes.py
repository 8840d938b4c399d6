"""Commands in processes of their own, met at a certain point."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path


def wait_until_open(process: subprocess.Popen[bytes], path: Path) -> None:
    """Until the process has the file open, or has ended; a minute at the most."""
    for _ in range(3000):
        try:
            if any(os.readlink(link) == str(path) for link in Path(f"/proc/{process.pid}/fd").iterdir()):
                return
        except OSError:
            pass
        if process.poll() is not None:
            return
        time.sleep(0.02)
    raise AssertionError(f"{process.args} did not begin")
