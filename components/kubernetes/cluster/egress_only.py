"""A network policy that allows DNS and HTTPS egress only."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy, NetworkPolicyPeerArgsDict, NetworkPolicyPortArgsDict

METADATA_ADDRESS = "169.254.169.254/32"
"""Address of the instance metadata service on both clouds, which provides credentials of the node."""


def egress_only(name: str, namespace: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions) -> NetworkPolicy:
    """Denies ingress, and allows egress to the cluster's DNS and to TCP port 443 outside the cluster.

    Egress cannot be filtered by host name: this requires Cilium's FQDN policies, which AKS offers only with Advanced
    Container Networking Services. On AKS with Cilium, IP blocks never match pods, so other pods stay unreachable.
    """
    dns: list[NetworkPolicyPortArgsDict] = [{"port": 53, "protocol": protocol} for protocol in ("UDP", "TCP")]
    resolver: NetworkPolicyPeerArgsDict = {
        "namespace_selector": {"match_labels": {"kubernetes.io/metadata.name": "kube-system"}},
        "pod_selector": {"match_labels": {"k8s-app": "kube-dns"}},
    }
    internet: NetworkPolicyPeerArgsDict = {"ip_block": {"cidr": "0.0.0.0/0", "except_": [METADATA_ADDRESS]}}
    return NetworkPolicy(
        name,
        metadata={"name": "https-only", "namespace": namespace, "labels": labels},
        spec={
            "pod_selector": {},
            "policy_types": ["Ingress", "Egress"],
            "egress": [
                {"to": [resolver], "ports": dns},
                {"to": [internet], "ports": [{"port": 443, "protocol": "TCP"}]},
            ],
        },
        opts=opts,
    )
