"""Node labels, taints and disk defaults of each workload profile."""

from dataclasses import dataclass

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.labels import CAPACITY_LABEL, POOL_LABEL, PROFILE_LABEL, TENANT_LABEL


@dataclass(frozen=True)
class Taint:
    """A Kubernetes taint; `effect` is in Kubernetes' spelling (`NoSchedule`)."""

    key: str
    value: str
    effect: str = "NoSchedule"

    def __str__(self) -> str:
        return f"{self.key}={self.value}:{self.effect}"


@dataclass(frozen=True)
class ProfileTraits:
    """Defaults of a profile: root disk (size in GiB, throughput in MB/s, IOPS) and node taints."""

    disk_gib: int
    disk_throughput_mbps: int
    disk_iops: int
    taints: tuple[Taint, ...]


GPU_TAINT = Taint("nvidia.com/gpu", "true")

AKS_SPOT_LABEL = "kubernetes.azure.com/scalesetpriority"
AKS_SPOT_TAINT = Taint(AKS_SPOT_LABEL, "spot")
"""AKS sets this taint on spot nodes, and the label with the value `spot` (AKS, spot node pools)."""

TRAITS: dict[Profile, ProfileTraits] = {
    Profile.SYSTEM: ProfileTraits(64, 125, 3000, (Taint("CriticalAddonsOnly", "true"),)),
    # Training images and scratch checkpoints are large and read once at start: throughput matters more than IOPS.
    Profile.TRAINING: ProfileTraits(300, 500, 3000, (Taint(PROFILE_LABEL, "training"),)),
    # Only work that Kueue has admitted tolerates it: otherwise any pod of a tenant could run there beside the queue.
    Profile.BATCH: ProfileTraits(128, 250, 3000, (Taint(PROFILE_LABEL, "batch"),)),
    Profile.INFERENCE_CPU: ProfileTraits(100, 250, 3000, ()),
    # Model images are pulled at each scale-up, so disk throughput is part of the cold start.
    Profile.INFERENCE_GPU: ProfileTraits(200, 500, 4000, (Taint(PROFILE_LABEL, "inference-gpu"),)),
}


def labels(profile: Profile, pool: str, capacity: Capacity, tenant: str | None = None) -> dict[str, str]:
    """Returns the node labels that workloads, quotas and cost reports use, with `tenant` if the pool is reserved for
    one."""
    pool_labels = {PROFILE_LABEL: profile.value, POOL_LABEL: pool, CAPACITY_LABEL: capacity.value}
    return pool_labels if tenant is None else pool_labels | {TENANT_LABEL: tenant}


def taints(profile: Profile, gpus: float, tenant: str | None = None) -> tuple[Taint, ...]:
    """Returns the taints of the profile, with the GPU taint for machines that have GPUs, and that of `tenant` if the
    pool is reserved for one. Pods of a tenant tolerate its taint, and are not allowed to tolerate another's."""
    of_gpus = (GPU_TAINT,) if gpus > 0 else ()
    of_tenant = () if tenant is None else (Taint(TENANT_LABEL, tenant),)
    return (*TRAITS[profile].taints, *of_gpus, *of_tenant)
