"""Role of those who deploy a tenant's workloads: the kinds that a tenant's stack creates in its namespace, and no
other. Pure.

What the role allows is restricted further by `tenant_admission`. Kinds that open a way out of the namespace have no
row: pods (they come from controllers), `pods/exec`, secrets, roles and their bindings, quotas, queues.
"""

from collections.abc import Sequence
from dataclasses import dataclass

ROLE = "tenant-deployer"
"""Name of the Role and of its RoleBinding in each tenant's namespace."""

READ = ("get", "list", "watch")
WRITE = (*READ, "create", "update", "patch", "delete")


@dataclass(frozen=True)
class RoleRule:
    """Verbs on resources of an API group."""

    group: str
    resources: tuple[str, ...]
    verbs: tuple[str, ...]


RULES: Sequence[RoleRule] = (
    RoleRule("", ("configmaps", "persistentvolumeclaims", "serviceaccounts", "services"), WRITE),
    RoleRule("apps", ("deployments",), WRITE),
    RoleRule("batch", ("jobs",), WRITE),
    RoleRule("jobset.x-k8s.io", ("jobsets",), WRITE),
    RoleRule("trainer.kubeflow.org", ("trainjobs", "trainingruntimes"), WRITE),
    RoleRule("ray.io", ("rayjobs",), WRITE),
    RoleRule("leaderworkerset.x-k8s.io", ("leaderworkersets",), WRITE),
    RoleRule("networking.k8s.io", ("networkpolicies",), WRITE),
    RoleRule("policy", ("poddisruptionbudgets",), WRITE),
    RoleRule("keda.sh", ("scaledobjects",), WRITE),
    RoleRule("http.keda.sh", ("interceptorroutes",), WRITE),
    RoleRule("gateway.networking.k8s.io", ("httproutes",), WRITE),
    RoleRule("inference.networking.k8s.io", ("inferencepools",), WRITE),
    RoleRule("monitoring.coreos.com", ("podmonitors",), WRITE),
    # Secrets of runs: a stack refers to them, and nobody reads them back.
    RoleRule("", ("secrets",), ("create", "delete")),
    # What `pulumi up` reads while it waits, and what explains why something waits.
    RoleRule("", ("endpoints", "events", "limitranges", "pods", "pods/log", "resourcequotas"), READ),
    RoleRule("apps", ("replicasets", "statefulsets"), READ),
    RoleRule("autoscaling", ("horizontalpodautoscalers",), READ),
    RoleRule("discovery.k8s.io", ("endpointslices",), READ),
    RoleRule("events.k8s.io", ("events",), READ),
    RoleRule("kueue.x-k8s.io", ("localqueues", "workloads"), READ),
)
"""What a deployer may do in the tenant's namespace."""


def tenant_group(tenant: str) -> str:
    """Returns the Kubernetes group of a tenant's deployers. EKS refuses names that begin with `system:`, `eks:`,
    `aws:`, `amazon:` or `iam:` (EKS API reference, CreateAccessEntry, 2026-11)."""
    return f"falaj:tenant-{tenant}"
