"""What endpoint pickers in a tenant's namespace need from the platform: an account, its role, and the way to the API
server."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.core.v1 import ServiceAccount
from pulumi_kubernetes.meta.v1 import ObjectMetaArgsDict
from pulumi_kubernetes.networking.v1 import NetworkPolicy
from pulumi_kubernetes.rbac.v1 import PolicyRuleArgsDict, Role, RoleBinding

from falaj.components.core.tenancy.picker_access import PICKER_ACCOUNT, PICKER_RULES
from falaj.components.kubernetes.cluster.controller_policy import API_PORTS, PRIVATE_NETWORKS
from falaj.facts.labels import ENDPOINT_PICKER_LABEL


def picker_access(
    name: str, namespace: pulumi.Input[str], labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Lets endpoint pickers read pods and InferencePools in their namespace."""
    metadata: ObjectMetaArgsDict = {"name": PICKER_ACCOUNT, "namespace": namespace, "labels": labels}
    account = ServiceAccount(f"{name}-picker", metadata=metadata, automount_service_account_token=False, opts=opts)
    rules: list[PolicyRuleArgsDict] = [
        {"api_groups": [rule.group], "resources": [*rule.resources], "verbs": [*rule.verbs]} for rule in PICKER_RULES
    ]
    role = Role(f"{name}-picker-role", metadata=metadata, rules=rules, opts=opts)
    binding = RoleBinding(
        f"{name}-picker-binding",
        metadata=metadata,
        # The name itself, and not the role's output, so that guardrails can read it before the namespace exists.
        role_ref={"api_group": "rbac.authorization.k8s.io", "kind": "Role", "name": PICKER_ACCOUNT},
        subjects=[{"kind": "ServiceAccount", "name": PICKER_ACCOUNT, "namespace": namespace}],
        opts=pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(depends_on=[role])),
    )
    return [account, binding, _to_api_server(f"{name}-picker-policy", metadata, opts)]


def _to_api_server(name: str, metadata: ObjectMetaArgsDict, opts: pulumi.ResourceOptions) -> NetworkPolicy:
    """Opens private addresses on the ports of API servers for pickers. Those of all sites are private, and so is that
    of the Service `kubernetes`, which some network plug-ins compare with the policy; neither is known in advance."""
    return NetworkPolicy(
        name,
        metadata=metadata,
        spec={
            "pod_selector": {"match_expressions": [{"key": ENDPOINT_PICKER_LABEL, "operator": "Exists"}]},
            "policy_types": ["Egress"],
            "egress": [
                {
                    "to": [{"ip_block": {"cidr": block}} for block in PRIVATE_NETWORKS],
                    "ports": [{"port": port, "protocol": "TCP"} for port in API_PORTS],
                }
            ],
        },
        opts=opts,
    )
