"""Model servers whose stock images the platform can start: what each is started with, and what it answers. Pure.

A row states what the server's own documentation or source says. `falaj.components.core.serving.server_command`
combines a row with the specification of a served model.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

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
    """vLLM, for language models on GPUs, with the API of OpenAI."""
    LLAMA_CPP = "llama-cpp"
    """llama.cpp, for quantised language and embedding models in GGUF on CPUs or GPUs, with the API of OpenAI."""
    TRITON = "triton"
    """NVIDIA Triton Inference Server, for a model repository."""
    ONNX = "onnx"
    """The reference server of `examples/workloads/inference`, for ONNX models."""
    CUSTOM = "custom"
    """Any image that implements the contract of `falaj.components.core.serving.contract`."""


@dataclass(frozen=True)
class Probes:
    """Paths of the HTTP probes, and the maximum duration of a start in seconds: enough for hundreds of GiB."""

    startup: str
    readiness: str
    liveness: str
    startup_seconds: int = 1800


@dataclass(frozen=True)
class Distribution:
    """How a server runs on several machines, which form one replica. Its arguments are added to those of one machine,
    and may contain the variables of `falaj.components.core.serving.multi_node`, as `$(VARIABLE)`."""

    first_version: tuple[int, ...]
    """The oldest version of the stock image that has these arguments."""
    args: tuple[str, ...]
    """On each machine."""
    leader_args: tuple[str, ...]
    """On the machine that answers requests."""
    worker_args: tuple[str, ...]
    """On the other machines."""
    address_variable: str
    """Environment variable with the pod's own address."""


@dataclass(frozen=True)
class Runtime:
    """A model server. Texts in `args`, `gpu_args` and `environment` contain `{model}`, `{service}`, `{port}`, `{gpus}`,
    `{nodes}`, `{threads}`, `{concurrency}`, `{weights}`, `{drain_seconds}`, `{context}` and `{prompt_cache}`."""

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
    cpu_environment: Mapping[str, str] = field(default_factory=dict[str, str])
    """Additional environment of a replica without GPUs."""
    metrics_path: str = "/metrics"
    metrics_port: int | None = None
    """Port of the metrics; `port` if None."""
    queue_metric: str | None = None
    """Gauge of the requests that wait."""
    tokens_metric: str | None = None
    """Counter of generated tokens."""
    requests_metric: str | None = None
    """Counter of finished requests, which exists before the first one."""
    prompts_metric: str | None = None
    """Counter of the tokens of prompts, which exists before the first one."""
    shared_memory_gib: Mapping[int, float] = field(default_factory=dict[int, float])
    """Maximum number of GPUs -> size of `/dev/shm` in GiB; the container runtime's 64 MiB if empty."""
    scratch_gib: int = 1
    """Size of the writable folder in GiB."""
    needs_file: bool = False
    """Whether the model is one file and not a folder."""
    needs_gpu: bool = False
    drains: bool = True
    """Whether the server completes the requests in progress before it exits on SIGTERM."""
    distribution: Distribution | None = None
    """How a replica runs on several machines; None if the server cannot."""
    picker_engine: str | None = None
    """Name by which the endpoint picker knows the server's metrics, on `port`; None if it does not."""

    @property
    def reads_weights(self) -> bool:
        """Whether the server is told the numeric type of the weights."""
        return bool(self.weight_args) or "FALAJ_WEIGHTS" in self.environment


COMMON = {
    "OMP_NUM_THREADS": "{threads}",
    "TMPDIR": SCRATCH,
    "HOME": SCRATCH,
    "USER": USER_NAME,
    "LOGNAME": USER_NAME,
    "XDG_CACHE_HOME": CACHE,
    "XDG_CONFIG_HOME": f"{SCRATCH}/config",
}
"""Environment of all runtimes. One thread per full vCPU, because more would be throttled."""

_CONTRACT = {
    "FALAJ_MODEL": "{model}",
    "FALAJ_WEIGHTS": "{weights}",
    "FALAJ_THREADS": "{threads}",
    "FALAJ_PORT": "{port}",
}
_CONTRACT_PROBES = Probes("/readyz", "/readyz", "/healthz")

_CUDA_CACHES = {"CUDA_CACHE_PATH": f"{CACHE}/cuda", "TRITON_CACHE_DIR": f"{CACHE}/triton"}

RUNTIMES: Mapping[RuntimeName, Runtime] = {
    RuntimeName.VLLM: Runtime(
        source="vllm v0.11.0: docker/Dockerfile, vllm/entrypoints/openai/cli_args.py and api_server.py (options, "
        "routes), v1/metrics/loggers.py, envs.py (folders), docs/deployment/k8s.md (2 GiB of shared memory for one "
        "GPU), shm_broadcast.py (queues of several GPUs, with NCCL 2 GiB for eight); vllm#24885 and #43208 (requests "
        "in progress are aborted on SIGTERM; later versions can wait); read 2026-11-27",
        images=("vllm/vllm-openai",),
        # Stated, because the entrypoint of the image differs between versions.
        command=("vllm", "serve"),
        args=("{model}", "--host", "0.0.0.0", "--port", "{port}", "--served-model-name", "{service}"),  # noqa: S104
        gpu_args=("--tensor-parallel-size", "{gpus}"),
        # Integer weights are described by the model's own configuration.
        weight_args={
            "int8": "--dtype=auto",
            "fp16": "--dtype=float16",
            "bf16": "--dtype=bfloat16",
            "fp32": "--dtype=float32",
        },
        port=8000,
        # The server listens once the engine has loaded the model. `/v1/models` would need a key where one is set.
        probes=Probes("/health", "/health", "/health"),
        environment={
            **_CUDA_CACHES,
            "VLLM_CACHE_ROOT": f"{CACHE}/vllm",
            "VLLM_CONFIG_ROOT": f"{SCRATCH}/config/vllm",
            "TORCHINDUCTOR_CACHE_DIR": f"{CACHE}/inductor",
            "FLASHINFER_WORKSPACE_BASE": SCRATCH,
            "HF_HOME": f"{CACHE}/huggingface",
            # Pods cannot reach the internet.
            "HF_HUB_OFFLINE": "1",
            "VLLM_NO_USAGE_STATS": "1",
        },
        queue_metric="vllm:num_requests_waiting",
        tokens_metric="vllm:generation_tokens_total",
        # Counts a request when its last token is generated; each reason to finish has a series from the start on (vllm
        # 005a810b, v1/metrics/loggers.py, read 2026-11-30).
        requests_metric="vllm:request_success_total",
        # Counts all tokens of a prompt, those of the prefix cache too, with the first token of the answer (vllm 0.11.0,
        # vllm/v1/metrics/stats.py, `IterationStats.update_from_output`; the counter in v1/metrics/loggers.py; read in
        # the wheel on 2026-12-01).
        prompts_metric="vllm:prompt_tokens_total",
        shared_memory_gib={1: 2, 2: 4, 4: 8, 8: 16},
        scratch_gib=10,
        needs_gpu=True,
        drains=False,
        # gateway-api-inference-extension v1.5.0, datalayer/extractor/metrics/factories.go; read 2026-11-27.
        picker_engine="vllm",
        # vllm v0.11.1 and v0.12.0: engine/arg_utils.py (options), config/parallel.py (without Ray), entrypoints/cli/
        # serve.py (`--headless`), distributed/device_communicators/shm_broadcast.py: the leader binds to the address
        # that it is given. Its own needs no name, which is in the DNS only seconds after the start of the pod;
        # docs/serving/parallelism_scaling.md; 0.33.0 has the same options; read 2026-11-27.
        distribution=Distribution(
            first_version=(0, 11, 1),
            args=("--pipeline-parallel-size", "{nodes}", "--nnodes", "{nodes}", "--node-rank", "$(LWS_WORKER_INDEX)"),
            leader_args=("--master-addr", "$(VLLM_HOST_IP)"),
            worker_args=("--master-addr", "$(LWS_LEADER_ADDRESS)", "--headless"),
            address_variable="VLLM_HOST_IP",
        ),
    ),
    RuntimeName.LLAMA_CPP: Runtime(
        source="ggml-org/llama.cpp: .devops/cpu.Dockerfile (program, port), tools/server/README.md (options, metrics), "
        "tools/server/server.cpp (routes, SIGTERM ends the requests in progress); images for arm64: #13356 ended them "
        "in May 2025, #21122 publishes them again since 2026; read 2026-11-27",
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
        # The limits of `llama_memory`, as variables, because `args` and `environment` override them, and older versions
        # ignore them. On GPUs the server fits the context to their memory.
        environment={"CUDA_CACHE_PATH": f"{CACHE}/cuda", "LLAMA_ARG_CACHE_RAM": "{prompt_cache}"},
        cpu_environment={"LLAMA_ARG_CTX_SIZE": "{context}"},
        queue_metric="llamacpp:requests_deferred",
        # It counts tokens and decodes, but no requests (00dc8057, tools/server/README.md, read 2026-11-30).
        tokens_metric="llamacpp:tokens_predicted_total",
        needs_file=True,
        drains=False,
    ),
    RuntimeName.TRITON: Runtime(
        source="triton-inference-server/server v2.71.0: src/command_line_parser.cc and .h (options, ports), "
        "docs/user_guide/metrics.md (pending requests), src/http_server.cc (health; after SIGTERM it waits for its "
        "connections until `--exit-timeout-secs`); shared memory: docs/getting_started/llm.md (2 GiB) and "
        "deploy/gke-marketplace-app/trt-engine (1 GiB), more for several GPUs by estimate; read 2026-11-27",
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
        # By model, from its load on (triton-inference-server/server 067c1e96, docs/user_guide/metrics.md; its core
        # 038fa4f4, src/metric_model_reporter.cc; read 2026-11-30). Models of an ensemble count beside it (the same,
        # 73aad7c3 src/ensemble_scheduler/ensemble_scheduler.cc; read 2026-12-01).
        requests_metric="nv_inference_request_success",
        shared_memory_gib={0: 1, 1: 2, 8: 4},
    ),
    RuntimeName.ONNX: Runtime(
        source="examples/workloads/inference: Containerfile, server.py, metrics.py",
        images=("onnx-server", "onnx-server-gpu"),
        command=("python", "/server/server.py"),
        args=(),
        port=8080,
        probes=_CONTRACT_PROBES,
        environment=_CONTRACT,
        queue_metric="falaj_requests_waiting",
        # `falaj_requests_total` has no series before the first answer.
        requests_metric="falaj_request_seconds_count",
    ),
    RuntimeName.CUSTOM: Runtime(
        source="falaj.components.core.serving.contract",
        command=(),
        args=(),
        port=8080,
        probes=_CONTRACT_PROBES,
        environment=_CONTRACT,
    ),
}
"""The runtimes by name."""


def runtime_of_image(image: str) -> RuntimeName | None:
    """Returns the runtime of a stock image by its name, under any registry or mirror; None for other images."""
    repository = image.partition("@")[0].rpartition(":")[0]
    for name, runtime in RUNTIMES.items():
        if any(repository == stock or repository.endswith(f"/{stock}") for stock in runtime.images):
            return name
    return None
