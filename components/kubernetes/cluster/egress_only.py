"""A network policy that allows HTTPS to the outside and nothing else."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy, NetworkPolicyPeerArgsDict, NetworkPolicyPortArgsDict

METADATA_ADDRESS = "169.254.169.254/32"
"""Address of the instance metadata service on both clouds, which hands out the node's identity."""


def egress_only(name: str, namespace: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> NetworkPolicy:
    """Denies ingress; allows egress to the cluster's DNS and to TCP 443 outside.

    Host names cannot be filtered: that takes Cilium's FQDN policies, which AKS has only with Advanced Container
    Networking Services. An address block never matches another pod (AKS with Cilium), so pods stay unreachable.
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
