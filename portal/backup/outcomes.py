"""Why a backup or a restore was not done, each with its sentence."""

from __future__ import annotations

from portal.core.errors import PortalError


class BackupRefused(PortalError):
    """No backup was made: the databases aren't ready, or the file is something else."""


class NotABackup(PortalError):
    """The file is no backup of a portal, or it is damaged."""


class RestoreRefused(PortalError):
    """Nothing was restored: the backup doesn't fit this portal, or data would be overwritten."""


class HalfRestored(PortalError):
    """The registry is restored whole, the content is as it was: the restore has to be run again."""
