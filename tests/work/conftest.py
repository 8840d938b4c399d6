"""Workers as processes of their own."""

from __future__ import annotations

from tests.support.workers import start_worker as start_worker
