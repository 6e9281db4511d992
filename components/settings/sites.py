"""What a stack says about each of its sites."""

from typing import Annotated, Literal

from pydantic import Field, IPvAnyAddress, StringConstraints

from falaj.components.core.node_pools.gpu_resources import MIG_SLICES
from falaj.components.core.node_pools.office_hours import Clock
from falaj.components.core.node_pools.pools import GpuPartition, Reservation, SpotPrice
from falaj.components.core.site.versions import KubernetesVersion
from falaj.components.core.validation.enums import Capacity, Egress, NodeAutoscaler, Profile, Purpose, Stops
from falaj.components.settings.money import BudgetSettings
from falaj.components.settings.types import Block, Part, PoolName, TenantName, UaeRegion
from falaj.components.settings.workloads import ClusterSettings
from falaj.facts.calendar import OFFICE_CLOSES, OFFICE_OPENS
from falaj.facts.regions import Cloud


class NetworkSettings(Part):
    """A site's address block and its way out."""

    cidr: Block
    """IPv4 block of the site, /16 to /20; blocks of sites must not overlap."""
    zones: Annotated[int, Field(ge=1, le=3)] = 3
    """Zones that nodes are spread over. A region without zones (uaecentral) takes 1."""
    egress: Egress = Egress.NAT_SINGLE
    """`none` leaves only the private endpoints; `nat-single` is cheaper, `nat-per-zone` survives the loss of a zone;
    `firewall` routes everything to a firewall of yours (Azure)."""
    firewall_address: IPvAnyAddress | None = None
    """Private address of that firewall."""
    image_mirror: str | None = None
    """Where images of others lie, `registry/prefix`, for a site without a way out: each under its own path."""


class SharingSettings(Part):
    """How pods share the GPUs of a pool: either `slices` or `turns`."""

    slices: Annotated[str, StringConstraints(pattern=rf"^({'|'.join(sorted(MIG_SLICES))})$")] | None = None
    """MIG slice that each GPU is split into, such as `1g.12gb`: tenants may be neighbours."""
    turns: Annotated[int, Field(ge=2, le=16)] | None = None
    """Pods that take one GPU in turns. They share its memory and its faults: one tenant's only."""


class PoolSettings(Part):
    """A node pool: machines of one workload profile."""

    profile: Profile
    """What runs here; decides taints, labels and disk."""
    machines: Annotated[list[str], Field(min_length=1)]
    """Machine types, all offered in the region, of one architecture. AWS spot pools take several; Azure one."""
    capacity: Capacity = Capacity.ON_DEMAND
    """`spot` for work that may be interrupted, `on-demand` for the rest."""
    min: Annotated[int, Field(ge=0)] = 0
    """Nodes kept when nothing runs; 0 lets the pool sleep."""
    max: Annotated[int, Field(ge=1, le=1000)]
    """Nodes at most: the first brake on spending."""
    disk_gib: Annotated[int, Field(ge=30, le=16384)] | None = None
    """Root disk in GiB; by the profile if absent."""
    tenant: TenantName | None = None
    """The tenant that the pool is for and whose money it spends; shared by all if absent."""
    sleeps: bool = False
    """Whether it is taken to zero outside office hours (AWS)."""
    zone: str | None = None
    """The only zone of its machines, as the region names it; all of the site's if absent."""
    reservation: Reservation | None = None
    """Id of the capacity reservation, `cr-...`, of capacity `reserved` and `capacity-block` (AWS)."""
    interconnect: bool = False
    """Whether machines stand close together and speak through EFA, for training over several nodes (AWS)."""
    gpu_partition: GpuPartition | None = None
    """MIG profile that each GPU is split into, such as `MIG1g` (Azure: A100, H100 and H200)."""
    sharing: SharingSettings | None = None
    """How GPUs are shared, by NVIDIA's operator; whole ones if absent. Not on pools that Karpenter makes."""
    deallocate: bool = False
    """Whether idle machines are stopped instead of deleted: they are back sooner, and their disks cost (Azure)."""
    spot_max_usd: SpotPrice | None = None
    """Dollars per hour above which a spot machine is given back; never for its price if absent (Azure)."""


class StorageSettings(Part):
    """What a site has besides its vaults."""

    shared_files: bool = False
    """A file system that many nodes mount, for models that are served (EFS, Azure Files)."""
    shared_files_gib: Annotated[int, Field(ge=100, le=102400)] = 1024
    """Size of that share on Azure; AWS's grows by itself."""
    registry: bool = False
    """A private registry of images and models (ECR, ACR Premium)."""
    repositories: tuple[str, ...] = ("workloads", "models")
    """Repositories in that registry (AWS; Azure makes them when something is pushed)."""


class BudgetStopSettings(Part):
    """A brake on the site's budget: nothing that runs is stopped, but what Karpenter starts next."""

    stops: Stops = Stops.GPU_MACHINES
    """`gpu-machines`, `not-prod` or `every-machine`."""
    percent: Annotated[int, Field(ge=1, le=1000)] = 100
    """Percentage of the budget, really spent, at which the brake is proposed."""
    automatic: bool = False
    """Whether it is pulled without asking; else a person approves it in the console of AWS Budgets."""


class AwsSettings(Part):
    """What only sites on AWS have."""

    scratch_gib: Annotated[int, Field(ge=1200)] | None = None
    """Size of a Lustre file system in front of the datasets vault, 1200 or a multiple of 2400; none if absent."""
    backup: bool = False
    """Whether file systems and volumes are backed up daily, inside the country."""
    budget_stop: BudgetStopSettings | None = None
    """The brake on the budget; none if absent."""
    private_access_cidrs: list[Block] = Field(default=[])
    """Private blocks besides the network from which the private API is reached: of your pipeline, or of a VPN."""
    addon_versions: dict[str, str] = Field(default={})
    """Versions of EKS add-ons by name, where the default of the Kubernetes version is not wanted."""


class AzureSettings(Part):
    """What only sites on Azure have."""

    geo_redundant: bool = False
    """Whether vaults are copied to the other region in the country by Azure."""
    hsm: bool = False
    """Whether keys live in hardware modules (Key Vault Premium)."""
    defender: bool = False
    """Microsoft Defender for Containers."""
    azure_policy: bool = False
    """The Azure Policy add-on."""


class OfficeSettings(Part):
    """Hours of working days, in Dubai time, in which what sleeps is awake."""

    opens: Clock = OFFICE_OPENS
    """`HH:MM`."""
    closes: Clock = OFFICE_CLOSES
    """`HH:MM`."""


class Surface(Part):
    """What a site on a cloud offers to work."""

    cloud: Annotated[Cloud, Field(json_schema_extra={"enum": ["aws", "azure"]})]
    """`aws` or `azure`."""
    region: UaeRegion
    """A region of that cloud in the UAE."""
    pools: Annotated[dict[PoolName, PoolSettings], Field(min_length=1)]
    """Node pools by name."""
    vaults: tuple[Purpose, ...] = (Purpose.DATASETS, Purpose.CHECKPOINTS, Purpose.MODELS)
    """Encrypted storage by purpose."""
    cluster: ClusterSettings = ClusterSettings()
    """What all tenants of its cluster share."""
    node_autoscaler: NodeAutoscaler | None = None
    """Who adds nodes: `karpenter` (if absent, on AWS) or `cluster-autoscaler` (if absent, on Azure)."""

    @property
    def autoscaler(self) -> NodeAutoscaler:
        """Who adds nodes, as said or as usual on the cloud."""
        usual = NodeAutoscaler.KARPENTER if self.cloud is Cloud.AWS else NodeAutoscaler.CLUSTER_AUTOSCALER
        return self.node_autoscaler or usual


class SitePlace(Surface):
    """Where a site is and what machines it has: all that checks across a stack look at. Of its pools at least one is of
    profile `system`."""

    network: NetworkSettings
    public_access_cidrs: list[Block] = Field(default=[])
    """Turns the private-only API server off for these blocks. Empty: private only."""
    administrators: list[str] = Field(default=[])
    """Who administers the cluster: ARNs of IAM roles on AWS, ids of Entra groups on Azure."""
    sleeps: bool = False
    """Whether the whole site stops outside office hours; never in an environment `prod`."""
    storage: StorageSettings = StorageSettings()
    aws: AwsSettings | None = None
    azure: AzureSettings | None = None


class SiteSettings(SitePlace):
    """One place where a cluster runs."""

    kubernetes_version: KubernetesVersion
    """Kubernetes minor version, for example "1.34"."""
    budget: BudgetSettings
    office_hours: OfficeSettings = OfficeSettings()
    """When sleeping pools, or a sleeping site, are awake."""
    log_retention_days: Literal[30, 90, 180, 365, 731] = 90
    """Days that audit logs are kept: 30, 90, 180, 365 or 731 (lengths that both clouds offer)."""
    protect: bool = False
    """Whether what holds data or keys refuses to be deleted."""
