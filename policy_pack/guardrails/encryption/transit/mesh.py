"""Mutual TLS of service meshes: what Istio's policies accept from and send to workloads.

Fields, modes and defaults as in istio.io/api 1.31 (security/v1beta1/peer_authentication.proto, networking/v1alpha3/
destination_rule.proto), read 2026-11-27: UNSET inherits, at the end from the mesh's policy, where it means PERMISSIVE.
The settings of a DestinationRule without a mode mean DISABLE.
"""

from collections.abc import Iterator

from ...engine.conditions import FALSE
from ...engine.families import transit_rule
from ...engine.reading import MISSING, UNKNOWN, Plain, Resource, walk
from ...engine.rows import Guardrail, Severity
from ...engine.verdicts import Outcome, failed, passed, undetermined
from ...readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, equals_bool, objects
from ...readers.pod_annotations import annotations_of_pods
from .mesh_bypasses import check_annotations, check_proxies
from .reasons import PLAINTEXT

_RELEASE = "kubernetes:helm.sh/v1:Release"
_PLAIN_MODES = ("PERMISSIVE", "DISABLE")
_ROOT_NAMESPACE = "istio-system"
"""Default namespace of the policy of the whole mesh."""
_API_SERVERS = ("kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local")
"""Names of the API server, whose clients use TLS themselves, so that the proxy must not."""


def _check_peers(policy: ObjectPart) -> Iterator[Outcome]:
    """Checks which connections workloads accept."""
    spec, metadata = policy.child("spec"), policy.child("metadata")
    mode = spec.child("mtls").get("mode")
    yield _judge_mode(mode, spec.path_to("mtls.mode"))
    is_of_mesh = metadata.get("namespace") == _ROOT_NAMESPACE and not spec.child("selector").data
    if is_of_mesh and mode in (MISSING, "UNSET") and not policy.is_patch:
        yield failed("spec.mtls.mode of the whole mesh is not STRICT, so it accepts plain text", "spec.mtls.mode")
    ports = spec.child("portLevelMtls")
    for port in ports.data:
        yield _judge_mode(ports.child(port).get("mode"), f"{ports.path_to(port)}.mode")


def _judge_mode(mode: Plain, path: str) -> Outcome:
    if mode is UNKNOWN:
        return undetermined(f"{path} is not known before deployment", path)
    if str(mode).upper() in _PLAIN_MODES:
        return failed(f"{path} {mode} accepts plain text", path)
    return passed()


def _check_destination(rule: ObjectPart) -> Iterator[Outcome]:
    """Checks how callers connect to a host, in general and by subset and port."""
    spec = rule.child("spec")
    if spec.get("host") in _API_SERVERS:
        yield passed()
        return
    policies = [spec.child("trafficPolicy"), *(subset.child("trafficPolicy") for subset in spec.children("subsets"))]
    for policy in policies:
        for settings in (policy, *policy.children("portLevelSettings")):
            if settings.get("tls") is not MISSING:
                yield _judge_client(settings.child("tls"), is_patch=rule.is_patch)


def _judge_client(tls: ObjectPart, *, is_patch: bool) -> Outcome:
    mode = tls.get("mode")
    if str(mode).upper() == "DISABLE" or (mode is MISSING and not is_patch):
        return failed(f"{tls.path_to('mode')} must be ISTIO_MUTUAL, MUTUAL or SIMPLE: callers use plain text", tls.path)
    if equals_bool(tls.get("insecureSkipVerify"), True):
        path = tls.path_to("insecureSkipVerify")
        return failed(f"{path} accepts the certificate of any server", path)
    if UNKNOWN in (mode, tls.get("insecureSkipVerify")):
        return undetermined(f"{tls.path} is not known before deployment", tls.path)
    return passed()


def _check_release(release: Resource) -> Iterator[Outcome]:
    """Checks a Helm release of Istio's control plane, whose values configure the whole mesh."""
    for path, value in walk(release.props, "values.meshConfig.enableAutoMtls"):
        if FALSE.test(value):
            yield failed(f"{path} false: callers use plain text unless a DestinationRule says otherwise", path)


def _check_mesh(resource: Resource) -> Iterator[Outcome]:
    if resource.type == _RELEASE:
        yield from _check_release(resource)
    for policy in objects(resource, "PeerAuthentication"):
        yield from _check_peers(policy)
    for rule in objects(resource, "DestinationRule"):
        yield from _check_destination(rule)
    for annotations in annotations_of_pods(resource):
        yield from check_annotations(annotations)
    yield from check_proxies(resource)


MESH_TRANSIT: tuple[Guardrail, ...] = (
    transit_rule(422, Severity.HIGH, "The service mesh requires mutual TLS, and callers verify servers",
                 PLAINTEXT,
                 "Set mtls.mode of a PeerAuthentication to STRICT; set tls.mode of a DestinationRule to ISTIO_MUTUAL "
                 "inside the mesh, or to SIMPLE with the server's name in subject_alt_names, and remove "
                 "insecure_skip_verify, meshConfig.enableAutoMtls and annotations that exclude ports or addresses",
                 predicate=_check_mesh,
                 types=KUBERNETES_TYPES),
)  # fmt: skip
