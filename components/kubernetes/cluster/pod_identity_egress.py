"""A network policy that allows pods to reach EKS's Pod Identity agent."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy

AGENT = "169.254.170.23/32"
"""Address of the Pod Identity agent on each node, port 80 (EKS User Guide, Pod Identity agent)."""


def pod_identity_egress(
    name: str, namespace: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> NetworkPolicy:
    """In addition to other policies, the pods of the namespace may request credentials from the agent."""
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
