"""Encryption in transit into a cluster. An ingress terminates TLS, itself or at its load balancer.

A gateway (Gateway API, Istio) needs a TLS listener with a certificate. A plain HTTP listener of the Gateway API beside
it is not checked, because routes, which are other objects, decide whether it only redirects; that of Istio says it.
"""

from collections.abc import Iterator

from ...engine.families import transit_rule
from ...engine.reading import MISSING, UNKNOWN, Resource
from ...engine.rows import Guardrail, Severity
from ...engine.verdicts import Outcome, failed, passed, undetermined
from ...readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, equals_bool, objects
from .chart_ingresses import check_chart_ingresses
from .ingresses import (
    ALB_CERTIFICATE,
    check_http_proxy,
    check_ingress,
    check_route,
    check_traefik,
    check_traefik_tcp,
    check_virtual_server,
)

_CERTIFICATE_KEYS = ("certificateRefs", "options")
"""Keys with which a Gateway API listener sets its certificate. The content of `options` depends on the controller."""
_ISTIO_CERTIFICATE_KEYS = ("credentialName", "credentialNames", "serverCertificate", "tlsCertificates")


def _check_gateway(resource: Resource) -> Iterator[Outcome]:
    for gateway in objects(resource, "Gateway"):
        spec = gateway.child("spec")
        listeners = [*spec.children("listeners"), *spec.children("servers")]
        # The object that parametersRef names can set the certificate, as with the AWS controller.
        has_parameters = spec.child("infrastructure").get("parametersRef") is not MISSING
        tls_listeners = [listener for listener in listeners if _protocol(listener) in ("HTTPS", "TLS")]
        for listener in tls_listeners:
            yield _judge_listener(listener, has_parameters=has_parameters)
        for listener in spec.children("servers"):
            if _protocol(listener) == "HTTP" and not equals_bool(listener.child("tls").get("httpsRedirect"), True):
                yield failed(f"{listener.path} serves plain HTTP without tls.httpsRedirect", listener.path)
        if not tls_listeners and any(_protocol(listener) == "HTTP" for listener in listeners) and not gateway.is_patch:
            yield failed("it serves plain HTTP only: no listener terminates TLS", spec.path)


def _protocol(listener: ObjectPart) -> str:
    protocol = listener.get("protocol")
    return str(listener.child("port").get("protocol") if protocol is MISSING else protocol).upper()


def _judge_listener(listener: ObjectPart, *, has_parameters: bool) -> Outcome:
    tls = listener.child("tls")
    if UNKNOWN in (listener.get("tls"), tls.get("mode"), *(tls.get(key) for key in _CERTIFICATE_KEYS)):
        return undetermined("whether it has a certificate is not known before deployment", tls.path)
    if str(tls.get("mode")).lower().endswith("passthrough") or str(tls.get("mode")).upper() == "ISTIO_MUTUAL":
        return passed()
    has_certificate = any(
        tls.get(key) not in (MISSING, [], {}, "") for key in (*_CERTIFICATE_KEYS, *_ISTIO_CERTIFICATE_KEYS)
    )
    return (
        passed()
        if has_certificate or has_parameters
        else failed(f"{listener.path} terminates TLS without a certificate", tls.path)
    )


_ENTRIES = (
    "kubernetes:networking.k8s.io/", "kubernetes:extensions/", "kubernetes:core/v1:List",
    "kubernetes:gateway.networking.k8s.io/", "kubernetes:networking.istio.io/", "kubernetes:projectcontour.io/",
    "kubernetes:route.openshift.io/", "kubernetes:traefik.io/", "kubernetes:traefik.containo.us/",
    "kubernetes:k8s.nginx.org/",
)  # fmt: skip
"""Beginnings of the types of entry points: other groups have kinds of the same names."""


def _check_tls(resource: Resource) -> Iterator[Outcome]:
    yield from check_chart_ingresses(resource)
    if not resource.type.startswith(_ENTRIES):
        return
    yield from check_ingress(resource)
    yield from check_http_proxy(resource)
    yield from check_route(resource)
    yield from check_traefik(resource)
    yield from check_traefik_tcp(resource)
    yield from check_virtual_server(resource)
    yield from _check_gateway(resource)


KUBERNETES_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(421, Severity.HIGH,
                 "Kubernetes ingresses and gateways terminate TLS, and ingresses do not also serve plain HTTP",
                 "traffic that is not encrypted can be read and changed on its way, inside a network too",
                 "List the host of every rule in hosts of spec.tls, with the secret of its certificate, or set tls of "
                 "the ingress in the values of a chart; on an Application Load Balancer set "
                 f"{ALB_CERTIFICATE}; give a gateway an HTTPS listener with "
                 "certificate_refs, and a plain one of Istio https_redirect",
                 predicate=_check_tls,
                 types=KUBERNETES_TYPES),
)  # fmt: skip
