"""A network policy that allows egress to the EKS Pod Identity agent."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.site.aws_rules import POD_IDENTITY_AGENT


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
                {
                    "to": [{"ip_block": {"cidr": POD_IDENTITY_AGENT.cidr}}],
                    "ports": [{"port": POD_IDENTITY_AGENT.port, "protocol": "TCP"}],
                }
            ],
        },
        opts=opts,
    )
