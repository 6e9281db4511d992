"""What a site is made of, in words that both clouds share: the arguments of their `Site` components."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi

from falaj.components.core.node_pools.gpu_sharing import SharedPoolSpec
from falaj.components.core.validation.enums import Capacity, Egress, NodeAutoscaler, Profile, Purpose, Stops


class PoolSpec(TypedDict):
    """A node pool of a site."""

    profile: Profile
    """What runs there; decides taints, labels and disk."""
    machines: Sequence[str]
    """Machine types that the region offers, of one architecture. AWS spot pools take several; Azure one."""
    capacity: Capacity
    """How the machines are bought."""
    min: int
    """Nodes kept when nothing runs."""
    max: int
    """Nodes at most."""
    disk_gib: NotRequired[int]
    """Root disk in GiB; by the profile if absent."""
    tenant: NotRequired[str]
    """The tenant that the pool is for and whose money it spends; shared by all if absent."""
    sleeps: NotRequired[bool]
    """Whether it is taken to zero outside office hours (AWS)."""
    zone: NotRequired[str]
    """The only zone of its machines, as the region names it; all of the site's if absent."""
    reservation: NotRequired[str]
    """Id of the capacity reservation, `cr-...`, of capacity `reserved` and `capacity-block` (AWS)."""
    interconnect: NotRequired[bool]
    """Whether machines stand close together and speak through EFA, for training over several nodes (AWS)."""
    gpu_partition: NotRequired[str]
    """MIG profile that each GPU is split into, such as `MIG1g` (Azure: A100, H100 and H200)."""
    sharing: NotRequired[SharedPoolSpec]
    """How GPUs are shared, by NVIDIA's operator; whole ones if absent."""
    deallocate: NotRequired[bool]
    """Whether idle machines are stopped instead of deleted: they are back sooner, and their disks cost (Azure)."""
    spot_max_usd: NotRequired[float]
    """Dollars per hour above which a spot machine is given back; never for its price if absent (Azure)."""


def is_system(pool: Mapping[str, object]) -> bool:
    """Whether a pool is of profile `system`, whether that was given as a choice or as its word."""
    return pool.get("profile") in (Profile.SYSTEM, Profile.SYSTEM.value)


class BudgetSpec(TypedDict):
    """A site's money per month."""

    aed_per_month: float
    """Dirhams a month, without VAT."""
    actual_percent: Sequence[int]
    """Alarms at these percentages of what was spent."""
    forecast_percent: Sequence[int]
    """Alarms at these percentages of what the month is forecast to cost."""
    notify: Sequence[str]
    """E-mail addresses of those told."""
    start: str
    """First day of the first month that counts, `YYYY-MM-01`."""


class BudgetStopSpec(TypedDict):
    """A brake on the site's budget (AWS)."""

    stops: Stops
    """What can no longer be started."""
    percent: int
    """Percentage of the budget, really spent, at which the brake is proposed."""
    automatic: bool
    """Whether it is pulled without asking."""


class OfficeHoursSpec(TypedDict):
    """Hours of working days, in Dubai time, in which what sleeps is awake."""

    opens: str
    """`HH:MM`."""
    closes: str
    """`HH:MM`."""


class StorageSpec(TypedDict):
    """What a site has besides its vaults."""

    shared_files: NotRequired[bool]
    """Whether there is a file system that many nodes mount, for models that are served."""
    shared_files_gib: NotRequired[int]
    """Size of that share on Azure, 1024 if absent; AWS's grows by itself."""
    registry: NotRequired[bool]
    """Whether there is a private registry of images and models."""
    repositories: NotRequired[Sequence[str]]
    """Repositories in that registry (AWS)."""
    scratch_gib: NotRequired[int]
    """Size of a Lustre file system in front of the vault `datasets` (AWS); none if absent."""
    backup: NotRequired[bool]
    """Whether file systems and volumes are backed up daily (AWS)."""
    geo_redundant: NotRequired[bool]
    """Whether Azure copies the vaults to its other region in the country (Azure)."""


class SiteArgs(TypedDict):
    """One place where a cluster runs, and what it has."""

    region: str
    """A region of the cloud in the UAE."""
    cidr: str
    """IPv4 block of the site, /16 to /20."""
    zones: int
    """Zones that nodes are spread over, 1 to 3."""
    egress: NotRequired[Egress]
    """The way out; one NAT gateway if absent."""
    kubernetes_version: str
    """Kubernetes minor version, such as `1.34`."""
    log_retention_days: NotRequired[int]
    """Days that audit logs are kept; 90 if absent."""
    public_access_cidrs: NotRequired[Sequence[str]]
    """Blocks from which the API server may be reached besides the site's network; private only if absent or empty."""
    administrators: NotRequired[Sequence[str]]
    """Who administers the cluster: ARNs of IAM roles on AWS, ids of Entra groups on Azure. Nobody if absent."""
    node_autoscaler: NotRequired[NodeAutoscaler]
    """Who adds nodes; if absent Karpenter on AWS, the cluster autoscaler on Azure."""
    firewall_address: NotRequired[str]
    """Private address of the firewall that egress `firewall` leads to (Azure)."""
    office_hours: NotRequired[OfficeHoursSpec]
    """When sleeping pools, or a sleeping site, are awake; the usual hours if absent."""
    sleeps: NotRequired[bool]
    """Whether the whole site stops outside these hours. Refused where the tag `environment` is `prod`."""
    protect: NotRequired[bool]
    """Whether what holds data or keys refuses to be deleted."""
    pools: Mapping[str, PoolSpec]
    """Node pools by name, at least one of profile `system`."""
    vaults: Sequence[Purpose]
    """Encrypted storage to make, by purpose."""
    vault_readers: NotRequired[Mapping[str, Sequence[pulumi.Input[str]]]]
    """ARNs of roles that reach a confined vault from `reader_addresses` too, by purpose (AWS)."""
    reader_addresses: NotRequired[Sequence[pulumi.Input[str]]]
    """Public addresses that these readers come from (AWS)."""
    reader_endpoints: NotRequired[Sequence[pulumi.Input[str]]]
    """Ids of S3 endpoints that they come through, such as that of a private line (AWS)."""
    storage: NotRequired[StorageSpec]
    """Storage besides the vaults; none if absent."""
    image_mirror: NotRequired[str]
    """Where images of others lie, each under its own path, for a site without a way out; if absent, where they are
    from."""
    private_access_cidrs: NotRequired[Sequence[str]]
    """Private blocks besides the network, such as a pipeline's, from which the private API is reached (AWS)."""
    addon_versions: NotRequired[Mapping[str, str]]
    """Versions of EKS add-ons by name (AWS); EKS's defaults if absent."""
    hsm: NotRequired[bool]
    """Whether keys live in hardware modules (Azure)."""
    defender: NotRequired[bool]
    """Whether Microsoft Defender for Containers watches the cluster (Azure)."""
    keda: NotRequired[bool]
    """Whether AKS brings its own KEDA; yes if absent, no where the chart's runs (Azure)."""
    azure_policy: NotRequired[bool]
    """Whether the cluster has the Azure Policy add-on (Azure)."""
    budget: BudgetSpec
    """Money per month, and who hears when it runs out."""
    budget_stop: NotRequired[BudgetStopSpec]
    """The brake on the budget: what Karpenter no longer starts (AWS); none if absent."""
    tenant_budgets: NotRequired[Mapping[str, BudgetSpec]]
    """Money per month of tenants that have pools here, by tenant."""
    bill_from: NotRequired[str]
    """First day of the month, `YYYY-MM-01`, from which the subscription's bill is exported to this site (Azure)."""
    alarm_topic: NotRequired[pulumi.Input[str]]
    """Where budgets and alarms publish to: the account's or subscription's own (`FinOps`); one a budget if absent."""
    aed_per_usd: float
    """Dirhams for one US dollar, at which budgets are converted."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags."""
