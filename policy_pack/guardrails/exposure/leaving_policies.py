"""Policies of a cluster that let pods call the internet: every pod, whatever the policies of its namespace say, or the
pods of a namespace on every port, as egress rules of security groups may not either (FJ-EXP-109).

Kubernetes' policies of administrators are evaluated before those of namespaces (kubernetes-sigs/network-policy-api
0eec1b07, AdminNetworkPolicy and the tier Admin of ClusterNetworkPolicy); Cilium adds up what its policies allow
(cilium/cilium 1ba78805, "Policy Enforcement Modes", rule basics); Calico evaluates tiers and policies by their order,
and gives those of Kubernetes the order 1000 (projectcalico/calico 87c15906 api/pkg/apis/projectcalico/v3/tier.go and
libcalico-go/lib/backend/k8s/conversion/conversion.go). Without ports a rule is for every port (kubernetes/api 10b39a39
networking/v1/types.go and projectcalico/api d4009e4d v3/policy_common.go; all read 2026-11-29), and so is port 0 of
Cilium (cilium/cilium pkg/policy/api/l4.go, PortProtocolAny, and 005aed24 rule_validation.go, which accepts it without
rules of layer 7; read 2026-11-30), whose `endPort` is 0 unless it is set.
"""

import ipaddress
from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, UNKNOWN, Plain
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cidrs import is_open, split_addresses
from ..readers.kubernetes_objects import ObjectPart
from ..readers.port_ranges import EVERY_PORT, Ports, are_every_port, ports_in
from ..readers.selectors import selects_everything
from ..readers.webhooks import is_of_platform

_OF_KUBERNETES = 1_000
"""Order of the policies of Kubernetes in Calico."""
_WORLD = frozenset({"all", "world", "world-ipv4", "world-ipv6"})
_ALLOWING = ("allow", "accept")


def check_leaving(item: ObjectPart) -> Iterator[Outcome]:
    """Yields an outcome for each rule of a policy for calls of pods."""
    kind = str(item.get("kind"))
    for spec in (item.child("spec"), *item.children("specs")):
        finds = _FINDERS.get(kind) if _is_of_everybody(spec) else None
        rules = list(spec.children("egress")) if _evaluates_egress(spec) else []
        wide = [rule for rule in rules if _is_everywhere(kind, spec, rule)]
        is_every_port = are_every_port(ports for rule in wide for ports in _ports(rule))
        for rule in rules:
            if finds is not None and finds(spec, rule):
                yield failed(f"{rule.path} lets every pod call the internet, whatever its namespace says", rule.path)
            elif _reaches_machines(item, spec, rule):
                yield failed(f"{rule.path} lets every pod of a team ask its machine for its role", rule.path)
            elif rule in wide and is_every_port:
                yield failed(f"{rule.path} lets pods call every address on every port", rule.path)
            else:
                yield passed()


_METADATA = (ipaddress.ip_network("169.254.169.254/32"), ipaddress.ip_network("fd00:ec2::254/128"))
"""Addresses at which a machine of AWS or Azure gives credentials of its role (botocore 1.44.8 utils.py,
METADATA_BASE_URL, read 2026-11-29; MicrosoftDocs/azure-stack-docs azure-stack/user/instance-metadata-service.md, read
2026-11-30)."""
_LINK_LOCAL = 12
"""Bits from which on a block names the metadata, and not the internet."""


def _reaches_machines(item: ObjectPart, spec: ObjectPart, rule: ObjectPart) -> bool:
    """Returns whether a rule lets every pod, of a team's namespace or of the cluster, ask for the role of its machine,
    by an address that it names."""
    own = item.child("metadata").get("namespace")
    is_of_kubernetes = "podSelector" in spec.data
    is_every = selects_everything(spec.child("podSelector")) if is_of_kubernetes else _is_of_everybody(spec)
    if not is_every or (isinstance(own, str) and is_of_platform(own)):
        return False
    if str(rule.data.get("action", "Allow")).lower() not in _ALLOWING:
        return False
    peers = [*rule.children("to"), *rule.children("toCIDRSet"), rule.child("destination"), rule]
    blocks = [peer.child("ipBlock") if peer.child("ipBlock").data else peer for peer in peers]
    return any(
        _has_metadata(address) and not any(map(_has_metadata, split_addresses(block.data.get("except"))))
        for block in blocks
        for key in ("cidr", "networks", "nets", "toCIDR")
        for address in split_addresses(block.get(key))
    )


def _has_metadata(address: Plain) -> bool:
    try:
        network = ipaddress.ip_network(str(address).strip(), strict=False)
    except ValueError:
        return False
    is_named = network.prefixlen >= _LINK_LOCAL
    return is_named and any(item.version == network.version and network.overlaps(item) for item in _METADATA)


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


def _ports(rule: ObjectPart) -> Iterator[Ports]:
    """Yields the first and the last of each range of ports of a rule; without ports it is for all of a protocol."""
    destination = rule.child("destination")
    named = [rule.get(key) for key in ("ports", "toPorts", "protocols", "icmps")] + [destination.get("ports")]
    if all(_is_unset(value) for value in named) and not str(rule.get("protocol")).lower().startswith("icmp"):
        yield EVERY_PORT
    yield from map(_ports_of, (
        *rule.children("ports"),
        *rule.children("protocols"),
        *(port for group in rule.children("toPorts") for port in group.children("ports")),
    ))  # fmt: skip
    texts = destination.get("ports")
    yield from ports_in(texts if isinstance(texts, list) else ())


_NAMED = frozenset({"namedPort", "destinationNamedPort"})


def _ports_of(entry: ObjectPart) -> Ports:
    """Returns the first and the last port of an entry: every one if none is named, or zero."""
    protocols = (entry.child(name).child("destinationPort").child("range") for name in ("tcp", "udp", "sctp"))
    for limits in (entry.child("portRange"), *protocols):
        if limits.data:
            return limits.get("start"), limits.get("end")
    named = entry.child("portNumber").get("port") if entry.child("portNumber").data else entry.get("port")
    # Policies of administrators name ports below the protocol.
    is_nested = any(isinstance(value, dict | list) and bool(value) for value in entry.data.values())
    is_unnamed = named is MISSING and not is_nested and _NAMED.isdisjoint(entry.data)
    is_single = entry.get("endPort") is MISSING or number_of(entry.get("endPort")) == 0
    if is_unnamed or (number_of(named) == 0 and is_single):
        return EVERY_PORT
    return named, named if is_single else entry.get("endPort")


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
