"""Encryption of requests from a gateway to served pods, as Istio's rules of the gateway."""

from collections.abc import Mapping
from typing import Any

import pulumi
from pulumi_kubernetes.apiextensions import CustomResource

from falaj.components.core.serving.authentication import GatewayTenantSpec
from falaj.components.core.serving.backend_tls import SERVICE_TLS_PORT, TLS_PORT, server_name, tls_origination
from falaj.components.core.serving.endpoint_picker import PICKER_CALLS, PICKER_PORT, POOL_PORT
from falaj.components.core.tenancy.tenancy import namespace_of
from falaj.components.kubernetes.cluster.keda import NAMESPACE as KEDA_NAMESPACE
from falaj.components.kubernetes.cluster.keda import PROXY, PROXY_NAMES
from falaj.components.kubernetes.cluster.object_meta import ObjectMeta
from falaj.components.kubernetes.cluster.serving_authority import serving_certificate

VERSION = "networking.istio.io/v1"

DOMAIN = "svc.cluster.local"
"""Domain of Services, the default of Kubernetes and of Istio's `global.proxy.clusterDomain`."""


def backend_encryption(
    name: str, tenants: Mapping[str, GatewayTenantSpec], gateway: ObjectMeta, opts: pulumi.ResourceOptions
) -> list[pulumi.Resource]:
    """Makes the gateway call by TLS the port for it of every Service of the tenants, their endpoint pickers, the pods
    that these choose from, and KEDA's interceptor. Its own certificate is used by nobody: its secret has the
    authority's certificate, by which the gateway checks the pods'."""

    def rule(label: str, host: str, ports: Mapping[int, Mapping[str, Any]], expected: str) -> CustomResource:
        return CustomResource(
            f"{name}-tls-{label}",
            api_version=VERSION,
            kind="DestinationRule",
            metadata=gateway.elsewhere(f"tls-{label}", gateway.namespace).args(),
            spec=tls_origination(host, ports, expected),
            opts=opts,
        )

    return [
        serving_certificate(f"{name}-serving", ["gateway.invalid"], gateway, opts),
        rule("interceptor", f"{PROXY}.{KEDA_NAMESPACE}.{DOMAIN}", {TLS_PORT: {}}, PROXY_NAMES[0]),
        *(
            rule(tenant, f"*.{namespace_of(tenant)}.{DOMAIN}", _ports(spec), server_name(namespace_of(tenant)))
            for tenant, spec in tenants.items()
        ),
    ]


def _ports(tenant: GatewayTenantSpec) -> dict[int, Mapping[str, Any]]:
    """Returns the ports of a tenant's Services that are called by TLS, with their other settings."""
    ports: dict[int, Mapping[str, Any]] = {SERVICE_TLS_PORT: {}}
    return ports | {POOL_PORT: {}, PICKER_PORT: PICKER_CALLS} if tenant.endpoint_picker else ports
