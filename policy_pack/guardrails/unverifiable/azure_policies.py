"""Definitions of Azure Policy that deploy templates, or that write cost tags over those of resources.

The operation addOrReplace of the effect modify replaces a tag whatever the resource has (known, not read). Values of
the resource group or subscription are those of the owner, and pass.
"""

import re
from collections.abc import Iterator, Mapping

from falaj.facts.tags import COST_TAGS

from ..engine.reading import Plain, Resource, walk
from ..engine.rows import Predicate, azure
from ..engine.verdicts import Outcome, failed

_DEFINITIONS = azure(
    "authorization:PolicyDefinition", "authorization:PolicyDefinitionAtManagementGroup",
    "authorization:PolicyDefinitionVersion", "authorization:PolicyDefinitionVersionAtManagementGroup",
)  # fmt: skip
_COST_TAGS = frozenset(tag.key for tag in COST_TAGS)
_TAG = re.compile(r"\[?\s*tags(?:\.|\['?)(?P<key>[^'\]]+)", re.IGNORECASE)
_INHERITED = re.compile(r"\[\s*(?:resourceGroup|subscription)\(\)\.", re.IGNORECASE)


def _judge_definition(resource: Resource) -> Iterator[Outcome]:
    for path, _ in walk(resource.props, "policyRule.then.details?.deployment?"):
        yield failed(f"{path} is an ARM template that Azure Policy deploys", path)
    for path, value in walk(resource.props, "policyRule.then.details?.operations?"):
        for index, operation in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(operation, dict) and _overwrites_cost_tag(operation):
                yield failed(f"{path}[{index}] writes a cost tag over that of each resource", path)


def _overwrites_cost_tag(operation: dict[str, Plain]) -> bool:
    field = str(operation.get("field", ""))
    match = _TAG.match(field)
    is_cost_tag = match is not None and (match["key"].lower() in _COST_TAGS or "(" in field)  # or a computed name
    changes = str(operation.get("operation")).lower() in ("addorreplace", "remove")
    return is_cost_tag and changes and not _INHERITED.match(str(operation.get("value", "")))


AZURE_POLICY_JUDGES: Mapping[str, Predicate] = dict.fromkeys(_DEFINITIONS, _judge_definition)
"""Type -> what judges its rule."""
