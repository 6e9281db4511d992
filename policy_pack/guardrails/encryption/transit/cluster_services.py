"""Custom resources and volumes of a cluster whose traffic is plain unless they say otherwise.

Strimzi, "GenericKafkaListener schema reference"; Traefik Proxy, "IngressRoute"; aws-efs-csi-driver, "Encryption In
Transit" (read 2026-11-27).
"""

from collections.abc import Iterator

from ...engine.families import transit_rule
from ...engine.reading import MISSING, UNKNOWN, Resource
from ...engine.rows import Guardrail, Severity
from ...engine.verdicts import Outcome, failed, passed, undetermined
from ...readers.kubernetes_objects import ObjectPart, equals_bool, objects

TRAEFIK_GROUPS = ("kubernetes:traefik.io/", "kubernetes:traefik.containo.us/")
_STRIMZI = "kubernetes:kafka.strimzi.io/"
_VOLUMES = ("kubernetes:core/v1:PersistentVolume", "kubernetes:core/v1:PersistentVolumeList", "kubernetes:core/v1:List")
_TLS_ENTRY_POINT = "websecure"
"""Entry point of Traefik's chart that terminates TLS without `tls` in a route."""
_NO_SERVICE = "noop@internal"
"""Service of routes that only redirect."""


def check_ingress_route(resource: Resource) -> Iterator[Outcome]:
    """Checks that an IngressRoute of Traefik has TLS, or serves nothing by itself."""
    if not resource.type.startswith(TRAEFIK_GROUPS):
        return
    for route in objects(resource, "IngressRoute"):
        spec = route.child("spec")
        entry_points = spec.get("entryPoints")
        only_tls = isinstance(entry_points, list) and entry_points == [_TLS_ENTRY_POINT]
        services = [service for rule in spec.children("routes") for service in rule.children("services")]
        only_redirects = bool(services) and all(service.get("name") == _NO_SERVICE for service in services)
        if spec.get("tls") is not MISSING or only_tls or only_redirects or route.is_patch:
            yield passed()
        else:
            yield failed("it serves plain HTTP: no spec.tls", spec.path_to("tls"))


def _check_brokers(resource: Resource) -> Iterator[Outcome]:
    for broker in objects(resource, "Kafka") if resource.type.startswith(_STRIMZI) else ():
        for listener in broker.child("spec").child("kafka").children("listeners"):
            yield _judge_tls(listener, "tls", missing=False)


def _check_file_systems(resource: Resource) -> Iterator[Outcome]:
    for volume in objects(resource, "PersistentVolume"):
        source = volume.child("spec").child("csi")
        if source.get("driver") == "efs.csi.aws.com":
            yield _judge_tls(source.child("volumeAttributes"), "encryptInTransit", missing=True)


def _judge_tls(section: ObjectPart, key: str, *, missing: bool) -> Outcome:
    """Judges a property that must be true. `missing`: its default."""
    value, path = section.get(key), section.path_to(key)
    if value is UNKNOWN:
        return undetermined(f"{path} is not known before deployment; it must be true", path)
    is_encrypted = missing if value is MISSING else equals_bool(value, True)
    return passed() if is_encrypted else failed(f"{path} must be true", path)


def _check(resource: Resource) -> Iterator[Outcome]:
    yield from _check_brokers(resource)
    yield from _check_file_systems(resource)


CLUSTER_SERVICES: tuple[Guardrail, ...] = (
    transit_rule(424, Severity.HIGH, "Listeners of Kafka and file systems in a cluster use TLS",
                 "what passes between pods and file systems can be read on its way",
                 "Set tls of each listener to true, and remove encryptInTransit from volume_attributes",
                 predicate=_check, types=(_STRIMZI, *_VOLUMES)),
)  # fmt: skip
