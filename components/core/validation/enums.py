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
    SPOT_FIRST = "spot-first"
    """Spot while there is some, on-demand otherwise: only Karpenter can choose node by node."""
    RESERVED = "reserved"
    """An on-demand capacity reservation of AWS that is paid for whether used or not."""
    CAPACITY_BLOCK = "capacity-block"
    """GPUs of AWS that are bought for some days in advance."""


class Egress(Enum):
    """The way out of a site's network. `none` leaves only the private endpoints."""

    NONE = "none"
    NAT_SINGLE = "nat-single"
    NAT_PER_ZONE = "nat-per-zone"
    FIREWALL = "firewall"
    """Everything that leaves is routed to a firewall of yours (Azure)."""


class NodeAutoscaler(Enum):
    """Who adds and removes nodes, besides those of profile `system`, which are a managed group everywhere."""

    KARPENTER = "karpenter"
    """Chooses machines for the pods that wait. Karpenter of our own on AWS, node auto-provisioning on Azure."""
    CLUSTER_AUTOSCALER = "cluster-autoscaler"
    """Changes the size of groups of one kind of machine each: EKS managed node groups, AKS agent pools."""


class Purpose(Enum):
    """What a vault holds. It decides the lifecycle tiers."""

    DATASETS = "datasets"
    CHECKPOINTS = "checkpoints"
    MODELS = "models"
    ARTIFACTS = "artifacts"


class BudgetAction(Enum):
    """What can no longer be started once a budget is spent."""

    GPU_MACHINES = "gpu-machines"
    """Machines with an accelerator: services on processors still scale."""
    NOT_PROD = "not-prod"
    """Machines that are not tagged `environment: prod` when they start."""
    EVERY_MACHINE = "every-machine"
    """Any machine. Nodes that fail or are reclaimed are then not replaced."""
