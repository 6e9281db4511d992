"""Patches of agents of the nodes by which policies of the network are enforced no more.

The agent of EKS enforces policies with `--enable-network-policy=true` alone (aws/amazon-vpc-cni-k8s, guide of its
installation), and kube-router with `--run-firewall=true`; both found as strings in public repositories on 2026-12-02.
Manifests of the agents have the options off where another program enforces policies, so only a patch counts: it changes
what runs already. Cilium's option is read wherever it stands (`data/program_switches.csv`).
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import is_patch
from ..readers.texts import read_texts

_AGENTS = "kubernetes:apps/v1:DaemonSet"
_OFF = lazy_regex(r"--(?:enable-network-policy|run-firewall)[= ](?:false|0|f)\b", re.IGNORECASE)


def check_patched_agents(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each option of a patched agent by which it enforces no policies of the network."""
    for leaf in read_texts(resource).leaves if resource.type == _AGENTS and is_patch(resource) else ():
        if isinstance(leaf.value, str) and _OFF.search(leaf.value):
            yield failed(f"{leaf.path}: network policies of the cluster have no effect", leaf.path)
