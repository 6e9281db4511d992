"""Objects of one namespace that take requests, tokens or secrets of others.

By the projects' references, as known on 2026-11-28: Istio, "Virtual Service" and "Service Entry" (`exportTo` is every
namespace unless it is set); Prometheus Operator, "API reference" (`bearerTokenFile`) and
`arbitraryFSAccessThroughSMs`; External Secrets, "ClusterExternalSecret"; Gateway API, "ReferenceGrant" (without a name
it is for every object of the kind).
"""

import re
from collections.abc import Callable, Iterator

from ..engine.families import identity_rule
from ..engine.reading import MISSING, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, objects
from ..readers.selectors import selects_everything
from .controller_rights import CONTROLLER_NAMESPACES

_SERVICE = re.compile(r"[\w*-]+\.(?P<namespace>[\w-]+)\.svc(?:\..*)?|\*\.(?:svc(?:\..*)?|cluster\.local|local)")
"""Name of a service in the cluster, or of those of every namespace."""
_OF_THE_SYSTEM = frozenset({"kube-system", "default"})
"""Namespaces of the API server, nodes and their agents, which ask Prometheus for its token."""
_ACCOUNT_TOKEN = re.compile(r".*/serviceaccount/.*")


def _namespace(item: ObjectPart) -> str:
    return str(item.child("metadata").get("namespace"))


def _is_known(item: ObjectPart) -> bool:
    """Returns whether the namespace of an object is stated and known: a provider may have a default one."""
    return isinstance(item.child("metadata").get("namespace"), str)


def _texts(value: Plain) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _check_route(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that a route or an entry of the mesh that others see is for names of its own namespace."""
    spec, own = item.child("spec"), _namespace(item)
    shown = spec.get("exportTo")
    is_seen = shown in (MISSING, []) or any(name not in (".", own) for name in _texts(shown))
    is_in_mesh = spec.get("gateways") in (MISSING, []) or "mesh" in _texts(spec.get("gateways"))
    if not is_seen or not is_in_mesh or CONTROLLER_NAMESPACES.fullmatch(own):
        return
    for host in _texts(spec.get("hosts")):
        service = _SERVICE.fullmatch(host)
        path = spec.path_to("hosts")
        # A namespace that is not known yet, or a provider's default one, may be that of the service.
        named = service["namespace"] if service else own
        is_own = named == own or (named is not None and not _is_known(item))
        text = f"{path} has {host}, a service of another namespace, for callers of every namespace"
        yield passed() if is_own else failed(text, path)


def _check_monitor(item: ObjectPart) -> Iterator[Outcome]:
    """Checks that Prometheus sends its own token only to what is of the system."""
    spec = item.child("spec")
    selector = spec.child("namespaceSelector")
    stated = frozenset(_texts(selector.get("matchNames")))
    is_every = str(selector.get("any")).lower() == "true"
    is_of_the_system = (stated or {_namespace(item)}) <= _OF_THE_SYSTEM and not is_every
    # A namespace that is not known yet, or a provider's default one, may be of the system.
    refused = failed if stated or is_every or _is_known(item) else undetermined
    for key in ("endpoints", "podMetricsEndpoints"):
        for endpoint in spec.children(key):
            path = endpoint.path_to("bearerTokenFile")
            is_sent = _ACCOUNT_TOKEN.fullmatch(str(endpoint.get("bearerTokenFile"))) is not None
            text = f"{path} sends the token of Prometheus to pods that the monitor selects"
            yield refused(text, path) if is_sent and not is_of_the_system else passed()


def _check_cluster_secret(item: ObjectPart) -> Iterator[Outcome]:
    spec = item.child("spec")
    single = [spec.child("namespaceSelector")] if spec.get("namespaceSelector") is not MISSING else []
    for selector in (*spec.children("namespaceSelectors"), *single):
        path = selector.path
        yield failed(f"{path} gives the secret to every namespace", path) if selects_everything(selector) else passed()


def _check_grant(item: ObjectPart) -> Iterator[Outcome]:
    for target in item.child("spec").children("to"):
        is_every = target.get("kind") == "Secret" and target.get("name") in (MISSING, "")
        text = f"{target.path} lets other namespaces use every secret of this one"
        yield failed(text, target.path) if is_every else passed()


_CHECKS: dict[str, Callable[[ObjectPart], Iterator[Outcome]]] = {
    **dict.fromkeys(("VirtualService", "ServiceEntry"), _check_route),
    **dict.fromkeys(("ServiceMonitor", "PodMonitor"), _check_monitor),
    "ClusterExternalSecret": _check_cluster_secret,
    "ReferenceGrant": _check_grant,
}


def _check_crossings(resource: Resource) -> Iterator[Outcome]:
    for kind, check in _CHECKS.items():
        for item in objects(resource, kind):
            yield from check(item)


NAMESPACE_CROSSINGS: tuple[Guardrail, ...] = (
    identity_rule(314, Severity.CRITICAL, "Objects of a namespace take no requests, tokens or secrets of others",
                  "whoever may write in one namespace would have what another one trusts its own with",
                  "Set exportTo to [.] or the host to a service of the namespace; scrape with a secret of the "
                  "monitor's own namespace; name the secrets that are lent, and select namespaces by a label that the "
                  "platform sets",
                  predicate=_check_crossings, types=KUBERNETES_TYPES),
)  # fmt: skip
