"""A namespace whose pods speak HTTPS to the outside and to nobody else."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy, NetworkPolicyPeerArgsDict, NetworkPolicyPortArgsDict

METADATA_ADDRESS = "169.254.169.254/32"
"""Where a machine's own identity could be asked for, on both clouds."""


def egress_only(name: str, namespace: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> NetworkPolicy:
    """Nothing comes in; out go questions to the cluster's DNS and TCP 443.

    Names cannot be told apart: that takes Cilium's policies of names, which AKS has only with Advanced Container
    Networking Services. An address block never means another pod (AKS with Cilium), so pods stay out of reach.
    """
    dns: list[NetworkPolicyPortArgsDict] = [{"port": 53, "protocol": protocol} for protocol in ("UDP", "TCP")]
    resolver: NetworkPolicyPeerArgsDict = {
        "namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": "kube-system"}},
        "pod_selector": {"match_labels": {"k8s-app": "kube-dns"}},
    }
    outside: NetworkPolicyPeerArgsDict = {"ip_block": {"cidr": "0.0.0.0/0", "except_": [METADATA_ADDRESS]}}
    return NetworkPolicy(
        name,
        metadata={"name": "https-only", "namespace": namespace, "labels": labels},
        spec={
            "pod_selector": {},
            "policy_types": ["Ingress", "Egress"],
            "egress": [
                {"to": [resolver], "ports": dns},
                {"to": [outside], "ports": [{"port": 443, "protocol": "TCP"}]},
            ],
        },
        opts=opts,
    )
