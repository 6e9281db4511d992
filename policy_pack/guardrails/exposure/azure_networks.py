"""Network rules of Azure: security groups, firewalls of services, Azure Firewall and Network Manager.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-27 (a test repeats it).
"""

from collections.abc import Iterator

from ..engine.conditions import Condition, none_of
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, items_of, one_or_many, texts_in, walk
from ..engine.rows import Check, Predicate, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.cidrs import is_any_address, is_open, range_is_open, split_addresses
from ..readers.hosts import is_of_every_customer
from ..readers.network_rules import NetworkRule, evaluate_single, read_rules
from ..readers.port_ranges import EVERY_PORT, Ports, are_every_port, ports_in
from ..readers.service_tags import is_of_programs
from .bastion_groups import GROUPS, bastion_entries, check_bastion_subnets
from .stores_abroad import outbound_to_stores, stores_abroad


def _rule_properties(rule: NetworkRule) -> NetworkRule:
    """Returns the properties of an Azure rule, which may be nested under `properties`."""
    nested = rule.get("properties")
    return nested if isinstance(nested, dict) else rule


def _let_in(sources: list[Plain]) -> bool | None:
    """Returns whether sources are every address, or those of programs of every customer of Azure; None if that is not
    known."""
    return True if any(map(is_of_programs, sources)) else is_open(sources)


def _judge_azure_ingress_rule(rule: NetworkRule, path: str) -> Outcome:
    rule = _rule_properties(rule)
    access, direction = str(rule.get("access", "Allow")).lower(), str(rule.get("direction", "Inbound")).lower()
    if access == "deny" or direction == "outbound":
        return passed()
    keys = ("sourceAddressPrefix", "sourceAddressPrefixes")
    allows_everyone = _let_in([address for key in keys for address in split_addresses(rule.get(key, MISSING))])
    if UNKNOWN in (rule.get("access"), rule.get("direction")):
        allows_everyone = None if allows_everyone is not False else False
    if allows_everyone is None:
        return undetermined(f"{path} allows addresses that are not known before deployment", path)
    return failed(f"{path} allows every address, or programs of every customer", path) if allows_everyone else passed()


def _azure_group_ingress(resource: Resource) -> Iterator[Outcome]:
    if resource.props.get("securityRules") is UNKNOWN:
        yield undetermined("securityRules is not known before deployment", "securityRules")
    entries = set(_bastion_entries(resource))
    for index, rule in enumerate(read_rules(resource.props.get("securityRules"))):
        path = f"securityRules[{index}]"
        yield passed() if path in entries else _judge_azure_ingress_rule(rule, path)


def _bastion_entries(resource: Resource) -> Iterator[str]:
    rules = map(_rule_properties, read_rules(resource.props.get("securityRules")))
    return (f"securityRules[{index}]" for index in bastion_entries(rules))


def check_bastion_group(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks that a security group of a Bastion is on no other subnet."""
    if resource.type in GROUPS:
        yield from check_bastion_subnets(resource, plan, _bastion_entries(resource))


def _single_azure_ingress_rule(resource: Resource) -> Iterator[Outcome]:
    yield evaluate_single(_judge_azure_ingress_rule, resource)


def _open_ports(rule: NetworkRule) -> list[Ports]:
    """Returns the ports on which a rule of a security group allows calls of every address."""
    rule = _rule_properties(rule)
    allows = str(rule.get("access", "Allow")).lower() == "allow" and str(rule.get("direction")).lower() == "outbound"
    keys = ("destinationAddressPrefix", "destinationAddressPrefixes")
    if not allows or not is_open([address for key in keys for address in split_addresses(rule.get(key, MISSING))]):
        return []
    texts = [
        text for suffix in ("", "s") for text in split_addresses(rule.get(f"destinationPortRange{suffix}", MISSING))
    ]
    return ports_in(texts) if texts else [EVERY_PORT]


def _judge_azure_egress_rule(rule: NetworkRule, path: str) -> Outcome:
    """Fails a rule that allows every port to every address, which overrides a deny rule unlike Azure's default rule, or
    stores of every customer that are not all in the country."""
    if are_every_port(_open_ports(rule)):
        return failed(f"{path} allows all outbound traffic to every address", path)
    return outbound_to_stores(_rule_properties(rule), path)


def _azure_group_egress(resource: Resource) -> Iterator[Outcome]:
    """Checks the inline rules of a security group, each of them and those of a protocol together."""
    rules = read_rules(resource.props.get("securityRules"))
    outcomes = [_judge_azure_egress_rule(rule, f"securityRules[{index}]") for index, rule in enumerate(rules)]
    yield from outcomes
    by_protocol: dict[str, list[Ports]] = {}
    for rule in rules:
        by_protocol.setdefault(str(_rule_properties(rule).get("protocol")).lower(), []).extend(_open_ports(rule))
    if all(item.verdict is Verdict.PASS for item in outcomes) and any(map(are_every_port, by_protocol.values())):
        yield failed("securityRules together allow all outbound traffic to every address", "securityRules")


def _single_azure_egress_rule(resource: Resource) -> Iterator[Outcome]:
    yield evaluate_single(_judge_azure_egress_rule, resource)


_RANGE_KEYS = (
    ("startIpAddress", "endIpAddress"), ("startIP", "endIP"), ("startIPv6Address", "endIPv6Address"),
    ("rangeStart", "rangeEnd"),
)  # fmt: skip
"""Properties with the first and the last address of a firewall rule."""


def _judge_range(rule: NetworkRule, prefix: str = "") -> Outcome:
    start, end = next((keys for keys in _RANGE_KEYS if keys[0] in rule), _RANGE_KEYS[0])
    first, last = rule.get(start, MISSING), rule.get(end, MISSING)
    path = f"{prefix}{start}"
    if range_is_open(first, last):
        return failed(f"{path} to {end} allows every address, or every Azure customer", path)
    if UNKNOWN in (first, last):
        return undetermined(f"the range of {path} is not known before deployment", path)
    return passed()


def _range_firewall(resource: Resource) -> Iterator[Outcome]:
    yield _judge_range(_rule_properties(resource.props))


def _analysis_server(resource: Resource) -> Iterator[Outcome]:
    for path, rule in walk(resource.props, "ipV4FirewallSettings?.firewallRules[*]"):
        for item in one_or_many(rule):
            if isinstance(item, dict):
                yield _judge_range(item, f"{path}.")


def _perimeter_rule(resource: Resource) -> Iterator[Outcome]:
    """Checks who may enter a network security perimeter. Services that it secures count as private."""
    prefixes = resource.props.get("addressPrefixes")
    if str(resource.get("direction")).lower() == "outbound" or not prefixes:
        yield passed()
    else:
        yield _judge_sources(split_addresses(prefixes), "addressPrefixes")


_IP_RULES: dict[str, tuple[str, ...]] = {
    "storage:StorageAccount": ("networkRuleSet.ipRules", "iPAddressOrRange"),
    "cosmosdb:DatabaseAccount": ("ipRules", "ipAddressOrRange"),
    "containerregistry:Registry": ("networkRuleSet.ipRules", "iPAddressOrRange"),
    "keyvault:Vault": ("properties.networkAcls.ipRules", "value"),
    "cognitiveservices:Account": ("properties.networkAcls.ipRules", "value"),
    "search:Service": ("networkRuleSet.ipRules", "value"),
}
"""Azure type -> path of its IP rules, and the key of an address in a rule."""


def _ip_rules(resource: Resource) -> Iterator[Outcome]:
    path, key = _IP_RULES[resource.type.removeprefix("azure-native:")]
    entries: Plain = resource.props
    for step in path.split("."):
        entries = entries.get(step, MISSING) if isinstance(entries, dict) else MISSING
    items = items_of(entries)
    values = [item.get(key, MISSING) if isinstance(item, dict) else item for item in items]
    yield (
        failed(f"{path} allows every address", path)
        if is_open([address for value in values for address in split_addresses(value)])
        else passed()
    )


def _judge_sources(sources: list[Plain], path: str) -> Outcome:
    """Judges a rule that lets traffic in from addresses. A rule without any applies to every address."""
    allows_everyone = _let_in(sources) if sources else True
    if allows_everyone is None:
        return undetermined(f"{path} allows addresses that are not known before deployment", path)
    return failed(f"{path} allows every address", path) if allows_everyone else passed()


def _admin_rule(resource: Resource) -> Iterator[Outcome]:
    """Checks a rule of Azure Virtual Network Manager. `AlwaysAllow` lets traffic pass without asking security
    groups."""
    access, direction = str(resource.get("access")).lower(), str(resource.get("direction")).lower()
    if access == "deny" or direction == "outbound":
        yield passed()
    elif resource.get("sources") is UNKNOWN:
        yield undetermined("sources is not known before deployment", "sources")
    else:
        sources = read_rules(resource.props.get("sources"))
        yield _judge_sources([source.get("addressPrefix", MISSING) for source in sources], "sources")


_FIREWALLS = (
    "network:FirewallPolicyRuleCollectionGroup",
    "network:FirewallPolicyRuleCollectionGroupDraft",
    "network:AzureFirewall",
)
_FIREWALL_COLLECTIONS = (
    "ruleCollections",
    "natRuleCollections",
    "networkRuleCollections",
    "applicationRuleCollections",
)
"""Properties of a firewall policy's group of rule collections, and of a classic firewall."""


def _firewall_rules(resource: Resource) -> Iterator[tuple[str, NetworkRule, NetworkRule | None]]:
    """Yields each rule of a firewall with its path and its collection; None for rules that are not known."""
    for key in _FIREWALL_COLLECTIONS:
        if resource.props.get(key) is UNKNOWN:
            yield key, {}, None
        for number, entry in enumerate(read_rules(resource.props.get(key))):
            collection, path = _rule_properties(entry), f"{key}[{number}].rules"
            if collection.get("rules") is UNKNOWN:
                yield path, collection, None
            for index, rule in enumerate(read_rules(collection.get("rules"))):
                yield f"{path}[{index}]", collection, rule


def _forwarding(resource: Resource) -> Iterator[Outcome]:
    """Checks the rules that forward traffic from a public address of the firewall (DNAT) to a private one."""
    for path, _, rule in _firewall_rules(resource):
        if rule is None:
            yield undetermined(f"{path} is not known before deployment", path)
        elif any(key.startswith("translated") for key in rule):
            sources = split_addresses(rule.get("sourceAddresses", MISSING))
            lists_groups = rule.get("sourceIpGroups") and not sources
            yield passed() if lists_groups else _judge_sources(sources, f"{path}.sourceAddresses")


def _outbound(resource: Resource) -> Iterator[Outcome]:
    for path, collection, rule in _firewall_rules(resource):
        action = collection.get("action")
        if rule is None or not isinstance(action, dict) or str(action.get("type")).lower() != "allow":
            continue
        ports = split_addresses(rule.get("destinationPorts", MISSING))
        addresses = split_addresses(rule.get("destinationAddresses", MISSING))
        if (not ports or are_every_port(ports_in(ports))) and is_open(addresses):
            yield failed(f"{path} allows all outbound traffic to every address", path)
        yield stores_abroad(rule, path)
        for field in ("targetFqdns", "targetUrls"):
            for name in texts_in(rule.get(field)):
                host = name.strip().removeprefix("https://").removeprefix("http://").partition("/")[0]
                if is_of_every_customer(host):
                    yield failed(f"{path} allows {name}, where every customer has his own", f"{path}.{field}")
        # A category is of any number of hosts (MicrosoftDocs/azure-docs 0af82e84, "Azure Firewall web categories", read
        # 2026-11-29).
        if rule.get("webCategories"):
            yield failed(f"{path} allows every host of a category of the web", f"{path}.webCategories")


def _admin_egress(resource: Resource) -> Iterator[Outcome]:
    yield outbound_to_stores(resource.props, "the rule")


def _ip_group(resource: Resource) -> Iterator[Outcome]:
    covers_everyone = is_open(split_addresses(resource.props.get("ipAddresses", MISSING)))
    yield failed("ipAddresses covers every address", "ipAddresses") if covers_everyone else passed()


AZURE_INGRESS: dict[str, Predicate] = {
    **dict.fromkeys(azure("network:NetworkSecurityGroup"), _azure_group_ingress),
    **dict.fromkeys(azure("network:SecurityRule", "network:DefaultSecurityRule"), _single_azure_ingress_rule),
    **dict.fromkeys(
        azure("sql:FirewallRule", "sql:IPv6FirewallRule",
              "dbforpostgresql:FirewallRule", "dbformysql:FirewallRule", "synapse:IpFirewallRule",
              "redis:FirewallRule", "mongocluster:FirewallRule", "dbforpostgresql:ServerGroupFirewallRule",
              "dbforpostgresql:SingleServerFirewallRule", "dbformysql:SingleServerFirewallRule",
              "dbformariadb:FirewallRule", "redis:RedisFirewallRule", "cosmosdb:MongoClusterFirewallRule",
              "horizondb:HorizonDbFirewallRule", "databasefleetmanager:FirewallRule"),
        _range_firewall,
    ),
    **dict.fromkeys(azure(*_IP_RULES), _ip_rules),
    **dict.fromkeys(azure("network:AdminRule", "network:SecurityUserRule", "network:UserRule"), _admin_rule),
    **dict.fromkeys(azure(*_FIREWALLS), _forwarding),
    **dict.fromkeys(azure("network:IpGroup"), _ip_group),
    **dict.fromkeys(azure("network:NetworkSecurityPerimeterAccessRule", "network:NspAccessRule"), _perimeter_rule),
    **dict.fromkeys(azure("analysisservices:ServerDetails"), _analysis_server),
}  # fmt: skip
"""Type -> the predicate for its ingress rules."""
WIDE_PREFIX = Condition(
    "must be a network so wide that it counts as every address",
    lambda value: "/" in str(value) and is_any_address(value),
)
AZURE_ROUTES = tuple(
    Check(azure(kind), f"{prefix}nextHopType", none_of("Internet"), when=(f"{prefix}addressPrefix", WIDE_PREFIX))
    for kind, prefix in (("network:RouteTable", "routes[*]."), ("network:Route", ""))
)  # fmt: skip
"""A route of every address to the internet goes past the firewall of the network (MicrosoftDocs/azure-docs 0239a4e2
articles/virtual-network/virtual-networks-udr-overview.md, next hop types, read 2026-11-30)."""
AZURE_EGRESS: dict[str, Predicate] = {
    **dict.fromkeys(azure("network:NetworkSecurityGroup"), _azure_group_egress),
    **dict.fromkeys(azure("network:SecurityRule", "network:DefaultSecurityRule"), _single_azure_egress_rule),
    **dict.fromkeys(azure(*_FIREWALLS), _outbound),
    **dict.fromkeys(azure("network:AdminRule", "network:SecurityUserRule", "network:UserRule"), _admin_egress),
}
"""Type -> the predicate for its egress rules."""
