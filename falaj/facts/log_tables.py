"""Tables of a Log Analytics workspace, for settings and the emulated cloud."""

from enum import Enum

LONGEST_ANALYTICS_DAYS = 730
"""Longest retention in days for queries of plan Analytics; a total retention up to it can be any number of days
(azure-monitor-docs data-retention-configure.md, 2025-05-05)."""

LONG_TERM_DAYS = (1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383)
"""The longer total retentions in days that Azure accepts, three to twelve years (the same page)."""

TOTAL_DAYS = f"{LONGEST_ANALYTICS_DAYS}; or {', '.join(map(str, LONG_TERM_DAYS[:-1]))} or {LONG_TERM_DAYS[-1]}"
"""The allowed total retentions, as messages end."""


class LogTable(Enum):
    """Table of a Log Analytics workspace whose plan can be chosen (learn.microsoft.com, Azure Monitor reference: the
    column "Supports basic log plan" of supported logs, read 2026-11-26)."""

    KUBERNETES_AUDIT = "AKSAudit"
    """All requests to the API server: the log `kube-audit`."""
    KUBERNETES_AUDIT_ADMIN = "AKSAuditAdmin"
    """Its requests that change something: the log `kube-audit-admin`."""
    CONTROL_PLANE = "AKSControlPlane"
    """The other logs of the control plane."""
    CONTAINERS = "ContainerLogV2"
    """Output of containers, where Container Insights collects it."""
    BLOBS = "StorageBlobLogs"
    """Reads, writes and deletes of the vaults."""
    FILES = "StorageFileLogs"
    """Those of the shared files."""


def is_total_retention(days: float) -> bool:
    """Returns whether Azure accepts a number of days, at or above its minimum, as total retention of a table."""
    return days <= LONGEST_ANALYTICS_DAYS or days in LONG_TERM_DAYS
