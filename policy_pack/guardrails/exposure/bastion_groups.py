"""Security groups of Azure Bastion, which must let HTTPS in from the internet: Azure refuses a group without the rule
(NetworkSecurityGroupNotCompliantForAzureBastionSubnet).

Such a group is recognised by the rules that Azure demands with it, and belongs on AzureBastionSubnet only ("Configure
NSG rules for Azure Bastion", of 2026-02-24, read 2026-11-27).
"""

from collections.abc import Iterable, Iterator, Mapping

from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cidrs import split_addresses
from .azure_subnets import subnets

_Rule = Mapping[str, Plain]
_CONTROL = tuple(("gatewaymanager", frozenset(ports)) for ports in (("443",), ("443", "4443")))
"""Source and ports of the rule for the control plane, also as Microsoft wrote it before (Azure-Samples
microsoft-foundry-baseline of 2026-07-01, infra-as-code/bicep/network.bicep, read 2026-11-30)."""
_DATA = ("virtualnetwork", frozenset({"8080", "5701"}))
"""Source and ports of the rule for the parts of a Bastion among each other."""
_ENTRY = ("internet", frozenset({"443"}))
"""Source and ports of the rule by which callers reach a Bastion."""
GROUPS = azure("network:NetworkSecurityGroup")
_SUBNETS = azure("network:Subnet", "network:VirtualNetwork")
_BASTION_SUBNET = "azurebastionsubnet"


def bastion_entries(rules: Iterable[_Rule]) -> Iterator[int]:
    """Yields the places of the rules by which callers reach a Bastion, if a group has the other rules of a Bastion."""
    group = list(rules)
    found = list(map(_source_and_ports, group))
    if _DATA in found and not set(found).isdisjoint(_CONTROL):
        is_tcp = (str(rule.get("protocol")).lower() == "tcp" for rule in group)
        yield from (place for place, is_entry in enumerate(is_tcp) if is_entry and found[place] == _ENTRY)


def _source_and_ports(rule: _Rule) -> tuple[str, frozenset[str]]:
    """Returns the source of an inbound rule, empty if it has none or several, and its ports."""
    if str(rule.get("direction")).lower() != "inbound":
        return "", frozenset()
    sources = [item for key in ("sourceAddressPrefix", "sourceAddressPrefixes") for item in _items(rule, key)]
    ports = [item for key in ("destinationPortRange", "destinationPortRanges") for item in _items(rule, key)]
    return sources[0].lower() if len(sources) == 1 else "", frozenset(ports)


def _items(rule: _Rule, key: str) -> list[str]:
    return [str(item) for item in split_addresses(rule.get(key, MISSING))]


def check_bastion_subnets(resource: Resource, plan: Plan, entries: Iterable[str]) -> Iterator[Outcome]:
    """Checks that no other subnet of the plan has a Bastion's group. `entries`: paths of its rules for callers."""
    for path in entries:
        other = next((name for name in _subnets_of(resource, plan) if name.lower() != _BASTION_SUBNET), "")
        sentence = f"{path} allows every address, and the group is on subnet {other}, not AzureBastionSubnet"
        yield failed(sentence, path) if other else passed()


def _subnets_of(group: Resource, plan: Plan) -> Iterator[str]:
    """Yields the names of the subnets that have a group."""
    name, found = group.get("networkSecurityGroupName"), plan.once(_subnets_by_group, "")
    yield from found.get(group.urn, ())
    yield from found.get(f"/{name.lower()}", ()) if isinstance(name, str) else ()


def _subnets_by_group(plan: Plan, _: str) -> Mapping[str, list[str]]:
    """Returns the names of subnets by the URN of their group, and by its name after a slash."""
    found: dict[str, list[str]] = {}
    for item in plan.of_type(*_SUBNETS):
        urns = item.dependencies.get("networkSecurityGroup", ()) if item.type == _SUBNETS[0] else ()
        for _, subnet in subnets(item):
            for _, value in walk(subnet, "networkSecurityGroup?.id"):
                _, slash, name = str(value).lower().rpartition("/")
                for key in {*urns, slash + name}:
                    found.setdefault(key, []).append(str(subnet.get("subnetName", subnet.get("name", item.name))))
    return found
