"""Pods with stock images of model servers: refused where the server can never answer as the pod expects.

The emulated cluster starts no containers. It knows the stock images by name: what their entrypoint is, what they must
be told, on which port they listen and which paths they answer there. An image that it does not know, and a command that
is not the server's own program, are not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import prod

from falaj.sandbox.clouds.kubernetes.model_server_images import Listener, ModelServer, server_of
from falaj.sandbox.clouds.kubernetes.pods import pod_templates
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import UNKNOWN, Json, get_all, get_path, get_str

GPU = "nvidia.com/gpu"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PROBES = ("startupProbe", "readinessProbe", "livenessProbe")


def answers(op: Operation) -> str | None:
    """Rejects a workload with a container that can never get ready, with the kubelet's reason.

    The message is that of the Kubernetes provider (pkg/await: deployment.go, 4.24). Workloads that the provider does
    not wait for are rejected too: their pods would restart for ever, and nothing would say so.
    """
    specs = [get_path(op.inputs, path) for path, _ in pod_templates(op)]
    for pod, container in ((spec, container) for spec in specs for container in get_all(spec, "containers[*]")):
        server = server_of(get_str(container, "image"))
        reason = next(_failures(server, container, pod), None) if server else None
        if reason:
            name = get_str(container, "name")
            return (
                f"'{op.name}' timed out waiting to be Ready: Minimum number of live Pods was not attained: "
                f"[{name}] {reason}"
            )
    return None


def _failures(server: ModelServer, container: Json, spec: Json) -> Iterator[str]:
    words = _command_line(server, container)
    if words is None:
        return
    environment = {get_str(item, "name"): get_path(item, "value") for item in get_all(container, "env[*]")}
    if server.programs and not any(
        word.rpartition("/")[2] in server.programs or word in server.programs for word in words
    ):
        # Triton's entrypoint only runs what it is given.
        if not get_path(container, "command"):
            yield f"the entrypoint {server.entrypoint[0]} is given nothing that starts {server.programs[0]}"
        return
    yield from _start_failures(server, words, environment, container, spec)
    yield from _port_failures(server, words, environment, container)


def _command_line(server: ModelServer, container: Json) -> list[str] | None:
    """Returns the words of the command line; None if a part of it is not known yet."""
    command, args = (get_path(container, key) for key in ("command", "args"))
    parts = [*(command if isinstance(command, list | tuple) else server.entrypoint)]
    parts += args if isinstance(args, list | tuple) else []
    if UNKNOWN in (command, args) or any(part is UNKNOWN for part in parts):
        return None
    return [str(part) for part in parts]


def _value(words: list[str], flags: tuple[str, ...]) -> str | None:
    """Returns the value of the last of these flags, `--flag value` or `--flag=value`; None without it."""
    found = None
    for index, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name in flags:
            found = value if equals else (words[index + 1] if index + 1 < len(words) else "")
    return found


def _start_failures(
    server: ModelServer, words: list[str], environment: Mapping[str, Json], container: Json, spec: Json
) -> Iterator[str]:
    if server.model and not _names_model(server, words, environment):
        named = " or ".join(word for word in server.model if word.startswith("--"))
        yield f"the server has no model: it is told none ({named})"
    for variable, allowed in server.values.items():
        if str(environment.get(variable, allowed[0])) not in allowed:
            yield f"Error: {variable}={environment[variable]}, but the server takes {' or '.join(allowed)}"
    if server.needs_user_name and _runs_as_number(container, spec) and not {"USER", "LOGNAME"} & environment.keys():
        yield "CrashLoopBackOff: KeyError: 'getpwuid(): uid not found', since neither USER nor LOGNAME is set"
    if server.writes_home and get_path(container, "securityContext.readOnlyRootFilesystem") is True:
        home = str(environment.get("HOME", "/root"))
        mounts = [str(get_path(mount, "mountPath")) for mount in get_all(container, "volumeMounts[*]")]
        if not any(home == mount or home.startswith(f"{mount}/") for mount in mounts):
            yield f"CrashLoopBackOff: Read-only file system: '{home}'"
    yield from _version_failures(server, words, get_str(container, "image"))
    splits = [int(value) for flags in server.parallel if (value := _value(words, flags) or "1").isdigit()]
    machines = _value(words, server.machines) or "1"
    yield from _parallel_failures(prod(splits), int(machines) if machines.isdigit() else 1, container)


def _version_failures(server: ModelServer, words: list[str], image: str) -> Iterator[str]:
    version = re.search(r":v?(\d+)\.(\d+)\.(\d+)", image)
    for flag, first in server.first_versions.items():
        if version and flag in words and tuple(map(int, version.groups())) < first:
            yield f"error: unrecognized arguments: {flag}"


def _names_model(server: ModelServer, words: list[str], environment: Mapping[str, Json]) -> bool:
    flags = tuple(word for word in server.model if not word.startswith("$"))
    if _value(words, flags) or any(word[1:] in environment for word in server.model if word.startswith("$")):
        return True
    if not server.positional_after or server.positional_after not in words:
        return False
    following = words[words.index(server.positional_after) + 1 :]
    return bool(following) and not following[0].startswith("-")


def _runs_as_number(container: Json, spec: Json) -> bool:
    """Returns whether the user is set by its number, for which the image has no name. Root has one."""
    user = get_path(container, "securityContext.runAsUser") or get_path(spec, "securityContext.runAsUser")
    return isinstance(user, int | float) and user != 0


def _parallel_failures(split: int, machines: int, container: Json) -> Iterator[str]:
    limits = get_path(container, "resources.limits")
    gpus = str(limits.get(GPU, "")) if isinstance(limits, Mapping) else ""
    if gpus.isdigit() and split > int(gpus) * machines:
        yield f"CrashLoopBackOff: World size ({split}) is larger than the number of available GPUs ({gpus})"
    mounts = [get_path(mount, "mountPath") for mount in get_all(container, "volumeMounts[*]")]
    if split > 1 and "/dev/shm" not in mounts:  # noqa: S108  the device of shared memory
        yield "CrashLoopBackOff: NCCL error: Error while creating shared memory segment, since /dev/shm has 64 MiB"


def _port_failures(
    server: ModelServer, words: list[str], environment: Mapping[str, Json], container: Json
) -> Iterator[str]:
    host = _value(words, server.host_flags)
    if server.worker_flag and server.worker_flag in words:
        if any(get_path(container, key) for key in PROBES):
            yield f"Startup probe failed: connection refused, since the server has {server.worker_flag}"
        return
    if host in LOOPBACK:
        yield f"Startup probe failed: connection refused, since the server listens on {host} only"
    listening = {_port(listener, words, environment): listener for listener in server.listeners}
    declared = {get_str(port, "name"): get_path(port, "containerPort") for port in get_all(container, "ports[*]")}
    for name, port in declared.items():
        if isinstance(port, int | float) and str(int(port)) not in listening:
            yield f"containerPort {int(port)} ({name}): nothing listens there, but on {', '.join(sorted(listening))}"
    for probe in PROBES:
        get = get_path(container, f"{probe}.httpGet")
        if not isinstance(get, Mapping):
            continue
        port = declared.get(str(get.get("port")), get.get("port"))
        shown = str(int(port)) if isinstance(port, int | float) else str(port)
        yield from _probe_failures(probe, get_str(get, "path") or "/", shown, listening, words)


def _probe_failures(
    probe: str, path: str, port: str, listening: Mapping[str, Listener], words: list[str]
) -> Iterator[str]:
    kind = f"{probe.removesuffix('Probe').capitalize()} probe failed"
    listener = listening.get(port)
    if listener is None:
        yield f'{kind}: Get "http://:{port}{path}": connection refused'
    elif path not in listener.paths:
        yield f"{kind}: HTTP probe failed with statuscode: 404 ({path})"
    elif path in listener.needs and listener.needs[path] not in words:
        yield f"{kind}: HTTP probe failed with statuscode: 501 ({path} wants {listener.needs[path]})"


def _port(listener: Listener, words: list[str], environment: Mapping[str, Json]) -> str:
    value = _value(words, listener.flags) or environment.get(listener.variable)
    return str(int(value)) if isinstance(value, float) else str(value or listener.port)
