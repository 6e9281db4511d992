"""Pods that a plan starts and the estimate cannot count: of charts and add-ons without a row, and of patches."""

from collections.abc import Iterator, Mapping

from falaj.facts.system_pods import parts
from falaj.finops.pricing_context import PricingContext
from falaj.finops.work.pod_groups import form_of, name_of
from falaj.finops.work.system_work import PARTS, PartsFunction

_PATCH = "Patch"


def uncounted(context: PricingContext, functions: Mapping[str, PartsFunction]) -> Iterator[str]:
    """Yields a sentence for each of them. `functions` are those of the clouds, by type token."""
    known = {**PARTS, **functions}
    for item in context.plan.resources:
        site = f"site {context.site(item) or '(unknown)'}"
        for part, _ in known[item.type](item) if item.type in known else ():
            if part not in parts():
                yield f"{site}: nobody has measured what {part or item.name} runs: its pods are not in the estimate"
        if item.type.endswith(_PATCH) and form_of(item.type.removesuffix(_PATCH)) is not None:
            kind = item.type.rpartition(":")[2]
            yield f"{site}: {kind} {name_of(item.props, item.name)} changes pods that are not in the estimate"
