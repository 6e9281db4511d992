"""Which cluster a provider talks to, as its kubeconfig says; the ambient kubeconfig of the machine is never used."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from falaj.sandbox.clouds.values import UNKNOWN, Json, Props, each, text

UNREACHABLE = "configured Kubernetes cluster is unreachable: "


def cluster_key(config: Props) -> str:
    """The API server's address and the context, which together are one cluster; "" where they are not known."""
    kubeconfig = _read(config.get("kubeconfig"))
    if not isinstance(kubeconfig, Mapping):
        return ""
    context = text(config, "context") or text(kubeconfig, "current-context")
    chosen = [item for item in each(kubeconfig, "contexts[*]") if text(item, "name") == context]
    wanted = text(config, "cluster") or (text(chosen[0], "context.cluster") if chosen else "")
    for item in each(kubeconfig, "clusters[*]"):
        if text(item, "name") == wanted or not wanted:
            return f"{text(item, 'cluster.server')} {context}".strip()
    return ""


def unreachable(config: Props) -> str | None:
    """Why there is no cluster to talk to, or None."""
    given = config.get("kubeconfig")
    if given is UNKNOWN or cluster_key(config):
        return None
    if given is None:
        return f"{UNREACHABLE}no kubeconfig in the provider's configuration; the sandbox never uses the ambient one"
    context = text(config, "context") or "current-context"
    return f"{UNREACHABLE}the kubeconfig is no YAML or JSON that names a server for context {context}"


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
