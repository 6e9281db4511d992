"""Policies inside a cluster that decide who may connect to pods: of Kubernetes, Cilium, Calico, Istio and Linkerd.

Fields and defaults read 2026-11-27: kubernetes-sigs/network-policy-api at 0eec1b07 (ClusterNetworkPolicy and its former
kinds; an empty selector of namespaces selects all), linkerd/linkerd2 at b24cd405 (policy CRDs), istio.io/api 1.31
(AuthorizationPolicy), kubernetes-sigs/aws-load-balancer-controller at 225f4456 (TargetGroupBinding), Cilium's and
Calico's references of their policies.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, Resource, items_of
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cidrs import is_open, split_addresses
from ..readers.known_later import resolve_own_addresses
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, equals_bool, objects
from ..readers.port_ranges import EVERY_PORT, Ports, are_every_port
from ..readers.selectors import selects_everything
from .antrea_policies import check_antrea, is_antrea
from .leaving_policies import check_leaving
from .mesh_policies import check_istio, judge_blocks

_PolicyCheck = Callable[[ObjectPart, str], Iterator[Outcome]]
"""Evaluates one policy of the given kind."""


def _is_every_pod(peer: ObjectPart) -> bool:
    """Returns whether a source or a group of pods is every pod of all namespaces, or of all but some."""
    has_selector = isinstance(peer.get("namespaceSelector"), dict)
    is_every_namespace = has_selector and selects_everything(peer.child("namespaceSelector"))
    return is_every_namespace and peer.get("podSelector") in (MISSING, {})


def _ports_of(port: ObjectPart) -> Ports:
    """Returns the ports of an entry: every one of its protocol if it names none."""
    first, last = port.get("port"), port.get("endPort")
    return EVERY_PORT if first is MISSING else (first, first if last is MISSING else last)


def _unused_direction(spec: ObjectPart) -> str:
    """Returns the direction that a policy limits without effect, because its types leave that direction out;
    empty if there is none (kubernetes/api networking/v1/types.go, NetworkPolicySpec, read 2026-11-30)."""
    kinds = spec.get("policyTypes")
    if not isinstance(kinds, list) or not kinds or not all(isinstance(kind, str) for kind in kinds):
        return ""
    limits = (direction for direction in ("ingress", "egress") if any(rule.data for rule in spec.children(direction)))
    return next((direction for direction in limits if direction.capitalize() not in kinds), "")


def _check_network_policy(item: ObjectPart, _: str) -> Iterator[Outcome]:
    if unused := _unused_direction(item.child("spec")):
        path = item.child("spec").path_to(unused)
        yield failed(f"{path} has no effect, because policyTypes lacks {unused.capitalize()}", path)
    for rule in item.child("spec").children("ingress"):
        peers, path = list(rule.children("from")), rule.path_to("from")
        if rule.get("from") in (MISSING, []) and (
            rule.get("ports") in (MISSING, []) or are_every_port(map(_ports_of, rule.children("ports")))
        ):
            yield failed(f"{rule.path} has neither source nor port, which allows all traffic", rule.path)
        if any(_is_every_pod(peer) for peer in peers):
            yield failed(f"{path} allows every pod of every namespace", path)
        blocks = [peer.child("ipBlock").get("cidr") for peer in peers]
        yield judge_blocks([address for block in blocks for address in split_addresses(block)], path)


def _check_cluster_policy(item: ObjectPart, _: str) -> Iterator[Outcome]:
    """Checks a policy of the cluster's administrator. What it accepts, no NetworkPolicy can refuse."""
    for rule in item.child("spec").children("ingress"):
        if str(rule.get("action")).lower() not in ("allow", "accept"):
            continue
        for peer in rule.children("from"):
            pods = peer.child("pods")
            namespaces = isinstance(peer.get("namespaces"), dict) and selects_everything(peer.child("namespaces"))
            is_everyone = namespaces or _is_every_pod(pods)
            path = f"{peer.path} allows every pod of every namespace"
            yield failed(path, peer.path) if is_everyone else passed()


_WORLD_ENTITIES = frozenset({"all", "world", "world-ipv4", "world-ipv6"})
_EVERYONE_ENTITIES = _WORLD_ENTITIES | {"cluster"}
"""For nodes, the own cluster is a source like another: their firewall closes them to the network around, and pods reach
them by default (cilium/cilium 21d690e1, examples/policies/host/demo-host-policy.yaml, read 2026-12-01)."""


def _denies_nothing(spec: ObjectPart) -> str:
    """Returns the path of the switch by which a policy lists sources or destinations and refuses no other; empty if
    there is none. Rules that deny, or that look into requests, have an effect of their own."""
    for direction in ("ingress", "egress"):
        switch = spec.child("enableDefaultDeny")
        ports = [port for rule in spec.children(direction) for port in rule.children("toPorts")]
        inspects = any(port.get("rules") is not MISSING for port in ports)
        lists = spec.get(direction) not in (MISSING, []) and spec.get(f"{direction}Deny") in (MISSING, [])
        if lists and not inspects and equals_bool(switch.get(direction), False):
            return switch.path_to(direction)
    return ""


def _check_cilium(item: ObjectPart, kind: str) -> Iterator[Outcome]:
    for spec in (item.child("spec"), *item.children("specs")):
        # Clusterwide, this is how a rule is added for all pods without closing those that have no other (Cilium,
        # "Policy Enforcement Modes", EnableDefaultDeny, cilium/cilium 1ba78805, read 2026-11-29).
        if kind == "CiliumNetworkPolicy" and (path := _denies_nothing(spec)):
            yield failed(f"{path} is false, so that who is not listed connects too", path)
        is_of_nodes = kind == "CiliumClusterwideNetworkPolicy" and isinstance(spec.get("nodeSelector"), dict)
        for rule in spec.children("ingress"):
            entities = rule.get("fromEntities")
            everyone = _WORLD_ENTITIES if is_of_nodes else _EVERYONE_ENTITIES
            names_everyone = isinstance(entities, list) and bool(
                everyone & {str(entity).lower() for entity in entities}
            )
            # An empty selector selects every endpoint: of the namespace, or in a clusterwide policy of the cluster.
            selects_everyone = kind == "CiliumClusterwideNetworkPolicy" and any(
                not endpoint.data for endpoint in rule.children("fromEndpoints")
            )
            # Peers are of the policy's namespace unless they name another (cilium/cilium#28039, read 2026-11-28).
            selects_everyone |= any(
                bool(endpoint.data)
                and selects_everything(endpoint)
                and (kind == "CiliumClusterwideNetworkPolicy" or _names_namespaces(endpoint))
                for endpoint in rule.children("fromEndpoints")
            )
            blocks = [
                *split_addresses(rule.get("fromCIDR")),
                *(peer.get("cidr") for peer in rule.children("fromCIDRSet")),
            ]
            # A rule without anything allows nothing: it is how pods are closed to all (cilium/cilium
            # examples/policies/l3/egress-default-deny/egress-default-deny.yaml, as copied; read 2026-12-01).
            is_everyone = names_everyone or selects_everyone or is_open(blocks)
            yield failed(f"{rule.path} allows every source", rule.path) if is_everyone else passed()


def _names_namespaces(selector: ObjectPart) -> bool:
    keys = [str(term.get("key")) for term in selector.children("matchExpressions")]
    return any("io.kubernetes.pod.namespace" in key or "io.cilium.k8s.namespace.labels" in key for key in keys)


_CALICO_SOURCES = ("nets", "selector", "namespaceSelector", "serviceAccounts", "services")
"""Fields that say who may connect. The others, such as `notNets`, only say who may not."""


def _check_calico(item: ObjectPart, kind: str) -> Iterator[Outcome]:
    for rule in item.child("spec").children("ingress"):
        source = rule.child("source")
        if str(rule.data.get("action", "Allow")).lower() in ("deny", "log", "pass"):
            continue
        stated = {key: value for key in _CALICO_SOURCES if (value := source.get(key)) not in (MISSING, "", [], {})}
        texts = [value.get("selector") if isinstance(value, dict) else value for value in stated.values()]
        selects_all = all(isinstance(value, str) and value.strip() == "all()" for value in texts)
        is_everyone = selects_all and (kind == "GlobalNetworkPolicy" or stated.keys() != {"selector"})
        if is_everyone or is_open(split_addresses(source.get("nets"))):
            yield failed(f"{rule.path} allows every source", rule.path)
        else:
            yield passed()


def _check_linkerd_server(item: ObjectPart, _: str) -> Iterator[Outcome]:
    spec = item.child("spec")
    path = spec.path_to("accessPolicy")
    if str(spec.get("accessPolicy")).lower() == "all-unauthenticated":
        yield failed(f"{path} all-unauthenticated allows every client", path)


def _check_linkerd_authorization(item: ObjectPart, _: str) -> Iterator[Outcome]:
    client = item.child("spec").child("client")
    mesh = client.child("meshTLS")
    # The mesh's own authority signs for proxies that have no certificate yet (linkerd/linkerd2 b24cd405,
    # charts/linkerd-crds/templates/policy/server-authorization.yaml, read 2026-11-29).
    is_authority = item.child("metadata").get("namespace") == "linkerd"
    for part, key in ((client, "unauthenticated"), (mesh, "unauthenticatedTLS")):
        if equals_bool(part.get(key), True) and not (is_authority and part is mesh):
            yield failed(f"{part.path_to(key)} allows every client", part.path_to(key))
    yield _judge_identities(mesh)


def _check_linkerd_networks(item: ObjectPart, _: str) -> Iterator[Outcome]:
    spec = item.child("spec")
    yield judge_blocks([network.get("cidr") for network in spec.children("networks")], spec.path_to("networks"))


_EVERY_ACCOUNT = lazy_regex(
    r"\*(?!\.[\w-]+\.serviceaccount\.)(?:\.(?:serviceaccount|identity|linkerd|cluster|local)\b.*|(?:\.[\w-]{1,63}){0,2})",
    re.IGNORECASE,
)
"""Identities of the accounts of every namespace: a name is `ACCOUNT.NAMESPACE.serviceaccount.identity.MESH.DOMAIN`, and
an asterisk at its beginning stands for any number of its parts (linkerd/linkerd2 b24cd4059, charts/linkerd-crds,
meshtls-authentication.yaml, read 2026-11-29)."""


def _judge_identities(part: ObjectPart) -> Outcome:
    path, listed = part.path_to("identities"), part.get("identities")
    is_every = isinstance(listed, list) and any(_EVERY_ACCOUNT.fullmatch(str(name).strip()) for name in listed)
    return failed(f"{path} allows every identity of the mesh", path) if is_every else passed()


def _check_linkerd_identities(item: ObjectPart, _: str) -> Iterator[Outcome]:
    yield _judge_identities(item.child("spec"))


def _check_address_set(item: ObjectPart, _: str) -> Iterator[Outcome]:
    """Checks a set of addresses that policies of Calico or Cilium select by its labels or its name (projectcalico/api
    d4009e4d, NetworkSet; datreeio/CRDs-catalog 7b1e26ef, CiliumCIDRGroup; read 2026-11-29; Calico Enterprise, "Global
    network set", allowedEgressDomains, read 2026-11-30)."""
    spec = item.child("spec")
    for key in ("nets", "externalCIDRs"):
        yield judge_blocks(split_addresses(spec.get(key)), spec.path_to(key))
    path, names = spec.path_to("allowedEgressDomains"), items_of(spec.get("allowedEgressDomains"))
    yield from _judge_names((path, name) for name in names)


def _check_target_group(item: ObjectPart, _: str) -> Iterator[Outcome]:
    """Checks whom the AWS Load Balancer Controller lets through the security groups of pods and nodes."""
    for rule in item.child("spec").child("networking").children("ingress"):
        yield judge_blocks([peer.child("ipBlock").get("cidr") for peer in rule.children("from")], rule.path_to("from"))


_EVERY_DOMAIN = lazy_regex(
    r"(?:[a-z0-9_-]{1,63}\.){0,8}\*+(?:\.\*+)*(?:\.(?!(?:local|internal|lan|corp|intranet|home|svc|consul)\.?$)(?:(?:ac|co|com|edu|gov|mil|net|org)\.)?"
    r"[a-z]{2,24})?\.?"
)
"""Names of every host, or of every host of a top-level domain, also with an asterisk in between, as `www.*.com` (Calico
Enterprise, "DNS policy", read 2026-11-30). Those of one's own network have none."""


def _names_of(rule: ObjectPart) -> Iterator[tuple[str, Plain]]:
    """Yields the names that a rule lets pods call: of Cilium, of the policies of EKS and of the cluster, and of Calico
    (domainNames by aws/amazon-network-policy-controller-k8s ecc7e6a7, read 2026-11-29, and kubernetes-sigs/
    network-policy-api 0eec1b07 adminnetworkpolicy_types.go; toFQDNs by cilium/cilium 005aed24 pkg/policy/api/
    rule_validation.go; domains by Calico Enterprise, "DNS policy"; read 2026-11-30)."""
    for name in rule.children("toFQDNs"):
        yield from ((name.path_to(key), name.get(key)) for key in ("matchPattern", "matchName"))
    for part in (*rule.children("to"), rule.child("destination")):
        for key in ("domainNames", "domains"):
            listed = part.get(key)
            yield from ((part.path_to(key), item) for item in (listed if isinstance(listed, list) else ()))


def _judge_names(names: Iterable[tuple[str, Plain]]) -> Iterator[Outcome]:
    for path, name in names:
        is_every = isinstance(name, str) and _EVERY_DOMAIN.fullmatch(name.strip().lower()) is not None
        yield failed(f"{path} lets pods call every host of {name}", path) if is_every else passed()


def _check_names(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a policy that lists the names that pods may call lists none of everybody."""
    for spec in (item.child("spec"), *item.children("specs")):
        for rule in spec.children("egress"):
            if str(rule.data.get("action", "Allow")).lower() in ("deny", "log", "pass"):
                continue
            yield from _judge_names(_names_of(rule))


_OF_NAMES = (
    "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "ApplicationNetworkPolicy", "ClusterNetworkPolicy",
    "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "NetworkPolicy", "GlobalNetworkPolicy",
)  # fmt: skip
_CHECKS: dict[str, _PolicyCheck] = {
    "NetworkPolicy": _check_network_policy,
    **dict.fromkeys(
        ("ClusterNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy"), _check_cluster_policy
    ),
    **dict.fromkeys(("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"), _check_cilium),
    "GlobalNetworkPolicy": _check_calico,
    "Server": _check_linkerd_server,
    "ServerAuthorization": _check_linkerd_authorization,
    "NetworkAuthentication": _check_linkerd_networks,
    "MeshTLSAuthentication": _check_linkerd_identities,
    "TargetGroupBinding": _check_target_group,
    **dict.fromkeys(("GlobalNetworkSet", "NetworkSet", "CiliumCIDRGroup"), _check_address_set),
}
"""Kind -> its check. Calico's kind of the name NetworkPolicy and Istio's of AuthorizationPolicy share theirs."""
_ISTIO, _CALICO = "kubernetes:security.istio.io/", "projectcalico.org/"


def _check_sources(resource: Resource) -> Iterator[Outcome]:
    for kind, check in _CHECKS.items():
        is_calico = kind == "NetworkPolicy" and _CALICO in resource.type
        for item in objects(resource, kind):
            yield from (check_antrea if is_antrea(item) else _check_calico if is_calico else check)(item, kind)
    for item in objects(resource, *_OF_NAMES):
        yield from _check_names(item)
        yield from check_leaving(item)
    if resource.type.startswith(_ISTIO):
        for item in objects(resource, "AuthorizationPolicy"):
            yield from check_istio(item)


NETWORK_POLICIES: tuple[Guardrail, ...] = (
    exposure_rule(324, Severity.HIGH, "Network policies allow listed sources only",
                  "an entry point that nobody monitors is an entry point for attackers",
                  "List the namespaces, pods, identities or narrow address blocks that may connect; for calls of pods "
                  "also the ports, or the names of hosts",
                  predicate=_check_sources, resolve=resolve_own_addresses, types=KUBERNETES_TYPES),
)  # fmt: skip
