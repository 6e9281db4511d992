"""What a tenant's pods that no queue holds back request on a site, at most. Pure."""

from falaj.components.core.serving.endpoint_picker import picker_requests
from falaj.components.core.tenancy.queue_specs import PodTotals
from falaj.components.core.training.tracking import POD_LIMITS
from falaj.components.settings.tenants import TenantWork
from falaj.components.settings.workloads import ServingSettings

COPY_GIB = 1
"""Memory limit of the init container that copies a model, in GiB."""


def unqueued_pods(tenant: TenantWork, site: str) -> PodTotals:
    """Returns the limits of all replicas of the served models and of their endpoint pickers, with one more each during
    a rollout, and of the tracking server."""
    servings = [serving for _, at, serving in tenant.servings() if at == site]
    totals = [_replicas(serving) for serving in servings]
    totals += [_pickers(serving) for serving in servings]
    if tenant.tracking is not None and tenant.tracking.site == site:
        totals.append(POD_LIMITS)
    return PodTotals(
        cpu=sum(total.cpu for total in totals),
        memory_gib=sum(total.memory_gib for total in totals),
        gpus=sum(total.gpus for total in totals),
    )


def _pickers(serving: ServingSettings) -> PodTotals:
    cpu, memory_gib = picker_requests(serving.routing)
    return PodTotals(cpu=2 * cpu, memory_gib=2 * memory_gib)


def _replicas(serving: ServingSettings) -> PodTotals:
    count = (serving.max + 1) * serving.nodes
    is_shared = serving.gpu is not None and (serving.gpu.mig_profile is not None or serving.gpu.time_sliced)
    return PodTotals(
        cpu=count * serving.pod_cpu,
        memory_gib=count * max(serving.pod_memory_gib, COPY_GIB),
        gpus=count * serving.gpu.count if serving.gpu and not is_shared else 0,
    )
