"""The tenant of Microsoft Entra in which a service account of a cluster, or a controller for an object, signs in.

Fields by external-secrets/external-secrets cc5bfbc22 (azurekv.tenantId, ACRAccessToken),
Azure/secrets-store-csi-driver-provider-azure d5f7cf5b pkg/provider/types/parameters.go (parameters.tenantID, and
tenantId before), kubernetes-sigs/blob-csi-driver 0744a60b (AzureStorageSPNTenantID of a class or a volume),
kedacore/keda 8b4f083c (identityTenantId), cert-manager 2d0d7f7f (azureDNS.tenantID) and Azure/azure-workload-identity
04d01a2f; read 2026-11-29.
"""

from collections.abc import Collection, Iterator

from ..engine.families import identity_rule
from ..engine.kubernetes_lists import expand_list
from ..engine.reading import Resource, leaves
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import objects
from .azure_tenants import TENANT

_ANNOTATION = "azure.workload.identity/tenant-id"
"""Tenant of the application; without it, that of the cluster (Azure/azure-workload-identity 04d01a2, "Service
account labels and annotations", read 2026-11-28)."""

_OF_OBJECTS = (
    "kubernetes:external-secrets.io/", "kubernetes:generators.external-secrets.io/",
    "kubernetes:secrets-store.csi.x-k8s.io/", "kubernetes:keda.sh/", "kubernetes:cert-manager.io/",
    "kubernetes:storage.k8s.io/", "kubernetes:core/v1:PersistentVolume",
)  # fmt: skip
"""Types of objects that name the tenant in which their controller signs in."""


def _check_objects(resource: Resource, listed: Collection[str]) -> Iterator[Outcome]:
    settings = (found for root in ("spec", "parameters") for found in leaves(resource.props.get(root), root))
    for path, key, value in settings:
        tenant = str(value).strip().lower() if key.lower().endswith("tenantid") else ""
        if TENANT.fullmatch(tenant):
            text = f"{path} is tenant {tenant}, which is not listed"
            yield passed() if tenant in listed else failed(text, path)


def _check_accounts(trusted: Collection[str]) -> Predicate:
    listed = {item.lower() for item in trusted}
    has_own = any(map(TENANT.fullmatch, listed))

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for item in expand_list(resource) if has_own else ():
            yield from _check_objects(item, listed) if item.type.startswith(_OF_OBJECTS) else ()
        for account in objects(resource, "ServiceAccount"):
            annotations = account.child("metadata").child("annotations")
            tenant, path = str(annotations.get(_ANNOTATION)).lower(), annotations.path_to(_ANNOTATION)
            is_stranger = TENANT.fullmatch(tenant) is not None and tenant not in listed
            yield failed(f"{path} is tenant {tenant}, which is not listed", path) if is_stranger else passed()

    return predicate


def workload_tenant_guardrail(trusted: Collection[str]) -> Guardrail:
    """Returns the guardrail; `trusted` are the tenants that the settings list among accounts and organisations."""
    return identity_rule(
        312, Severity.CRITICAL, "Service accounts sign in to the tenant of the cluster, or to one that is listed",
        "with an identity of another tenant, a pod writes what it reads into the accounts of that tenant",
        "Remove the annotation, or list the tenant with its owner under identity.trusted in enforcement.yaml",
        predicate=_check_accounts(trusted), types=("kubernetes:core/v1:", *_OF_OBJECTS),
    )  # fmt: skip
