"""What endpoint pickers in a tenant's namespace need from the platform: an account, its role, and the way to the API
server."""

from collections.abc import Mapping

import pulumi
from pulumi_kubernetes.core.v1 import ServiceAccount
from pulumi_kubernetes.networking.v1 import NetworkPolicy

from falaj.components.core.tenancy.picker_access import PICKER_ACCOUNT, PICKER_RULES
from falaj.components.kubernetes.cluster.controller_policy import API_PORTS, PRIVATE_NETWORKS
from falaj.components.kubernetes.cluster.namespace_role import namespace_role
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.facts.labels import ENDPOINT_PICKER_LABEL


def picker_access(
    name: str, namespace: pulumi.Input[str], labels: Mapping[str, str], opts: pulumi.ResourceOptions
) -> None:
    """Lets endpoint pickers read pods and InferencePools in their namespace."""
    meta = ObjectMeta(PICKER_ACCOUNT, namespace, labels)
    ServiceAccount(f"{name}-picker", metadata=meta.args(), automount_service_account_token=False, opts=opts)
    namespace_role(
        (f"{name}-picker-role", f"{name}-picker-binding"),
        meta,
        PICKER_RULES,
        [{"kind": "ServiceAccount", "name": PICKER_ACCOUNT, "namespace": namespace}],
        opts,
    )
    _to_api_server(f"{name}-picker-policy", meta, opts)


def _to_api_server(name: str, meta: ObjectMeta, opts: pulumi.ResourceOptions) -> None:
    """Opens private addresses on the ports of API servers for pickers. Those of all sites are private, and so is that
    of the Service `kubernetes`, which some network plug-ins compare with the policy; neither is known in advance."""
    NetworkPolicy(
        name,
        metadata=meta.args(),
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
