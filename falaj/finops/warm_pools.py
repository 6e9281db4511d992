"""Nodes that placeholder pods keep running (`components/kubernetes/cluster/keep_warm.py`)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from falaj.facts.keep_warm import KEEP_WARM
from falaj.facts.labels import POOL_LABEL
from falaj.finops.plan import Planned
from falaj.finops.properties import get_dict, get_list, get_number, get_path, get_str

_DEPLOYMENT = "kubernetes:apps/v1:Deployment"
_REQUIRED = ("affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")


def warm_pools(resources: Iterable[Planned], site: Callable[[Planned], str]) -> Mapping[tuple[str, str], int]:
    """Returns (site, pool) -> number of nodes that placeholder pods keep running, one pod per node."""
    result: Counter[tuple[str, str]] = Counter()
    for item in resources:
        pod = get_dict(item.props, "spec", "template", "spec")
        if item.type == _DEPLOYMENT and _is_placeholder(pod):
            pool = get_str(pod, "nodeSelector", POOL_LABEL)
            result[site(item), pool] += int(get_number(get_path(item.props, "spec", "replicas"), 1))
    return result


def _is_placeholder(pod: Mapping[str, Any]) -> bool:
    """Returns whether a pod only keeps a node of its own: others with anti-affinity are work, placed by requests."""
    apart = any(get_str(term, "topologyKey") == "kubernetes.io/hostname" for term in get_list(pod, *_REQUIRED))
    return get_str(pod, "priorityClassName") == KEEP_WARM and apart
