"""The checks of a site on Azure."""

from collections.abc import Callable, Iterable, Sequence

from falaj.preflight.azure import addresses, local_disks, machines, services, subscription
from falaj.preflight.azure.context import AzureContext
from falaj.preflight.checks import AccountCheck
from falaj.preflight.needs import AzureNeeds
from falaj.preflight.rows import PreflightRow

_CHECKS: Sequence[tuple[str, Callable[[AzureContext], Iterable[PreflightRow]]]] = (
    ("subscription", subscription.subscription),
    ("region", subscription.region),
    ("resource providers", subscription.providers),
    ("features", subscription.features),
    ("policies", subscription.policies),
    ("machine types", machines.machine_types),
    ("OS disks", local_disks.os_disks),
    ("vCPU quotas", machines.vcpu_quotas),
    ("public IP addresses", addresses.public_addresses),
    ("Kubernetes version", services.kubernetes_version),
    ("Network Watcher", services.network_watcher),
    ("soft-deleted key vaults", services.deleted_vaults),
    ("reach of the API server", services.reach),
)


def azure_checks(context: AzureContext, needs: AzureNeeds) -> list[AccountCheck]:
    """Returns all checks of a site. `needs`: operations of a deployment, asked for when a check runs."""
    checks = [AccountCheck(context.name, subject, lambda run=run: run(context)) for subject, run in _CHECKS]
    return [*checks, AccountCheck(context.name, "permissions", lambda: subscription.permissions(context, needs()))]
