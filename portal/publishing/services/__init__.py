"""Writes of publishing: what every publication does, and the way of a draft from first word to withdrawal.

`publish_change` stands in core because areas, a floor below, publish too.
"""

from __future__ import annotations

from portal.core.publication import follow, publish_change, publish_counts

__all__ = ["follow", "publish_change", "publish_counts"]
