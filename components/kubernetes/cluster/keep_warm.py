"""Placeholder pods that keep a minimum number of nodes in a pool whose autoscaler has no such setting."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_kubernetes.apps.v1 import Deployment
from pulumi_kubernetes.core.v1 import Namespace, PodSpecArgsDict
from pulumi_kubernetes.networking.v1 import NetworkPolicy
from pulumi_kubernetes.scheduling.v1 import PriorityClass

from falaj.components.core.node_pools.profiles import Taint
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.pod_security import restricted_container, restricted_namespace, restricted_pod
from falaj.facts.keep_warm import KEEP_WARM
from falaj.facts.labels import POOL_LABEL

NAMESPACE = KEEP_WARM
PRIORITY = -10
"""Priority below the default of 0, so that these pods are preempted first."""

PAUSE = "registry.k8s.io/pause:3.10.1"
"""The Kubernetes pause image, whose program only waits."""

USER = 65535
"""Numeric user ID of that image."""


def warm_namespace(
    name: str, labels: Mapping[str, str], parent: pulumi.Resource, after: Sequence[pulumi.Resource]
) -> list[pulumi.Resource]:
    """Creates the namespace of placeholder pods, which allows no network traffic, and their priority class.

    `labels` are the cost tags.
    """
    opts = pulumi.ResourceOptions(parent=parent, depends_on=list(after))
    namespace = Namespace(
        f"{name}-namespace", metadata={"name": NAMESPACE, "labels": restricted_namespace(labels)}, opts=opts
    )
    return [
        namespace,
        NetworkPolicy(
            f"{name}-closed",
            metadata={"name": "closed", "namespace": NAMESPACE, "labels": labels},
            spec={"pod_selector": {}, "policy_types": ["Ingress", "Egress"]},
            opts=pulumi.ResourceOptions(parent=parent, depends_on=[namespace]),
        ),
        PriorityClass(
            f"{name}-priority",
            metadata={"name": KEEP_WARM, "labels": labels},
            value=PRIORITY,
            # Placeholder pods stay pending rather than preempt other pods.
            preemption_policy="Never",
            description="Pods that only keep a node of a pool",
            opts=opts,
        ),
    ]


def keep_warm(
    name: str,
    pool: str,
    nodes: int,
    taints: Sequence[Taint],
    labels: Mapping[str, str],
    image: Input[str],
    opts: pulumi.ResourceOptions,
) -> Deployment:
    """Creates a Deployment of `nodes` placeholder pods, each on a separate node, with negligible requests."""
    pool_labels = {POOL_LABEL: pool}
    return Deployment(
        name,
        # Pods may stay pending while the cloud has no capacity; this must not fail the deployment.
        metadata={
            "name": pool,
            "namespace": NAMESPACE,
            "labels": {**labels, **pool_labels},
            "annotations": {"pulumi.com/skipAwait": "true"},
        },
        spec={
            "replicas": nodes,
            "selector": {"match_labels": pool_labels},
            # No surge: a new pod next to the old one would need an additional node.
            "strategy": {"type": "RollingUpdate", "rolling_update": {"max_surge": 0, "max_unavailable": 1}},
            "template": {"metadata": {"labels": pool_labels}, "spec": _pod(pool, taints, image)},
        },
        opts=opts,
    )


def _pod(pool: str, taints: Sequence[Taint], image: Input[str]) -> PodSpecArgsDict:
    return {
        "automount_service_account_token": False,
        "enable_service_links": False,
        "termination_grace_period_seconds": 0,
        "priority_class_name": KEEP_WARM,
        "node_selector": {POOL_LABEL: pool},
        "tolerations": [
            {"key": taint.key, "operator": "Equal", "value": taint.value, "effect": taint.effect} for taint in taints
        ],
        "affinity": {
            "pod_anti_affinity": {
                "required_during_scheduling_ignored_during_execution": [
                    {
                        "topology_key": "kubernetes.io/hostname",
                        "label_selector": {"match_labels": {POOL_LABEL: pool}},
                    }
                ]
            }
        },
        "security_context": restricted_pod(USER),
        "containers": [
            {
                "name": "pause",
                "image": image,
                "resources": {"requests": {"cpu": "1m", "memory": "8Mi"}, "limits": {"memory": "16Mi"}},
                "security_context": restricted_container(),
            }
        ],
    }
