"""Gateways that every namespace configures, and routes for every host: whoever has a namespace takes paths and hosts of
others.

Gateway API: kubernetes-sigs/gateway-api 4564255a apis/v1/gateway_types.go (`allowedRoutes.namespaces.from`, whose
default is Same) and listenerset_types.go. Istio: istio/api b8f8791d networking/v1alpha3/gateway.proto (`hosts`:
`namespace/dnsName`; `*`, and no namespace, are every namespace). KEDA: kedacore/http-add-on 59b2f6a1
pkg/routing/key.go (no host, an empty one and `*` are every host). All read 2026-11-29.
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, shown_items, stated_items
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import ObjectPart
from ..readers.selectors import selects_everything
from ..readers.shared_namespaces import CONTROLLER_NAMESPACES
from ..readers.webhooks import is_of_platform

_EVERY_HOST = frozenset({"*", "*/*", ""})
"""Hosts that are every host, of a server of Istio for services of every namespace."""


def check_gateway(item: ObjectPart) -> Iterator[Outcome]:
    """Checks the listeners of a gateway, or of a set of listeners, and the servers of a gateway of Istio."""
    spec = item.child("spec")
    # Routes at a proxy between workloads are for the services that it stands before.
    if not str(spec.get("gatewayClassName")).endswith("waypoint"):
        routes = (listener.child("allowedRoutes") for listener in spec.children("listeners"))
        yield from (
            _evaluate_namespaces(part.child("namespaces")) for part in (spec.child("allowedListeners"), *routes)
        )
    for server in spec.children("servers"):
        hosts = server.get("hosts")
        is_every = isinstance(hosts, list) and not _EVERY_HOST.isdisjoint(str(host).strip() for host in hosts)
        path = server.path_to("hosts")
        text = f"{path} lets services of every namespace take every host"
        yield failed(text, path) if is_every else passed()


def check_hosts_at_gateway(item: ObjectPart, own: str) -> Iterator[Outcome]:
    """Checks that a route of Istio at a gateway of another namespace names its hosts: with a wildcard it takes requests
    for those of others (istio/api b8f8791d networking/v1alpha3/virtual_service.proto, `hosts` and `gateways`: the name
    of a gateway in another namespace begins with that; read 2026-11-29)."""
    spec = item.child("spec")
    places = {name.partition("/")[0] for name in shown_items(spec.get("gateways")) if "/" in name}
    if not places - {own, "."} or CONTROLLER_NAMESPACES.fullmatch(own):
        return
    wide = next((host for host in shown_items(spec.get("hosts")) if host.startswith("*")), "")
    path = spec.path_to("hosts")
    text = f"{path} has {wide}, with which it takes requests for hosts of others at a gateway that is not its own"
    yield failed(text, path) if wide else passed()


def check_interceptor(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that an object of KEDA's add-on takes requests for hosts that it names."""
    spec = item.child("spec")
    for part in spec.children("rules") if item.get("kind") == "InterceptorRoute" else (spec,):
        named, path = stated_items(part.get("hosts")), part.path_to("hosts")
        is_every = not named or not _EVERY_HOST.isdisjoint(str(host).strip() for host in named)
        text = f"{path} takes the requests for hosts of every other namespace"
        yield failed(text, path) if is_every and not item.is_patch else passed()


_GROUP, _ORDER = "alb.ingress.kubernetes.io/group.name", "alb.ingress.kubernetes.io/group.order"
_FIRST = lazy_regex(r"\s*-\s*0*[1-9]\d{0,9}\s*")


def check_balancer(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that an ingress at a balancer of a group puts its rules before those of others only in a group of its own:
    0 is the order of whoever states none (kubernetes-sigs/aws-load-balancer-controller 225f44568, docs/guide/ingress/
    annotations.md, read 2026-11-29)."""
    annotations, own = item.child("metadata").child("annotations"), item.child("metadata").get("namespace")
    group, order = annotations.get(_GROUP), annotations.get(_ORDER)
    if not isinstance(group, str) or not isinstance(own, str):
        return
    is_first = not (own in group or CONTROLLER_NAMESPACES.fullmatch(own) or is_of_platform(own)) and _FIRST.fullmatch(
        str(int(order)) if isinstance(order, float) else str(order)
    )
    text = f"{annotations.path_to(_ORDER)} puts paths of {own} before those of all others of {group}"
    yield failed(text, annotations.path_to(_ORDER)) if is_first else passed()


def _evaluate_namespaces(part: ObjectPart) -> Outcome:
    if UNKNOWN in (part.get("from"), part.get("selector")):
        return undetermined(f"{part.path} is not known before deployment", part.path)
    chosen, selector = str(part.get("from")), part.child("selector")
    is_every = chosen == "All" or (
        chosen == "Selector" and part.get("selector") is not MISSING and selects_everything(selector)
    )
    text = f"{part.path} lets every namespace attach routes, and take paths and hosts of others"
    return failed(text, part.path) if is_every else passed()
