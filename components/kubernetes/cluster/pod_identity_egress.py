"""A network policy that allows egress to the EKS Pod Identity agent."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy

POD_IDENTITY_AGENT = "169.254.170.23/32"
"""Address of the Pod Identity agent on each node, port 80 (EKS User Guide, Pod Identity agent)."""


def pod_identity_egress(
    name: str, namespace: str, labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> NetworkPolicy:
    """Allows the pods of a namespace to request credentials from the agent, in addition to other policies."""
    return NetworkPolicy(
        name,
        metadata={"name": "pod-identity", "namespace": namespace, "labels": labels},
        spec={
            "pod_selector": {},
            "policy_types": ["Egress"],
            "egress": [
                {"to": [{"ip_block": {"cidr": POD_IDENTITY_AGENT}}], "ports": [{"port": 80, "protocol": "TCP"}]}
            ],
        },
        opts=opts,
    )
