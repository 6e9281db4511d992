"""Plans and retention of the tables of a Log Analytics workspace. Pure."""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated

from pydantic import Field

from falaj.components.core.validation.args import Accepts, Choice, Input, Spec, default


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


class TablePlan(Enum):
    """Plan of a table. The third one, Auxiliary, is for custom tables only (azure-monitor-docs logs-table-plans.md,
    2025-08-29)."""

    ANALYTICS = "analytics"
    BASIC = "basic"
    """Cheaper to ingest; queries of single tables only, which are charged, and no alerts."""


MAX_TOTAL_DAYS = 4383
"""Longest total retention of a table in days, twelve years (Microsoft.OperationalInsights, 2023-09-01)."""


class LogTableSpec(Spec):
    """Plan and retention of a table."""

    plan: Choice[TablePlan] = default(TablePlan.ANALYTICS)
    """Plan: `analytics` (default), or `basic`, whose records can be queried for 30 days and are kept for the rest of
    the retention. It can be changed once a week."""
    total_days: Input[Annotated[int, Field(ge=30, le=MAX_TOTAL_DAYS)]] | None = None
    """Days for which records are kept, 30 to 4383. Default: the workspace's retention."""


LogTables = Accepts[Mapping[LogTable, LogTableSpec], Mapping[LogTable, LogTableSpec] | Mapping[str, LogTableSpec]]
"""Tables with a plan or retention of their own."""
