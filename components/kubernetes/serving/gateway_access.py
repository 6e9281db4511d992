"""Istio's policies of a gateway: which requests it lets through to which host."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.core.serving.authentication import (
    CLOSED,
    VERSION,
    GatewayTenantSpec,
    host_rule,
    token_rules,
)
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta

GATEWAY_API_GROUP = "gateway.networking.k8s.io"


def gateway_access(
    name: str, tenants: Mapping[str, GatewayTenantSpec], gateway: ObjectMeta, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Refuses every request that the policy of no tenant allows. Create the gateway after these policies: until Istio
    has a policy for it, it lets everything through."""
    target = [{"group": GATEWAY_API_GROUP, "kind": "Gateway", "name": gateway.name}]

    def policy(label: str, kind: str, spec: Mapping[str, Any]) -> CustomResource:
        return CustomResource(
            f"{name}-{label}",
            api_version=VERSION,
            kind=kind,
            metadata=gateway.elsewhere(label, gateway.namespace).args(),
            spec={"targetRefs": target, **spec},
            opts=opts,
        )

    created: list[pulumi.Resource] = [policy(CLOSED, "AuthorizationPolicy", {"action": "ALLOW"})]
    if rules := token_rules(tenants):
        created.append(policy("tokens", "RequestAuthentication", {"jwtRules": rules}))
    return created + [
        policy(f"tenant-{tenant}", "AuthorizationPolicy", {"action": "ALLOW", "rules": [host_rule(spec)]})
        for tenant, spec in tenants.items()
    ]
