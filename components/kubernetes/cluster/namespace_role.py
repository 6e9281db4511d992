"""A Role and its binding in a tenant's namespace."""

from collections.abc import Sequence

import pulumi
from pulumi_kubernetes.rbac.v1 import PolicyRuleArgsDict, Role, RoleBinding, SubjectArgsDict

from falaj.components.core.tenancy.deployer_role import RoleRule
from falaj.components.core.validation.args import Input
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta

RBAC = "rbac.authorization.k8s.io"


def namespace_role(
    resources: tuple[str, str],
    meta: ObjectMeta,
    rules: Sequence[RoleRule],
    subjects: Sequence[Input[SubjectArgsDict]],
    opts: pulumi.ResourceOptions,
) -> None:
    """Grants the rules to the subjects. `resources`: names of the Role and of the RoleBinding in the stack; in the
    cluster both have the name and the labels of `meta`."""
    granted: list[PolicyRuleArgsDict] = [
        {"api_groups": [rule.group], "resources": [*rule.resources], "verbs": [*rule.verbs]} for rule in rules
    ]
    role = Role(resources[0], metadata=meta.args(), rules=granted, opts=opts)
    RoleBinding(
        resources[1],
        metadata=meta.args(),
        # The name itself, and not the role's output, so that guardrails can read it before the namespace exists.
        role_ref={"api_group": RBAC, "kind": "Role", "name": meta.name},
        subjects=[*subjects],
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[role])),
    )
