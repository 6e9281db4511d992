"""Pods that a plan starts and the estimate cannot count: of charts and add-ons without a row, of patches, and of kinds
that it does not know.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from falaj.facts.system_pods import parts
from falaj.finops.plan import Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.pod_groups import form_of, name_of
from falaj.finops.work.system_work import PARTS, PartsFunction

_PATCH = "Patch"
_DEFINITIONS = ("Runtime", "Template")
"""Last words of kinds that only define pods, which objects of other kinds start."""


def uncounted(context: PricingContext, functions: Mapping[str, PartsFunction]) -> Iterator[str]:
    """Yields a sentence for each of them. `functions` are those of the clouds, by type token."""
    known = {**PARTS, **functions}
    for item in context.plan.resources:
        site = f"site {context.site(item) or '(unknown)'}"
        for part, _ in known[item.type](item) if item.type in known else ():
            if part not in parts():
                name = part or item.name
                yield f"{site}: no requests are on record for the pods of {name}: they are not in the estimate"
        if item.type.startswith("kubernetes:") and (what := _what(item)):
            kind = item.type.rpartition(":")[2]
            yield f"{site}: {kind} {name_of(item.props, item.name)} {what} pods that are not in the estimate"


def _what(item: Planned) -> str:
    """Returns what an object does with pods that the estimate does not count; empty for others."""
    if item.type.endswith(_PATCH):
        return "changes" if form_of(item.type.removesuffix(_PATCH)) is not None else ""
    if form_of(item.type) is not None or item.type.endswith(_DEFINITIONS):
        return ""
    return "starts" if _has_containers(item.props.get("spec")) else ""


def _has_containers(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(
            (key == "containers" and isinstance(item, list)) or _has_containers(item) for key, item in value.items()
        )
    return isinstance(value, list) and any(map(_has_containers, value))
