"""Tables of a Log Analytics workspace in ARM deployments."""

from __future__ import annotations

from falaj.facts.log_tables import TOTAL_DAYS, LogTable, is_total_retention
from falaj.sandbox.clouds.azure.arm import arm_error
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, get_all, get_path, get_str

_TABLE = "Microsoft.OperationalInsights/workspaces/tables"
_WITH_BASIC_PLAN = frozenset(table.value for table in LogTable)


def deployed_tables(op: Operation) -> str | None:
    """Checks the tables in the template of an ARM deployment: workspace, plan and retention
    (azure-monitor-docs logs-table-plans.md, 2025-08-29, and data-retention-configure.md, 2025-05-05)."""
    for resource in get_all(op.inputs, "properties.template.resources[*]"):
        if get_str(resource, "type") == _TABLE and (error := _table_error(op, resource)):
            return error
    return None


def _table_error(op: Operation, resource: Json) -> str | None:
    workspace, _, table = get_str(resource, "name").partition("/")
    group = op.variables["id"].split("/providers/")[0]
    path = f"{group}/providers/Microsoft.OperationalInsights/workspaces/{workspace}"
    found = op.state.by_handle(path.lower())
    if found is None:
        return arm_error(404, "ParentResourceNotFound", f"The workspace {workspace} of table {table} was not found.")
    plan, days = get_str(resource, "properties.plan"), get_path(resource, "properties.totalRetentionInDays")
    if plan == "Auxiliary" or (plan == "Basic" and table not in _WITH_BASIC_PLAN):
        return arm_error(400, "InvalidParameter", f"Table {table} does not support the plan {plan}.")
    if plan not in ("", "Analytics", "Basic"):
        return arm_error(400, "InvalidParameter", f"'{plan}' is no plan of a table.")
    if plan == "Basic" and get_path(resource, "properties.retentionInDays") is not None:
        return arm_error(400, "InvalidParameter", f"Table {table} of plan Basic has a fixed interactive retention.")
    if not isinstance(days, int | float):
        return None
    if days < 4 or not is_total_retention(days):
        return arm_error(400, "InvalidParameter", f"totalRetentionInDays is {days:g}, not 4 to {TOTAL_DAYS}.")
    least = get_path(found.inputs, "retentionInDays")
    if plan != "Basic" and isinstance(least, int | float) and days < least:
        return arm_error(
            400, "InvalidParameter", f"totalRetentionInDays is {days:g}, below the retention of {least:g}."
        )
    return None
