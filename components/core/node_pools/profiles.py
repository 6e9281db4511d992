"""What a workload profile means for the machines of a node pool."""

from dataclasses import dataclass

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.labels import CAPACITY_LABEL, POOL_LABEL, PROFILE_LABEL, TENANT_LABEL


@dataclass(frozen=True)
class Taint:
    """A Kubernetes taint; `effect` in Kubernetes' own spelling (`NoSchedule`)."""

    key: str
    value: str
    effect: str = "NoSchedule"

    def __str__(self) -> str:
        return f"{self.key}={self.value}:{self.effect}"


@dataclass(frozen=True)
class ProfileTraits:
    """Defaults of a profile: root disk (GiB, MB/s, operations a second) and the taints that keep others away."""

    disk_gib: int
    disk_throughput_mbps: int
    disk_iops: int
    taints: tuple[Taint, ...]


GPU_TAINT = Taint("nvidia.com/gpu", "true")

AKS_SPOT_LABEL = "kubernetes.azure.com/scalesetpriority"
AKS_SPOT_TAINT = Taint(AKS_SPOT_LABEL, "spot")
"""AKS puts both on spot nodes by itself, the label with the value `spot` (AKS, spot node pools)."""

TRAITS: dict[Profile, ProfileTraits] = {
    Profile.SYSTEM: ProfileTraits(64, 125, 3000, (Taint("CriticalAddonsOnly", "true"),)),
    # Training images and scratch checkpoints are large and read once at start: throughput before operations.
    Profile.TRAINING: ProfileTraits(300, 500, 3000, (Taint(PROFILE_LABEL, "training"),)),
    Profile.BATCH: ProfileTraits(128, 250, 3000, ()),
    Profile.INFERENCE_CPU: ProfileTraits(100, 250, 3000, ()),
    # Model images are pulled on each scale-up: the disk's throughput is part of the cold start.
    Profile.INFERENCE_GPU: ProfileTraits(200, 500, 4000, (Taint(PROFILE_LABEL, "inference-gpu"),)),
}


def labels(profile: Profile, pool: str, capacity: Capacity, tenant: str | None = None) -> dict[str, str]:
    """Node labels that workloads, quotas and cost reports select on; the tenant's where the pool is one tenant's."""
    own = {PROFILE_LABEL: profile.value, POOL_LABEL: pool, CAPACITY_LABEL: capacity.value}
    return own if tenant is None else own | {TENANT_LABEL: tenant}


def taints(profile: Profile, gpus: float) -> tuple[Taint, ...]:
    """The profile's taints, and the GPU taint on every machine that has one."""
    own = TRAITS[profile].taints
    return (*own, GPU_TAINT) if gpus > 0 else own
