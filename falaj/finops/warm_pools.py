"""Machines that placeholder pods keep running."""

from collections.abc import Callable, Iterable, Mapping

from falaj.facts.labels import POOL_LABEL
from falaj.finops.plan import Planned
from falaj.finops.properties import get_dict, get_number, get_path, get_str

_DEPLOYMENT = "kubernetes:apps/v1:Deployment"


def warm_pools(resources: Iterable[Planned], site: Callable[[Planned], str]) -> Mapping[tuple[str, str], int]:
    """Returns (site, pool) -> number of machines that placeholder pods keep running, one pod per machine."""
    result: dict[tuple[str, str], int] = {}
    for item in resources:
        pool = get_str(item.props, "spec", "template", "spec", "nodeSelector", POOL_LABEL)
        anti_affinity = get_dict(item.props, "spec", "template", "spec", "affinity", "podAntiAffinity")
        if item.type == _DEPLOYMENT and pool and anti_affinity:
            result[site(item), pool] = int(get_number(get_path(item.props, "spec", "replicas"), 1))
    return result
