"""The cluster of a provider, from its kubeconfig. The ambient kubeconfig of the machine is never used."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from falaj.sandbox.clouds.spec import InventoryItem, Operation
from falaj.sandbox.clouds.values import UNKNOWN, Json, Props, get_all, get_path, get_str

UNREACHABLE = "configured Kubernetes cluster is unreachable: "


def cluster_key(config: Props) -> str:
    """Returns the key of the cluster: address of the API server and context; "" if they are unknown."""
    kubeconfig = _read(config.get("kubeconfig"))
    if not isinstance(kubeconfig, Mapping):
        return ""
    context = _context_name(config, kubeconfig)
    cluster_name = get_str(config, "cluster") or get_str(_named(kubeconfig, "contexts", context), "context.cluster")
    for item in get_all(kubeconfig, "clusters[*]"):
        if get_str(item, "name") == cluster_name or not cluster_name:
            return f"{get_str(item, 'cluster.server')} {context}".strip()
    return ""


def kubeconfig_user(config: Props) -> Json:
    """Returns the user of the kubeconfig's context; None if it has none."""
    kubeconfig = _read(config.get("kubeconfig"))
    context = _named(kubeconfig, "contexts", _context_name(config, kubeconfig))
    return get_path(_named(kubeconfig, "users", get_str(context, "context.user")), "user")


def _context_name(config: Props, kubeconfig: Json) -> str:
    return get_str(config, "context") or get_str(kubeconfig, "current-context")


def _named(kubeconfig: Json, kind: str, name: str) -> Json:
    """Returns the entry of a kubeconfig's list with this name, or None."""
    return next((entry for entry in get_all(kubeconfig, f"{kind}[*]") if get_str(entry, "name") == name), None)


EXISTING_CHARTS = "falaj.sandbox/charts"
"""Name of the kubeconfig extension that lists the charts which an emulated cluster outside EKS and AKS already has.
Real clients ignore extensions."""


def existing_charts(config: Props) -> list[str]:
    """Returns the charts that the cluster has before any program, from its kubeconfig's extension."""
    kubeconfig, address = _read(config.get("kubeconfig")), server(config)
    extensions = [
        extension
        for cluster in get_all(kubeconfig, "clusters[*].cluster")
        if get_str(cluster, "server") == address
        for extension in get_all(cluster, "extensions[*]")
        if get_str(extension, "name") == EXISTING_CHARTS
    ]
    return [str(chart) for extension in extensions for chart in get_all(extension, "extension.charts[*]")]


def unreachable(config: Props) -> str | None:
    """Returns the error if the configuration names no cluster, or None."""
    given = config.get("kubeconfig")
    if given is UNKNOWN or cluster_key(config):
        return None
    if given is None:
        return f"{UNREACHABLE}no kubeconfig in the provider's configuration; the sandbox never uses the ambient one"
    context = get_str(config, "context") or "current-context"
    return f"{UNREACHABLE}the kubeconfig is no YAML or JSON that names a server for context {context}"


def server(config: Props) -> str:
    """Returns the address of the API server."""
    return cluster_key(config).partition(" ")[0]


def managed_cluster(op: Operation) -> InventoryItem | None:
    """Returns the emulated EKS or AKS cluster of the API server; None for other clusters."""
    address = server(op.config)
    for type_, hosts in MANAGED.items():
        if not address.startswith("https://"):
            return None
        for cluster in op.state.find_in_any_cloud(type_):
            if address.removeprefix("https://").removesuffix(":443") in hosts(cluster):
                return cluster
    return None


def is_managed(config: Props) -> bool:
    """Returns whether the API server belongs to EKS or AKS."""
    return _MANAGED_SERVER.fullmatch(server(config)) is not None


def cluster_missing(op: Operation) -> str | None:
    """Returns the error if the EKS or AKS cluster of the API server does not exist, or None."""
    address = server(op.config)
    if not is_managed(op.config) or managed_cluster(op):
        return None
    host = address.removeprefix("https://").partition(":")[0]
    return f'{UNREACHABLE}Get "{address}/version": dial tcp: lookup {host}: no such host'


def _eks(cluster: InventoryItem) -> set[str]:
    return {get_str(cluster.outputs, "endpoint").removeprefix("https://")}


def _aks(cluster: InventoryItem) -> set[str]:
    return {get_str(cluster.outputs, name) for name in ("fqdn", "privateFQDN")} - {""}


MANAGED: Mapping[str, Callable[[InventoryItem], set[str]]] = {
    "aws:eks/cluster:Cluster": _eks,
    "azure-native:containerservice:ManagedCluster": _aks,
}
"""Type of cluster -> hosts of its API server."""

_MANAGED_SERVER = re.compile(r"https://[A-Za-z0-9.-]+\.(eks\.amazonaws\.com|azmk8s\.io)(:443)?")


def _read(kubeconfig: Json) -> Json:
    if not isinstance(kubeconfig, str):
        return kubeconfig
    content = kubeconfig
    if "\n" not in kubeconfig and len(kubeconfig) < 4096 and Path(kubeconfig).expanduser().is_file():
        content = Path(kubeconfig).expanduser().read_text(encoding="utf-8")
    return _parsed(content)


@lru_cache(maxsize=16)
def _parsed(content: str) -> Json:
    try:
        return yaml.safe_load(content)
    except yaml.YAMLError:
        return None
