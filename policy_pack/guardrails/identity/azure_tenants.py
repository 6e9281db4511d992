"""Other tenants of Microsoft Entra get access to data only if the settings list them.

The rule applies as soon as a tenant is known to be one's own: the provider states it (`tenantId`), or the settings list
one under `identity.trusted`. Storage, "Grant access from Azure resource instances"; Data Explorer, "Allow cross-tenant
queries and commands" (read 2026-11-27).
"""

import re
from collections.abc import Collection, Iterator

from ..engine.families import identity_rule
from ..engine.reading import Resource, walk
from ..engine.rows import Guardrail, Predicate, Severity, azure
from ..engine.verdicts import Outcome, failed, passed

TENANT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PATHS = {
    **dict.fromkeys(azure("storage:StorageAccount"), "networkRuleSet?.resourceAccessRules[*].tenantId"),
    **dict.fromkeys(azure("kusto:ClusterPrincipalAssignment", "kusto:DatabasePrincipalAssignment"), "tenantId"),
    **dict.fromkeys(azure("kusto:Cluster"), "trustedExternalTenants[*].value"),
}
"""Type -> path of the tenant that gets access."""
_EVERY_TENANT = "*"


def _check_tenants(trusted: Collection[str]) -> Predicate:
    listed = {item.lower() for item in trusted if TENANT.fullmatch(item.lower())}

    def predicate(resource: Resource) -> Iterator[Outcome]:
        stated = str(resource.provider.get("tenantId") if resource.provider else "").lower()
        known = listed | ({stated} if TENANT.fullmatch(stated) else set())
        for path, value in walk(resource.props, _PATHS[resource.type]):
            tenant = str(value).lower()
            is_stranger = bool(known) and TENANT.fullmatch(tenant) is not None and tenant not in known
            if tenant == _EVERY_TENANT or is_stranger:
                yield failed(f"{path} gives access to tenant {value}, which is not listed", path)
            else:
                yield passed()

    return predicate


def tenant_guardrails(trusted: Collection[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrail; `trusted` are the tenants that the settings list among accounts and organisations."""
    return (
        identity_rule(211, Severity.HIGH, "Other tenants of Azure that get access to data are listed",
                      "another tenant decides by itself who in it uses the access",
                      "Remove the tenant, or list it with its owner under identity.trusted in enforcement.yaml",
                      predicate=_check_tenants(trusted), types=tuple(_PATHS)),
    )  # fmt: skip
