"""Role and binding of a tenant's deployers in its namespace."""

from collections.abc import Mapping, Sequence

import pulumi

from falaj.components.core.tenancy.deployer_role import ROLE, RULES
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.namespace_role import RBAC, namespace_role
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta


def deployer_role(
    name: str,
    namespace: pulumi.Input[str],
    groups: Sequence[Input[str]],
    labels: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> None:
    """Lets the members of Kubernetes groups deploy a tenant's workloads in its namespace."""
    namespace_role(
        (f"{name}-deployer", f"{name}-deployers"),
        ObjectMeta(ROLE, namespace, labels),
        RULES,
        [{"api_group": RBAC, "kind": "Group", "name": group} for group in groups],
        opts,
    )
