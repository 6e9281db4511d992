"""The choices a platform team makes, in the words of the field."""

from enum import Enum


class Profile(Enum):
    """Workload profile: what runs on a node pool. It decides taints, labels, disk and scale-down."""

    SYSTEM = "system"
    TRAINING = "training"
    BATCH = "batch"
    INFERENCE_CPU = "inference-cpu"
    INFERENCE_GPU = "inference-gpu"


class Capacity(Enum):
    """How machines are bought."""

    SPOT = "spot"
    ON_DEMAND = "on-demand"


class Egress(Enum):
    """The way out of a site's network. `none` leaves only the private endpoints."""

    NONE = "none"
    NAT_SINGLE = "nat-single"
    NAT_PER_ZONE = "nat-per-zone"


class Purpose(Enum):
    """What a vault holds. It decides the lifecycle tiers."""

    DATASETS = "datasets"
    CHECKPOINTS = "checkpoints"
    MODELS = "models"
    ARTIFACTS = "artifacts"
