"""What every publication does; it stands in core because areas, a floor below, publish too."""

from __future__ import annotations

from portal.core.publication import follow, publish_change

__all__ = ["follow", "publish_change"]
