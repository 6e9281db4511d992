"""Gateways of Envoy Gateway whose clients must all show a certificate.

A ClientTrafficPolicy of a gateway is of all its listeners, but one of a listener stands in its place there, and of two
the older one counts; both are in the gateway's namespace (envoyproxy/gateway 013bfe83,
internal/gatewayapi/clienttrafficpolicy.go, `ProcessClientTrafficPolicies`; api/v1alpha1, ClientValidationContext; read
2026-11-30). So each policy of the gateway must ask, and one must be of all listeners. The class must be of the stack:
its name does not say whose controller serves it.
"""

from collections.abc import Iterator

from ..engine.plan import Plan
from ..engine.reading import MISSING, Resource
from ..readers.kubernetes_objects import ObjectPart, objects

_CONTROLLER = "gateway.envoyproxy.io/gatewayclass-controller"
_POLICY, _CLASS = "ClientTrafficPolicy", "GatewayClass"
_GROUPS = {_POLICY: "kubernetes:gateway.envoyproxy.io/", _CLASS: "kubernetes:gateway.networking.k8s.io/"}
"""Kind of objects -> beginning of their types."""


def _keys(resource: Resource) -> Iterator[str]:
    for kind, group in _GROUPS.items():
        if resource.type.startswith((group, "kubernetes:core/v1:List")) and any(objects(resource, kind)):
            yield kind


def _planned(plan: Plan, kind: str) -> Iterator[ObjectPart]:
    return (item for resource in plan.by_key(_keys).get(kind, ()) for item in objects(resource, kind))


def _names(item: ObjectPart) -> tuple[object, object]:
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


def asks_for_certificates(gateway: ObjectPart, plan: Plan) -> bool:
    """Returns whether a gateway of Envoy Gateway lets in clients with certificates alone."""
    spec, (namespace, name) = gateway.child("spec"), _names(gateway)
    is_envoy = any(
        _names(item)[1] == spec.get("gatewayClassName") and item.child("spec").get("controllerName") == _CONTROLLER
        for item in _planned(plan, _CLASS)
    )
    listeners = list(spec.children("listeners"))
    if not (is_envoy and listeners and all(map(_is_sealed, listeners))):
        return False
    near = [policy for policy in _planned(plan, _POLICY) if _names(policy)[0] == namespace]
    of_gateway = [(policy, target) for policy in near for target in _targets(policy) if target.get("name") == name]
    by_labels = (policy for policy in near if policy.child("spec").get("targetSelectors") is not MISSING)
    is_of_all = any(target.get("sectionName") is MISSING for _, target in of_gateway)
    return is_of_all and all(map(_asks, (*(policy for policy, _ in of_gateway), *by_labels)))
