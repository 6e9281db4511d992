"""Role and binding of a tenant's deployers in its namespace."""

from collections.abc import Mapping, Sequence

import pulumi
from pulumi_kubernetes.meta.v1 import ObjectMetaArgsDict
from pulumi_kubernetes.rbac.v1 import PolicyRuleArgsDict, Role, RoleBinding

from falaj.components.core.tenancy.deployer_role import ROLE, RULES
from falaj.components.core.validation.args import Input


def deployer_role(
    name: str,
    namespace: pulumi.Input[str],
    groups: Sequence[Input[str]],
    labels: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> RoleBinding:
    """Lets the members of Kubernetes groups deploy a tenant's workloads in its namespace."""
    metadata: ObjectMetaArgsDict = {"name": ROLE, "namespace": namespace, "labels": labels}
    rules: list[PolicyRuleArgsDict] = [
        {"api_groups": [rule.group], "resources": [*rule.resources], "verbs": [*rule.verbs]} for rule in RULES
    ]
    role = Role(f"{name}-deployer", metadata=metadata, rules=rules, opts=opts)
    return RoleBinding(
        f"{name}-deployers",
        metadata=metadata,
        # The name itself, and not the role's output, so that guardrails can read it before the namespace exists.
        role_ref={"api_group": "rbac.authorization.k8s.io", "kind": "Role", "name": ROLE},
        subjects=[{"api_group": "rbac.authorization.k8s.io", "kind": "Group", "name": group} for group in groups],
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[role])),
    )
