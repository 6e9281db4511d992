"""Privileges of containers: the restricted Pod Security Standard, and read-only root file systems.

kubernetes.io, Pod Security Standards, as of Kubernetes 1.34 (read 2026-11).
"""

import re
from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.reading import MISSING, UNKNOWN
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, Pod, each_pod, equals_bool
from .reasons import BREAKOUT, DEFENCE_IN_DEPTH

_ADDABLE = frozenset({"NET_BIND_SERVICE"})
"""The restricted level allows this one, to listen on ports below 1024."""


def _must_be(piece: ObjectPart, key: str, wanted: bool, why: str) -> Iterator[Outcome]:
    """A key that must be set; a patch may leave it out."""
    value = piece.get(key)
    if value is UNKNOWN:
        yield undetermined(f"{piece.path_to(key)} {why}, and this is not known before deployment", piece.path_to(key))
    elif equals_bool(value, wanted) or (value is MISSING and piece.is_patch):
        yield passed()
    else:
        yield failed(f"{piece.path_to(key)} {why}", piece.path_to(key))


def _capabilities(pod: Pod) -> Iterator[Outcome]:
    for container in pod.containers:
        capabilities = container.child("securityContext").child("capabilities")
        added = capabilities.get("add")
        names = [str(item).upper().removeprefix("CAP_") for item in added] if isinstance(added, list) else []
        beyond = [name for name in names if name not in _ADDABLE]
        if added is UNKNOWN:
            yield undetermined(
                f"{capabilities.path_to('add')} is not known before deployment", capabilities.path_to("add")
            )
        elif beyond:
            shown = ", ".join(name for name in beyond if re.fullmatch(r"[A-Z_]{1,30}", name)) or "others"
            yield failed(f"{capabilities.path_to('add')} adds capabilities ({shown})", capabilities.path_to("add"))
        else:
            yield passed()


def _linux_containers(pod: Pod) -> tuple[ObjectPart, ...]:
    """Linux containers: those with capabilities, seccomp, setuid and read-only root file systems."""
    return () if pod.spec.child("os").get("name") == "windows" else pod.containers


def _dropped(pod: Pod) -> Iterator[Outcome]:
    for container in _linux_containers(pod):
        capabilities = container.child("securityContext").child("capabilities")
        dropped = capabilities.get("drop")
        names = [str(item).upper() for item in dropped] if isinstance(dropped, list) else []
        if dropped is UNKNOWN:
            yield undetermined(
                f"{capabilities.path_to('drop')} is not known before deployment", capabilities.path_to("drop")
            )
        elif "ALL" in names or (dropped is MISSING and capabilities.is_patch):
            yield passed()
        else:
            yield failed(f"{capabilities.path_to('drop')} must contain ALL", capabilities.path_to("drop"))


def _root(pod: Pod) -> Iterator[Outcome]:
    """A container's own setting overrides its pod's."""
    shared = pod.spec.child("securityContext")
    for container in pod.containers:
        own = container.child("securityContext")
        user = shared.get("runAsUser") if own.get("runAsUser") is MISSING else own.get("runAsUser")
        other = shared.get("runAsNonRoot") if own.get("runAsNonRoot") is MISSING else own.get("runAsNonRoot")
        if user is not UNKNOWN and str(user) in ("0", "0.0"):
            yield failed(f"{own.path_to('runAsUser')} is 0, which is root", own.path_to("runAsUser"))
        elif equals_bool(other, True) or (isinstance(user, int | float) and user > 0):
            yield passed()
        elif UNKNOWN in (user, other):
            yield undetermined(
                f"{own.path_to('runAsNonRoot')} is not known before deployment", own.path_to("runAsNonRoot")
            )
        elif own.is_patch and other is MISSING:
            yield passed()
        else:
            yield failed(
                f"{own.path_to('runAsNonRoot')} must be true, here or for the pod", own.path_to("runAsNonRoot")
            )
    for piece in (shared, *(container.child("securityContext") for container in pod.containers)):
        if piece.get("runAsGroup") in (0, "0") and piece.get("runAsGroup") is not False:
            yield failed(f"{piece.path_to('runAsGroup')} is 0, the group of root", piece.path_to("runAsGroup"))


def _escalation(pod: Pod) -> Iterator[Outcome]:
    for container in _linux_containers(pod):
        context = container.child("securityContext")
        yield from _must_be(context, "allowPrivilegeEscalation", False, "must be false; true is the default")


def _read_only(pod: Pod) -> Iterator[Outcome]:
    for container in _linux_containers(pod):
        context = container.child("securityContext")
        yield from _must_be(context, "readOnlyRootFilesystem", True, "must be true; false is the default")


def _seccomp(pod: Pod) -> Iterator[Outcome]:
    shared = pod.spec.child("securityContext").child("seccompProfile").get("type")
    for container in _linux_containers(pod):
        own = container.child("securityContext").child("seccompProfile")
        profile = shared if own.get("type") is MISSING else own.get("type")
        if profile is UNKNOWN:
            yield undetermined(f"{own.path_to('type')} is not known before deployment", own.path_to("type"))
        elif profile in ("RuntimeDefault", "Localhost") or (profile is MISSING and own.is_patch):
            yield passed()
        else:
            yield failed(
                f"{own.path_to('type')} must be RuntimeDefault or Localhost, here or for the pod", own.path_to("type")
            )


POD_PRIVILEGES: tuple[Guardrail, ...] = (
    exposure_rule(305, Severity.HIGH, "No container adds capabilities",
                  BREAKOUT, "Remove capabilities.add; only NET_BIND_SERVICE is allowed",
                  predicate=each_pod(_capabilities), types=KUBERNETES_TYPES),
    exposure_rule(306, Severity.MEDIUM, "Every container drops all capabilities",
                  DEFENCE_IN_DEPTH, "Set securityContext.capabilities.drop to [ALL]",
                  predicate=each_pod(_dropped), types=KUBERNETES_TYPES),
    exposure_rule(307, Severity.HIGH, "No container runs as root",
                  DEFENCE_IN_DEPTH,
                  "Set runAsNonRoot to true, or runAsUser above 0, in the pod's or the container's securityContext",
                  predicate=each_pod(_root), types=KUBERNETES_TYPES),
    exposure_rule(308, Severity.MEDIUM, "No container allows privilege escalation",
                  DEFENCE_IN_DEPTH, "Set securityContext.allowPrivilegeEscalation to false",
                  predicate=each_pod(_escalation), types=KUBERNETES_TYPES),
    exposure_rule(309, Severity.MEDIUM, "Every container has a read-only root file system",
                  DEFENCE_IN_DEPTH,
                  "Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where it writes",
                  predicate=each_pod(_read_only), types=KUBERNETES_TYPES),
    exposure_rule(310, Severity.MEDIUM, "Every container has a seccomp profile",
                  DEFENCE_IN_DEPTH, "Set securityContext.seccompProfile.type to RuntimeDefault for the pod",
                  predicate=each_pod(_seccomp), types=KUBERNETES_TYPES),
)  # fmt: skip
