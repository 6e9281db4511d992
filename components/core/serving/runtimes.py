"""Model servers whose stock images the platform can start: what each is started with, and what it answers. Pure.

A row states what the server's own documentation or source says; nothing is derived from an image. `server` combines a
row with one service, and applies what the service sets itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from falaj.components.core.validation.args import Input

MODELS = "/models"
"""Mount path of the model."""

SCRATCH = "/tmp"  # noqa: S108  an emptyDir volume of the pod
"""The only writable folder, deleted with the pod."""

CACHE = f"{SCRATCH}/cache"

USER_NAME = "server"
"""Name that libraries read from USER and LOGNAME. The numeric user of the pods has no entry in the images' passwd file,
and without these variables `getpass.getuser` raises (pytorch/pytorch#140765, vllm-project/vllm#44548)."""


class RuntimeName(Enum):
    """Model server of an image."""

    VLLM = "vllm"
    """vLLM's server with OpenAI's API, for language models on GPUs."""
    LLAMA_CPP = "llama-cpp"
    """llama.cpp's server with OpenAI's API, for quantised language and embedding models in GGUF, on CPUs or GPUs."""
    TRITON = "triton"
    """NVIDIA Triton Inference Server, for a model repository."""
    ONNX = "onnx"
    """The reference server of `examples/workloads/inference`, for ONNX models."""
    CUSTOM = "custom"
    """Any image that implements the contract of docs/workloads.md."""


@dataclass(frozen=True)
class Probes:
    """Paths of the HTTP probes, and the seconds that a start may take."""

    startup: str
    readiness: str
    liveness: str
    startup_seconds: int = 1800


@dataclass(frozen=True)
class Runtime:
    """A model server. Texts in `args` and `environment` may contain the names of `_values` in braces."""

    source: str
    """Where the row comes from, and when it was read."""
    command: tuple[str, ...]
    """Program in the image; the image's own entrypoint if empty."""
    args: tuple[str, ...]
    port: int
    probes: Probes
    images: tuple[str, ...] = ()
    """Last parts of the names of the stock images."""
    gpu_args: tuple[str, ...] = ()
    """Additional arguments of a replica with GPUs."""
    weight_args: Mapping[str, str] = field(default_factory=dict[str, str])
    """Argument by numeric type of the weights, if a service states it."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    metrics_path: str = "/metrics"
    metrics_port: int | None = None
    """Port of the metrics; `port` if None."""
    queue_metric: str | None = None
    """Gauge of the requests that wait."""
    tokens_metric: str | None = None
    """Counter of generated tokens."""
    shared_memory_gib: Mapping[int, float] = field(default_factory=dict[int, float])
    """Size of `/dev/shm` in GiB up to a number of GPUs; the container runtime's 64 MiB if empty."""
    scratch_gib: int = 1
    """Size of the writable folder in GiB."""
    needs_file: bool = False
    """Whether the model is one file and not a folder."""
    needs_gpu: bool = False
    drains: bool = True
    """Whether the server ends the requests in progress before it exits on SIGTERM."""
    reads_weights: bool = False
    """Whether the server is told the numeric type of the weights by `FALAJ_WEIGHTS`."""


@dataclass(frozen=True)
class Serving:
    """What a runtime needs to know about one service."""

    service: str
    """Name by which requests name the model. Both variants of an experiment have the same."""
    threads: int
    concurrency: int
    gpus: int
    weights: str
    has_stated_weights: bool
    file: str | None
    drain_seconds: int


@dataclass(frozen=True)
class Overrides:
    """What a service sets itself instead of its runtime."""

    command: Sequence[str] = ()
    args: Sequence[str] = ()
    port: int | None = None
    startup: str | None = None
    readiness: str | None = None
    liveness: str | None = None
    startup_seconds: int | None = None
    environment: Mapping[str, Input[str]] = field(default_factory=dict[str, "Input[str]"])
    shared_memory_gib: float | None = None


@dataclass(frozen=True)
class Server:
    """The container of one replica."""

    command: tuple[str, ...]
    args: tuple[str, ...]
    environment: Mapping[str, Input[str]]
    port: int
    probes: Probes
    metrics_path: str
    metrics_port: int
    shared_memory_gib: float
    scratch_gib: int


_CONTRACT = {
    "FALAJ_MODEL": "{model}",
    "FALAJ_WEIGHTS": "{weights}",
    "FALAJ_THREADS": "{threads}",
    "FALAJ_PORT": "{port}",
}

_COMMON = {
    "OMP_NUM_THREADS": "{threads}",
    "TMPDIR": SCRATCH,
    "HOME": SCRATCH,
    "USER": USER_NAME,
    "LOGNAME": USER_NAME,
    "XDG_CACHE_HOME": CACHE,
    "XDG_CONFIG_HOME": f"{SCRATCH}/config",
}

_CUDA_CACHES = {"CUDA_CACHE_PATH": f"{CACHE}/cuda", "TRITON_CACHE_DIR": f"{CACHE}/triton"}

_PROBES = Probes("/readyz", "/readyz", "/healthz")

RUNTIMES: Mapping[RuntimeName, Runtime] = {
    RuntimeName.VLLM: Runtime(
        source="vllm v0.11.0: docker/Dockerfile, vllm/entrypoints/cli/serve.py, entrypoints/openai/api_server.py, "
        "v1/metrics/loggers.py, envs.py, docs/deployment/k8s.md; read 2026-11-27",
        images=("vllm/vllm-openai",),
        # Named, because the image's entrypoint differs between versions.
        command=("vllm", "serve"),
        args=("{model}", "--host", "0.0.0.0", "--port", "{port}", "--served-model-name", "{service}"),  # noqa: S104
        gpu_args=("--tensor-parallel-size", "{gpus}"),
        weight_args={"fp16": "--dtype=float16", "bf16": "--dtype=bfloat16", "fp32": "--dtype=float32"},
        port=8000,
        # `/health` answers once the engine is up, since the server listens only then.
        probes=Probes("/health", "/v1/models", "/health"),
        environment={
            **_CUDA_CACHES,
            "VLLM_CACHE_ROOT": f"{CACHE}/vllm",
            "VLLM_CONFIG_ROOT": f"{SCRATCH}/config/vllm",
            "TORCHINDUCTOR_CACHE_DIR": f"{CACHE}/inductor",
            "FLASHINFER_WORKSPACE_BASE": SCRATCH,
            "HF_HOME": f"{CACHE}/huggingface",
            # Pods have no way to the internet, and would wait for it.
            "HF_HUB_OFFLINE": "1",
            "VLLM_NO_USAGE_STATS": "1",
        },
        queue_metric="vllm:num_requests_waiting",
        tokens_metric="vllm:generation_tokens_total",
        shared_memory_gib={1: 2, 2: 4, 4: 8, 8: 16},
        scratch_gib=10,
        needs_gpu=True,
        drains=False,
    ),
    RuntimeName.LLAMA_CPP: Runtime(
        source="ggml-org/llama.cpp: .devops/cpu.Dockerfile, tools/server/README.md, tools/server/server.cpp; read "
        "2026-11-27",
        images=("ggml-org/llama.cpp", "ggerganov/llama.cpp"),
        command=("/app/llama-server",),
        args=(
            *("--model", "{model}", "--alias", "{service}", "--host", "0.0.0.0", "--port", "{port}"),  # noqa: S104
            *("--threads", "{threads}", "--parallel", "{concurrency}", "--metrics"),
            # `/slots` shows the prompts of other callers.
            *("--no-slots", "--no-webui"),
        ),
        gpu_args=("--n-gpu-layers", "999"),
        port=8080,
        probes=Probes("/health", "/health", "/health"),
        queue_metric="llamacpp:requests_deferred",
        tokens_metric="llamacpp:tokens_predicted_total",
        environment={"CUDA_CACHE_PATH": f"{CACHE}/cuda"},
        needs_file=True,
        drains=False,
    ),
    RuntimeName.TRITON: Runtime(
        source="triton-inference-server/server: docs/user_guide/metrics.md, src/command_line_parser.cc, "
        "src/main.cc, docs/protocol/README.md, deploy/k8s-onprem; read 2026-11-27",
        images=("nvidia/tritonserver",),
        command=("tritonserver",),
        args=(
            *("--model-repository={model}", "--http-port={port}", "--metrics-port=8002", "--allow-grpc=false"),
            "--exit-timeout-secs={drain_seconds}",
        ),
        port=8000,
        metrics_port=8002,
        probes=Probes("/v2/health/ready", "/v2/health/ready", "/v2/health/live"),
        environment=_CUDA_CACHES,
        queue_metric="nv_inference_pending_request_count",
        # The Python backend's processes exchange tensors there.
        shared_memory_gib={0: 1, 8: 4},
    ),
    RuntimeName.ONNX: Runtime(
        source="examples/workloads/inference: Containerfile, server.py, metrics.py",
        images=("falaj/onnx-server", "falaj/onnx-server-gpu"),
        command=("python", "/server/server.py"),
        args=(),
        port=8080,
        probes=_PROBES,
        environment=_CONTRACT,
        queue_metric="falaj_requests_waiting",
        reads_weights=True,
    ),
    RuntimeName.CUSTOM: Runtime(
        source="docs/workloads.md, the contract of images of your own",
        command=(),
        args=(),
        port=8080,
        probes=_PROBES,
        environment=_CONTRACT,
        reads_weights=True,
    ),
}
"""The rows by name."""


def runtime_of_image(image: str) -> RuntimeName | None:
    """Returns the runtime of a stock image by its name, under any registry or mirror; None for other images."""
    repository = image.partition("@")[0].rpartition(":")[0]
    for name, runtime in RUNTIMES.items():
        if any(repository == stock or repository.endswith(f"/{stock}") for stock in runtime.images):
            return name
    return None


def server(runtime: Runtime, serving: Serving, overrides: Overrides) -> Server:
    """Returns the container of a replica. A command of the service replaces that of the runtime with its arguments;
    arguments alone follow those of the runtime, and the last one wins."""
    port = overrides.port or runtime.port
    values = _values(runtime, serving, port)
    gpu_args = runtime.gpu_args if serving.gpus else ()
    stated = runtime.weight_args.get(serving.weights) if serving.has_stated_weights else None
    own = (*runtime.args, *gpu_args, *((stated,) if stated else ()))
    if overrides.command:
        command, args = tuple(overrides.command), tuple(overrides.args)
    else:
        command = runtime.command
        args = (*(argument.format(**values) for argument in own), *overrides.args)
    environment = {name: value.format(**values) for name, value in {**_COMMON, **runtime.environment}.items()}
    shared_memory = overrides.shared_memory_gib
    return Server(
        command=command,
        args=args,
        environment={**environment, **overrides.environment},
        port=port,
        probes=replace(
            runtime.probes,
            **{
                key: value
                for key in ("startup", "readiness", "liveness", "startup_seconds")
                if (value := getattr(overrides, key)) is not None
            },
        ),
        metrics_path=runtime.metrics_path,
        metrics_port=runtime.metrics_port or port,
        shared_memory_gib=_shared_memory(runtime, serving.gpus) if shared_memory is None else shared_memory,
        scratch_gib=runtime.scratch_gib,
    )


def _values(runtime: Runtime, serving: Serving, port: int) -> Mapping[str, str]:
    file = f"/{serving.file}" if runtime.needs_file else ""
    return {
        "model": f"{MODELS}{file}",
        "service": serving.service,
        "port": str(port),
        "gpus": str(serving.gpus),
        "threads": str(serving.threads),
        "concurrency": str(serving.concurrency),
        "weights": serving.weights,
        "drain_seconds": str(serving.drain_seconds),
    }


def _shared_memory(runtime: Runtime, gpus: int) -> float:
    """Returns the size of the first step that covers the GPUs; 0 without steps."""
    return next((gib for most, gib in sorted(runtime.shared_memory_gib.items()) if gpus <= most), 0.0)
