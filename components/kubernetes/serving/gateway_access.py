"""Istio's policies of a gateway: which requests it lets through to which host, and how many of each client."""

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
from falaj.components.core.serving.rate_limits import rate_limit_patches
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta

GATEWAY_API_GROUP = "gateway.networking.k8s.io"


ENVOY_FILTER = "networking.istio.io/v1alpha3"


def gateway_access(
    name: str,
    tenants: Mapping[str, GatewayTenantSpec],
    requests_per_minute: int,
    gateway: ObjectMeta,
    opts: pulumi.ResourceOptions,
) -> list[pulumi.Resource]:
    """Refuses every request that the policy of no tenant allows, and those of a client above the limit (0: no limit).
    Create the gateway after these policies: until Istio has a policy for it, it lets everything through."""
    target = [{"group": GATEWAY_API_GROUP, "kind": "Gateway", "name": gateway.name}]

    def policy(label: str, kind: str, spec: Mapping[str, Any], api_version: str = VERSION) -> CustomResource:
        return CustomResource(
            f"{name}-{label}",
            api_version=api_version,
            kind=kind,
            metadata=gateway.elsewhere(label, gateway.namespace).args(),
            spec={"targetRefs": target, **spec},
            opts=opts,
        )

    created: list[pulumi.Resource] = [policy(CLOSED, "AuthorizationPolicy", {"action": "ALLOW"})]
    if rules := token_rules(tenants):
        created.append(policy("tokens", "RequestAuthentication", {"jwtRules": rules}))
    if requests_per_minute:
        patches = rate_limit_patches(requests_per_minute, tenants)
        created.append(policy("client-limit", "EnvoyFilter", {"configPatches": patches}, ENVOY_FILTER))
    return created + [
        policy(f"tenant-{tenant}", "AuthorizationPolicy", {"action": "ALLOW", "rules": [host_rule(spec)]})
        for tenant, spec in tenants.items()
    ]
