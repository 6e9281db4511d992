"""People and networks outside a site that may access its vaults on Azure."""

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Network

from pydantic import Field

from falaj.components.core.network.azure_ids import BlobZoneId, SubnetId
from falaj.components.core.network.blocks import PublicBlock
from falaj.components.core.site.administrators import EntraGroup
from falaj.components.core.validation.args import Accepts, Input, Spec, default
from falaj.components.core.validation.names import Label
from falaj.components.core.validation.problems import Problem
from falaj.facts.storage_rules import LARGEST_RANGE_PREFIX


class VaultEndpointSpec(Spec):
    """A private endpoint of a vault in another network, in the site's region."""

    subnet_id: Input[SubnetId]
    """Id of the subnet. The endpoint is created in the resource group of its network, which may be of another
    subscription."""
    dns_zone_id: Input[BlobZoneId] | None = None
    """Id of the private DNS zone `privatelink.blob.core.windows.net` that the endpoint's name is written to. By default
    the owner of the network resolves the name. Not the zone of the site, which has a record of that name already."""


class AzureVaultReaders(Spec):
    """Access to a vault from networks other than the site's."""

    groups: Sequence[Input[EntraGroup]] = ()
    """Object IDs of Entra groups that may read the blobs. None by default: their roles are assigned elsewhere."""
    writes: bool = False
    """Whether these groups may also write blobs; they cannot delete any. Default: false."""
    endpoints: Mapping[Label, VaultEndpointSpec] = Field(default={})
    """Private endpoints in other networks, by a name of your choice, such as that of a landing zone. None by
    default."""
    subnet_ids: Sequence[Input[SubnetId]] = ()
    """Ids of subnets with the service endpoint `Microsoft.Storage`, which use the public endpoint. With them, or with
    `addresses`, public network access is enabled for these callers only; guardrail FJ-EXP-201 requires an exemption.
    None by default."""
    addresses: Accepts[Sequence[Input[PublicBlock]], Sequence[Input[PublicBlock | str]]] = default(())
    """Public IP addresses that use the public endpoint: blocks of /24 or smaller. They do not match callers in the
    site's own Azure region. None by default."""

    def _problems(self) -> Iterator[Problem]:
        if not (self.groups or self.endpoints or self.subnet_ids or self.addresses):
            yield Problem.missing("endpoints", "no groups, subnet_ids and addresses are given", "give one of them")
        if self.writes and not self.groups:
            yield Problem("writes", True, "false without groups", "remove it, or add groups")

    @property
    def is_public(self) -> bool:
        """Whether callers use the vault's public endpoint."""
        return bool(self.subnet_ids or self.addresses)


def address_rules(*blocks: IPv4Network) -> list[str]:
    """Returns blocks as a storage account's rules write them: those of one or two addresses as single addresses."""
    return [
        rule
        for block in blocks
        for rule in (map(str, block) if block.prefixlen > LARGEST_RANGE_PREFIX else [str(block)])
    ]
