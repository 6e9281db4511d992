"""The way of pods to EKS's agent for their identity, where the way out is closed otherwise."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy

AGENT = "169.254.170.23/32"
"""Where the agent of Pod Identity answers on each node, on port 80 (EKS User Guide, Pod Identity agent)."""


def pod_identity_egress(
    name: str, namespace: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> NetworkPolicy:
    """Beside what else is allowed, the pods of the namespace may ask the agent for credentials."""
    return NetworkPolicy(
        name,
        metadata={"name": "pod-identity", "namespace": namespace, "labels": labels},
        spec={
            "pod_selector": {},
            "policy_types": ["Egress"],
            "egress": [{"to": [{"ip_block": {"cidr": AGENT}}], "ports": [{"port": 80, "protocol": "TCP"}]}],
        },
        opts=opts,
    )
