"""Policies of Antrea, which name their kinds as Kubernetes and its API of network policies do and mean something else.

A rule has an action; one without sources is for every source. In a ClusterNetworkPolicy a selector of pods without one
of namespaces selects the pods of all namespaces, and `namespaces: {match: Self}` only those of the target's own
(antrea-io/antrea, docs/antrea-network-policy.md, "Behavior of to and from selectors", "Key differences from K8s
NetworkPolicy", "Selecting Pods in the same Namespace with Self", read 2026-11-30).
"""

from collections.abc import Iterator

from ..engine.reading import MISSING
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.cidrs import is_open
from ..readers.kubernetes_objects import ObjectPart
from ..readers.selectors import selects_everything

_GROUP = "crd.antrea.io/"
_ALLOW = "allow"
_CONFINING = ("ipBlock", "group", "nodeSelector", "serviceAccount", "externalEntitySelector", "fqdn")
"""Fields of a source by which it is not, or not only, the pods of namespaces."""


def is_antrea(item: ObjectPart) -> bool:
    """Returns whether an object is a policy of Antrea, by its API group."""
    return str(item.get("apiVersion")).startswith(_GROUP)


def check_antrea(item: ObjectPart, kind: str) -> Iterator[Outcome]:
    """Yields whether the rules of a policy that allow name whom they allow."""
    for rule in item.child("spec").children("ingress"):
        if str(rule.get("action")).lower() != _ALLOW:
            continue
        if rule.get("from") in (MISSING, []):
            yield failed(f"{rule.path} names no source, which allows all of them", rule.path)
        for peer in rule.children("from"):
            yield _check_peer(peer, is_of_cluster=kind == "ClusterNetworkPolicy")


def _check_peer(peer: ObjectPart, *, is_of_cluster: bool) -> Outcome:
    is_everyone = is_open([peer.child("ipBlock").get("cidr")])
    if is_everyone is None:
        return undetermined(f"{peer.path} has an address that is not known before deployment", peer.path)
    if is_everyone:
        return failed(f"{peer.path} allows every address", peer.path)
    if _is_every_pod(peer, is_of_cluster=is_of_cluster):
        return failed(f"{peer.path} allows every pod of every namespace", peer.path)
    return passed()


def _is_every_pod(peer: ObjectPart, *, is_of_cluster: bool) -> bool:
    if any(peer.get(key) is not MISSING for key in _CONFINING):
        return False
    has_namespaces = isinstance(peer.get("namespaceSelector"), dict)
    if has_namespaces:
        is_every_namespace = selects_everything(peer.child("namespaceSelector"))
    else:
        is_every_namespace = is_of_cluster and not _is_own_namespace(peer)
    has_pods = isinstance(peer.get("podSelector"), dict)
    return is_every_namespace and (not has_pods or selects_everything(peer.child("podSelector")))


def _is_own_namespace(peer: ObjectPart) -> bool:
    """Returns whether a source is limited to the namespace of the target, or to those with the same value of a label:
    `sameLabels` names the labels (antrea-io/antrea, PeerNamespaces)."""
    namespaces = peer.child("namespaces")
    return namespaces.get("match") == "Self" or namespaces.get("sameLabels") not in (MISSING, [])
