"""Network rules of both clouds: security groups, network ACLs and firewall rules."""

from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Predicate, Severity, aws
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.cidrs import is_open, split_addresses
from ..readers.known_later import resolve_own_addresses
from ..readers.network_rules import NetworkRule, evaluate_single, read_rules
from ..readers.port_ranges import EVERY_PORT, LAST_PORT, Ports, are_every_port
from .azure_networks import AZURE_EGRESS, AZURE_INGRESS, AZURE_ROUTES, check_bastion_group
from .bypassed_firewalls import ROUTES, TABLES, check_table

_CIDR_KEYS = ("cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6", "cidrs", "ipv6Cidrs")
_EVERY_PROTOCOL = ("-1", "-1.0", "all")
_TRANSPORTS = ("tcp", "udp", "6", "17", "6.0", "17.0")
_EVERY_PORT = -1
"""Every type of ICMP in the EC2 API. It refuses the value for TCP and UDP, where programs mean every port by it."""
_ADMIN_PORTS = (20, 21, 22, 23, 135, 445, 1433, 1521, 3306, 3389, 5432, 5985, 5986, 6379, 9200, 11211, 27017)
"""Administration and database ports (CIS AWS Foundations 3.0, 5.1-5.3, and similar ones)."""


def _addresses(rule: NetworkRule) -> list[Plain]:
    return [address for key in _CIDR_KEYS for address in split_addresses(rule.get(key, MISSING))]


def _judge_ingress_rule(rule: NetworkRule, path: str) -> Outcome:
    allows_everyone = is_open(_addresses(rule))
    if allows_everyone:
        return failed(f"{path} allows every address", path)
    if allows_everyone is None:
        return undetermined(f"{path} allows addresses that are not known before deployment", path)
    return passed()


def _group_ingress(resource: Resource) -> Iterator[Outcome]:
    """Checks the inline rules of a security group, each of them and all together."""
    for key in ("ingress", "portInfos"):
        if resource.props.get(key) is UNKNOWN:
            yield undetermined(f"{key} is not known before deployment", key)
        for index, rule in enumerate(read_rules(resource.props.get(key))):
            yield _judge_ingress_rule(rule, f"{key}[{index}]")
        addresses = [address for rule in read_rules(resource.props.get(key)) for address in _addresses(rule)]
        if is_open(addresses) and not any(is_open(_addresses(rule)) for rule in read_rules(resource.props.get(key))):
            yield failed(f"the rules of {key} together allow every address", key)


def _public_ports(resource: Resource) -> Iterator[Outcome]:
    """Checks the open ports of a Lightsail machine. The API does not say what a port without any list admits; the ports
    that Lightsail opens by default admit every address (Lightsail guide, "Firewall and ports", read 2026-11-27)."""
    yield from _group_ingress(resource)
    for index, rule in enumerate(read_rules(resource.props.get("portInfos"))):
        if not any(rule.get(key) for key in ("cidrs", "ipv6Cidrs", "cidrListAliases")):
            yield failed(f"portInfos[{index}] has no cidrs, which allows every address", f"portInfos[{index}]")


def _single_ingress_rule(resource: Resource) -> Iterator[Outcome]:
    """Checks a rule that is a separate resource. The older resource type has a direction."""
    if resource.get("type") not in ("egress", "EGRESS"):
        yield evaluate_single(_judge_ingress_rule, resource)


_SINGLE_RULES = aws("ec2/SecurityGroupRule", "vpc/SecurityGroupIngressRule")


def _prefix_lists(resource: Resource) -> Iterator[Outcome]:
    entries = read_rules(resource.props.get("entries")) or [resource.props]
    covers_everyone = is_open([address for entry in entries for address in split_addresses(entry.get("cidr", MISSING))])
    path = "entries" if "entries" in resource.props else "cidr"
    yield failed("its entries cover every address", path) if covers_everyone else passed()


def _open_ports(rule: NetworkRule) -> tuple[str, Ports] | None:
    """Returns the protocol and the ports that a rule allows to every address; None if it is for some addresses."""
    protocol = str(rule.get("protocol", rule.get("ipProtocol", "-1"))).lower()
    first, last = rule.get("fromPort", 0), rule.get("toPort", LAST_PORT)
    is_every = protocol in _TRANSPORTS and _number(first, 0) == _number(last, 0) == _EVERY_PORT
    if protocol in _EVERY_PROTOCOL or is_every:
        first, last = EVERY_PORT
    return (protocol, (_number(first, 0), _number(last, LAST_PORT))) if is_open(_addresses(rule)) else None


def _judge_egress_rule(rule: NetworkRule, path: str) -> Outcome:
    """Fails a rule that allows every protocol or every port to every address."""
    allowed = _open_ports(rule)
    is_all = allowed is not None and are_every_port([allowed[1]])
    return failed(f"{path} allows all outbound traffic to every address", path) if is_all else passed()


def _group_egress(resource: Resource) -> Iterator[Outcome]:
    """Checks the inline rules of a security group, each of them and those of a protocol together."""
    rules = read_rules(resource.props.get("egress"))
    outcomes = [_judge_egress_rule(rule, f"egress[{index}]") for index, rule in enumerate(rules)]
    yield from outcomes
    by_protocol: dict[str, list[Ports]] = {}
    for protocol, ports in filter(None, map(_open_ports, rules)):
        by_protocol.setdefault(protocol, []).append(ports)
    if all(item.verdict is Verdict.PASS for item in outcomes) and any(map(are_every_port, by_protocol.values())):
        yield failed("the rules of egress together allow all outbound traffic to every address", "egress")


def _single_egress_rule(resource: Resource) -> Iterator[Outcome]:
    if resource.get("type") in (MISSING, "egress"):
        yield evaluate_single(_judge_egress_rule, resource)


def _number(value: Plain, default: int) -> int:
    try:
        return int(float(str(value)))
    except ValueError:
        return default


def _judge_network_acl_entry(rule: NetworkRule, path: str) -> Outcome:
    allows = str(rule.get("action", rule.get("ruleAction"))).lower() == "allow"
    addresses = [
        address for key in ("cidrBlock", "ipv6CidrBlock") for address in split_addresses(rule.get(key, MISSING))
    ]
    every_protocol = str(rule.get("protocol")).lower() in _EVERY_PROTOCOL
    first, last = _number(rule.get("fromPort"), 0), _number(rule.get("toPort"), LAST_PORT)
    if allows and is_open(addresses) and (every_protocol or any(first <= port <= last for port in _ADMIN_PORTS)):
        return failed(f"{path} allows every address to reach administration or database ports", path)
    return passed()


def _network_acls(resource: Resource) -> Iterator[Outcome]:
    for index, rule in enumerate(read_rules(resource.props.get("ingress"))):
        yield _judge_network_acl_entry(rule, f"ingress[{index}]")


def _network_acl_rule(resource: Resource) -> Iterator[Outcome]:
    if resource.get("egress") in (MISSING, False, "false"):
        yield evaluate_single(_judge_network_acl_entry, resource)


_INGRESS: dict[str, Predicate] = {
    **dict.fromkeys(aws("ec2/SecurityGroup", "ec2/DefaultSecurityGroup"), _group_ingress),
    **dict.fromkeys(aws("lightsail/InstancePublicPorts"), _public_ports),
    **dict.fromkeys(_SINGLE_RULES, _single_ingress_rule),
    **dict.fromkeys(aws("redshift/SecurityGroup", "rds/SecurityGroup"), _group_ingress),
    **dict.fromkeys(aws("ec2/ManagedPrefixList", "ec2/ManagedPrefixListEntry"), _prefix_lists),
    **AZURE_INGRESS,
}  # fmt: skip
"""Type -> the predicate for its ingress rules."""
_NETWORK_ACLS: dict[str, Predicate] = {
    **dict.fromkeys(aws("ec2/NetworkAcl"), _network_acls),
    **dict.fromkeys(aws("ec2/NetworkAclRule"), _network_acl_rule),
}
_EGRESS: dict[str, Predicate] = {
    **dict.fromkeys(aws("ec2/SecurityGroup", "ec2/DefaultSecurityGroup"), _group_egress),
    **dict.fromkeys(aws("ec2/SecurityGroupRule", "vpc/SecurityGroupEgressRule"), _single_egress_rule),
    **AZURE_EGRESS,
}


_DEFAULT_GROUP = aws("ec2/DefaultSecurityGroup")


def _check_default_group(resource: Resource) -> Iterator[Outcome]:
    """Checks that the default security group, which resources without their own group share, has no rules."""
    if resource.type not in _DEFAULT_GROUP:
        return
    for key in ("ingress", "egress"):
        rules = resource.get(key)
        yield failed(f"{key} has rules", key) if rules not in (MISSING, [], UNKNOWN) else passed()


_GROUP_RULES = aws("ec2/SecurityGroupRule", "vpc/SecurityGroupIngressRule", "vpc/SecurityGroupEgressRule")
_DEFAULT_OWNERS = (*_DEFAULT_GROUP, *aws("ec2/Vpc", "ec2/DefaultVpc"))
"""Types whose id of a security group is that of a default group: a VPC names no other one."""


def _check_rules_of_default_group(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that a rule of its own does not belong to a default security group."""
    if resource.type in _GROUP_RULES:
        owners = {owner.type for owner in plan.dependencies_of(resource, "securityGroupId")}
        is_default = bool(owners) and owners <= set(_DEFAULT_OWNERS)
        text = "securityGroupId is the default security group of a VPC"
        yield failed(text, "securityGroupId") if is_default else passed()


def _by_type(table: dict[str, Predicate]) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        judge = table.get(resource.type)
        yield from judge(resource) if judge else ()

    return predicate


_ALLOW_REMEDY = "List the addresses, security groups or service tags that may connect"

NETWORK_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(101, Severity.CRITICAL, "No network rule allows every address, in any notation or split into ranges",
                  "an open port is found within minutes, and exposes a service that was not meant to be public",
                  _ALLOW_REMEDY,
                  predicate=_by_type(_INGRESS), plan_predicate=check_bastion_group, resolve=resolve_own_addresses,
                  types=tuple(_INGRESS)),
    exposure_rule(102, Severity.HIGH, "No network ACL allows every address to reach administration or database ports",
                  "a network ACL is the second line of defence behind security groups", _ALLOW_REMEDY,
                  predicate=_by_type(_NETWORK_ACLS), types=tuple(_NETWORK_ACLS)),
    exposure_rule(109, Severity.MEDIUM, "No security group or route allows all outbound traffic to every address",
                  "an intruder connects out through it, and data leaves the country the same way",
                  "List the ports, or the security groups, prefix lists or service tags that may be reached; let "
                  "routes of Azure lead to a firewall (next_hop_type VirtualAppliance), and those of AWS beside one "
                  "that does",
                  checks=AZURE_ROUTES, predicate=_by_type(_EGRESS), plan_predicate=check_table,
                  types=(*_EGRESS, *TABLES, *ROUTES)),
    exposure_rule(117, Severity.MEDIUM, "The default security group of a VPC has no rules",
                  "resources that are started without a security group share the default one",
                  "Remove ingress and egress from the DefaultSecurityGroup, and give every workload its own security "
                  "group",
                  predicate=_check_default_group, plan_predicate=_check_rules_of_default_group,
                  types=(*_DEFAULT_GROUP, *_GROUP_RULES)),
)  # fmt: skip
