"""What a site is made of, in words that both clouds share: the arguments of their `Site` components."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

from components.core.words import Capacity, Egress, Profile, Purpose


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
    protect: NotRequired[bool]
    """Whether what holds data or keys refuses to be deleted."""
    pools: Mapping[str, PoolSpec]
    """Node pools by name, at least one of profile `system`."""
    vaults: Sequence[Purpose]
    """Encrypted storage to make, by purpose."""
    budget: BudgetSpec
    """Money per month, and who hears when it runs out."""
    aed_per_usd: float
    """Dirhams for one US dollar, at which the budget is converted."""
    tags: Mapping[str, str]
    """The mandatory cost tags, put on everything that takes tags."""
