"""Other tenants of Microsoft Entra get access to data only if the settings list them.

The rule applies as soon as a tenant is known to be one's own: the provider states it (`tenantId`), or the settings list
one under `identity.trusted`. Storage, "Grant access from Azure resource instances"; Data Explorer, "Allow cross-tenant
queries and commands" (dataexplorer-docs at 10e1dd7b, read 2026-11-27): without a list, a cluster lets identities of
every tenant sign in; an empty list is its own tenant.
"""

import re
from collections.abc import Collection, Iterator

from ..engine.conditions import ABSENT
from ..engine.families import identity_rule
from ..engine.reading import MISSING, Plain, Resource, leaves, walk
from ..engine.rows import Check, Guardrail, Predicate, Severity, azure
from ..engine.verdicts import Outcome, failed, passed

TENANT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PATHS = {
    **dict.fromkeys(azure("storage:StorageAccount"), "networkRuleSet?.resourceAccessRules[*].tenantId"),
    **dict.fromkeys(azure("kusto:ClusterPrincipalAssignment", "kusto:DatabasePrincipalAssignment"), "tenantId"),
    **dict.fromkeys(azure("kusto:Cluster"), "trustedExternalTenants[*].value"),
    **dict.fromkeys(azure("synapse:Workspace"), "managedVirtualNetworkSettings?.allowedAadTenantIdsForLinking?"),
}
"""Type -> path of the tenant that gets access."""
_EVERY_TENANT = "*"
_OPEN_BY_DEFAULT = dict.fromkeys(azure("kusto:Cluster"), "trustedExternalTenants")
"""Type -> property whose absence gives every tenant access."""


_KEYS = ("tenantid", "tenantids", "tenant", "tenants")
"""Ends of the names of all properties with a tenant, in lower case: those of administrators, sign-in and vaults."""
_ADDRESS = re.compile(
    rf"https?://(?:login\.microsoftonline\.com|sts\.windows\.net)/(?P<tenant>{TENANT.pattern})(?:/.*)?", re.IGNORECASE
)
"""Address of a tenant's sign-in or issuer, whatever the property: servers of a VPN name the tenant so (Microsoft Learn,
"Configure a point-to-site User VPN connection, Microsoft Entra ID authentication", as known on 2026-11-28)."""


def _tenants(resource: Resource) -> Iterator[tuple[str, Plain]]:
    if path := _PATHS.get(resource.type):
        for found, value in walk(resource.props, path):
            yield from ((found, item) for item in (value if isinstance(value, list) else [value]))
    for found, key, value in leaves(resource.props):
        text = value.strip() if isinstance(value, str) else ""
        if key.lower().endswith(_KEYS) and TENANT.fullmatch(text.lower()):
            yield found, text
        elif address := _ADDRESS.fullmatch(text):
            yield found, address["tenant"]


def _check_tenants(trusted: Collection[str]) -> Predicate:
    listed = {item.lower() for item in trusted if TENANT.fullmatch(item.lower())}

    def predicate(resource: Resource) -> Iterator[Outcome]:
        stated = str(resource.provider.get("tenantId") if resource.provider else "").lower()
        known = listed | ({stated} if TENANT.fullmatch(stated) else set())
        absent = _OPEN_BY_DEFAULT.get(resource.type, "")
        if absent and resource.get(absent) is MISSING:
            yield failed(f"{absent} is not set, which gives access to every tenant", absent)
            return
        for path, value in _tenants(resource):
            tenant = str(value).lower()
            is_stranger = bool(known) and TENANT.fullmatch(tenant) is not None and tenant not in known
            if tenant == _EVERY_TENANT or is_stranger:
                yield failed(f"{path} gives access to tenant {value}, which is not listed", path)
            else:
                yield passed()

    return predicate


_APPLICATION_ROWS = (
    Check(
        azure("storage:StorageAccount"), "encryption?.encryptionIdentity?.encryptionFederatedIdentityClientId", ABSENT
    ),
    Check(azure("sql:Database", "sql:Server", "compute:DiskEncryptionSet"), "federatedClientId", ABSENT),
    Check(
        azure("maps:Account", "onlineexperimentation:OnlineExperimentationWorkspace"),
        "properties?.encryption?.customerManagedKeyEncryption?.keyEncryptionKeyIdentity?.federatedClientId",
        ABSENT,
    ),
)
"""Applications by which data is encrypted with a key of another tenant (Microsoft Learn, "Configure cross-tenant
customer-managed keys", as known on 2026-11-28): its owner withdraws the key, or reads what it unlocks."""


def tenant_guardrails(trusted: Collection[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrail; `trusted` are the tenants that the settings list among accounts and organisations."""
    return (
        identity_rule(211, Severity.HIGH, "Other tenants of Azure that get access to data are listed",
                      "another tenant decides by itself who in it uses the access",
                      "Remove the tenant, or list it with its owner under identity.trusted in enforcement.yaml; set "
                      "trusted_external_tenants of a Data Explorer cluster, empty for its own tenant only",
                      checks=_APPLICATION_ROWS, predicate=_check_tenants(trusted), types=("azure-native:",)),
    )  # fmt: skip
