"""The one ARM template that is no bypass: it only sets the Kubernetes version of agent pools that exist already."""

from collections.abc import Mapping

from ..engine.reading import Resource
from ..engine.rows import azure

_POOL = "Microsoft.ContainerService/managedClusters/agentPools"
_TEMPLATE_KEYS = {"$schema", "contentVersion", "resources"}
_RESOURCE_KEYS = {"type", "apiVersion", "name", "properties"}
_PROPERTIES = {"mode", "orchestratorVersion"}
"""A new pool needs more, such as `vmSize`, so a template with these properties cannot create one."""


def only_sets_pool_version(resource: Resource) -> bool:
    """Returns whether a resource is a deployment of a literal template with nothing but versions of agent pools. A name
    that is not known yet changes nothing in that."""
    if resource.type not in azure("resources:Deployment"):
        return False
    properties = resource.get("properties")
    if not isinstance(properties, Mapping) or set(properties) != {"mode", "template"}:
        return False
    template = properties["template"]
    if properties["mode"] != "Incremental" or not isinstance(template, Mapping) or set(template) != _TEMPLATE_KEYS:
        return False
    deployed = template["resources"]
    return isinstance(deployed, list) and bool(deployed) and all(_is_pool_version(item) for item in deployed)


def _is_pool_version(item: object) -> bool:
    if not isinstance(item, Mapping) or set(item) != _RESOURCE_KEYS or item["type"] != _POOL:
        return False
    properties = item["properties"]
    return isinstance(properties, Mapping) and set(properties) <= _PROPERTIES
