"""Data residency of Kubernetes objects. Objects have no region, so the location of their cluster must be known."""

import re
from collections.abc import Iterator

import yaml

from falaj.facts.clouds import CLOUDS
from falaj.facts.regions import uae_regions

from ..engine.families import residency_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, items_of
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.locations import IN_UAE_AWS, IN_UAE_AZURE, foreign_locations, has_location_keys

_PROVIDER = "pulumi:providers:kubernetes"
_CLUSTERS = tuple(entry.cluster_type for entry in CLOUDS.values())
_API_SERVERS = [
    entry.api_server.replace("{region}", f"(?:{'|'.join(sorted(uae_regions(cloud)))})")
    for cloud, entry in CLOUDS.items()
]
_UAE_API_SERVER = lazy_regex(rf"https://(?:{'|'.join(_API_SERVERS)})(?::\d+)?/?")
"""Address of the API server of a managed cluster in the UAE, on any registered cloud. The host names contain the
region."""
_MANAGED_CLUSTERS = " or ".join(entry.cluster_service for entry in CLOUDS.values())


def _check_locations(resource: Resource) -> Iterator[Outcome]:
    """Checks every region, zone, ARN and host name in an object."""
    for location in foreign_locations(resource):
        yield failed(location.sentence, location.path)
    if has_location_keys(resource):
        yield passed()


def _servers(kubeconfig: Plain) -> list[str]:
    """Returns the server addresses of a kubeconfig, given as text or object; empty if it cannot be read."""
    document = from_json(kubeconfig)
    if isinstance(document, str):
        try:
            document = yaml.safe_load(document)
        except yaml.YAMLError:
            return []
    clusters = document.get("clusters") if isinstance(document, dict) else None
    servers = []
    for entry in items_of(clusters):
        cluster = entry.get("cluster") if isinstance(entry, dict) else None
        servers.append(str(cluster.get("server")) if isinstance(cluster, dict) else "")
    return servers


def _check_cluster(allowed: tuple[str, ...]) -> Predicate:
    def judge(resource: Resource) -> Iterator[Outcome]:
        if resource.type == _PROVIDER and not _is_default_provider(resource):
            yield _judge_provider(resource, allowed)
        elif resource.type.startswith("kubernetes:") and resource.provider is not None:
            # An explicit provider is evaluated itself. The default provider is evaluated with each object that uses it,
            # so that a stack without Kubernetes objects passes.
            yield _judge_provider(resource.provider, allowed) if _is_default_provider(resource.provider) else passed()

    return judge


def _is_default_provider(provider: Resource) -> bool:
    """Returns whether a provider is the default provider, which the engine creates if the program passes none."""
    return re.fullmatch(r"default(?:_\d.*)?", provider.name) is not None


def _judge_provider(provider: Resource, allowed: tuple[str, ...]) -> Outcome:
    kubeconfig, context = provider.get("kubeconfig"), provider.get("context")
    if kubeconfig is UNKNOWN:
        text = "its kubeconfig is not known before deployment and comes from no cluster of the stack"
        return undetermined(text, "kubeconfig")
    servers = _servers(kubeconfig)
    # A context is only a name: it counts where the kubeconfig shows no server.
    if not servers and isinstance(context, str) and context in allowed:
        return passed()
    if kubeconfig is MISSING:
        return failed("no kubeconfig is set, so the environment decides which cluster it uses", "kubeconfig")
    if servers and all(server in allowed or _UAE_API_SERVER.fullmatch(server) for server in servers):
        return passed()
    text = f"its cluster is neither an {_MANAGED_CLUSTERS} cluster in the UAE nor on the list of allowed clusters"
    return failed(text, "kubeconfig")


def _resolve_cluster(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves a kubeconfig that depends on a cluster of this stack, which is evaluated itself."""
    return passed() if any(item.type in _CLUSTERS for item in plan.dependencies_of(resource, "kubeconfig")) else outcome


def kubernetes_residency(allowed_clusters: tuple[str, ...]) -> tuple[Guardrail, ...]:
    """Returns the guardrails of Kubernetes objects. `allowed_clusters` are server addresses or contexts."""
    return (
        residency_rule(301, Severity.CRITICAL, "Kubernetes objects are deployed to a known cluster in the UAE",
                       "an ambient kubeconfig can point anywhere, and objects do not show the location of their "
                       "cluster",
                       "Pass a pulumi_kubernetes.Provider with the kubeconfig of the site, and list an on-premises "
                       "cluster's server or context under kubernetes.allowed_clusters in enforcement.yaml",
                       predicate=_check_cluster(allowed_clusters), resolve=_resolve_cluster,
                       types=("kubernetes:", _PROVIDER)),
        residency_rule(302, Severity.CRITICAL, "Kubernetes objects reference no region, zone or service address abroad",
                       "what runs or is stored there has left the country, wherever the cluster is",
                       f"Name {IN_UAE_AWS}, {IN_UAE_AZURE} or a zone of them; a store in the cluster, such as MinIO, "
                       "accepts any name as its region",
                       predicate=_check_locations, types=("kubernetes:",)),
    )  # fmt: skip
