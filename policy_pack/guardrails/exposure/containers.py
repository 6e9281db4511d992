"""Containers outside Kubernetes (ECS, Batch, CodeBuild, Azure Container Instances): host access and hardening."""

import re
from collections.abc import Iterator

from ..engine.conditions import is_true
from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, texts_in, walk
from ..engine.rows import CONTAINER_GROUPS, Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.task_containers import DAEMON, JOB, TASK, containers
from .reasons import DEFENCE_IN_DEPTH

_BUILD = "aws:codebuild/project:Project"
"""A project builds images without privileges on a server of its own (AWS CodeBuild, "Docker image build server sample
for CodeBuild", read 2026-11-30)."""
_OPEN_DEVICE = lazy_regex(
    r"/+dev(?:/++(?:(?:block|disk|mapper|raw|md)(?:/.*+)?|char(?:/++(?:1:(?:[1246]|1[12])|21:\d+))?"
    r"|k?mem|port|core|kmsg|oldmem|snapshot|root|[shv]d[a-z]{1,3}\d*|xvd[a-z]{1,3}\d*|dasd[a-z]{1,4}\d*"
    r"|(?:nvme|mmcblk|nbd?|drbd|md(?:_d)?)\d\w*|dm-\d+|loop\w*|sg(?:\d+|[a-z]))?)?/*\Z"
)
"""Devices with the memory and the disks of the host, and the directories that have them, of which Docker gives every
device (torvalds/linux 05909cd9 Documentation/admin-guide/devices.txt; systemd, "always add /dev/{block,char}/$major:
$minor"; moby daemon/pkg/oci/devices_linux.go; mem(4) of Linux man-pages 6.9.1; read 2026-11-30). Those of accelerators
and file systems in user space are none (/dev/neuron0 by programs that use it, read 2026-11-29)."""
_WITHOUT_PROFILE = lazy_regex(
    r"(?:apparmor|seccomp)[:=]unconfined|label[:=](?:disable|type[:=](?:spc_t|unconfined_t))|no-new-privileges[:=]false"
)
"""Options of Docker that take a profile of the kernel off a container (docker/cli 28f75608 docs/reference/commandline/
container_run.md, and `label=type:spc_t` of programs in public repositories; read 2026-11-29)."""
_ACCESS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("linuxParameters?.capabilities?.add?", "adds capabilities", lazy_regex(".")),
    ("linuxParameters?.capabilities?.adds?", "adds capabilities", lazy_regex(".")),
    ("linuxParameters?.devices[*].hostPath?", "has a device of the host", _OPEN_DEVICE),
    ("dockerSecurityOptions?", "has no profile of the kernel", _WITHOUT_PROFILE),
)
"""Path in a container, what a matching value gives it, and the values. A daemon has other names for lists (Amazon ECS
API, "ContainerDefinition", "Device" and "DaemonContainerDefinition"; pulumi-aws 7.51.1; read 2026-11-29)."""
_OPEN_PATH = lazy_regex(
    r"/|/(?:etc|root|home|boot|dev|usr|bin|sbin|opt|lib\w*|run|var/run|var/lib)(?:/.*)?|.*\.sock", re.IGNORECASE
)
"""Directories from which a daemon takes over the machine or its other containers; an agent reads records and figures
elsewhere, as in /var/log and /proc."""
_HOST_PATHS: dict[str, tuple[str, ...]] = {
    TASK: ("volumes[*].hostPath?",),
    DAEMON: ("volumes[*].hosts[*].sourcePath?",),
}
"""Type -> paths of directories of the host."""
_OPTIONS = "volumes[*].dockerVolumeConfiguration?.driverOpts?"
_NOT_OF_HOST = frozenset({"nfs", "nfs4", "cifs", "smb3", "tmpfs"})
_BIND = lazy_regex(r"(?:^|,)\s*r?bind\s*(?:,|$)")
"""Options of the driver `local` of Docker, which mounts directories and disks of the host as a device; the types of
file systems whose device is none of the host, unless the option `bind` is set (docker/cli 28f75608 docs/reference/
commandline/volume_create.md and moby/moby b985e231 vendor/github.com/moby/sys/mount/flags_unix.go: of all options, bind
and rbind alone mount a directory, and only in lower case; read 2026-11-29)."""


_PRIVILEGED_PATHS = {
    _BUILD: ("environment.privilegedMode",),
    **dict.fromkeys(CONTAINER_GROUPS, (
        "containers[*].securityContext.privileged", "initContainers[*].securityContext.privileged")),
}  # fmt: skip


def _has(value: Plain, refused: re.Pattern[str]) -> bool:
    """Returns whether a value, or one of a list, is refused or not known yet."""
    texts = [value] if isinstance(value, str) else texts_in(value)
    return value is UNKNOWN or any(refused.match(text) for text in texts)


def _is_of_host(options: dict[str, Plain]) -> bool:
    """Returns whether options of a volume mount a directory or a disk of the host."""
    is_other = str(options.get("type")).lower() in _NOT_OF_HOST and not _BIND.search(str(options.get("o", "")))
    return options.get("device") not in (None, "") and not is_other


def _check_host_access(resource: Resource) -> Iterator[Outcome]:
    for path, item in containers(resource):
        yield failed(f"{path} is privileged", path) if is_true(item.get("privileged")) else passed()
        for pattern, harm, refused in _ACCESS:
            if any(_has(value, refused) for _, value in walk(item, pattern)):
                yield failed(f"{path} {harm}", path)
    for key in ("pidMode", "ipcMode", "networkMode"):
        if resource.type == TASK and resource.get(key) == "host":
            yield failed(f"{key} shares the host's namespace with the task", key)
    for path in _PRIVILEGED_PATHS.get(resource.type, ()):
        for value_path, value in walk(resource.props, path):
            yield failed(f"{value_path} gives access to the host", value_path) if is_true(value) else passed()
    for pattern in _HOST_PATHS.get(resource.type, ()):
        for path, value in walk(resource.props, pattern):
            is_path = value not in (MISSING, "")
            is_read = resource.type == DAEMON and not _OPEN_PATH.fullmatch(str(value))
            yield failed(f"{path} is a directory of the host", path) if is_path and not is_read else passed()
    for path, options in walk(resource.props, _OPTIONS) if resource.type == TASK else ():
        if isinstance(options, dict) and _is_of_host(options):
            yield failed(f"{path}.device is a directory of the host", f"{path}.device")


def _check_hardening(resource: Resource) -> Iterator[Outcome]:
    for path, item in containers(resource):
        if str(item.get("user", "")).split(":")[0] in ("root", "0"):
            yield failed(f"{path} runs as root", path)
        key = "readonlyRootFilesystem"
        yield passed() if is_true(item.get(key)) else failed(f"{path}.{key} must be true", path)


CONTAINER_EXPOSURE: tuple[Guardrail, ...] = (
    exposure_rule(115, Severity.CRITICAL, "Containers of ECS, Batch, CodeBuild and Azure have no access to their host",
                  "an attacker who breaks out of such a container controls the host and everything on it",
                  "Remove privileged, added capabilities and host modes; build images on a Docker server of CodeBuild "
                  "(environment.dockerServer)",
                  predicate=_check_host_access, types=(TASK, DAEMON, JOB, _BUILD, *CONTAINER_GROUPS)),
    exposure_rule(116, Severity.MEDIUM,
                  "Containers of ECS and Batch have a read-only root file system and do not run as root",
                  DEFENCE_IN_DEPTH,
                  "Set readonlyRootFilesystem to true, and a user that is not root",
                  predicate=_check_hardening, types=(TASK, JOB)),
)  # fmt: skip
