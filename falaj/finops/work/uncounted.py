"""Pods that a plan starts and the estimate cannot count: of charts and add-ons without a row, of patches, and of kinds
that it does not know.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from falaj.facts.system_pods import parts
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list
from falaj.finops.work.pod_group import PodForm
from falaj.finops.work.pod_groups import form_of, name_of
from falaj.finops.work.system_work import PARTS, PartsFunction
from falaj.finops.work.train_jobs import without_runtime

_PATCH = "Patch"
_DEFINITIONS = ("Runtime", "Template", "Config")
"""Last words of kinds that only define pods, which objects of other kinds start."""
_WHAT_TO_DO = "state the nodes that they need as `nodes` of their pool in the usage file"


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
            name = name_of(item.props, item.name)
            yield f"{site}: {kind} {name} {what} pods that are not in the estimate: {_WHAT_TO_DO}"
        if item.type.startswith("kubernetes:") and _has_claims(item):
            yield (
                f"{site}: {item.type.rpartition(':')[2]} {name_of(item.props, item.name)} asks for devices by resource "
                f"claims, which are not in the estimate: {_WHAT_TO_DO}"
            )
    for item, runtime in without_runtime(context):
        name = name_of(item.props, item.name)
        yield (
            f"site {context.site(item) or '(unknown)'}: the plan has no runtime {runtime} of TrainJob {name}: its pods "
            "have only what the job states, and run on any node without taints"
        )


def _what(item: Planned) -> str:
    """Returns what an object does with pods that the estimate does not count; empty for others."""
    if item.type.endswith(_PATCH):
        return "changes" if form_of(item.type.removesuffix(_PATCH)) is not None else ""
    if item.type.endswith(_DEFINITIONS):
        return ""
    if (form := form_of(item.type)) is not None:
        return "starts" if not item.type.endswith(":TrainJob") and not _groups(form, item) else ""
    return "starts" if has_containers(item.props.get("spec")) else ""


def _has_claims(item: Planned) -> bool:
    """Returns whether pods of an object ask for devices by dynamic resource allocation, which no request states."""
    form = form_of(item.type)
    groups = form.groups(get_dict(item.props, "spec")) if form is not None else ()
    return any(get_list(group.template, "spec", "resourceClaims") for group in groups)


def _groups(form: PodForm, item: Planned) -> bool:
    """Returns whether the shape of the pods is in the object."""
    spec = item.props.get("spec")
    return spec is UNKNOWN or any(True for _ in form.groups(get_dict(item.props, "spec")))


def has_containers(value: Any) -> bool:
    """Returns whether there are containers anywhere in a value."""
    if isinstance(value, Mapping):
        return any(
            (key == "containers" and isinstance(item, list)) or has_containers(item) for key, item in value.items()
        )
    return isinstance(value, list) and any(map(has_containers, value))
