"""Every write of collections."""

from receivables.services.cutoff import cutoff_snapshot_keep

__all__ = ["cutoff_snapshot_keep"]
