"""Gateways of Envoy Gateway: who may call them, and the service of their proxies.

A ClientTrafficPolicy of a gateway is of all its listeners, but one of a listener stands in its place there, and of two
the older one counts; both are in the gateway's namespace (envoyproxy/gateway 013bfe83,
internal/gatewayapi/clienttrafficpolicy.go, `ProcessClientTrafficPolicies`; api/v1alpha1, ClientValidationContext; read
2026-11-30). So each policy of the gateway must ask, and one must be of all listeners. The class must be of the stack:
its name does not say whose controller serves it.

A SecurityPolicy is in the namespace of what it is attached to, and the most specific one counts: that of a route takes
the place of the gateway's (d32f2829 internal/gatewayapi/securitypolicy.go, ProcessSecurityPolicies). So each one of the
gateway and of its routes must ask, and one must be of the gateway, or one of each route. Routes of other stacks need
the gateway on a list. The service of the proxies is that of the EnvoyProxy that the gateway names, or else its class,
and its annotations go over those of the gateway (contexts.go, attachEnvoyProxy; internal/infrastructure/kubernetes/
proxy/resource_provider.go, Service; api/v1alpha1/shared_types.go, KubernetesServiceSpec; read 2026-12-02).
"""

from collections.abc import Iterator

from ..engine.plan import Plan
from ..engine.reading import MISSING, Plain, Resource
from ..readers.kubernetes_objects import ObjectPart, name_key, objects

_CONTROLLER = "gateway.envoyproxy.io/gatewayclass-controller"
_POLICY, _CLASS, _PROXY, _SECURITY = "ClientTrafficPolicy", "GatewayClass", "EnvoyProxy", "SecurityPolicy"
_ENVOY, _STANDARD = "kubernetes:gateway.envoyproxy.io/", "kubernetes:gateway.networking.k8s.io/"
_ROUTES = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")
_GROUPS = {
    **dict.fromkeys((_POLICY, _PROXY, _SECURITY), _ENVOY), **dict.fromkeys((_CLASS, *_ROUTES), _STANDARD),
}  # fmt: skip
"""Kind of objects -> beginning of their types."""


def _key(*parts: Plain) -> str:
    return "\n".join(map(name_key, parts))


def _keys(resource: Resource) -> Iterator[str]:
    """Yields what the objects of a resource are found by: names of classes and proxies, gateways of routes, and what
    policies are attached to."""
    for kind, group in _GROUPS.items():
        for item in objects(resource, kind) if resource.type.startswith((group, "kubernetes:core/v1:List")) else ():
            yield from _keys_of(item, kind)


def _keys_of(item: ObjectPart, kind: str) -> Iterator[str]:
    namespace, name = _names(item)
    if kind == _CLASS:
        yield _key(kind, name)
    elif kind == _PROXY:
        yield _key(kind, namespace, name)
    elif kind in _ROUTES:
        yield from (_key(kind, *parent) for parent in _parents(item))
    else:
        yield from (_key(kind, namespace, target.get("name")) for target in _targets(item))
        if item.child("spec").get("targetSelectors") is not MISSING:
            yield _key(kind)


def _planned(plan: Plan, kind: str, *names: Plain) -> Iterator[ObjectPart]:
    """Yields the objects of a kind in the resources that have one with a key of `_keys_of`."""
    return (item for resource in plan.by_key(_keys).get(_key(kind, *names), ()) for item in objects(resource, kind))


def _by_labels(plan: Plan, kind: str) -> Iterator[ObjectPart]:
    """Yields the policies that labels attach, to whatever has them."""
    return (item for item in _planned(plan, kind) if item.child("spec").get("targetSelectors") is not MISSING)


def _names(item: ObjectPart) -> tuple[Plain, Plain]:
    """Returns the namespace and the name of an object."""
    metadata = item.child("metadata")
    namespace = metadata.get("namespace")
    return "default" if namespace is MISSING else namespace, metadata.get("name")


def _targets(policy: ObjectPart) -> list[ObjectPart]:
    spec = policy.child("spec")
    return [*([spec.child("targetRef")] if spec.child("targetRef").data else []), *spec.children("targetRefs")]


def _asks(policy: ObjectPart) -> bool:
    """Returns whether a policy lets in those alone who show a certificate of an authority."""
    validation = policy.child("spec").child("tls").child("clientValidation")
    return any(validation.children("caCertificateRefs")) and validation.get("optional") in (MISSING, False)


def _is_sealed(listener: ObjectPart) -> bool:
    """Returns whether a listener ends TLS, so that it can ask for certificates."""
    return listener.get("protocol") in ("HTTPS", "TLS") and listener.child("tls").get("mode") in (MISSING, "Terminate")


def _class_of(gateway: ObjectPart, plan: Plan) -> ObjectPart | None:
    """Returns the class of a gateway if it is one of Envoy Gateway in the stack."""
    name = gateway.child("spec").get("gatewayClassName")
    named = (item for item in _planned(plan, _CLASS, name) if _names(item)[1] == name)
    return next((item for item in named if item.child("spec").get("controllerName") == _CONTROLLER), None)


def service_of_proxies(gateway: ObjectPart, plan: Plan) -> ObjectPart | None:
    """Returns the service of the proxies of a gateway as its class, or the gateway itself, states it; None if the
    stack does not have it, or if a patch changes it."""
    owner, namespace = _class_of(gateway, plan), _names(gateway)[0]
    if owner is None:
        return None
    stated = gateway.child("spec").child("infrastructure").child("parametersRef")
    reference = stated if stated.data else owner.child("spec").child("parametersRef")
    within = namespace if stated.data else reference.data.get("namespace", "default")
    for proxy in _planned(plan, _PROXY, within, reference.get("name")):
        if reference.get("kind") == _PROXY and _names(proxy) == (within, reference.get("name")):
            service = proxy.child("spec").child("provider").child("kubernetes").child("envoyService")
            return service if service.get("patch") is MISSING else None
    return None


_SIGN_INS = ("basicAuth", "apiKeyAuth")
"""Parts of a policy that ask for the identity of each caller."""


def _asks_for_identity(policy: ObjectPart) -> bool:
    """Returns whether a policy lets in nobody whose identity is not known: one whose tokens are optional does, and one
    that lets requests pass if the check fails, or if they bring a token that nobody checks."""
    spec = policy.child("spec")
    tokens, sign_in, check = spec.child("jwt"), spec.child("oidc"), spec.child("extAuth")
    if any(tokens.children("providers")) and not any(tokens.get(key) is True for key in ("optional", "failOpen")):
        return True
    if sign_in.data and sign_in.get("passThroughAuthHeader") is not True:
        return True
    return (bool(check.data) and check.get("failOpen") is not True) or any(spec.child(key).data for key in _SIGN_INS)


def _parents(route: ObjectPart) -> list[tuple[Plain, Plain]]:
    """Returns the namespaces and the names of the gateways of a route."""
    namespace = _names(route)[0]
    return [(item.data.get("namespace", namespace), item.get("name"))
            for item in route.child("spec").children("parentRefs")]  # fmt: skip


def _routes_of(gateway: ObjectPart, plan: Plan) -> Iterator[ObjectPart]:
    names = _names(gateway)
    for kind in _ROUTES:
        yield from (route for route in _planned(plan, kind, *names) if names in _parents(route))


def asks_for_identity(gateway: ObjectPart, plan: Plan) -> bool:
    """Returns whether policies of Envoy Gateway let in nobody without an identity, at the gateway or at each route."""
    spec = gateway.child("spec")
    if _class_of(gateway, plan) is None or spec.get("allowedListeners") is not MISSING:
        return False
    routes = list(_routes_of(gateway, plan))
    every = [[policy for policy in _planned(plan, _SECURITY, *_names(item)) if _is_of(policy, item)]
             for item in (gateway, *routes)]  # fmt: skip
    attached = (policy for found in every for policy in found)
    if not all(map(_asks_for_identity, (*_by_labels(plan, _SECURITY), *attached))):
        return False
    covered = [any(_is_of(policy, item, whole=True) for policy in found)
               for item, found in zip((gateway, *routes), every, strict=True)]  # fmt: skip
    return covered[0] or (bool(routes) and all(covered[1:]))


def _is_of(policy: ObjectPart, item: ObjectPart, *, whole: bool = False) -> bool:
    """Returns whether a policy is attached to an object, or to the whole of it."""
    namespace, name = _names(item)
    return _names(policy)[0] == namespace and any(
        target.get("name") == name and target.get("kind") == item.data.get("kind")
        and not (whole and target.get("sectionName") is not MISSING) for target in _targets(policy)
    )  # fmt: skip


def asks_for_certificates(gateway: ObjectPart, plan: Plan) -> bool:
    """Returns whether a gateway of Envoy Gateway lets in clients with certificates alone."""
    spec, (namespace, name) = gateway.child("spec"), _names(gateway)
    is_envoy = _class_of(gateway, plan) is not None
    listeners = list(spec.children("listeners"))
    if not (is_envoy and listeners and all(map(_is_sealed, listeners))):
        return False
    near = [policy for policy in _planned(plan, _POLICY, namespace, name) if _names(policy)[0] == namespace]
    of_gateway = [(policy, target) for policy in near for target in _targets(policy) if target.get("name") == name]
    by_labels = (policy for policy in _by_labels(plan, _POLICY) if _names(policy)[0] == namespace)
    is_of_all = any(target.get("sectionName") is MISSING for _, target in of_gateway)
    return is_of_all and all(map(_asks, (*(policy for policy, _ in of_gateway), *by_labels)))
