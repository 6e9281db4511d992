"""Pods with stock images of model servers: refused where the server can never answer as the pod expects.

The emulated cluster starts no containers. It knows the stock images by name: what their entrypoint is, what they must
be told, on which port they listen and which paths they answer there. An image that it does not know, and a command that
is not the server's own program, are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.kubernetes.pods import POD_TEMPLATES
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import UNKNOWN, Json, get_all, get_path, get_str

GPU = "nvidia.com/gpu"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PROBES = ("startupProbe", "readinessProbe", "livenessProbe")


@dataclass(frozen=True)
class Listener:
    """A port of a server: its default, what changes it, and the paths that a GET finds there."""

    port: int
    paths: tuple[str, ...]
    flags: tuple[str, ...] = ()
    variable: str = ""
    needs: Mapping[str, str] = field(default_factory=dict[str, str])
    """Path -> flag without which the server does not answer it."""


@dataclass(frozen=True)
class ModelServer:
    """A stock image of a model server."""

    images: tuple[str, ...]
    """Last parts of the names of the images."""
    source: str
    entrypoint: tuple[str, ...]
    programs: tuple[str, ...]
    """Texts by which a command line is known as this server's."""
    listeners: tuple[Listener, ...]
    model: tuple[str, ...] = ()
    """Flags of which one names the model; a word that starts with `$` is an environment variable."""
    positional_after: str = ""
    """Word after which the model may stand without a flag."""
    host_flags: tuple[str, ...] = ()
    parallel: tuple[str, ...] = ()
    """Flags with the number of GPUs over which the model is split."""
    needs_user_name: bool = False
    """Whether a user without an entry in the image's passwd file must have a name in the environment."""
    writes_home: bool = False
    """Whether the server writes below its home folder."""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Environment variable -> values other than which end the server."""


SERVERS = (
    ModelServer(
        images=("vllm/vllm-openai",),
        source="vllm v0.11.0: docker/Dockerfile (entrypoint), vllm/entrypoints/openai/cli_args.py (host, port), "
        "entrypoints/openai/api_server.py (routes), config/parallel.py (world size), docs/deployment/k8s.md (shared "
        "memory); vllm#44548 and pytorch#140765 (getpass.getuser); read 2026-11-27",
        entrypoint=("python3", "-m", "vllm.entrypoints.openai.api_server"),
        programs=("vllm", "vllm.entrypoints.openai.api_server"),
        listeners=(
            Listener(
                8000,
                ("/health", "/ping", "/load", "/version", "/v1/models", "/metrics", "/docs", "/openapi.json"),
                ("--port",),
            ),
        ),
        model=("--model",),
        positional_after="serve",
        host_flags=("--host",),
        parallel=("--tensor-parallel-size", "-tp"),
        needs_user_name=True,
        writes_home=True,
    ),
    ModelServer(
        images=("ggml-org/llama.cpp", "ggerganov/llama.cpp"),
        source="llama.cpp: .devops/cpu.Dockerfile (entrypoint, LLAMA_ARG_HOST, health check), tools/server/README.md "
        "(options and variables), tools/server/server.cpp (routes; without a model it is a router); read 2026-11-27",
        entrypoint=("/app/llama-server",),
        programs=("llama-server",),
        listeners=(
            Listener(
                8080,
                ("/health", "/v1/health", "/models", "/v1/models", "/metrics", "/props", "/slots"),
                ("--port",),
                "LLAMA_ARG_PORT",
                {"/metrics": "--metrics"},
            ),
        ),
        model=("-m", "--model", "-hf", "--hf-repo", "-mu", "--model-url", "$LLAMA_ARG_MODEL", "$LLAMA_ARG_HF_REPO"),
        host_flags=("--host",),
    ),
    ModelServer(
        images=("nvidia/tritonserver",),
        source="triton-inference-server/server: src/command_line_parser.cc (options), docs/user_guide/metrics.md (port "
        "8002), docs/protocol/extension_model_repository.md, src/http_server.cc (health); read 2026-11-27",
        entrypoint=("/opt/nvidia/nvidia_entrypoint.sh",),
        programs=("tritonserver",),
        listeners=(
            Listener(8000, ("/v2/health/live", "/v2/health/ready", "/v2"), ("--http-port",)),
            Listener(8001, (), ("--grpc-port",)),
            Listener(8002, ("/metrics",), ("--metrics-port",)),
        ),
        model=("--model-repository", "--model-store"),
        host_flags=("--http-address",),
    ),
    ModelServer(
        images=("onnx-server",),
        source="examples/workloads/inference: Containerfile, server.py, README.md (weights)",
        entrypoint=("python", "/server/server.py"),
        programs=("/server/server.py",),
        listeners=(Listener(8080, ("/healthz", "/readyz", "/metrics"), variable="FALAJ_PORT"),),
        values={"FALAJ_WEIGHTS": ("int8", "fp32")},
    ),
    ModelServer(
        images=("onnx-server-gpu",),
        source="the contract of examples/workloads/inference/README.md, for GPUs",
        entrypoint=("python", "/server/server.py"),
        programs=("/server/server.py",),
        listeners=(Listener(8080, ("/healthz", "/readyz", "/metrics"), variable="FALAJ_PORT"),),
    ),
)
"""The stock images that are known."""


def answers(op: Operation) -> str | None:
    """Rejects a workload with a container that can never get ready, with the kubelet's reason.

    The message is that of the Kubernetes provider (pkg/await: deployment.go, 4.24). Workloads that the provider does
    not wait for are rejected too: their pods would restart for ever, and nothing would say so.
    """
    kind = group_and_kind(op.token)[1]
    if kind not in POD_TEMPLATES or op.variables["custom"] == "yes" or op.token.endswith("Patch"):
        return None
    spec = get_path(op.inputs, POD_TEMPLATES[kind][0])
    for container in get_all(spec, "containers[*]"):
        server = server_of(get_str(container, "image"))
        reason = next(_failures(server, container, spec), None) if server else None
        if reason:
            name = get_str(container, "name")
            return (
                f"'{op.name}' timed out waiting to be Ready: Minimum number of live Pods was not attained: "
                f"[{name}] {reason}"
            )
    return None


def server_of(image: str) -> ModelServer | None:
    """Returns the model server of an image under any registry or mirror; None for an image that is not known."""
    repository = image.partition("@")[0].rpartition(":")[0]
    for server in SERVERS:
        if any(repository == name or repository.endswith(f"/{name}") for name in server.images):
            return server
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
    if (split := _value(words, server.parallel)) is not None and split.isdigit():
        yield from _parallel_failures(int(split), container)


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


def _parallel_failures(split: int, container: Json) -> Iterator[str]:
    limits = get_path(container, "resources.limits")
    gpus = str(limits.get(GPU, "")) if isinstance(limits, Mapping) else ""
    if gpus.isdigit() and split > int(gpus):
        yield f"CrashLoopBackOff: World size ({split}) is larger than the number of available GPUs ({gpus})"
    mounts = [get_path(mount, "mountPath") for mount in get_all(container, "volumeMounts[*]")]
    if split > 1 and "/dev/shm" not in mounts:  # noqa: S108  the device of shared memory
        yield "CrashLoopBackOff: NCCL error: Error while creating shared memory segment, since /dev/shm has 64 MiB"


def _port_failures(
    server: ModelServer, words: list[str], environment: Mapping[str, Json], container: Json
) -> Iterator[str]:
    host = _value(words, server.host_flags)
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
