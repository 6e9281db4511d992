"""Refusals of packets that never refuse one, as an earlier rule of the same list lets each of them in; and lists of
hosts of Azure Firewall that nobody reads, as a network rule lets the same machines go to every address before.

`readers.packet_rules` says in which order rules decide, and where that was read. A refusal of everything at the end of
a list says what happens anyway.
"""

from collections.abc import Iterator
from dataclasses import replace

from ..engine.plan import Plan
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.packet_rules import (
    EVERY,
    FIREWALL_GROUPS,
    PacketRule,
    firewall_rules,
    packet_rules,
    rules_of_group,
    texts_in,
)
from ..readers.port_ranges import LAST_PORT

_MOST = 200
"""Rules before another one with which it is compared: more are in no list that people read."""


def check_void_denials(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each refusal, and each list of hosts, that an earlier rule makes void."""
    seen = set[str]()
    for rule in packet_rules(resource):
        if rule.allows or rule.path in seen or _is_everything(rule):
            continue
        before = plan.once(_allowing, rule.group)[:_MOST]
        if any(other.order < rule.order and other.covers(rule) for other in before):
            seen.add(rule.path)
            yield failed(f"{rule.path} refuses nothing: a rule before it lets in all that it names. Put it before that "
                         "rule", rule.path)  # fmt: skip
    if resource.type in FIREWALL_GROUPS:
        yield from _unread_lists(resource, plan)


def _allowing(plan: Plan, group: str) -> list[PacketRule]:
    return [rule for rule in rules_of_group(plan, group) if rule.allows]


def _is_everything(rule: PacketRule) -> bool:
    return EVERY in rule.sources and EVERY in rule.targets and EVERY in rule.protocols


def _unread_lists(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Evaluates lists of hosts: a network rule for every address decides before them, whatever its priority."""
    groups = {rule.group for rule in packet_rules(resource)} or _groups_of(resource)
    before = [rule for group in groups for rule in plan.once(_allowing, group)[:_MOST] if EVERY in rule.targets]
    for path, _, rule in firewall_rules(resource, "ApplicationRule"):
        hosts = [text for key in ("targetFqdns", "targetUrls", "fqdnTags") for text in texts_in(rule.get(key))]
        sources = frozenset(text.strip().lower() for key in ("sourceAddresses", "sourceIpGroups")
                            for text in texts_in(rule.get(key)))  # fmt: skip
        is_list = str(rule.get("access")).lower() == "allow" and hosts and EVERY not in hosts
        asked = PacketRule("", path, "", (), True, frozenset({"tcp"}), sources, frozenset({EVERY}), ((443.0, 443.0),),
                           ((0.0, float(LAST_PORT)),))  # fmt: skip
        web = (asked, replace(asked, ports=((80.0, 80.0),)))
        if is_list and sources and any(other.covers(port) for other in before for port in web):
            yield failed(f"{path} is read by nobody: a network rule lets the same machines go to every address, and is "
                         "applied before it", path)  # fmt: skip


def _groups_of(resource: Resource) -> set[str]:
    names = (*texts_in(resource.get("firewallPolicyName")), *resource.dependencies.get("firewallPolicyName", ()))
    return {f"{name} network" for name in names}
