"""Zip files of unknown origin: what Python's reader makes of those that are damaged, locked or packed in odd ways."""

from __future__ import annotations

import zipfile
import zlib
from typing import Final

# RuntimeError and its kinds: a password, or a version or packing that the reader doesn't know.
# ValueError: names and sizes that are none.
ZIP_FAULTS: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
