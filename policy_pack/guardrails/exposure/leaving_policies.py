"""Policies of a cluster that let pods call the internet: every pod, whatever the policies of its namespace say, or the
pods of a namespace on every port, as egress rules of security groups may not either (FJ-EXP-109).

Kubernetes' policies of administrators are evaluated before those of namespaces (kubernetes-sigs/network-policy-api
0eec1b07, AdminNetworkPolicy and the tier Admin of ClusterNetworkPolicy); Cilium adds up what its policies allow
("Policy Enforcement Modes"); Calico evaluates tiers and policies by their order, and gives those of Kubernetes the
order 1000 ("Global network policy", "Policy tiers"); the last two as known on 2026-11-29. Without ports a rule is for
every port (kubernetes/api 10b39a39 networking/v1/types.go and projectcalico/api d4009e4d v3/policy_common.go, read
2026-11-29), and so is port 0 of Cilium (its documentation on layer 4, as known).
"""

from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cidrs import is_open, split_addresses
from ..readers.kubernetes_objects import ObjectPart
from ..readers.selectors import selects_everything

_OF_KUBERNETES = 1_000
"""Order of the policies of Kubernetes in Calico."""
_LAST_PORT = 65_535
_WORLD = frozenset({"all", "world", "world-ipv4", "world-ipv6"})
_ALLOWING = ("allow", "accept")


def check_leaving(item: ObjectPart) -> Iterator[Outcome]:
    """Yields an outcome for each rule of a policy for calls of pods."""
    kind = str(item.get("kind"))
    for spec in (item.child("spec"), *item.children("specs")):
        finds = _FINDERS.get(kind) if _is_of_everybody(spec) else None
        for rule in spec.children("egress") if _evaluates_egress(spec) else ():
            if finds is not None and finds(spec, rule):
                yield failed(f"{rule.path} lets every pod call the internet, whatever its namespace says", rule.path)
            elif _is_everywhere(kind, spec, rule) and _is_every_port(rule):
                yield failed(f"{rule.path} lets pods call every address on every port", rule.path)
            else:
                yield passed()


def _evaluates_egress(spec: ObjectPart) -> bool:
    """Returns whether the rules for calls of pods have an effect: not if a policy is for calls to pods only."""
    kinds = next((kinds for key in ("policyTypes", "types") if isinstance(kinds := spec.get(key), list)), ["egress"])
    return UNKNOWN in kinds or "egress" in [str(kind).lower() for kind in kinds]


def _is_everywhere(kind: str, spec: ObjectPart, rule: ObjectPart) -> bool:
    """Returns whether a rule is for every address."""
    if kind.startswith("Cilium"):
        return _leaves_by_cilium(spec, rule)
    if kind in ("AdminNetworkPolicy", "ClusterNetworkPolicy"):
        return _leaves_by_administrator(spec, rule)
    if kind == "BaselineAdminNetworkPolicy":  # what it allows, the policies of a namespace refuse
        return False
    if "action" in rule.data or "destination" in rule.data:
        return _is_open_by_calico(rule)
    blocks = [block for peer in rule.children("to") for block in split_addresses(peer.child("ipBlock").get("cidr"))]
    return rule.get("to") in (MISSING, []) or is_open(blocks) is True


def _is_every_port(rule: ObjectPart) -> bool:
    """Returns whether a rule is for every port of a protocol that has ports."""
    destination = rule.child("destination")
    named = [rule.get(key) for key in ("ports", "toPorts", "protocols", "icmps")] + [destination.get("ports")]
    protocol = str(rule.data.get("protocol", "tcp")).lower()
    if all(_is_unset(value) for value in named):
        return not protocol.startswith("icmp")
    entries = (
        *rule.children("ports"),
        *rule.children("protocols"),
        *(port for group in rule.children("toPorts") for port in group.children("ports")),
    )
    texts = destination.get("ports")
    ranges = [str(text).partition(":") for text in (texts if isinstance(texts, list) else ())]
    return any(map(_is_every_port_of, entries)) or any(
        bool(colon) and _covers_ports(first, last) for first, colon, last in ranges
    )


_NAMED = frozenset({"namedPort", "destinationNamedPort"})


def _is_every_port_of(entry: ObjectPart) -> bool:
    """Returns whether an entry of a rule's ports is every port: none is named, zero, or a range from end to end."""
    protocols = (entry.child(name).child("destinationPort").child("range") for name in ("tcp", "udp", "sctp"))
    if ranges := [item for item in (entry.child("portRange"), *protocols) if item.data]:
        return any(_covers_ports(item.get("start"), item.get("end")) for item in ranges)
    named = entry.child("portNumber").get("port") if entry.child("portNumber").data else entry.get("port")
    # Policies of administrators name ports below the protocol.
    is_nested = any(isinstance(value, dict | list) and bool(value) for value in entry.data.values())
    is_nested = is_nested or not _NAMED.isdisjoint(entry.data)
    is_unnamed = named is MISSING and not is_nested
    return is_unnamed or number_of(named) == 0 or _covers_ports(named, entry.get("endPort"))


def _covers_ports(first: Plain, last: Plain) -> bool:
    start, end = number_of(first), number_of(last)
    return start is not None and end is not None and start <= 1 and end >= _LAST_PORT


def _is_of_everybody(spec: ObjectPart) -> bool:
    """Returns whether a policy is for the pods of every namespace."""
    subject = spec.child("subject")
    named = (
        (subject, "namespaces"), (subject.child("pods"), "namespaceSelector"), (spec, "endpointSelector"),
    )  # fmt: skip
    if any(isinstance(part.get(key), dict) and selects_everything(part.child(key)) for part, key in named):
        return True
    # Calico: without a selector a policy is for every pod.
    is_calico = spec.get("endpointSelector") is MISSING and spec.get("subject") is MISSING
    texts = (spec.get("selector"), spec.get("namespaceSelector"))
    return is_calico and all(text is MISSING or str(text).strip() in ("", "all()", "global()") for text in texts)


def _leaves_by_administrator(spec: ObjectPart, rule: ObjectPart) -> bool:
    blocks = [block for peer in rule.children("to") for block in split_addresses(peer.get("networks"))]
    is_last = str(spec.get("tier")).lower() == "baseline"
    return not is_last and str(rule.get("action")).lower() in _ALLOWING and is_open(blocks) is True


def _leaves_by_cilium(_: ObjectPart, rule: ObjectPart) -> bool:
    entities = rule.get("toEntities")
    is_world = isinstance(entities, list) and not _WORLD.isdisjoint(str(name).lower() for name in entities)
    blocks = [*split_addresses(rule.get("toCIDR")), *(peer.get("cidr") for peer in rule.children("toCIDRSet"))]
    return is_world or is_open(blocks) is True


_DESTINATIONS = ("nets", "selector", "namespaceSelector", "serviceAccounts", "services", "domains")


def _leaves_by_calico(spec: ObjectPart, rule: ObjectPart) -> bool:
    order = number_of(spec.get("order"))
    is_first = spec.get("tier") not in (MISSING, "default") or (order is not None and order < _OF_KUBERNETES)
    return is_first and _is_open_by_calico(rule)


def _is_open_by_calico(rule: ObjectPart) -> bool:
    destination = rule.child("destination")
    is_everywhere = all(_is_unset(destination.get(key)) for key in _DESTINATIONS)
    is_wide = is_everywhere or is_open(split_addresses(destination.get("nets"))) is True
    return str(rule.data.get("action", "Allow")).lower() == "allow" and is_wide


def _is_unset(value: Plain) -> bool:
    return value in (MISSING, "", [], {})


_FINDERS = {
    "AdminNetworkPolicy": _leaves_by_administrator,
    "ClusterNetworkPolicy": _leaves_by_administrator,
    "CiliumClusterwideNetworkPolicy": _leaves_by_cilium,
    "GlobalNetworkPolicy": _leaves_by_calico,
}
"""Kind -> whether one of its rules lets pods call every address."""
