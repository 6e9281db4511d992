"""The ARM templates that are no bypass: they only set versions of agent pools, or plans and retention of log tables.

Pools and tables exist already."""

from collections.abc import Mapping

from ..engine.reading import Resource
from ..engine.rows import azure

_TEMPLATE_KEYS = {"$schema", "contentVersion", "resources"}
_RESOURCE_KEYS = {"type", "apiVersion", "name", "properties"}
_PROPERTIES = {
    "Microsoft.ContainerService/managedClusters/agentPools": {"mode", "orchestratorVersion"},
    "Microsoft.OperationalInsights/workspaces/tables": {"plan", "totalRetentionInDays"},
}
"""Type -> properties that a template may set. A new pool needs more, such as `vmSize`, and a new table its schema, so a
template with these properties can create none."""
_LEAST_DAYS = 30
"""Shortest total retention in days that a template may set, that of a workspace at the least."""


def only_changes_existing(resource: Resource) -> bool:
    """Returns whether a resource is a deployment of a literal template with nothing but these properties. A name that
    is not known yet changes nothing in that."""
    if resource.type not in azure("resources:Deployment"):
        return False
    properties = resource.get("properties")
    if not isinstance(properties, Mapping) or set(properties) != {"mode", "template"}:
        return False
    template = properties["template"]
    if properties["mode"] != "Incremental" or not isinstance(template, Mapping) or set(template) != _TEMPLATE_KEYS:
        return False
    deployed = template["resources"]
    return isinstance(deployed, list) and bool(deployed) and all(_is_change(item) for item in deployed)


def _is_change(item: object) -> bool:
    if not isinstance(item, Mapping) or set(item) != _RESOURCE_KEYS:
        return False
    properties, allowed = item["properties"], _PROPERTIES.get(str(item["type"]))
    if allowed is None or not isinstance(properties, Mapping) or not set(properties) <= allowed:
        return False
    days = properties.get("totalRetentionInDays", _LEAST_DAYS)
    return isinstance(days, int | float) and days >= _LEAST_DAYS
