"""Policies of the whole cluster that let every pod call the internet, whatever the policies of its namespace say.

Kubernetes' policies of administrators are evaluated before those of namespaces (kubernetes-sigs/network-policy-api
0eec1b07, AdminNetworkPolicy and the tier Admin of ClusterNetworkPolicy); Cilium adds up what its policies allow
("Policy Enforcement Modes"); Calico evaluates tiers and policies by their order, and gives those of Kubernetes the
order 1000 ("Global network policy", "Policy tiers"); the last two as known on 2026-11-29.
"""

from collections.abc import Iterator

from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Plain
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cidrs import is_open, split_addresses
from ..readers.kubernetes_objects import ObjectPart
from ..readers.selectors import selects_everything

_OF_KUBERNETES = 1_000
"""Order of the policies of Kubernetes in Calico."""
_WORLD = frozenset({"all", "world", "world-ipv4", "world-ipv6"})
_ALLOWING = ("allow", "accept")


def check_leaving(item: ObjectPart) -> Iterator[Outcome]:
    """Yields an outcome for each rule of a policy of the cluster for calls of every pod."""
    for spec in (item.child("spec"), *item.children("specs")):
        finds = _FINDERS.get(str(item.get("kind")))
        if finds is None or not _is_of_everybody(spec):
            continue
        for rule in spec.children("egress"):
            text = f"{rule.path} lets every pod call the internet, whatever its namespace says"
            yield failed(text, rule.path) if finds(spec, rule) else passed()


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
    destination, order = rule.child("destination"), number_of(spec.get("order"))
    is_first = spec.get("tier") not in (MISSING, "default") or (order is not None and order < _OF_KUBERNETES)
    is_everywhere = all(_is_unset(destination.get(key)) for key in _DESTINATIONS)
    is_wide = is_everywhere or is_open(split_addresses(destination.get("nets"))) is True
    return is_first and str(rule.data.get("action", "Allow")).lower() == "allow" and is_wide


def _is_unset(value: Plain) -> bool:
    return value in (MISSING, "", [], {})


_FINDERS = {
    "AdminNetworkPolicy": _leaves_by_administrator,
    "ClusterNetworkPolicy": _leaves_by_administrator,
    "CiliumClusterwideNetworkPolicy": _leaves_by_cilium,
    "GlobalNetworkPolicy": _leaves_by_calico,
}
"""Kind -> whether one of its rules lets pods call every address."""
