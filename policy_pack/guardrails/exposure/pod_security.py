"""What a pod may do on its machine: the Pod Security Standard `restricted`, and what it leaves open.

kubernetes.io, Pod Security Standards, as of Kubernetes 1.34 (read 2026-11).
"""

import re
from collections.abc import Callable, Iterator

from ..engine.families import exposure_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.kubernetes_objects import ObjectPart, Pod, pods

PodCheck = Callable[[Pod], Iterator[Outcome]]

_ADDABLE = frozenset({"NET_BIND_SERVICE"})
"""`restricted` lets a container add this one, to listen on a port below 1024."""
_SAFE_VOLUMES = frozenset({"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image",
                           "persistentVolumeClaim", "projected", "secret"})  # fmt: skip
"""Kinds of volume that `restricted` knows, and images, which are read-only."""
_SAFE_LABELS = frozenset({"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"})
"""SELinux types that confine a container."""
_APPARMOR = "container.apparmor.security.beta.kubernetes.io/"
_HOOKS = ("livenessProbe", "readinessProbe", "startupProbe")
_SSH = 22
_SAFE_SYSCTLS = frozenset(
    {
        "kernel.shm_rmid_forced",
        "net.ipv4.ip_local_port_range",
        "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.tcp_syncookies",
        "net.ipv4.ping_group_range",
        "net.ipv4.ip_local_reserved_ports",
        "net.ipv4.tcp_keepalive_time",
        "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl",
        "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_rmem",
        "net.ipv4.tcp_wmem",
    }
)


def _equals(value: Plain, wanted: bool) -> bool:
    return value is wanted or (isinstance(value, str) and value.strip().lower() == str(wanted).lower())


def _must_not_be_true(piece: ObjectPart, key: str, why: str) -> Iterator[Outcome]:
    """A key that must not be true."""
    value = piece.get(key)
    if value is UNKNOWN:
        yield undetermined(
            f"{piece.path_to(key)} must not be true, and this is not known before deployment", piece.path_to(key)
        )
    else:
        yield failed(f"{piece.path_to(key)} {why}", piece.path_to(key)) if _equals(value, True) else passed()


def _must_be(piece: ObjectPart, key: str, wanted: bool, why: str) -> Iterator[Outcome]:
    """A key that must be stated, unless a patch leaves it to others."""
    value = piece.get(key)
    if value is UNKNOWN:
        yield undetermined(f"{piece.path_to(key)} {why}, and this is not known before deployment", piece.path_to(key))
    elif _equals(value, wanted) or (value is MISSING and piece.is_patch):
        yield passed()
    else:
        yield failed(f"{piece.path_to(key)} {why}", piece.path_to(key))


def _privileged(pod: Pod) -> Iterator[Outcome]:
    for container in pod.containers:
        context = container.child("securityContext")
        yield from _must_not_be_true(context, "privileged", "gives the container the whole machine")
        yield from _must_not_be_true(
            context.child("windowsOptions"), "hostProcess", "gives the container the whole machine"
        )
    yield from _must_not_be_true(
        pod.spec.child("securityContext").child("windowsOptions"), "hostProcess", "gives the pod the whole machine"
    )


def _host_namespaces(pod: Pod) -> Iterator[Outcome]:
    for key, what in (("hostNetwork", "network"), ("hostPID", "processes"), ("hostIPC", "shared memory")):
        yield from _must_not_be_true(pod.spec, key, f"shares the machine's {what} with the pod")


def _host_ports(pod: Pod) -> Iterator[Outcome]:
    for container in pod.containers:
        for port in container.children("ports"):
            host_port = port.get("hostPort")
            if host_port is UNKNOWN:
                yield undetermined(
                    f"{port.path_to('hostPort')} is not known before deployment", port.path_to("hostPort")
                )
            elif host_port in (MISSING, 0):
                yield passed()
            else:
                yield failed(f"{port.path_to('hostPort')} opens a port of the machine itself", port.path_to("hostPort"))
            if port.get("containerPort") == _SSH:
                yield failed(
                    f"{port.path_to('containerPort')} offers SSH beside the API server", port.path_to("containerPort")
                )


def _host_paths(pod: Pod) -> Iterator[Outcome]:
    for volume in pod.spec.children("volumes"):
        if volume.get("hostPath") is MISSING:
            yield passed()
            continue
        path = str(volume.child("hostPath").get("path"))
        what = "the container runtime's socket" if path.endswith(".sock") else "a folder of the machine"
        yield failed(f"{volume.path_to('hostPath')} mounts {what}", volume.path_to("hostPath"))


def _volumes(pod: Pod) -> Iterator[Outcome]:
    for volume in pod.spec.children("volumes"):
        kinds = [key for key in volume.data if key != "name" and volume.get(key) is not MISSING]
        others = [key for key in kinds if key not in _SAFE_VOLUMES and key != "hostPath"]
        yield failed(f"{volume.path} is a {others[0]} volume", volume.path) if others else passed()


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
    """Containers that have what Windows has not: capabilities, seccomp, setuid, read-only roots."""
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
    """A container's own word counts before its pod's."""
    shared = pod.spec.child("securityContext")
    for container in pod.containers:
        own = container.child("securityContext")
        user = shared.get("runAsUser") if own.get("runAsUser") is MISSING else own.get("runAsUser")
        other = shared.get("runAsNonRoot") if own.get("runAsNonRoot") is MISSING else own.get("runAsNonRoot")
        if user is not UNKNOWN and str(user) in ("0", "0.0"):
            yield failed(f"{own.path_to('runAsUser')} is 0, which is root", own.path_to("runAsUser"))
        elif _equals(other, True) or (isinstance(user, int | float) and user > 0):
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


def _isolation_overrides(pod: Pod) -> Iterator[Outcome]:
    """What undoes the runtime's own walls: /proc, AppArmor, SELinux, and kernel settings beyond the safe ones."""
    shared = pod.spec.child("securityContext")
    annotations = pod.metadata.child("annotations")
    for key, value in annotations.data.items():
        if key.startswith(_APPARMOR) and value != "runtime/default" and not str(value).startswith("localhost/"):
            yield failed(f"annotation {key} must be runtime/default", annotations.path)
    for sysctl in shared.children("sysctls"):
        if str(sysctl.get("name")).replace("/", ".") not in _SAFE_SYSCTLS:
            yield failed(f"{sysctl.path} changes the kernel for others on the machine too", sysctl.path)
    for context in (shared, *(container.child("securityContext") for container in pod.containers)):
        if context.get("procMount") == "Unmasked":
            yield failed(f"{context.path_to('procMount')} must not be Unmasked", context.path_to("procMount"))
        if context.child("appArmorProfile").get("type") == "Unconfined":
            yield failed(
                f"{context.path_to('appArmorProfile')} must not be Unconfined", context.path_to("appArmorProfile")
            )
        options = context.child("seLinuxOptions")
        for key in ("user", "role"):
            if options.get(key) not in (MISSING, UNKNOWN, ""):
                yield failed(f"{options.path_to(key)} must not be set", options.path_to(key))
        if options.get("type") not in (MISSING, UNKNOWN, *_SAFE_LABELS):
            yield failed(f"{options.path_to('type')} is not a type of containers", options.path_to("type"))
        yield passed()


def _hooks(pod: Pod) -> Iterator[Outcome]:
    """Probes and hooks are called by the machine, which may be let in where the pod is not (restricted, 1.34 on)."""
    for container in pod.containers:
        lifecycle = container.child("lifecycle")
        for hook in (*map(container.child, _HOOKS), lifecycle.child("postStart"), lifecycle.child("preStop")):
            for call in (hook.child("httpGet"), hook.child("tcpSocket")):
                host = call.get("host")
                yield (
                    passed() if host in (MISSING, "") else failed(f"{call.path_to('host')} must not be set", call.path)
                )


def _each_pod(check: PodCheck) -> Predicate:
    def judge(resource: Resource) -> Iterator[Outcome]:
        for pod in pods(resource):
            if pod.spec.get("containers") is UNKNOWN:
                yield undetermined(f"{pod.spec.path_to('containers')} is not known before deployment", pod.spec.path)
            yield from check(pod)

    return judge


def pod_guardrail(number: int, what: str, why: str, remedy: str, check: PodCheck, severity: Severity) -> Guardrail:
    """A guardrail on every pod, of whatever kind it comes."""
    return exposure_rule(number, severity, what, why, remedy, predicate=_each_pod(check), types=("kubernetes:",))


_BREAKOUT = "whoever breaks out of such a container has the machine, and with it every tenant on it"
_DEFENCE = "each wall that stands makes a broken program less of a broken machine"

POD_SECURITY: tuple[Guardrail, ...] = (
    pod_guardrail(301, "No container is privileged", _BREAKOUT,
                  "Leave privileged and hostProcess out; ask for the one capability or device that is needed",
                  _privileged, Severity.CRITICAL),
    pod_guardrail(302, "No pod shares the machine's network, processes or memory", _BREAKOUT,
                  "Remove hostNetwork, hostPID and hostIPC", _host_namespaces, Severity.CRITICAL),
    pod_guardrail(303, "No container takes a port of its machine, or offers SSH",
                  "such a port is open beside every service, policy and load balancer",
                  "Remove hostPort and put a Service in front; use kubectl exec instead of SSH", _host_ports,
                  Severity.HIGH),
    pod_guardrail(304, "No pod mounts folders or sockets of its machine", _BREAKOUT,
                  "Use a persistent volume, an emptyDir, a projected volume or a CSI driver", _host_paths,
                  Severity.CRITICAL),
    pod_guardrail(305, "No container adds capabilities", _BREAKOUT,
                  "Remove capabilities.add; NET_BIND_SERVICE alone may stay", _capabilities, Severity.HIGH),
    pod_guardrail(306, "Every container drops all capabilities", _DEFENCE,
                  "Set securityContext.capabilities.drop to [ALL]", _dropped, Severity.MEDIUM),
    pod_guardrail(307, "No container runs as root", _DEFENCE,
                  "Set runAsNonRoot to true, or runAsUser above 0, in the pod's or the container's securityContext",
                  _root, Severity.HIGH),
    pod_guardrail(308, "No container can gain more rights than it started with", _DEFENCE,
                  "Set securityContext.allowPrivilegeEscalation to false", _escalation, Severity.MEDIUM),
    pod_guardrail(309, "Every container's own file system is read-only", _DEFENCE,
                  "Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where it writes",
                  _read_only, Severity.MEDIUM),
    pod_guardrail(310, "Every container runs under a seccomp profile", _DEFENCE,
                  "Set securityContext.seccompProfile.type to RuntimeDefault for the pod", _seccomp, Severity.MEDIUM),
    pod_guardrail(311, "No pod undoes the walls of its runtime or changes the kernel", _BREAKOUT,
                  "Remove procMount, appArmorProfile Unconfined, seLinuxOptions and unsafe sysctls", _isolation_overrides,
                  Severity.HIGH),
    pod_guardrail(317, "Pods mount volumes of the kinds that Pod Security knows",
                  "other kinds bring their own drivers and credentials onto the machine",
                  "Use a persistent volume claim or a CSI driver", _volumes, Severity.MEDIUM),
    pod_guardrail(318, "Probes and hooks call their own container",
                  "the machine makes the call, and may be let in where the pod is not",
                  "Remove host from httpGet and tcpSocket", _hooks, Severity.MEDIUM),
)  # fmt: skip
