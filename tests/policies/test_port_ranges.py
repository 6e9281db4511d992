"""A range of ports that leaves out a few is every port, for each reader of ports."""

from collections.abc import Callable, Sequence

import pytest
from guardrails.readers.port_ranges import are_every_port, ports_in

from tests.processor_time import within

from .blind import HERE, RG, TAGS, aws, az
from .harness import Given, Pack, rules
from .test_known_ideas import inside

Ports = Sequence[tuple[int, int]]
ANY = "0.0.0.0/0"
POD = {"matchLabels": {"app": "x"}}


def group(ports: Ports) -> Given:
    egress = [{"protocol": "tcp", "fromPort": first, "toPort": last, "cidrBlocks": [ANY]} for first, last in ports]
    return aws("ec2/SecurityGroup", {"description": "app", "egress": egress, "tags": TAGS})


def network_group(ports: Ports) -> Given:
    return az("network:NetworkSecurityGroup", {**HERE, "securityRules": [{
        "name": "out", "access": "Allow", "direction": "Outbound", "priority": 200, "protocol": "Tcp",
        "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*",
        "destinationPortRanges": [f"{first}-{last}" for first, last in ports]}]})  # fmt: skip


def network_groups_rules(ports: Ports) -> Given:
    rule = {"access": "Allow", "direction": "Outbound", "protocol": "Tcp", "sourceAddressPrefix": "*",
            "sourcePortRange": "*", "destinationAddressPrefix": "Internet"}  # fmt: skip
    return az("network:NetworkSecurityGroup", {**HERE, "securityRules": [
        {**rule, "name": f"out{first}", "priority": 200 + index, "destinationPortRange": f"{first}-{last}"}
        for index, (first, last) in enumerate(ports)]})  # fmt: skip


def firewall(ports: Ports) -> Given:
    rule = {"ruleType": "NetworkRule", "name": "out", "ipProtocols": ["TCP"], "sourceAddresses": ["10.0.0.0/16"],
            "destinationAddresses": ["*"],
            "destinationPorts": [f"{first}-{last}" for first, last in ports]}  # fmt: skip
    return az("network:FirewallPolicyRuleCollectionGroup", {
        **RG, "firewallPolicyName": "hub", "priority": 200, "ruleCollections": [{
            "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "out", "priority": 100,
            "action": {"type": "Allow"}, "rules": [rule]}]})  # fmt: skip


def rule_group(source: object) -> Given:
    return aws("networkfirewall/RuleGroup", {
        "capacity": 100, "type": "STATEFUL", "tags": TAGS, "ruleGroup": {"rulesSource": source}})  # fmt: skip


def suricata(ports: Ports) -> Given:
    listed = ",".join(f"{first}:{last}" for first, last in ports)
    text = f'pass tcp 10.0.0.0/16 any -> any [{listed}] (msg:"out"; sid:1; rev:1;)'
    return rule_group({"rulesString": text})


def listed_rules(ports: Ports) -> Given:
    header = {"protocol": "TCP", "direction": "FORWARD", "source": "ANY", "sourcePort": "ANY", "destination": "ANY",
              "destinationPort": "[" + ",".join(f"{first}:{last}" for first, last in ports) + "]"}  # fmt: skip
    rule = {"action": "PASS", "header": header, "ruleOptions": [{"keyword": "sid", "settings": ["1"]}]}
    return rule_group({"statefulRules": [rule]})


def egress(ports: Ports) -> Given:
    return inside("networking.k8s.io/v1:NetworkPolicy", "x", {"podSelector": POD, "egress": [
        {"to": [{"ipBlock": {"cidr": ANY}}],
         "ports": [{"port": first, "endPort": last} for first, last in ports]}]})  # fmt: skip


def ingress(ports: Ports) -> Given:
    return inside("networking.k8s.io/v1:NetworkPolicy", "x", {"podSelector": POD, "policyTypes": ["Ingress"],
        "ingress": [{"ports": [{"port": first, "endPort": last} for first, last in ports]}]})  # fmt: skip


def cilium(ports: Ports) -> Given:
    listed = [{"port": str(first), "endPort": last, "protocol": "TCP"} for first, last in ports]
    return inside("cilium.io/v2:CiliumNetworkPolicy", "x", {
        "endpointSelector": POD, "egress": [{"toCIDR": [ANY], "toPorts": [{"ports": listed}]}]})  # fmt: skip


def calico(ports: Ports) -> Given:
    return inside("crd.projectcalico.org/v1:NetworkPolicy", "x", {"selector": "app == 'x'", "egress": [
        {"action": "Allow", "protocol": "TCP",
         "destination": {"nets": [ANY], "ports": [f"{first}:{last}" for first, last in ports]}}]})  # fmt: skip


def antrea(ports: Ports) -> Given:
    listed = [{"protocol": "TCP", "port": first, "endPort": last} for first, last in ports]
    return inside("crd.antrea.io/v1beta1:NetworkPolicy", "x", {
        "priority": 5, "tier": "application", "appliedTo": [{"podSelector": POD}],
        "egress": [{"action": "Allow", "to": [{"ipBlock": {"cidr": ANY}}], "ports": listed}]})  # fmt: skip


READERS: tuple[tuple[Callable[[Ports], Given], str], ...] = (
    (group, "FJ-EXP-109"), (network_group, "FJ-EXP-109"), (network_groups_rules, "FJ-EXP-109"),
    (firewall, "FJ-EXP-109"), (suricata, "FJ-EXP-127"), (listed_rules, "FJ-EXP-127"), (egress, "FJ-EXP-324"),
    (ingress, "FJ-EXP-324"), (cilium, "FJ-EXP-324"), (calico, "FJ-EXP-324"), (antrea, "FJ-EXP-324"),
)  # fmt: skip
NEARLY_ALL: tuple[Ports, ...] = (
    ((1, 65534),), ((0, 65535),), ((1024, 65535),), ((2, 60000),), ((1, 24), (26, 65535)), ((1, 30000), (30001, 65000)),
    ((30001, 65000), (1, 442), (444, 30000)), ((5000, 65535),),
)  # fmt: skip
SOME: tuple[Ports, ...] = (
    ((8443, 8443),), ((8000, 9000), (443, 443)), ((32768, 65535),), ((49152, 65535),), ((30000, 32767),), ((1, 1023),),
    ((10000, 20000), (50000, 60000)), ((10000, 60000),), ((1, 1023), (1, 1023), (49152, 65535)),
)  # fmt: skip


@pytest.mark.parametrize(("make", "rule"), READERS, ids=[make.__name__ for make, _ in READERS])
def test_a_range_without_a_few_ports_is_every_port(make: Callable[[Ports], Given], rule: str) -> None:
    pack = Pack()
    for ports in NEARLY_ALL:
        assert rule in rules(pack.evaluate_plan(make(ports))), ports
    for ports in SOME:
        assert rule not in rules(pack.evaluate_plan(make(ports))), ports


@pytest.mark.parametrize(("text", "is_every"), [
    ("any", True), ("*", True), ("[any]", True), ("!22", True), ("![22,25]", True), ("[!22,!25]", True), ("1:", True),
    (":65534", True), ("[1:442, 444:65535]", True), ("0-65535", True), ("[1:65535,!443]", True), ("443", False),
    ("!1024:65535", False), ("[1:65535,!1000:60000]", False), ("$HTTP_PORTS", False), ("", False), ("http", False),
    (":1023", False), ("49152:", False), ("!any", False),
])  # fmt: skip
def test_texts_of_ports_are_read(text: str, is_every: bool) -> None:
    assert are_every_port(ports_in([text])) is is_every


@pytest.mark.parametrize("part", ["1:65535,", "![", "!", "1-", "pass tcp any any -> any [", "pass tcp [", " ", "]["])
def test_long_texts_take_no_time(part: str) -> None:
    text = part * (20_000 // len(part))
    with within(2):
        are_every_port(ports_in([text]))
        Pack().evaluate_resource(rule_group({"rulesString": text}))
