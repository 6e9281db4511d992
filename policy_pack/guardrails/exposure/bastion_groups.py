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
GROUPS = azure("network:NetworkSecurityGroup")
_SUBNETS = azure("network:Subnet", "network:VirtualNetwork")
_BASTION_SUBNET = "azurebastionsubnet"


def is_bastion_entry(rule: _Rule, rules: Iterable[_Rule]) -> bool:
    """Returns whether a rule is the one by which callers reach a Bastion, in a group with the rules of a Bastion."""
    is_entry = _source_and_ports(rule) == ("internet", frozenset({"443"}))
    found = set(map(_source_and_ports, rules))
    has_others = _DATA in found and not found.isdisjoint(_CONTROL)
    return is_entry and str(rule.get("protocol")).lower() == "tcp" and has_others


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
    name = group.get("networkSecurityGroupName")
    for item in plan.of_type(*_SUBNETS):
        for _, subnet in subnets(item):
            depends = item.type == _SUBNETS[0] and group.urn in item.dependencies.get("networkSecurityGroup", ())
            for _, value in walk(subnet, "networkSecurityGroup?.id"):
                is_named = isinstance(name, str) and str(value).lower().endswith(f"/{name.lower()}")
                if depends or is_named:
                    yield str(subnet.get("subnetName", subnet.get("name", item.name)))
