"""RBAC permissions of the jobs that scale node pools to zero."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_kubernetes.meta.v1 import ObjectMetaArgsDict
from pulumi_kubernetes.rbac.v1 import ClusterRole, ClusterRoleBinding, Role, RoleBinding, SubjectArgsDict

from falaj.components.kubernetes.cluster.keep_warm import NAMESPACE as KEEP_WARM_NAMESPACE

ACCOUNT = "pool-sleep"
"""Name of the jobs' service account and of its roles."""

API = "rbac.authorization.k8s.io"


def create_roles(
    name: str,
    pools: Sequence[str],
    warm: Sequence[str],
    namespace: str,
    labels: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> list[pulumi.Resource]:
    """Creates roles and bindings for the jobs.

    They may patch the NodePools in `pools`, delete all NodeClaims, whose names are not known in advance, and scale the
    keep-warm Deployments of the pools in `warm`.
    """
    metadata: ObjectMetaArgsDict = {"name": ACCOUNT, "labels": labels}
    subject: SubjectArgsDict = {"kind": "ServiceAccount", "name": ACCOUNT, "namespace": namespace}
    role = ClusterRole(
        f"{name}-role",
        metadata=metadata,
        rules=[
            {
                "api_groups": ["karpenter.sh"],
                "resources": ["nodepools"],
                "resource_names": list(pools),
                "verbs": ["get", "patch"],
            },
            {"api_groups": ["karpenter.sh"], "resources": ["nodeclaims"], "verbs": ["get", "list", "delete"]},
        ],
        opts=opts,
    )
    binding = ClusterRoleBinding(
        f"{name}-binding",
        metadata=metadata,
        role_ref={"api_group": API, "kind": "ClusterRole", "name": ACCOUNT},
        subjects=[subject],
        opts=opts,
    )
    return [role, binding, *(_scaling(name, warm, labels, subject, opts) if warm else ())]


def _scaling(
    name: str, pools: Sequence[str], labels: Mapping[str, str], subject: SubjectArgsDict, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    metadata: ObjectMetaArgsDict = {"name": ACCOUNT, "namespace": KEEP_WARM_NAMESPACE, "labels": labels}
    names = list(pools)
    role = Role(
        f"{name}-warm-role",
        metadata=metadata,
        rules=[
            {"api_groups": ["apps"], "resources": ["deployments"], "resource_names": names, "verbs": ["get"]},
            {
                "api_groups": ["apps"],
                "resources": ["deployments/scale"],
                "resource_names": names,
                "verbs": ["get", "patch", "update"],
            },
        ],
        opts=opts,
    )
    binding = RoleBinding(
        f"{name}-warm-binding",
        metadata=metadata,
        role_ref={"api_group": API, "kind": "Role", "name": ACCOUNT},
        subjects=[subject],
        opts=opts,
    )
    return [role, binding]
