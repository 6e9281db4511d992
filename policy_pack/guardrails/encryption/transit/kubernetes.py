"""Encryption in transit into a cluster. An ingress terminates TLS, itself or at its load balancer.

A gateway (Gateway API, Istio) needs a TLS listener with a certificate. A plain HTTP listener beside it is not checked,
because routes, which are other objects, decide whether it only redirects.
"""

from collections.abc import Iterator

from ...engine.families import transit_rule
from ...engine.reading import MISSING, UNKNOWN, Plain, Resource
from ...engine.rows import Guardrail, Severity
from ...engine.verdicts import Outcome, failed, passed, undetermined
from ...readers.kubernetes_objects import ObjectPart, objects

_CERTIFICATE_ANNOTATIONS = (
    "alb.ingress.kubernetes.io/certificate-arn",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "networking.gke.io/managed-certificates",
)
"""Annotations that set the certificate of an ingress's load balancer."""

_PLAIN_HTTP: dict[str, str] = {
    "nginx.ingress.kubernetes.io/ssl-redirect": "false",
    "nginx.ingress.kubernetes.io/force-ssl-redirect": "false",
    "ingress.kubernetes.io/ssl-redirect": "false",
    "appgw.ingress.kubernetes.io/ssl-redirect": "false",
    "kubernetes.io/ingress.allow-http": "true",
}
"""Annotation -> the value that enables plain HTTP in addition to HTTPS."""


def _check_ingress(resource: Resource) -> Iterator[Outcome]:
    for ingress in objects(resource, "Ingress"):
        yield _judge_ingress_tls(ingress)
        annotations = ingress.child("metadata").child("annotations")
        for key, enabling_value in _PLAIN_HTTP.items():
            if str(annotations.get(key)).lower() == enabling_value:
                yield failed(f"its annotation {key} enables plain HTTP", annotations.path_to(key))


def _judge_ingress_tls(ingress: ObjectPart) -> Outcome:
    tls = ingress.child("spec").get("tls")
    annotations = ingress.child("metadata").child("annotations")
    if any(annotations.get(key) not in (MISSING, "") for key in _CERTIFICATE_ANNOTATIONS) or _has_tls_entry(tls):
        return passed()
    if UNKNOWN in (tls, ingress.get("spec"), ingress.child("metadata").get("annotations")):
        return undetermined("whether it terminates TLS is not known before deployment", "spec.tls")
    if ingress.is_patch:
        return passed()
    return failed("it serves plain HTTP: no spec.tls, and no certificate for its load balancer", "spec.tls")


def _has_tls_entry(tls: Plain) -> bool:
    return isinstance(tls, list) and any(tls)


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


def _check_tls(resource: Resource) -> Iterator[Outcome]:
    yield from _check_ingress(resource)
    yield from _check_gateway(resource)


KUBERNETES_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(421, Severity.HIGH,
                 "Kubernetes ingresses and gateways terminate TLS, and ingresses do not also serve plain HTTP",
                 "traffic that is not encrypted can be read and changed on its way, inside a network too",
                 "Set spec.tls with a certificate secret, or the certificate annotation of the ingress class; give a "
                 "gateway an HTTPS listener with certificateRefs",
                 predicate=_check_tls,
                 types=(
                     "kubernetes:networking.k8s.io/",
                     "kubernetes:extensions/",
                     "kubernetes:core/v1:List",
                     "kubernetes:gateway.networking.k8s.io/",
                     "kubernetes:networking.istio.io/",
                 )),
)  # fmt: skip
