"""Stock images of model servers: how each starts, where it listens, and what its release knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
    parallel: tuple[tuple[str, ...], ...] = ()
    """Flags with numbers whose product is the number of GPUs over which the model is split."""
    machines: tuple[str, ...] = ()
    """Flags with the number of machines over which the model is split."""
    first_versions: Mapping[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    """Flag -> the oldest version of the image that knows it."""
    worker_flag: str = ""
    """Flag of a server that answers no requests, but works for another one."""
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
        parallel=(("--tensor-parallel-size", "-tp"), ("--pipeline-parallel-size", "-pp")),
        machines=("--nnodes", "-n"),
        # Options of the wheels 0.11.0 and 0.11.1; entrypoints/cli/serve.py of the latter.
        first_versions=dict.fromkeys(("--nnodes", "--node-rank", "--master-addr"), (0, 11, 1)),
        worker_flag="--headless",
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


def server_of(image: str) -> ModelServer | None:
    """Returns the model server of an image under any registry or mirror; None for an image that is not known."""
    repository = image.partition("@")[0].rpartition(":")[0]
    for server in SERVERS:
        if any(repository == name or repository.endswith(f"/{name}") for name in server.images):
            return server
    return None
