"""Host access of pods: the restricted Pod Security Standard, and restrictions beyond it.

kubernetes.io, Pod Security Standards, as of Kubernetes 1.34 (read 2026-11).
"""

from collections.abc import Collection, Iterator

from ..engine.families import exposure_rule
from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Resource, walk
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.host_directories import has_keys_of_others
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, Pod, PodCheck, each_object, each_pod, equals_bool
from ..readers.plaintext_secrets import variables
from ..readers.pod_annotations import annotations_of_pods
from .host_path_settings import check_settings
from .node_interfaces import check_attachment, check_networks, check_operated_network
from .pod_profiles import check_annotated_profiles, check_profiles
from .reasons import BREAKOUT
from .runtime_annotations import check_annotations, check_placement
from .volume_drivers import check_volumes

_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_SSH_PORT = 22

_SAFE_SELINUX_TYPES = frozenset({"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"})
"""SELinux types that containers may have."""

_SECOND_SYSCTL = lazy_regex("[+=]")
"""With these signs, a value adds a setting that CRI-O does not check (CVE-2022-0811; Kyverno, prevent-cr8escape,
2026-03)."""

_NO_DEVICES = ("", "none", "void")
"""Values of NVIDIA_VISIBLE_DEVICES that mount no GPU."""

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


def _check_not_true(section: ObjectPart, key: str, effect: str) -> Iterator[Outcome]:
    """Checks that a key is not true. Messages state `effect` after the path of the key."""
    value = section.get(key)
    if value is UNKNOWN:
        yield undetermined(
            f"{section.path_to(key)} must not be true, and this is not known before deployment", section.path_to(key)
        )
    else:
        yield failed(f"{section.path_to(key)} {effect}", section.path_to(key)) if equals_bool(value, True) else passed()


def _check_privileged(pod: Pod) -> Iterator[Outcome]:
    for container in pod.containers:
        context = container.child("securityContext")
        yield from _check_not_true(context, "privileged", "gives the container full access to the node")
        yield from _check_not_true(
            context.child("windowsOptions"), "hostProcess", "gives the container full access to the node"
        )
    yield from _check_not_true(
        pod.spec.child("securityContext").child("windowsOptions"),
        "hostProcess",
        "gives the pod full access to the node",
    )


def _check_host_namespaces(pod: Pod) -> Iterator[Outcome]:
    for key, resource in (("hostNetwork", "network"), ("hostPID", "processes"), ("hostIPC", "shared memory")):
        yield from _check_not_true(pod.spec, key, f"shares the node's {resource} with the pod")


def _check_host_ports(pod: Pod) -> Iterator[Outcome]:
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
                yield failed(f"{port.path_to('hostPort')} opens a port on the node", port.path_to("hostPort"))
            if port.get("containerPort") == _SSH_PORT:
                yield failed(
                    f"{port.path_to('containerPort')} offers SSH, which bypasses the API server",
                    port.path_to("containerPort"),
                )


def _check_host_paths(pod: Pod) -> Iterator[Outcome]:
    for volume in pod.spec.children("volumes"):
        if volume.get("hostPath") is MISSING:
            yield passed()
            continue
        path = str(volume.child("hostPath").get("path"))
        mounted = "the container runtime's socket" if path.endswith(".sock") else "a directory of the node"
        yield failed(f"{volume.path_to('hostPath')} mounts {mounted}", volume.path_to("hostPath"))


def _check_keys_of_others(pod: Pod) -> Iterator[Outcome]:
    """Checks that an agent of the nodes mounts no directory with the tokens and secrets of the other pods, or with the
    keys of the cluster, and the whole node only to read it: that it runs as a user without rights is a rule of its
    own."""
    for volume in pod.spec.children("volumes"):
        directory, path = str(volume.child("hostPath").get("path")), volume.path_to("hostPath")
        mounts = (mount for container in pod.containers for mount in container.children("volumeMounts"))
        writes = any(
            mount.get("name") == volume.get("name") and not equals_bool(mount.get("readOnly"), True) for mount in mounts
        )
        has_keys = has_keys_of_others(directory, is_written=writes)
        yield failed(f"{path} has the tokens and keys of other pods", path) if has_keys else passed()


def _check_isolation(pod: Pod) -> Iterator[Outcome]:
    """Checks settings that weaken the isolation of the container runtime: /proc, AppArmor, SELinux and unsafe
    sysctls."""
    pod_context = pod.spec.child("securityContext")
    for sysctl in pod_context.children("sysctls"):
        if str(sysctl.get("name")).replace("/", ".") not in _SAFE_SYSCTLS:
            yield failed(f"{sysctl.path} changes a kernel setting of the whole node", sysctl.path)
        elif _SECOND_SYSCTL.search(str(sysctl.get("value"))):
            path = sysctl.path_to("value")
            yield failed(f"{path} must not contain + or =, which add another kernel setting in CRI-O", path)
    for context in (pod_context, *(container.child("securityContext") for container in pod.containers)):
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
        if options.get("type") not in (MISSING, UNKNOWN, *_SAFE_SELINUX_TYPES):
            yield failed(
                f"{options.path_to('type')} is none of the types that pod security allows", options.path_to("type")
            )
        yield passed()


def _gets_devices(container: ObjectPart) -> bool:
    """Returns whether a container asks for devices: the plug-in of their vendor then sets the variable."""
    resources = container.child("resources")
    names = (*resources.child("limits").data, *resources.child("requests").data)
    return bool(list(resources.children("claims"))) or any("nvidia.com/" in name for name in names)


def _check_devices(pod: Pod) -> Iterator[Outcome]:
    """Checks that no container takes GPUs by a variable, past the scheduler (NVIDIA/k8s-device-plugin 1b826acc
    README.md, strategy `envvar`: the runtime mounts what NVIDIA_VISIBLE_DEVICES names, read 2026-11-29)."""
    for container in pod.containers:
        for name, value, path in variables(container.data.get("env"), container.path_to("env")):
            is_taken = isinstance(value, str) and value.strip().lower() not in _NO_DEVICES
            if name == "NVIDIA_VISIBLE_DEVICES" and is_taken and not _gets_devices(container):
                yield failed(f"{path} mounts GPUs that the container does not ask for", path)


def _check_pod(pod: Pod) -> Iterator[Outcome]:
    yield from _check_isolation(pod)
    yield from _check_devices(pod)
    yield from check_profiles(pod)


def _check_runtime(resource: Resource) -> Iterator[Outcome]:
    """Checks the pods of a resource, and the annotations that it hands on to pods."""
    yield from each_pod(_check_pod)(resource)
    for annotations in annotations_of_pods(resource):
        yield from check_annotations(annotations)
        yield from check_annotated_profiles(annotations)


def _check_hooks(pod: Pod) -> Iterator[Outcome]:
    """Checks that probes and hooks name no host: the kubelet calls them, and may reach addresses that the pod cannot
    (restricted level since 1.34)."""
    for container in pod.containers:
        lifecycle = container.child("lifecycle")
        for hook in (*map(container.child, _PROBES), lifecycle.child("postStart"), lifecycle.child("preStop")):
            for call in (hook.child("httpGet"), hook.child("tcpSocket")):
                host = call.get("host")
                yield (
                    passed() if host in (MISSING, "") else failed(f"{call.path_to('host')} must not be set", call.path)
                )


def _nothing(_pod: Pod) -> Iterator[Outcome]:
    yield passed()


def _outside(privileged: Collection[str], check: PodCheck, inside: PodCheck = _nothing) -> Predicate:
    """Returns the predicate of a check of pods outside the namespaces that may have the privileged level: host access
    is what they are listed for, apart from what `inside` checks. A list has items of other namespaces than its own."""
    outside_each, inside_each = each_pod(check), each_pod(inside)

    def predicate(resource: Resource) -> Iterator[Outcome]:
        for _, namespace in walk(resource.props, "metadata.namespace"):
            is_listed = isinstance(namespace, str) and namespace in privileged
            is_list = kind_of(resource).endswith("List")
            yield from inside_each(resource) if is_listed and not is_list else outside_each(resource)

    return predicate


def _check_attached(resource: Resource, privileged: Collection[str]) -> Iterator[Outcome]:
    for item in expand_list(resource):
        metadata = item.props.get("metadata")
        own = (metadata if isinstance(metadata, dict) else item.props).get("namespace")
        for annotations in annotations_of_pods(item) if str(own) not in privileged else ():
            yield from check_networks(annotations, own)


def _check_host_networks(privileged: Collection[str]) -> Predicate:
    """Returns the check of pods outside privileged namespaces, and of the networks that are attached to pods."""
    of_pods = _outside(privileged, _check_host_namespaces)
    of_networks = each_object(check_attachment, "NetworkAttachmentDefinition")
    of_operators = each_object(check_operated_network, "MacvlanNetwork", "Network", "SpiderMultusConfig")

    def predicate(resource: Resource) -> Iterator[Outcome]:
        yield from of_pods(resource)
        yield from _check_attached(resource, privileged)
        yield from of_networks(resource)
        yield from of_operators(resource)
        yield from check_placement(resource, privileged)

    return predicate


def _check_directories(privileged: Collection[str]) -> Predicate:
    """Returns the check of directories of the node, in pods and in what becomes a pod."""
    of_pods = _outside(privileged, _check_host_paths, _check_keys_of_others)

    def predicate(resource: Resource) -> Iterator[Outcome]:
        yield from of_pods(resource)
        for item in expand_list(resource):
            yield from check_settings(item, privileged)

    return predicate


def pod_host_access(privileged: Collection[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrails. `privileged`: namespaces that the settings list, in which agents of nodes run; they may
    share namespaces of the node, its ports and its directories, but no container is privileged in them."""
    return (
        exposure_rule(302, Severity.CRITICAL, "No pod shares the node's network, interfaces, process or IPC namespace",
                      BREAKOUT,
                      "Remove hostNetwork, hostPID and hostIPC, and host-device and the node's interface as master "
                      "from networks of Multus; leave nodeName and machines of the control plane to the platform; run "
                      "agents of the nodes in a namespace that kubernetes.privileged_namespaces in enforcement.yaml "
                      "lists",
                      predicate=_check_host_networks(privileged), types=KUBERNETES_TYPES),
        exposure_rule(303, Severity.HIGH, "No container uses a host port or offers SSH",
                      "a host port bypasses services, network policies and load balancers",
                      "Remove hostPort and use a Service; use kubectl exec instead of SSH",
                      predicate=_outside(privileged, _check_host_ports), types=KUBERNETES_TYPES),
        exposure_rule(304, Severity.CRITICAL, "No pod mounts directories or sockets of the node",
                      BREAKOUT,
                      "Use a persistent volume, an emptyDir, a projected volume or a CSI driver; run agents of the "
                      "nodes in a namespace that kubernetes.privileged_namespaces in enforcement.yaml lists",
                      predicate=_check_directories(privileged), types=KUBERNETES_TYPES),
    )  # fmt: skip


POD_HOST_ACCESS: tuple[Guardrail, ...] = (
    exposure_rule(301, Severity.CRITICAL, "No container is privileged",
                  BREAKOUT,
                  "Remove privileged and hostProcess; request only the capability or device that is needed",
                  predicate=each_pod(_check_privileged), types=KUBERNETES_TYPES),
    exposure_rule(311, Severity.HIGH,
                  "No pod weakens the isolation of the container runtime or changes kernel settings",
                  BREAKOUT,
                  "Remove procMount, appArmorProfile Unconfined, seLinuxOptions, unsafe sysctls and annotations for "
                  "the runtime; ask for GPUs in resources, and not by NVIDIA_VISIBLE_DEVICES",
                  predicate=_check_runtime, types=KUBERNETES_TYPES),
    exposure_rule(317, Severity.MEDIUM,
                  "Volumes are of the types that the restricted Pod Security level allows, and of known drivers",
                  "other types and drivers run as root on the node, with credentials of their own",
                  "Use a persistent volume claim or a CSI driver of the cloud or of the site's storage; where a driver "
                  "of Azure makes accounts for a class, set networkEndpointType to privateEndpoint",
                  predicate=check_volumes, types=KUBERNETES_TYPES),
    exposure_rule(318, Severity.MEDIUM, "Probes and lifecycle hooks call their own container only",
                  "the kubelet makes the request, and may reach what the pod cannot",
                  "Remove host from httpGet and tcpSocket",
                  predicate=each_pod(_check_hooks), types=KUBERNETES_TYPES),
)  # fmt: skip
