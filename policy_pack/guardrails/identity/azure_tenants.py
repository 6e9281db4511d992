"""Other tenants of Microsoft Entra get access to data only if the settings list them.

The rule applies as soon as a tenant is known to be one's own: the provider states it (`tenantId`), or the settings list
one under `identity.trusted`. Storage, "Grant access from Azure resource instances"; Data Explorer, "Allow cross-tenant
queries and commands" (dataexplorer-docs at 10e1dd7b, read 2026-11-27): without a list, a cluster lets identities of
every tenant sign in; an empty list is its own tenant.
"""

import re
from collections.abc import Collection, Iterator

from ..engine.conditions import is_filled
from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, leaves, one_or_many, walk
from ..engine.rows import Guardrail, Predicate, Severity, azure
from ..engine.verdicts import Outcome, failed, passed, undetermined

TENANT = lazy_regex(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
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
_ADDRESS = lazy_regex(
    rf"https?://(?:login\.microsoftonline\.com|sts\.windows\.net)/(?P<tenant>{TENANT.pattern})(?:/.*)?", re.IGNORECASE
)
"""Address of a tenant's sign-in or issuer, whatever the property: servers of a VPN name the tenant so (copies of
Microsoft Learn, "Configure an Azure AD tenant for P2S OpenVPN protocol connections", Tenant and Issuer, read
2026-11-29)."""


_MEMBER = lazy_regex(rf"(?:app|obj):{TENANT.pattern}@(?P<tenant>{TENANT.pattern})", re.IGNORECASE)
"""Application or group of a tenant among administrators (MicrosoftDocs/azure-docs 0203f468, "Add a service principal to
the server administrator role", `app:{client}@{tenant}`, read 2026-11-29; `obj:{group}@{tenant}`, 02a8095 articles/
analysis-services/analysis-services-server-admins.md, read 2026-11-30)."""
_SHARED_KEYS = lazy_regex(r"\w*federated(?:identity)?clientid|delegatedidentityclientid|crosstenantcmkapplicationid")
"""Names, in lower case, of applications by which data is encrypted with a key of another tenant, in every type
(MicrosoftDocs/azure-docs, "Configure cross-tenant customer-managed keys for a new storage account", and the references
of Compute, NetApp and Kusto for .NET and JavaScript, read 2026-11-30): its owner withdraws the key, or reads
what it unlocks."""
_CLEARED = "none"
"""Value that takes such an application away (SDK of pulumi-azure-native 3.29.0, compute:DiskEncryptionSet)."""
_IDENTITY, _FEDERATED = "defaultIdentity", lazy_regex(r"FederatedClientId\s*=\s*\w", re.IGNORECASE)
"""The same in the default identity of a Cosmos DB account: `UserAssignedIdentity=...&FederatedClientId=...` (Microsoft
Learn, "Configure cross-tenant customer-managed keys for your Azure Cosmos DB account", an excerpt, read 2026-11-29)."""


def _shared_keys(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each application by which a key of another tenant is used."""
    for path, key, value in leaves(resource.props):
        is_named = _SHARED_KEYS.fullmatch(key.lower()) is not None
        if is_named and value is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
            continue
        is_set = is_named and is_filled(value) and str(value).strip().lower() != _CLEARED
        if is_set or (key == _IDENTITY and _FEDERATED.search(str(value))):
            yield failed(f"{path} lets a key of another tenant encrypt the data: it must not be set", path)


def _tenants(resource: Resource) -> Iterator[tuple[str, Plain]]:
    if path := _PATHS.get(resource.type):
        for found, value in walk(resource.props, path):
            yield from ((found, item) for item in one_or_many(value))
    for found, key, value in leaves(resource.props):
        text = value.strip() if isinstance(value, str) else ""
        if key.lower().endswith(_KEYS) and TENANT.fullmatch(text.lower()):
            yield found, text
        elif named := _ADDRESS.fullmatch(text) or _MEMBER.fullmatch(text):
            yield found, named["tenant"]


def _check_tenants(trusted: Collection[str]) -> Predicate:
    listed = {item.lower() for item in trusted if TENANT.fullmatch(item.lower())}

    def predicate(resource: Resource) -> Iterator[Outcome]:
        stated = str(resource.provider.get("tenantId") if resource.provider else "").lower()
        known = listed | ({stated} if TENANT.fullmatch(stated) else set())
        absent = _OPEN_BY_DEFAULT.get(resource.type, "")
        if absent and resource.get(absent) is MISSING:
            yield failed(f"{absent} is not set, which gives access to every tenant", absent)
            return
        yield from _shared_keys(resource)
        for path, value in _tenants(resource):
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
                      "Remove the tenant, or list it with its owner under identity.trusted in enforcement.yaml; set "
                      "trusted_external_tenants of a Data Explorer cluster, empty for its own tenant only",
                      predicate=_check_tenants(trusted), types=("azure-native:",)),
    )  # fmt: skip
