"""What a stack says about a cluster that is there already."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from falaj.components.core.money.budget_spec import BudgetSpec
from falaj.components.core.network.blocks import Block
from falaj.components.core.node_pools.spec import NodePoolName, NodePoolSpec
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.storage.stores import Bucket, StoreAddress
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.enums import NodeAutoscaler, Profile, Purpose
from falaj.components.core.validation.names import Label, TenantName
from falaj.components.core.validation.regions import UaeRegion
from falaj.components.settings.workloads import ClusterSettings

PLACE = "onprem"

MachineName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,30}[a-z0-9]$")]


class ConnectionSettings(Spec):
    """How the cluster is reached: by one named context of one kubeconfig, and nowhere else."""

    servers: Annotated[
        list[Annotated[str, StringConstraints(pattern=r"^https://[A-Za-z0-9.:\[\]-]+$")]], Field(min_length=1)
    ]
    """Addresses of API servers, `https://host:6443`, that this site may be; the guardrails' own list names them too
    (`kubernetes.allowed_clusters` in enforcement.yaml)."""
    context: Annotated[str, Field(min_length=1)]
    """Context of the kubeconfig; its current one is never taken."""
    kubeconfig_path: str | None = None
    """File that has the kubeconfig, on the machine that deploys."""
    kubeconfig_secret: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")] | None = None
    """Name of the secret that has it instead: `pulumi config set --secret falaj:NAME`."""


class FixedPoolSettings(Spec):
    """A pool of nodes that are there already."""

    profile: Profile
    """What runs here; decides taints and labels."""
    machine: MachineName
    """What each of its nodes is: a key of `machines`."""
    nodes: Annotated[list[str], Field(min_length=1, max_length=1000)]
    """Names of its nodes, as `kubectl get nodes` has them."""
    tenant: TenantName | None = None
    """The tenant that the pool is for; shared by all if absent."""


class OwnMachineSettings(Spec):
    """A kind of machine of your own and what one of it costs, without VAT."""

    vcpu: Annotated[int, Field(ge=1)]
    """Processors, as the operating system counts them."""
    memory_gib: Annotated[Decimal, Field(gt=0)]
    """Memory in GiB."""
    gpus: Annotated[int, Field(ge=0)] = 0
    """GPUs."""
    purchase_aed: Annotated[Decimal, Field(ge=0)]
    """Dirhams paid for it, with its share of rack, network and storage."""
    years: Annotated[Decimal, Field(gt=0, le=15)]
    """Years over which that is written off."""
    kilowatts: Annotated[Decimal, Field(gt=0, le=200)]
    """Power that it draws on average, measured; not what its plate says."""
    staff_aed_per_year: Annotated[Decimal, Field(ge=0)]
    """Its share, in dirhams a year, of what the people who run the cluster cost."""


class EnergySettings(Spec):
    """Electricity of the machine room."""

    aed_per_kwh: Annotated[Decimal, Field(gt=0, le=10)]
    """Dirhams for a kilowatt-hour, surcharges included, as the bill says."""
    pue: Annotated[Decimal, Field(ge=1, le=4)]
    """Power of the whole room by that of its machines."""


class StoreSettings(Spec):
    """A store that speaks S3, inside the country."""

    endpoint: StoreAddress
    """Its address, `https://...`."""
    buckets: Annotated[dict[Purpose, Bucket], Field(min_length=1)]
    """Bucket by the purpose of the vault."""
    secret: Label = "vault-access"  # noqa: S105 - its name
    """Secret in each tenant's namespace that lets its pods in, with the keys `AWS_ACCESS_KEY_ID` and
    `AWS_SECRET_ACCESS_KEY`: kept there by whoever runs the store."""


class BurstSettings(Spec):
    """Machines of a cloud that join this cluster when its own are full. Whoever runs it has the autoscaler that makes
    them there, with the labels and taints of their pool; queues are told of them here, and try them last."""

    region: UaeRegion
    """Region of that cloud, in the UAE."""
    node_autoscaler: NodeAutoscaler
    """`karpenter` or `cluster-autoscaler`: it decides by which label a machine says how it was bought."""
    pools: Annotated[dict[NodePoolName, NodePoolSpec], Field(min_length=1)]
    """Pools by name, of profile `training` or `batch`: what is queued bursts, what serves does not."""


class OnPremSettings(Spec):
    """A cluster of your own as a site. Nothing of it is made but labels, taints and annotations of nodes."""

    place: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,30}[a-z0-9]$")] = PLACE
    """What the place is called."""
    connection: ConnectionSettings
    kubernetes_version: KubernetesVersion
    """Kubernetes minor version of the cluster, for example "1.34"."""
    network_cidr: Block
    """IPv4 block in which its nodes and the store are; blocks of sites must not overlap."""
    pools: Annotated[dict[NodePoolName, FixedPoolSettings], Field(min_length=1)]
    """Node pools by name, at least one of profile `system`."""
    machines: Annotated[dict[MachineName, OwnMachineSettings], Field(min_length=1)]
    """Kinds of machines by name."""
    energy: EnergySettings
    storage_classes: dict[Profile, str] = Field(default={})
    """Storage class of the cluster by workload profile."""
    shared_storage_class: str | None = None
    """Storage class whose volumes many nodes mount."""
    store: StoreSettings | None = None
    """Where the vaults are; none if absent."""
    encryption: Annotated[str, StringConstraints(min_length=10)]
    """Who encrypts disks, volumes and buckets at rest, and where the keys are. Declared: none of it is made here."""
    oidc_issuer_url: Annotated[str, StringConstraints(pattern="^https://")] | None = None
    """Issuer of the pods' identity tokens, where others can read it."""
    registry: str | None = None
    """Address of the private registry."""
    image_mirror: str | None = None
    """Where images of others lie, `registry/prefix`, for a cluster without a way out: each under its own path."""
    nat_addresses: list[str] = Field(default=[])
    """Public addresses that the site is seen under."""
    burst: BurstSettings | None = None
    """Machines of a cloud for what the own ones do not hold; none if absent."""
    cluster: ClusterSettings = ClusterSettings()
    """What all tenants of the cluster share."""
    budget: BudgetSpec
    """Money per month: at least what the machines cost whether they work or not."""
