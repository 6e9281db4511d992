"""Rules of networks that allow or deny packets, in the order in which they decide, and which packets one is for.

The first rule that matches decides: lists of networks by `ruleNo` (Amazon VPC, "Network ACL rules"), security groups of
Azure by `priority` in each direction ("Network security groups"), rules of a network manager by `priority` ("Security
admin rules"), all as known on 2026-12-02; Azure Firewall by the priority of the group, then by that of the collection,
network rules before application rules (learn.microsoft.com/azure/firewall-manager/rule-processing, read 2026-12-02).
Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0.
"""

import ipaddress
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ..engine.conditions import is_true
from ..engine.number_conditions import number_of
from ..engine.plan import Plan
from ..engine.reading import Plain, Resource, one_or_many
from ..engine.reading import texts_in as texts_of_list
from ..engine.rows import aws, azure
from .network_rules import NetworkRule, read_rules
from .port_ranges import EVERY_PORT, ports_in

EVERY = "*"
_EVERYTHING = frozenset({"*", "any", "-1", "all", "asterisk", "0.0.0.0/0", "0-65535"})
_NUMBERS = {"6": "tcp", "17": "udp", "1": "icmp"}
_AZURE_SOURCES = ("sourceAddressPrefix", "sourceAddressPrefixes", "sourceApplicationSecurityGroups", "sources",
                  "sourceAddresses", "sourceIpGroups")  # fmt: skip
_AZURE_TARGETS = ("destinationAddressPrefix", "destinationAddressPrefixes", "destinationApplicationSecurityGroups",
                  "destinations", "destinationAddresses", "destinationIpGroups", "destinationFqdns")  # fmt: skip
_AZURE_PORTS = ("destinationPortRange", "destinationPortRanges", "destinationPorts")
_AZURE_SOURCE_PORTS = ("sourcePortRange", "sourcePortRanges")


def texts_in(value: Plain) -> list[str]:
    """Returns the texts of a list, or the only one: rules have both spellings."""
    return texts_of_list(one_or_many(value))


@dataclass(frozen=True)
class PacketRule:
    """A rule: where it stands, whose list it is in, its place in the order, and the packets that it is for."""

    urn: str
    path: str
    group: str
    order: tuple[float, ...]
    allows: bool
    protocols: frozenset[str]
    sources: frozenset[str]
    targets: frozenset[str]
    ports: tuple[tuple[float, float], ...]
    source_ports: tuple[tuple[float, float], ...]

    def covers(self, other: "PacketRule") -> bool:
        """Returns whether the rule is for each packet that another one is for."""
        return (
            (EVERY in self.protocols or other.protocols <= self.protocols)
            and covers_addresses(self.sources, other.sources)
            and covers_addresses(self.targets, other.targets)
            and _cover_ports(self.ports, other.ports)
            and _cover_ports(self.source_ports, other.source_ports)
        )


def covers_addresses(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    """Returns whether each of some networks, service tags and groups is in one of others."""
    return EVERY in wide or (bool(narrow) and all(name in wide or _is_within(name, wide) for name in narrow))


def _is_within(name: str, wide: frozenset[str]) -> bool:
    network = _network(name)
    others = (_network(other) for other in wide)
    return network is not None and any(
        other is not None and other.version == network.version and network.subnet_of(other)  # type: ignore[arg-type]
        for other in others
    )


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _cover_ports(wide: tuple[tuple[float, float], ...], narrow: tuple[tuple[float, float], ...]) -> bool:
    return bool(narrow) and all(any(first <= start and end <= last for first, last in wide) for start, end in narrow)


def _names(rule: Mapping[str, Plain], keys: tuple[str, ...]) -> frozenset[str]:
    """Returns the addresses, tags and groups of the properties; a rule without any is for every address."""
    found = [text.strip().lower() for key in keys for item in one_or_many(rule.get(key, [])) for text in _texts(item)]
    return frozenset(EVERY if name in _EVERYTHING else name for name in found)


def _texts(item: Plain) -> Iterator[str]:
    yield from texts_in([item.get("addressPrefix"), item.get("id")] if isinstance(item, dict) else item)


def _ranges(rule: Mapping[str, Plain], keys: tuple[str, ...]) -> tuple[tuple[float, float], ...]:
    texts = [text for key in keys for text in texts_in(rule.get(key))]
    numbers = ((number_of(first), number_of(last)) for first, last in (ports_in(texts) if texts else [EVERY_PORT]))
    return tuple((first, last) for first, last in numbers if first is not None and last is not None)


def _azure_rule(rule: NetworkRule, urn: str, path: str, group: str, order: tuple[float, ...]) -> PacketRule:
    protocols = {text.lower() for key in ("protocol", "ipProtocols") for text in texts_in(rule.get(key))}
    return PacketRule(
        urn, path, group, order, str(rule.get("access", "Allow")).lower() != "deny",
        frozenset(EVERY if name in _EVERYTHING else name for name in protocols),
        _names(rule, _AZURE_SOURCES) or frozenset({EVERY}), _names(rule, _AZURE_TARGETS) or frozenset({EVERY}),
        _ranges(rule, _AZURE_PORTS), _ranges(rule, _AZURE_SOURCE_PORTS),
    )  # fmt: skip


def _owner(resource: Resource, key: str) -> Iterator[str]:
    """Yields what a property names or depends on."""
    yield from texts_in(resource.get(key))
    yield from resource.dependencies.get(key, ())


def _priority(rule: Mapping[str, Plain], *keys: str) -> float | None:
    return next((number for key in keys if (number := number_of(rule.get(key))) is not None), None)


def _aws_rule(rule: NetworkRule, urn: str, path: str, group: str) -> Iterator[PacketRule]:
    number = _priority(rule, "ruleNo", "ruleNumber")
    protocol = str(rule.get("protocol")).lower()
    is_every = protocol in _EVERYTHING
    first, last = number_of(rule.get("fromPort")), number_of(rule.get("toPort"))
    ports = [EVERY_PORT] if is_every or first is None or last is None else [(first, last)]
    networks = frozenset(text.lower() for key in ("cidrBlock", "ipv6CidrBlock") for text in texts_in(rule.get(key)))
    if number is not None and networks:
        yield PacketRule(
            urn, path, group, (number,), str(rule.get("action", rule.get("ruleAction"))).lower() == "allow",
            frozenset({EVERY if is_every else _NUMBERS.get(protocol, protocol)}),
            frozenset(EVERY if name in _EVERYTHING else name for name in networks), frozenset({EVERY}),
            tuple((float(a), float(b)) for a, b in ports), ((0.0, 65535.0),),  # type: ignore[arg-type]
        )  # fmt: skip


def _network_acl(resource: Resource) -> Iterator[PacketRule]:
    for key in ("ingress", "egress"):
        for index, rule in enumerate(read_rules(resource.props.get(key))):
            yield from _aws_rule(rule, resource.urn, f"{key}[{index}]", f"{resource.urn} {key}")


def _network_acl_rule(resource: Resource) -> Iterator[PacketRule]:
    way = "egress" if is_true(resource.get("egress")) else "ingress"
    for owner in _owner(resource, "networkAclId"):
        yield from _aws_rule(dict(resource.props), resource.urn, "ruleNumber", f"{owner} {way}")


def _security_group(resource: Resource) -> Iterator[PacketRule]:
    names = {resource.urn, *texts_in(resource.get("networkSecurityGroupName"))}
    for index, rule in enumerate(read_rules(resource.props.get("securityRules"))):
        for name in names:
            yield from _security(rule, resource.urn, f"securityRules[{index}]", name)


def _security_rule(resource: Resource) -> Iterator[PacketRule]:
    for owner in _owner(resource, "networkSecurityGroupName"):
        yield from _security(dict(resource.props), resource.urn, "priority", owner)


def _security(rule: NetworkRule, urn: str, path: str, owner: str) -> Iterator[PacketRule]:
    priority = _priority(rule, "priority")
    if priority is not None:
        way = str(rule.get("direction")).lower()
        yield _azure_rule(rule, urn, path, f"{owner} {way}", (priority,))


def _admin_rule(resource: Resource) -> Iterator[PacketRule]:
    keys = ("networkManagerName", "configurationName", "ruleCollectionName")
    owner = " ".join(next(_owner(resource, key), "") for key in keys)
    yield from _security(dict(resource.props), resource.urn, "priority", owner)


def firewall_rules(resource: Resource, kind: str) -> Iterator[tuple[str, tuple[float, ...], NetworkRule]]:
    """Yields the path of each rule of a kind in a group of a firewall policy, its place in the order, and the rule with
    the access that its collection gives."""
    group = number_of(resource.get("priority")) or 0.0
    for index, collection in enumerate(read_rules(resource.props.get("ruleCollections"))):
        action, own = collection.get("action"), number_of(collection.get("priority")) or 0.0
        access = action.get("type") if isinstance(action, dict) else None
        for number, rule in enumerate(read_rules(collection.get("rules"))):
            if rule.get("ruleType") == kind and isinstance(access, str):
                yield f"ruleCollections[{index}].rules[{number}]", (group, own), {**rule, "access": access}


def _firewall_group(resource: Resource) -> Iterator[PacketRule]:
    for owner in _owner(resource, "firewallPolicyName"):
        for path, order, rule in firewall_rules(resource, "NetworkRule"):
            yield _azure_rule(rule, resource.urn, path, f"{owner} network", order)


FIREWALL_GROUPS = azure("network:FirewallPolicyRuleCollectionGroup")
_READERS: Mapping[str, Callable[[Resource], Iterator[PacketRule]]] = {
    **dict.fromkeys(aws("ec2/NetworkAcl", "ec2/DefaultNetworkAcl"), _network_acl),
    **dict.fromkeys(aws("ec2/NetworkAclRule"), _network_acl_rule),
    **dict.fromkeys(azure("network:NetworkSecurityGroup"), _security_group),
    **dict.fromkeys(azure("network:SecurityRule"), _security_rule),
    **dict.fromkeys(azure("network:AdminRule"), _admin_rule),
    **dict.fromkeys(FIREWALL_GROUPS, _firewall_group),
}
"""Type -> what reads its rules."""


def packet_rules(resource: Resource) -> Iterator[PacketRule]:
    """Yields the rules that a resource has or is."""
    read = _READERS.get(resource.type)
    if read is not None:
        yield from read(resource)


def _groups(resource: Resource) -> Iterator[str]:
    yield from {rule.group for rule in packet_rules(resource)}


def rules_of_group(plan: Plan, group: str) -> list[PacketRule]:
    """Returns the rules of a list in the order in which they decide, wherever in the plan they stand."""
    found = [rule for item in plan.by_key(_groups).get(group, ()) for rule in packet_rules(item) if rule.group == group]
    return sorted(found, key=lambda rule: rule.order)
