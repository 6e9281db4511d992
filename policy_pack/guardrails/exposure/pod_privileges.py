"""Privileges of containers: the restricted Pod Security Standard, and read-only root file systems.

kubernetes.io, Pod Security Standards, as of Kubernetes 1.34 (read 2026-11).
"""

import re
from collections.abc import Iterator

from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Resource, one_or_many, shown_items
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, Pod, each_pod, equals_bool
from .loose_contexts import check_capabilities, check_users
from .reasons import BREAKOUT, DEFENCE_IN_DEPTH

_ALLOWED_CAPABILITIES = frozenset({"NET_BIND_SERVICE"})
"""Capabilities that the restricted level allows; this one permits listening on ports below 1024."""

_ADMINISTRATOR = lazy_regex(
    r"(?:.*\\)?(?:ContainerAdministrator|Administrators?|(?:NT AUTHORITY\\)?(?:LOCAL ?)?SYSTEM)", re.IGNORECASE
)
"""Users of Windows with every right in their container (ContainerAdministrator in kubernetes/kubernetes v1.36.3
test/e2e/windows/security_context.go, read 2026-11-29), or in a HostProcess container on the machine: SYSTEM,
which services name LocalSystem, or any administrator of it (kubernetes/website 04effa5c content/en/docs/tasks/
configure-pod-container/create-hostprocess-pod.md, read 2026-11-30)."""

_GROUPS = ("runAsGroup", "supplementalGroups", "fsGroup")
"""Fields of a security context with groups of its processes, among which is that of the files of volumes
(kubernetes/api 10b39a39 core/v1/types.go, PodSecurityContext, read 2026-12-01)."""


def _check_value(section: ObjectPart, key: str, expected: bool, requirement: str) -> Iterator[Outcome]:
    """Checks that a key has the expected value. A patch may omit it."""
    value = section.get(key)
    if value is UNKNOWN:
        yield undetermined(
            f"{section.path_to(key)} {requirement}, and this is not known before deployment", section.path_to(key)
        )
    elif equals_bool(value, expected) or (value is MISSING and section.is_patch):
        yield passed()
    else:
        yield failed(f"{section.path_to(key)} {requirement}", section.path_to(key))


def _check_added_capabilities(pod: Pod) -> Iterator[Outcome]:
    for container in pod.containers:
        capabilities = container.child("securityContext").child("capabilities")
        added = capabilities.get("add")
        names = [item.upper().removeprefix("CAP_") for item in shown_items(added)]
        forbidden = [name for name in names if name not in _ALLOWED_CAPABILITIES]
        if added is UNKNOWN:
            yield undetermined(
                f"{capabilities.path_to('add')} is not known before deployment", capabilities.path_to("add")
            )
        elif forbidden:
            names_shown = ", ".join(name for name in forbidden if re.fullmatch(r"[A-Z_]{1,30}", name)) or "others"
            yield failed(
                f"{capabilities.path_to('add')} adds capabilities ({names_shown})", capabilities.path_to("add")
            )
        else:
            yield passed()


def _linux_containers(pod: Pod) -> tuple[ObjectPart, ...]:
    """Returns the containers of a pod, or none on Windows, which has no capabilities, seccomp, setuid and read-only
    root file systems."""
    return () if pod.spec.child("os").get("name") == "windows" else pod.containers


def _check_dropped_capabilities(pod: Pod) -> Iterator[Outcome]:
    for container in _linux_containers(pod):
        capabilities = container.child("securityContext").child("capabilities")
        dropped = capabilities.get("drop")
        names = [item.upper() for item in shown_items(dropped)]
        if dropped is UNKNOWN:
            yield undetermined(
                f"{capabilities.path_to('drop')} is not known before deployment", capabilities.path_to("drop")
            )
        elif "ALL" in names or (dropped is MISSING and capabilities.is_patch):
            yield passed()
        else:
            yield failed(f"{capabilities.path_to('drop')} must contain ALL", capabilities.path_to("drop"))


def _check_root(pod: Pod) -> Iterator[Outcome]:
    """Checks that no container runs as root. A container's setting overrides the pod's."""
    pod_context = pod.spec.child("securityContext")
    for container in pod.containers:
        context = container.child("securityContext")
        user = pod_context.get("runAsUser") if context.get("runAsUser") is MISSING else context.get("runAsUser")
        non_root = (
            pod_context.get("runAsNonRoot") if context.get("runAsNonRoot") is MISSING else context.get("runAsNonRoot")
        )
        if user is not UNKNOWN and str(user) in ("0", "0.0"):
            yield failed(f"{context.path_to('runAsUser')} is 0, which is root", context.path_to("runAsUser"))
        elif equals_bool(non_root, True) or (isinstance(user, int | float) and user > 0):
            yield passed()
        elif UNKNOWN in (user, non_root):
            yield undetermined(
                f"{context.path_to('runAsNonRoot')} is not known before deployment", context.path_to("runAsNonRoot")
            )
        elif context.is_patch and non_root is MISSING:
            yield passed()
        else:
            yield failed(
                f"{context.path_to('runAsNonRoot')} must be true, here or for the pod", context.path_to("runAsNonRoot")
            )
    for section in (pod_context, *(container.child("securityContext") for container in pod.containers)):
        options = section.child("windowsOptions")
        if _ADMINISTRATOR.fullmatch(str(options.get("runAsUserName"))):
            yield failed(f"{options.path_to('runAsUserName')} is an administrator", options.path_to("runAsUserName"))
        for key in _GROUPS:
            stated = section.get(key)
            groups = one_or_many(stated)
            if any(group in (0, "0") and group is not False for group in groups):
                yield failed(f"{section.path_to(key)} is 0, the group of root", section.path_to(key))


def _check_escalation(pod: Pod) -> Iterator[Outcome]:
    for container in _linux_containers(pod):
        context = container.child("securityContext")
        yield from _check_value(context, "allowPrivilegeEscalation", False, "must be false; true is the default")


def _check_read_only(pod: Pod) -> Iterator[Outcome]:
    for container in _linux_containers(pod):
        context = container.child("securityContext")
        yield from _check_value(context, "readOnlyRootFilesystem", True, "must be true; false is the default")


def _check_seccomp(pod: Pod) -> Iterator[Outcome]:
    pod_profile = pod.spec.child("securityContext").child("seccompProfile").get("type")
    for container in _linux_containers(pod):
        container_profile = container.child("securityContext").child("seccompProfile")
        profile = pod_profile if container_profile.get("type") is MISSING else container_profile.get("type")
        if profile is UNKNOWN:
            yield undetermined(
                f"{container_profile.path_to('type')} is not known before deployment", container_profile.path_to("type")
            )
        elif profile in ("RuntimeDefault", "Localhost") or (profile is MISSING and container_profile.is_patch):
            yield passed()
        else:
            yield failed(
                f"{container_profile.path_to('type')} must be RuntimeDefault or Localhost, here or for the pod",
                container_profile.path_to("type"),
            )


def _check_every_capability(resource: Resource) -> Iterator[Outcome]:
    yield from each_pod(_check_added_capabilities)(resource)
    yield from check_capabilities(resource)


def _check_every_user(resource: Resource) -> Iterator[Outcome]:
    yield from each_pod(_check_root)(resource)
    yield from check_users(resource)


POD_PRIVILEGES: tuple[Guardrail, ...] = (
    exposure_rule(305, Severity.HIGH, "No container adds capabilities",
                  BREAKOUT, "Remove capabilities.add; only NET_BIND_SERVICE is allowed",
                  predicate=_check_every_capability, types=KUBERNETES_TYPES),
    exposure_rule(306, Severity.MEDIUM, "Every container drops all capabilities",
                  DEFENCE_IN_DEPTH, "Set securityContext.capabilities.drop to [ALL]",
                  predicate=each_pod(_check_dropped_capabilities), types=KUBERNETES_TYPES),
    exposure_rule(307, Severity.HIGH, "No container runs as root",
                  DEFENCE_IN_DEPTH,
                  "Set runAsNonRoot to true, or runAsUser above 0, in the pod's or the container's securityContext",
                  predicate=_check_every_user, types=KUBERNETES_TYPES),
    exposure_rule(308, Severity.MEDIUM, "No container allows privilege escalation",
                  DEFENCE_IN_DEPTH, "Set securityContext.allowPrivilegeEscalation to false",
                  predicate=each_pod(_check_escalation), types=KUBERNETES_TYPES),
    exposure_rule(309, Severity.MEDIUM, "Every container has a read-only root file system",
                  DEFENCE_IN_DEPTH,
                  "Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where it writes",
                  predicate=each_pod(_check_read_only), types=KUBERNETES_TYPES),
    exposure_rule(310, Severity.MEDIUM, "Every container has a seccomp profile",
                  DEFENCE_IN_DEPTH, "Set securityContext.seccompProfile.type to RuntimeDefault for the pod",
                  predicate=each_pod(_check_seccomp), types=KUBERNETES_TYPES),
)  # fmt: skip
