"""Requests that the API server gives to containers without any: defaults of the LimitRanges of their namespace.

A default request, otherwise the default limit, otherwise the maximum, otherwise the minimum; of several LimitRanges the
first that has one (kubernetes v1.36.3, pkg/apis/core/v1/defaults.go, SetDefaults_LimitRangeItem;
plugin/pkg/admission/limitranger).
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_dict, get_list, get_str
from falaj.finops.work.pod_groups import namespace_of

_BY_PRECEDENCE = ("defaultRequest", "default", "max", "min")

Defaults = Mapping[str, Any]
"""Resource -> quantity."""


def default_requests(context: PricingContext) -> Mapping[tuple[str, str], Defaults]:
    """Returns the defaults of each namespace, by site and name."""
    found: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for item in context.plan.resources:
        if item.type == "kubernetes:core/v1:LimitRange":
            namespace = found[context.site(item), namespace_of(item.props)]
            for limits in get_list(item.props, "spec", "limits"):
                if get_str(limits, "type") == "Container":
                    for key in _BY_PRECEDENCE:
                        for resource, quantity in get_dict(limits, key).items():
                            namespace.setdefault(resource, quantity)
    return found


def with_defaults(pod: Mapping[str, Any], defaults: Defaults) -> Mapping[str, Any]:
    """Returns a pod whose containers request the defaults of what they do not state."""
    if not defaults:
        return pod
    completed = {
        key: [_with_defaults(container, defaults) for container in get_list(pod, key)]
        for key in ("containers", "initContainers")
    }
    return {**pod, **completed}


def _with_defaults(container: Any, defaults: Defaults) -> Mapping[str, Any]:
    resources = get_dict(container, "resources")
    stated = {**get_dict(resources, "limits"), **get_dict(resources, "requests")}
    return {**get_dict(container), "resources": {"requests": {**defaults, **stated}}}
