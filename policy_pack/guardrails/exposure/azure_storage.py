"""Stores of Azure that let nobody in but whom the program lists.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it).
"""

from collections.abc import Collection, Iterator

from ..engine.conditions import FALSE, NEVER, NOT_TRUE, none_of, one_of
from ..engine.families import exposure_rule
from ..engine.reading import MISSING, UNKNOWN, Resource, walk
from ..engine.rows import Check, Guardrail, Predicate, Severity, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from .azure import DISABLED_OR_PERIMETER

_DENIED = one_of("Deny")
STORAGE_ROWS = (
    Check(azure("storage:StorageAccount"), "allowBlobPublicAccess", FALSE),
    Check(azure("storage:StorageAccount"), "isSftpEnabled", NOT_TRUE),
    Check(azure("storage:BlobContainer"), "publicAccess", none_of("Blob", "Container")),
    Check(azure("storage:StorageAccountStaticWebsite"), "", NEVER),
    Check(azure("containerregistry:Registry"), "anonymousPullEnabled", NOT_TRUE),
    Check(azure("compute:Disk", "compute:Snapshot"), "networkAccessPolicy", one_of("DenyAll", "AllowPrivate")),
    Check(azure("machinelearningservices:Workspace"), "allowPublicAccessWhenBehindVnet", NOT_TRUE),
    Check(azure("webpubsub:WebPubSubHub"), "properties.anonymousConnectPolicy", none_of("allow")),
    Check(azure("storagesync:StorageSyncService"), "incomingTrafficPolicy", one_of("AllowVirtualNetworksOnly")),
)

_NESTED_PATHS = ("properties.publicNetworkAccess", "properties.networkAcls.defaultAction")
_ACCESS_PATHS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(azure("storage:StorageAccount"), ("publicNetworkAccess", "networkRuleSet.defaultAction")),
    **dict.fromkeys(azure("keyvault:Vault", "keyvault:ManagedHsm", "cognitiveservices:Account"), _NESTED_PATHS),
}
"""Type -> path of public network access, and path of the default action for callers that no rule lists."""


def _check_default_action(resource: Resource) -> Iterator[Outcome]:
    """Checks that callers which no rule lists are denied. This always passes if public network access is disabled."""
    if resource.type not in _ACCESS_PATHS:
        return
    access_path, action_path = _ACCESS_PATHS[resource.type]
    is_disabled = all(
        DISABLED_OR_PERIMETER.judge(value) is Verdict.PASS for _, value in walk(resource.props, access_path)
    )
    for path, value in walk(resource.props, action_path):
        verdict = _DENIED.judge(value)
        if verdict is Verdict.PASS or (is_disabled and value is MISSING):
            yield passed()
        elif verdict is Verdict.FAIL:
            yield failed(f"{path} {_DENIED.requirement}", path)
        else:
            yield undetermined(f"{path} {_DENIED.requirement}, and this is not known before deployment", path)


def _check_tenants(resource: Resource, trusted: Collection[str]) -> Iterator[Outcome]:
    """Checks that the resources which a storage account lets in are of the tenant that the provider states, or of one
    that the settings list."""
    own = resource.provider.get("tenantId") if resource.provider is not None else MISSING
    for path, tenant in walk(resource.props, "networkRuleSet?.resourceAccessRules[*].tenantId"):
        if tenant is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
        elif (own is MISSING or tenant != own) and str(tenant).lower() not in trusted:
            yield failed(f"{path} is not the tenantId of the provider, and is not listed", path)
        else:
            yield passed()


def _check_callers(trusted: Collection[str]) -> Predicate:
    listed = frozenset(name.lower() for name in trusted)

    def predicate(resource: Resource) -> Iterator[Outcome]:
        yield from _check_default_action(resource)
        yield from _check_tenants(resource, listed)

    return predicate


def storage_guardrail(trusted: Collection[str]) -> Guardrail:
    """Returns the guardrail; `trusted` are the tenants that the settings list among accounts and organisations."""
    return exposure_rule(
        202,
        Severity.CRITICAL,
        "Azure storage, vaults, registries and disks deny access by default",
        "anonymous access exposes data after a single misconfiguration",
        "Set the property in the message: no anonymous access, default_action Deny, and private endpoints instead of "
        "resource_access_rules of other tenants. List your own tenant under identity.trusted in enforcement.yaml",
        checks=STORAGE_ROWS,
        predicate=_check_callers(trusted),
        types=tuple(_ACCESS_PATHS),
    )
