"""Enumerations of settings and component arguments."""

from enum import Enum


class Profile(Enum):
    """Workload profile of a node pool. It determines taints, labels, disk and scale-down."""

    SYSTEM = "system"
    """Components of the cluster itself, such as DNS, controllers and autoscalers."""
    TRAINING = "training"
    """Training runs, usually with GPUs."""
    BATCH = "batch"
    """Jobs without a user waiting, such as evaluation and data preparation."""
    INFERENCE_CPU = "inference-cpu"
    """Inference services on processors."""
    INFERENCE_GPU = "inference-gpu"
    """Inference services on GPUs."""


class Capacity(Enum):
    """Capacity type of machines."""

    SPOT = "spot"
    """Spare capacity at a discount, which the cloud reclaims at short notice."""
    ON_DEMAND = "on-demand"
    """Charged by the second of use, and not reclaimed."""
    SPOT_FIRST = "spot-first"
    """Spot if available, otherwise on-demand. Requires Karpenter, which chooses for each node."""
    RESERVED = "reserved"
    """An on-demand capacity reservation on AWS, charged whether used or not."""
    CAPACITY_BLOCK = "capacity-block"
    """A Capacity Block on AWS: GPU machines purchased in advance for a number of days."""


class TaintEffect(Enum):
    """Effect of a taint, in the spelling of Kubernetes."""

    NO_SCHEDULE = "NoSchedule"
    """Pods that do not tolerate the taint are not scheduled on the node."""
    PREFER_NO_SCHEDULE = "PreferNoSchedule"
    """The scheduler avoids the node for such pods, but may use it."""
    NO_EXECUTE = "NoExecute"
    """Such pods are not scheduled on the node, and are evicted from it."""


class Egress(Enum):
    """Egress of a site's network. `none` allows private endpoints only."""

    NONE = "none"
    """No route to the internet; private endpoints only."""
    NAT_SINGLE = "nat-single"
    """One NAT gateway for all zones."""
    NAT_PER_ZONE = "nat-per-zone"
    """A NAT gateway in each zone, so that no zone depends on another."""
    FIREWALL = "firewall"
    """All egress traffic is routed to your firewall, on AWS through a transit gateway or an existing VPC."""


class Endpoints(Enum):
    """Private endpoints of a network on AWS."""

    FULL = "full"
    """Interface endpoints for keys, credentials, images and logs, each with a policy."""
    MINIMAL = "minimal"
    """The gateway endpoint for S3 only, which is free of charge; the other services are called through NAT."""


class LogType(Enum):
    """Log of an EKS control plane (EKS API reference, LogSetup)."""

    API = "api"
    """Messages of the API server."""
    AUDIT = "audit"
    """Who called the Kubernetes API, when and with which result."""
    AUTHENTICATOR = "authenticator"
    """Authentication of IAM identities, a component that only EKS has."""
    CONTROLLER_MANAGER = "controllerManager"
    """Messages of the control loops that Kubernetes brings."""
    SCHEDULER = "scheduler"
    """Messages of the scheduler, which chooses nodes for pods."""


class NodeAutoscaler(Enum):
    """Autoscaler of node pools, except those of profile `system`, which are always managed node groups."""

    KARPENTER = "karpenter"
    """Chooses machines for pending pods: self-managed Karpenter on AWS, node auto-provisioning on Azure."""
    CLUSTER_AUTOSCALER = "cluster-autoscaler"
    """Resizes node groups: EKS managed node groups, AKS agent pools."""


class SupportType(Enum):
    """What EKS does when a Kubernetes version leaves standard support."""

    STANDARD = "standard"
    """EKS upgrades the control plane by itself."""
    EXTENDED = "extended"
    """The version goes on for up to twelve months, at six times the price of the control plane."""


class SupportPlan(Enum):
    """Support plan of an AKS cluster."""

    OFFICIAL = "official"
    """Support for as long as the Kubernetes project gives it, about one year."""
    LTS = "lts"
    """Long-term support of one more year, with the Premium tier."""


class DeployerType(Enum):
    """Kind of the Entra identity that deploys, in the spelling of Azure's `principalType`."""

    SERVICE_PRINCIPAL = "ServicePrincipal"
    """An app registration or a managed identity, as pipelines have."""
    USER = "User"
    """A person signed in with `az login`."""


class Purpose(Enum):
    """Purpose of a vault. It determines the lifecycle tiers."""

    DATASETS = "datasets"
    """Data that models are trained on."""
    CHECKPOINTS = "checkpoints"
    """Interim states of training runs, from which interrupted runs continue."""
    MODELS = "models"
    """Trained models that are served."""
    ARTIFACTS = "artifacts"
    """Other results, such as metrics and evaluation reports."""


class AuthenticationMethod(Enum):
    """How a gateway authenticates requests."""

    JWT = "jwt"
    """By a signed token of an issuer (JSON Web Token)."""
    NONE = "none"
    """Not at all."""


class ClusterPart(Enum):
    """Part of a cluster that the platform installs where it is needed, unless the cluster already has it."""

    GATEWAY_API = "gateway-api"
    """CRDs of the Gateway API, standard channel."""
    GATEWAY_CONTROLLER = "gateway-controller"
    """Controller of the gateway's GatewayClass."""
    CERT_MANAGER = "cert-manager"
    """cert-manager with its CRDs."""
    PROMETHEUS_OPERATOR = "prometheus-operator"
    """Prometheus with its operator and CRDs."""
    LOAD_BALANCER_CONTROLLER = "load-balancer-controller"
    """AWS Load Balancer Controller, on EKS."""


class BudgetAction(Enum):
    """Machines that can no longer be started after a budget is spent."""

    GPU_MACHINES = "gpu-machines"
    """Machines with GPUs; CPU services can still scale."""
    NOT_PROD = "not-prod"
    """Machines that are not tagged `environment: prod` when they start."""
    EVERY_MACHINE = "every-machine"
    """Any machine. Nodes that fail or are reclaimed are then not replaced."""
