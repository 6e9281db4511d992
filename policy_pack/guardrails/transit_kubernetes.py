"""Encryption in transit into a cluster: an ingress ends TLS, itself or at the load balancer that its class makes."""

from collections.abc import Iterator

from .controls import TRANSIT
from .kubernetes_objects import Piece, objects
from .reading import MISSING, UNKNOWN, Plain, Resource
from .rows import Concern, Guardrail, Severity
from .verdicts import Outcome, failed, passed, undetermined

_CERTIFICATES = (
    "alb.ingress.kubernetes.io/certificate-arn",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "networking.gke.io/managed-certificates",
)
"""Annotations that give the load balancer of an ingress its certificate."""

_PLAIN_HTTP: dict[str, str] = {
    "nginx.ingress.kubernetes.io/ssl-redirect": "false",
    "nginx.ingress.kubernetes.io/force-ssl-redirect": "false",
    "ingress.kubernetes.io/ssl-redirect": "false",
    "appgw.ingress.kubernetes.io/ssl-redirect": "false",
    "kubernetes.io/ingress.allow-http": "true",
}
"""Annotations that keep plain HTTP beside HTTPS, with the value that does."""


def _ingress(resource: Resource) -> Iterator[Outcome]:
    for ingress in objects(resource, "Ingress"):
        yield _served(ingress)
        annotations = ingress.below("metadata").below("annotations")
        for key, open_ in _PLAIN_HTTP.items():
            if str(annotations.get(key)).lower() == open_:
                yield failed(f"its annotation {key} keeps plain HTTP", annotations.at(key))


def _served(ingress: Piece) -> Outcome:
    tls = ingress.below("spec").get("tls")
    annotations = ingress.below("metadata").below("annotations")
    if any(annotations.get(key) not in (MISSING, "") for key in _CERTIFICATES) or _is_stated(tls):
        return passed()
    if UNKNOWN in (tls, ingress.get("spec"), ingress.below("metadata").get("annotations")):
        return undetermined("whether it ends TLS is not known before deployment", "spec.tls")
    if ingress.is_patch:
        return passed()
    return failed("it serves plain HTTP: no spec.tls, and no certificate for its load balancer", "spec.tls")


def _is_stated(tls: Plain) -> bool:
    return isinstance(tls, list) and any(tls)


KUBERNETES_TRANSIT: tuple[Guardrail, ...] = (
    Guardrail(
        id="FJ-ENC-421",
        concern=Concern.ENCRYPTION,
        severity=Severity.HIGH,
        what="Kubernetes ingresses end TLS, and do not serve plain HTTP beside it",
        why="whoever sits on the way reads and changes what is not encrypted, inside a network too",
        remedy="Set spec.tls with a certificate's secret, or the certificate annotation of the ingress class",
        controls=TRANSIT,
        predicate=_ingress,
        about=("kubernetes:networking.k8s.io/", "kubernetes:extensions/", "kubernetes:core/v1:List"),
    ),
)
