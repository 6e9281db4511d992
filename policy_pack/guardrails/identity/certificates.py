"""Certificates that cert-manager issues: who is named in one is, for whoever trusts its issuer, that user or service.

Kubernetes, "Authenticating", X.509 client certificates: the common name is the user, the organisations are the groups,
and `system:` begins names of the system's own. cert-manager, "Approval": in a default installation every request is
approved (both read 2026-11-28).
"""

import re
from collections.abc import Iterator

from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Resource, texts_in, walk
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, name_key, objects

_TYPES = ("kubernetes:cert-manager.io/", "kubernetes:core/v1:List", "kubernetes:networking.k8s.io/",
          "kubernetes:gateway.networking.k8s.io/")  # fmt: skip
_ANNOTATIONS = ("cert-manager.io/common-name", "cert-manager.io/subject-organizations")
"""Annotations of an entry point by which cert-manager names the holder of its certificate (cert-manager/
cert-manager 2d0d7f7f, pkg/apis/certmanager/v1/types.go, read 2026-11-28)."""
_FURTHER_NAMES = {
    "dnsNames": "cert-manager.io/alt-names", "uris": "cert-manager.io/uri-sans",
    "emailAddresses": "cert-manager.io/email-sans",
}  # fmt: skip
"""Field of a certificate -> annotation of an entry point that adds names to it (the same source)."""
_ISSUER = "kubernetes:cert-manager.io/v1:ClusterIssuer"
_SYSTEM = lazy_regex(r"\s*(?:system|kubeadm):.*", re.IGNORECASE)
_SYSTEM_IN_SUBJECT = lazy_regex(r"(?:^|[,+])\s*(?:O|CN)\s*=\s*(?:system|kubeadm):", re.IGNORECASE)
_PLATFORM = lazy_regex(
    r"cert-manager|istio-system|linkerd(?:-.*)?|kube-system|spire(?:-.*)?|vault|kafka|strimzi.*|cnpg-system|.*-system"
    r"|ingress-.*|.*-ingress|gateways?|platform(?:-.*)?|security"
)
"""Namespaces of the platform: its authorities, meshes and gateways are for the others."""
_SELF_SIGNED = lazy_regex(r"(?:.*[-.])?(?:self-?signed|bootstrap)(?:[-.].*)?")
"""Names of issuers outside the plan whose certificates nobody else trusts (cert-manager, "SelfSigned")."""
_EVERY_SERVICE = lazy_regex(
    r"\*+|\*\.(?:[\w-]*\*[\w-]*\.)?(?:svc|pod|cluster|local)(?:\.[\w.]*)?"
    r"|\*\.(?:[\w-]+\.)?(?:(?:ac|co|gov|mil|net|org|sch)\.)?(?:ae|com|net|org|io|dev|cloud|app|ai)"
)
"""Names of every service of a cluster, and of every host of a public suffix or of an organisation's domain."""
_API_SERVER = lazy_regex(r"kubernetes(?:\.default(?:\.svc(?:\.[\w.-]+)?)?)?\.?", re.IGNORECASE)
_SERVICE = lazy_regex(r"(?:[\w*-]+\.)*(?P<namespace>[\w*-]+)\.svc(?:\.cluster\.local)?\.?", re.IGNORECASE)
_SPIFFE = lazy_regex(r"spiffe://[^/]+/ns/(?P<namespace>[^/]+)/.*")


def _system_names(spec: ObjectPart) -> Iterator[tuple[str, str]]:
    """Yields names of users and groups that belong to Kubernetes."""
    organisations = walk(spec.data, "subject?.organizations?")
    names = [("commonName", spec.get("commonName"))]
    names += [("subject.organizations", item) for _, value in organisations for item in texts_in(value)]
    yield from ((key, f"{name} is a name of Kubernetes itself") for key, name in names
                if isinstance(name, str) and _SYSTEM.fullmatch(name))  # fmt: skip
    literal = spec.get("literalSubject")
    if isinstance(literal, str) and _SYSTEM_IN_SUBJECT.search(literal):
        yield "literalSubject", f"{literal} has a name of Kubernetes itself"


def _names_of_people(spec: ObjectPart, namespace: str) -> Iterator[tuple[str, str]]:
    """Yields names by which a directory, or a reader of mail, takes the holder for somebody: principals of whatever
    object identifier (`otherNames`) and addresses of mail, unless they have the name of the namespace (cert-manager/
    cert-manager 2d0d7f7f, types_certificate.go, and Microsoft, certificate mapping, read 2026-11-29 by the author of
    the attack)."""
    named = [("emailAddresses", name) for name in texts_in(spec.get("emailAddresses"))]
    named += [("otherNames", str(other.get("utf8Value"))) for other in spec.children("otherNames")]
    for key, name in named:
        if namespace.lower() not in name.lower():
            yield key, f"{name} is a person or an account of a directory, and not of the namespace"


def _foreign_names(spec: ObjectPart, namespace: str) -> Iterator[tuple[str, str]]:
    """Yields names of the API server, of every service, and of services of other namespaces."""
    for name in texts_in(spec.get("dnsNames")):
        match = _SERVICE.fullmatch(name)
        if _EVERY_SERVICE.fullmatch(name) or _API_SERVER.fullmatch(name):
            yield "dnsNames", f"{name} is a name of other services"
        elif match is not None and match["namespace"] != namespace:
            yield "dnsNames", f"{name} is a service of namespace {match['namespace']}"
    yield from _names_of_people(spec, namespace)
    for uri in texts_in(spec.get("uris")):
        match = _SPIFFE.fullmatch(uri)
        if match is not None and match["namespace"] != namespace:
            yield "uris", f"{uri} is a workload of namespace {match['namespace']}"


_LONGEST_LIFE = 1096 * 24
"""Hours that a certificate of a workload is good for at most: three years. The components give no longer life to a
server that reads its certificate only when it starts (components/core/serving/backend_tls.py)."""
_HOURS = lazy_regex(r"(\d{1,9})h.*")


def _long_lives(spec: ObjectPart) -> Iterator[tuple[str, str]]:
    """Yields the life of a certificate that nobody renews for years: an authority may live for long."""
    hours = _HOURS.fullmatch(str(spec.get("duration")))
    if hours and int(hours[1]) > _LONGEST_LIFE and str(spec.get("isCA")).lower() != "true":
        yield "duration", f"{hours[0]} is longer than {_LONGEST_LIFE}h, and the key lives as long"


def _named_by(annotations: ObjectPart) -> ObjectPart:
    """Returns the names that annotations of an entry point add to its certificate, as fields of a certificate."""
    texts = {field: str(annotations.data.get(key, "")) for field, key in _FURTHER_NAMES.items()}
    return ObjectPart(
        "", {field: [name.strip() for name in text.split(",") if name.strip()] for field, text in texts.items()}
    )


def _is_authority_for_others(spec: ObjectPart, plan: Plan) -> bool:
    """Returns whether a certificate is an authority under one that the whole cluster uses."""
    issuer = spec.child("issuerRef")
    if str(spec.get("isCA")).lower() != "true" or issuer.get("kind") != "ClusterIssuer":
        return False
    name = issuer.get("name")
    known = plan.by_key(_issuer_names).get(name_key(name), ())
    is_self_signed = not known and isinstance(name, str) and _SELF_SIGNED.fullmatch(name) is not None
    return not is_self_signed and not any(map(_signs_itself, known))


def _signs_itself(issuer: Resource) -> bool:
    spec = issuer.get("spec")
    return isinstance(spec, dict) and "selfSigned" in spec


def _issuer_names(resource: Resource) -> Iterator[str]:
    if resource.type == _ISSUER:
        metadata = resource.get("metadata")
        yield name_key(metadata.get("name", MISSING) if isinstance(metadata, dict) else MISSING)


def _check_certificates(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    for item in objects(resource, "Ingress", "Gateway"):
        annotations = item.child("metadata").child("annotations")
        for key in _ANNOTATIONS:
            if any(_SYSTEM.fullmatch(name) for name in str(annotations.get(key)).split(",")):
                yield failed(f"{annotations.path_to(key)} is a name of Kubernetes itself", annotations.path_to(key))
        namespace = item.child("metadata").get("namespace")
        if namespace is not UNKNOWN and not _PLATFORM.fullmatch(str(namespace)):
            own = "default" if namespace is MISSING else str(namespace)
            for key, text in _foreign_names(_named_by(annotations), own):
                yield failed(f"{annotations.path_to(_FURTHER_NAMES[key])}: {text}", annotations.path)
    for item in objects(resource, "Certificate", "CertificateRequest"):
        spec, namespace = item.child("spec"), item.child("metadata").get("namespace")
        found = [*_system_names(spec), *_long_lives(spec)]
        is_of_platform = namespace is UNKNOWN or _PLATFORM.fullmatch(str(namespace)) is not None
        if not is_of_platform:
            found += _foreign_names(spec, "default" if namespace is MISSING else str(namespace))
            if _is_authority_for_others(spec, plan):
                found.append(("isCA", "the namespace gets an authority under that of the cluster"))
        yield from (failed(f"{spec.path_to(key)}: {text}", spec.path_to(key)) for key, text in found)
        yield from () if found else (passed(),)


CERTIFICATES: tuple[Guardrail, ...] = (
    identity_rule(311, Severity.CRITICAL, "Certificates of a namespace name its own services, and no authority",
                  "whoever holds the certificate is, for everybody who trusts its issuer, whom it names",
                  "Name users and groups without system:, and services of the namespace itself; issue an authority "
                  "from an Issuer of the namespace, and keep authorities of the cluster in cert-manager's namespace",
                  plan_predicate=_check_certificates, types=_TYPES),
)  # fmt: skip
