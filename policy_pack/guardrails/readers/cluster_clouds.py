"""Determines on which cloud a Kubernetes cluster runs: its controllers read that cloud's annotations only."""

from collections.abc import Collection
from functools import cache

from falaj.facts.clouds import CLOUDS, Cloud

from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource

_API_SERVERS = {cloud: entry.api_server.partition("{region}")[2].replace("[.]", ".") for cloud, entry in CLOUDS.items()}
"""Cloud -> end of the host name of a managed cluster's API server, such as `.eks.amazonaws.com`."""
_CLUSTER_TYPES = {entry.cluster_type: cloud for cloud, entry in CLOUDS.items()}

MANAGED = frozenset(CLOUDS)
"""The clouds with managed clusters: what holds on each of them holds for a cluster that no plan shows."""
ANYWHERE = MANAGED | {Cloud.ONPREM}


def clouds_of(provider: Resource | None, on_premises: Collection[str] = ()) -> frozenset[Cloud] | None:
    """Returns the clouds of the clusters in a provider's kubeconfig, on premises for other servers. Returns None if it
    is not known yet, and every cloud with managed clusters if the provider has none, or only its path.

    `on_premises`: contexts of clusters outside the clouds, which decide where the kubeconfig cannot be read.
    """
    kubeconfig = MISSING if provider is None else provider.get("kubeconfig")
    if kubeconfig is UNKNOWN:
        return None
    clouds = _clouds_in(str(kubeconfig))
    if clouds or provider is None:
        return clouds or MANAGED
    return frozenset({Cloud.ONPREM}) if provider.get("context") in on_premises else MANAGED


_SERVER_KEYS = ("server:", '"server"', "'server'")


@cache
def _clouds_in(kubeconfig: str) -> frozenset[Cloud]:
    """Returns the clouds of the servers that a kubeconfig names; empty if it names none."""
    text = kubeconfig.lower()
    if not any(key in text for key in _SERVER_KEYS):
        return frozenset()
    return frozenset(cloud for cloud, host in _API_SERVERS.items() if host in text) or frozenset({Cloud.ONPREM})


def clouds_in_plan(provider: Resource | None, plan: Plan) -> frozenset[Cloud]:
    """Returns the clouds of the plan's clusters on which a provider's kubeconfig depends; empty if there is none."""
    planned = plan.resources.get(provider.urn) if provider is not None else None
    clusters = plan.dependencies_of(planned, "kubeconfig") if planned is not None else ()
    return frozenset(_CLUSTER_TYPES[item.type] for item in clusters if item.type in _CLUSTER_TYPES)
