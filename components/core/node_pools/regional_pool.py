"""A node pool with its name and region, and the properties derived from them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from falaj.components.core.node_pools.checks import offered_machines
from falaj.components.core.node_pools.profiles import TRAITS, ProfileTraits, Taint, labels, taints
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.tags import with_tags
from falaj.facts.machines import Machine


@dataclass(frozen=True)
class RegionalPool:
    """A validated pool in a UAE region."""

    name: str
    """Name of the pool in its site: value of the label `falaj/pool`."""
    region: str
    spec: NodePoolSpec
    cost_tags: Mapping[str, str]
    """The mandatory cost tags of the site."""

    @property
    def offered(self) -> list[Machine]:
        """Catalogue entries of the pool's machines."""
        return offered_machines(self.region, self.spec)

    @property
    def gpus(self) -> int:
        """Maximum GPUs per machine in the pool that pods can request, 0 for none."""
        return max((machine.gpu_devices for machine in self.offered), default=0)

    @property
    def traits(self) -> ProfileTraits:
        """Defaults of its workload profile."""
        return TRAITS[self.spec.profile]

    @property
    def root_disk_gib(self) -> int:
        """Size of the root disk in GiB: as specified, otherwise the default of the profile."""
        return self.spec.disk_gib or self.traits.disk_gib

    @property
    def disk_iops(self) -> int:
        """IOPS of the root disk on AWS: as specified, otherwise the default of the profile."""
        return self.spec.aws.disk_iops or self.traits.disk_iops

    @property
    def disk_throughput_mbps(self) -> int:
        """Throughput of the root disk on AWS in MiB/s: as specified, otherwise the default of the profile."""
        return self.spec.aws.disk_throughput_mbps or self.traits.disk_throughput_mbps

    @property
    def labels(self) -> dict[str, str]:
        """Labels of its nodes: the stack's own, then those of the package."""
        own = labels(self.spec.profile, self.name, self.spec.capacity, self.spec.tenant)
        return dict(self.spec.labels) | own | self.sharing_labels

    @property
    def sharing_labels(self) -> dict[str, str]:
        """Node labels that configure GPU sharing for NVIDIA's GPU operator; empty if GPUs are not shared."""
        return self.spec.sharing.node_labels if self.spec.sharing else {}

    @property
    def taints(self) -> tuple[Taint, ...]:
        """Taints of its nodes: those of the profile, then the stack's own."""
        return (*taints(self.spec.profile, self.gpus, self.spec.tenant), *(item.taint for item in self.spec.taints))

    @property
    def tags(self) -> dict[str, str]:
        """The cost tags, with the tag `tenant` if the pool is reserved for a tenant, whose budget then pays for the
        nodes."""
        return with_tags(self.cost_tags, tenant=self.spec.tenant) if self.spec.tenant else dict(self.cost_tags)
