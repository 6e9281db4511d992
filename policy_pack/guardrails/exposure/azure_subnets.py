"""Network security groups of Azure subnets."""

from collections.abc import Iterator

from ..engine.conditions import SET
from ..engine.families import exposure_rule
from ..engine.reading import UNKNOWN, Plain, Resource, items_of, walk
from ..engine.rows import Guardrail, Severity, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined

_SUBNET, _NETWORK = azure("network:Subnet", "network:VirtualNetwork")
_WITHOUT_GROUPS = frozenset(
    {"gatewaysubnet", "azurefirewallsubnet", "azurefirewallmanagementsubnet", "routeserversubnet"}
)
"""Names of subnets that take no security group (PSRule for Azure, Azure.VNET.UseNSGs, 2026-11-27). Azure keeps the
names for its own gateways, firewalls and route servers."""


def subnets(resource: Resource) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields the subnets of a resource with the beginning of their paths."""
    if resource.type == _SUBNET:
        yield "", resource.props
        return
    subnets = resource.get("subnets")
    for index, subnet in enumerate(items_of(subnets)):
        if isinstance(subnet, dict):
            yield f"subnets[{index}].", subnet


def _check_groups(resource: Resource) -> Iterator[Outcome]:
    if resource.get("subnets") is UNKNOWN:
        yield undetermined("subnets is not known before deployment", "subnets")
    for prefix, subnet in subnets(resource):
        names = {str(subnet.get(key)).lower() for key in ("subnetName", "name")}
        if not _WITHOUT_GROUPS.isdisjoint(names) or subnet.get("delegations"):
            yield passed()
            continue
        for path, value in walk(subnet, "networkSecurityGroup.id"):
            has_group = SET.judge(value) is Verdict.PASS
            yield passed() if has_group else failed(f"{prefix}{path} {SET.requirement}", f"{prefix}{path}")


SUBNET_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(208, Severity.HIGH, "Azure subnets have a network security group",
                  "without one, whatever routes to the subnet reaches every port of its machines",
                  "Set network_security_group with the id of a NetworkSecurityGroup that lists who may connect",
                  predicate=_check_groups, types=(_SUBNET, _NETWORK)),
)  # fmt: skip
