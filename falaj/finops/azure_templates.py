"""Charges of an ARM template that a plan deploys: resources that the plan does not have have no price."""

from collections.abc import Iterable, Mapping
from typing import Any

from falaj.facts.prices import missing
from falaj.finops.lines import Charge, fixed
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_str

_CHANGES: Mapping[str, frozenset[str] | None] = {
    "microsoft.containerservice/managedclusters/agentpools": frozenset(("mode", "orchestratorVersion")),
    "microsoft.operationalinsights/workspaces/tables": None,
}
"""ARM type, in lower case -> its properties that cost nothing; None for all. A pool needs a count and a VM size to be
created: without them, a template changes one that exists."""


def template(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields a charge without a price for a template with resources that may cost something, or that is not known."""
    if reason := _reason(get_dict(item.props, "properties")):
        yield Charge("unlisted", "ARM template", fixed(1), price=missing("month", reason))


def _reason(properties: Mapping[str, Any]) -> str:
    text = properties.get("template")
    resources = text.get("resources") if isinstance(text, Mapping) else None
    if UNKNOWN in (text, resources):
        return "the resources of the template are known only after the update"
    if not isinstance(text, Mapping):
        return "the resources of the template are not in the plan"
    listed = list(resources.values()) if isinstance(resources, Mapping) else get_list(text, "resources")
    kinds = sorted({get_str(each, "type", default="(unknown)") for each in listed if not _is_free(get_dict(each))})
    return f"the price of {', '.join(kinds)} of the template is not known" if kinds else ""


def _is_free(resource: Mapping[str, Any]) -> bool:
    kind = get_str(resource, "type").lower()
    free = _CHANGES.get(kind)
    return kind in _CHANGES and (free is None or set(get_dict(resource, "properties")) <= free)
