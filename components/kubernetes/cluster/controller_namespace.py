"""The namespace of a controller, restricted to the traffic of its pods."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.core.v1 import Namespace

from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.controller_policy import TrafficRules, controller_policy
from falaj.components.kubernetes.cluster.pod_security import restricted_namespace


def controller_namespace(
    name: str,
    namespace: str,
    traffic: TrafficRules,
    prometheus_namespace: Input[str] | None,
    tags: Mapping[str, str],
    parent: pulumi.Resource,
) -> tuple[Namespace, pulumi.ResourceOptions]:
    """Creates a namespace of level `restricted` with its network policy.

    Returns it with the options of what runs in it, which starts after the policy.
    """
    created = Namespace(
        f"{name}-namespace",
        metadata={"name": namespace, "labels": restricted_namespace(tags)},
        opts=pulumi.ResourceOptions(parent=parent),
    )
    after_namespace = pulumi.ResourceOptions(parent=parent, depends_on=[created])
    policy = controller_policy(f"{name}-policy", namespace, traffic, prometheus_namespace, tags, after_namespace)
    return created, pulumi.ResourceOptions(parent=parent, depends_on=[policy])
