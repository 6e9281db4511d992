"""Encryption in transit into a cluster: an ingress terminates TLS, itself or at its load balancer.

A gateway (Gateway API, Istio) needs a TLS listener with a certificate. Whether a plain HTTP listener beside it only
redirects is up to routes, which are other objects.
"""

from collections.abc import Iterator

from ...engine.families import transit_rule
from ...engine.reading import MISSING, UNKNOWN, Plain, Resource
from ...engine.rows import Guardrail, Severity
from ...engine.verdicts import Outcome, failed, passed, undetermined
from ...readers.kubernetes_objects import ObjectPart, objects

_CERTIFICATES = (
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
"""Annotation -> the value that enables plain HTTP beside HTTPS."""


def _ingress(resource: Resource) -> Iterator[Outcome]:
    for ingress in objects(resource, "Ingress"):
        yield _serves_tls(ingress)
        annotations = ingress.child("metadata").child("annotations")
        for key, open_ in _PLAIN_HTTP.items():
            if str(annotations.get(key)).lower() == open_:
                yield failed(f"its annotation {key} enables plain HTTP", annotations.path_to(key))


def _serves_tls(ingress: ObjectPart) -> Outcome:
    tls = ingress.child("spec").get("tls")
    annotations = ingress.child("metadata").child("annotations")
    if any(annotations.get(key) not in (MISSING, "") for key in _CERTIFICATES) or _is_stated(tls):
        return passed()
    if UNKNOWN in (tls, ingress.get("spec"), ingress.child("metadata").get("annotations")):
        return undetermined("whether it terminates TLS is not known before deployment", "spec.tls")
    if ingress.is_patch:
        return passed()
    return failed("it serves plain HTTP: no spec.tls, and no certificate for its load balancer", "spec.tls")


def _is_stated(tls: Plain) -> bool:
    return isinstance(tls, list) and any(tls)


_CERTIFICATE_KEYS = ("certificateRefs", "options")
"""Where a Gateway API listener sets its certificate; options depend on the implementation."""
_ISTIO_CERTIFICATES = ("credentialName", "credentialNames", "serverCertificate", "tlsCertificates")


def _gateway(resource: Resource) -> Iterator[Outcome]:
    for gateway in objects(resource, "Gateway"):
        spec = gateway.child("spec")
        listeners = [*spec.children("listeners"), *spec.children("servers")]
        # Referenced parameters can set the certificate, as with the AWS controller.
        elsewhere = spec.child("infrastructure").get("parametersRef") is not MISSING
        ends = [listener for listener in listeners if _protocol(listener) in ("HTTPS", "TLS")]
        for listener in ends:
            yield _listener(listener, elsewhere=elsewhere)
        if not ends and any(_protocol(listener) == "HTTP" for listener in listeners) and not gateway.is_patch:
            yield failed("it serves plain HTTP only: no listener terminates TLS", spec.path)


def _protocol(listener: ObjectPart) -> str:
    protocol = listener.get("protocol")
    return str(listener.child("port").get("protocol") if protocol is MISSING else protocol).upper()


def _listener(listener: ObjectPart, *, elsewhere: bool) -> Outcome:
    tls = listener.child("tls")
    if UNKNOWN in (listener.get("tls"), tls.get("mode"), *(tls.get(key) for key in _CERTIFICATE_KEYS)):
        return undetermined("whether it has a certificate is not known before deployment", tls.path)
    if str(tls.get("mode")).lower().endswith("passthrough") or str(tls.get("mode")).upper() == "ISTIO_MUTUAL":
        return passed()
    named = any(tls.get(key) not in (MISSING, [], {}, "") for key in (*_CERTIFICATE_KEYS, *_ISTIO_CERTIFICATES))
    return passed() if named or elsewhere else failed(f"{listener.path} terminates TLS without a certificate", tls.path)


def _terminates_tls(resource: Resource) -> Iterator[Outcome]:
    yield from _ingress(resource)
    yield from _gateway(resource)


KUBERNETES_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(421, Severity.HIGH,
                 "Kubernetes ingresses and gateways terminate TLS, and ingresses do not also serve plain HTTP",
                 "traffic that is not encrypted can be read and changed on its way, inside a network too",
                 "Set spec.tls with a certificate secret, or the certificate annotation of the ingress class; give a "
                 "gateway an HTTPS listener with certificateRefs",
                 predicate=_terminates_tls,
                 types=(
                     "kubernetes:networking.k8s.io/",
                     "kubernetes:extensions/",
                     "kubernetes:core/v1:List",
                     "kubernetes:gateway.networking.k8s.io/",
                     "kubernetes:networking.istio.io/",
                 )),
)  # fmt: skip
