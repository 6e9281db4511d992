"""The tenant of Microsoft Entra in which a service account of a cluster signs in."""

from collections.abc import Collection, Iterator

from ..engine.families import identity_rule
from ..engine.reading import Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import objects
from .azure_tenants import TENANT

_ANNOTATION = "azure.workload.identity/tenant-id"
"""Tenant of the application; without it, that of the cluster (Azure/azure-workload-identity 04d01a2, "Service
account labels and annotations", read 2026-11-28)."""


def _check_accounts(trusted: Collection[str]) -> Predicate:
    listed = {item.lower() for item in trusted}

    def predicate(resource: Resource) -> Iterator[Outcome]:
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
        predicate=_check_accounts(trusted), types=("kubernetes:core/v1:",),
    )  # fmt: skip
