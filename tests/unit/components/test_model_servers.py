"""The containers of model servers: what each runtime is started with and asked, and what a service changes."""

from typing import Any

import pytest

from falaj.components.core.serving.draining import (
    EXIT_SECONDS,
    PRE_STOP_SECONDS,
    REQUEST_TIMEOUT_SECONDS,
    grace_seconds,
    pre_stop_seconds,
)
from falaj.components.core.serving.runtimes import RUNTIMES, SCRATCH, RuntimeName, runtime_of_image
from falaj.components.core.serving.server_command import Server, server_of
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.serving_samples import AWAKE, LARGE

LLAMA: Any = {
    **AWAKE,
    "runtime": "llama-cpp",
    "image": "registry.example/ggml-org/llama.cpp:server-b10818",
    "model": {"claim": "models", "gib": 4, "file": "llm/model-q4.gguf"},
    "memory_gib": 8,
}
LLAMA_ON_GPU: Any = {**LARGE, **{key: LLAMA[key] for key in ("runtime", "image", "model")}}
TRITON: Any = {
    **LARGE,
    "runtime": "triton",
    "image": "registry.example/nvidia/tritonserver:25.09-py3",
}
ONNX: Any = {**AWAKE, "runtime": "onnx"}


def server(serving: dict[str, Any], **changed: Any) -> Server:
    return server_of(ServingSpec.model_validate({**serving, **changed}), "assistant")


def problems(serving: dict[str, Any], **changed: Any) -> dict[str, str]:
    """Returns the problems by path, for a specification that must be refused."""
    with pytest.raises(BadArguments) as refused:
        ServingSpec(**{**serving, **changed})
    return {problem.path: str(problem) for problem in refused.value.problems}


def test_vllm_is_told_model_port_name_and_gpus() -> None:
    found = server(LARGE, gpu={"count": 4})
    assert found.command == ("vllm", "serve")
    assert " ".join(found.args) == (
        "/models --host 0.0.0.0 --port 8000 --served-model-name assistant --tensor-parallel-size 4"
    )
    assert (found.port, found.metrics_port, found.metrics_path) == (8000, 8000, "/metrics")
    assert {found.probes.startup, found.probes.readiness, found.probes.liveness} == {"/health"}


def test_llama_cpp_is_told_the_file_its_threads_and_to_measure() -> None:
    found = server(LLAMA, concurrency=3)
    assert found.command == ("/app/llama-server",)
    assert " ".join(found.args) == (
        "--model /models/llm/model-q4.gguf --alias assistant --host 0.0.0.0 --port 8080 --threads 2 --parallel 3 "
        "--metrics --no-slots --no-webui"
    )
    assert {found.probes.startup, found.probes.readiness, found.probes.liveness} == {"/health"}
    on_gpu: Any = {**LARGE, **{key: LLAMA[key] for key in ("runtime", "image", "model")}}
    assert server(on_gpu).args[-2:] == ("--n-gpu-layers", "999")


def test_triton_waits_for_requests_as_long_as_they_may_take_and_measures_elsewhere() -> None:
    found = server(TRITON)
    assert (found.command, found.port, found.metrics_port) == (("tritonserver",), 8000, 8002)
    assert found.args == (
        "--model-repository=/models",
        "--http-port=8000",
        "--metrics-port=8002",
        "--allow-grpc=false",
        "--exit-timeout-secs=300",
    )
    assert (found.probes.startup, found.probes.liveness) == ("/v2/health/ready", "/v2/health/live")


def test_the_contract_of_own_images_is_unchanged() -> None:
    found = server(AWAKE)
    assert (found.command, found.args, found.port) == ((), (), 8080)
    assert (found.probes.startup, found.probes.readiness, found.probes.liveness) == ("/readyz", "/readyz", "/healthz")
    contract = {"FALAJ_MODEL": "/models", "FALAJ_WEIGHTS": "int8", "FALAJ_THREADS": "2", "FALAJ_PORT": "8080"}
    assert contract.items() <= found.environment.items()
    assert server(ONNX).environment == found.environment
    assert server(ONNX).command == ("python", "/server/server.py")


@pytest.mark.parametrize("serving", [LARGE, LLAMA, TRITON, ONNX, AWAKE], ids=["vllm", "llama", "triton", "onnx", "own"])
def test_every_folder_that_a_server_writes_is_the_writable_one_and_its_user_has_a_name(serving: Any) -> None:
    environment = server(serving).environment
    folders = {
        name: value for name, value in environment.items() if str(value).startswith("/") and name != "FALAJ_MODEL"
    }
    assert {"HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"} <= folders.keys()
    assert all(f"{folder}/".startswith(f"{SCRATCH}/") for folder in folders.values())
    assert (environment["USER"], environment["LOGNAME"]) == ("server", "server")


def test_vllm_compiles_and_caches_into_the_scratch_folder_and_asks_nobody() -> None:
    environment = server(LARGE).environment
    caches = {"VLLM_CACHE_ROOT", "TORCHINDUCTOR_CACHE_DIR", "TRITON_CACHE_DIR", "CUDA_CACHE_PATH", "HF_HOME"}
    assert caches <= environment.keys()
    assert (environment["HF_HUB_OFFLINE"], environment["VLLM_NO_USAGE_STATS"]) == ("1", "1")
    assert server(LARGE).scratch_gib == 10


@pytest.mark.parametrize(("gpus", "gib"), [(1, 2), (2, 4), (3, 8), (4, 8), (8, 16)])
def test_shared_memory_grows_with_the_gpus(gpus: int, gib: float) -> None:
    assert server(LARGE, gpu={"count": gpus}).shared_memory_gib == gib
    assert server(LARGE, gpu={"count": gpus}, shared_memory_gib=0).shared_memory_gib == 0


def test_servers_without_processes_of_their_own_need_none() -> None:
    assert [server(serving).shared_memory_gib for serving in (LLAMA, ONNX, AWAKE)] == [0, 0, 0]
    assert server(TRITON).shared_memory_gib == 2


def test_a_service_changes_what_it_states_and_nothing_else() -> None:
    changed = server(
        LARGE,
        args=["--max-model-len", "8192"],
        port=9000,
        probes={"readiness": "/ready", "startup_seconds": 900},
        environment={"HF_HUB_OFFLINE": "0", "OWN": "{port}"},
    )
    assert " ".join(changed.args).endswith("--tensor-parallel-size 1 --max-model-len 8192")
    assert "--port 9000" in " ".join(changed.args)
    assert (changed.port, changed.metrics_port) == (9000, 9000)
    assert (changed.probes.startup, changed.probes.readiness, changed.probes.startup_seconds) == (
        "/health",
        "/ready",
        900,
    )
    assert (changed.environment["HF_HUB_OFFLINE"], changed.environment["OWN"]) == ("0", "{port}")


def test_a_command_of_its_own_replaces_that_of_the_runtime() -> None:
    changed = server(LARGE, command=["python3", "serve.py"], args=["--fast"])
    assert (changed.command, changed.args) == (("python3", "serve.py"), ("--fast",))
    assert changed.probes == RUNTIMES[RuntimeName.VLLM].probes


@pytest.mark.parametrize(
    ("weights", "argument"),
    [("bf16", "--dtype=bfloat16"), ("fp16", "--dtype=float16"), ("fp32", "--dtype=float32"), ("int8", "--dtype=auto")],
)
def test_vllm_is_told_weights_that_are_stated(weights: str, argument: str) -> None:
    assert server(LARGE, weights=weights).args[-1] == argument
    assert not [word for word in server(LARGE).args if word.startswith("--dtype")]


@pytest.mark.parametrize("serving", [LARGE, LLAMA], ids=["vllm", "llama"])
def test_a_server_that_ends_its_requests_on_sigterm_is_left_alone_for_them(serving: Any) -> None:
    spec = ServingSpec.model_validate(serving)
    # A request that a gateway sends at the end of the first seconds takes its whole time after them.
    assert pre_stop_seconds(spec) == PRE_STOP_SECONDS + REQUEST_TIMEOUT_SECONDS
    assert grace_seconds(spec) == PRE_STOP_SECONDS + REQUEST_TIMEOUT_SECONDS + EXIT_SECONDS
    short = ServingSpec.model_validate({**serving, "drain_seconds": 0})
    assert (pre_stop_seconds(short), grace_seconds(short)) == (PRE_STOP_SECONDS, PRE_STOP_SECONDS + EXIT_SECONDS)


@pytest.mark.parametrize("serving", [TRITON, ONNX, AWAKE], ids=["triton", "onnx", "own"])
def test_a_server_that_completes_its_requests_is_stopped_at_once_and_given_the_time(serving: Any) -> None:
    spec = ServingSpec.model_validate({**serving, "drain_seconds": 120})
    assert (pre_stop_seconds(spec), grace_seconds(spec)) == (PRE_STOP_SECONDS, PRE_STOP_SECONDS + 120 + EXIT_SECONDS)


REFUSED: list[tuple[Any, dict[str, Any], str, str]] = [
    (LARGE, {"runtime": "custom"}, "runtime", "vllm, the server of this image"),
    (LLAMA, {"runtime": "onnx"}, "runtime", "llama-cpp, the server of this image"),
    (AWAKE, {"runtime": "vllm", "image": "registry.example/own:1.0"}, "runtime", "another runtime for a model without"),
    (LLAMA, {"model": {"claim": "models", "gib": 4}}, "model.file", "runtime is llama-cpp"),
    (LARGE, {"model": {"claim": "models", "gib": 4, "file": "a.gguf"}}, "model.file", "not for runtime vllm"),
    (LLAMA, {"model": {"claim": "models", "gib": 4, "file": "../a.gguf"}}, "model.file", "a path within"),
    (LLAMA, {"weights": "int8"}, "weights", "not for runtime llama-cpp"),
    (LARGE, {"shared_memory_gib": 48}, "shared_memory_gib", "less than memory_gib (48)"),
    (LARGE, {"gpu": {"count": 8}, "memory_gib": 16}, "shared_memory_gib", "less than memory_gib (16)"),
    (
        TRITON,
        {"load": {**LARGE["load"], "follows": "tokens"}},
        "load.query",
        "runtime triton has no metric of the tokens",
    ),
    (
        LLAMA_ON_GPU,
        {"load": {**LARGE["load"], "follows": "requests"}},
        "load.query",
        "no metric of the requests. Fix: add a query of your own, or follow queue or tokens.",
    ),
    (
        LARGE,
        {"runtime": "custom", "command": ["serve"], "load": {**LARGE["load"], "follows": "requests"}},
        "load.query",
        "no metric of the requests. Fix: add a query of your own.",
    ),
    (LARGE, {"load": {**LARGE["load"], "target": 0.0005}}, "load.target", "0.001"),
    (LARGE, {"port": 80}, "port", "1024"),
    (LARGE, {"drain_seconds": 541}, "drain_seconds", "540"),
    (LARGE, {"probes": {"startup": "health"}}, "probes.startup", "a path that starts with a slash"),
    (LARGE, {"environment": {"FALAJ_PORT": "1"}}, "environment.FALAJ_PORT", "names that do not begin with"),
]


@pytest.mark.parametrize(
    ("serving", "changed", "path", "allowed"), REFUSED, ids=[f"{row[2]} {row[3]}" for row in REFUSED]
)
def test_what_cannot_be_served_is_refused(serving: Any, changed: dict[str, Any], path: str, allowed: str) -> None:
    found = problems(serving, **changed)
    assert path in found, found
    assert allowed in found[path]


def test_a_command_of_its_own_is_not_judged_by_the_runtime() -> None:
    assert server(LARGE, runtime="custom", command=["serve"], load={**LARGE["load"], "query": "sum(x)"}).port == 8080
    assert server(LLAMA, model={"claim": "models", "gib": 4}, command=["llama-server"]).command == ("llama-server",)


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("vllm/vllm-openai:v0.11.0", RuntimeName.VLLM),
        ("mirror.example:5000/hub/vllm/vllm-openai:v0.11.0@sha256:0", RuntimeName.VLLM),
        ("ghcr.io/ggml-org/llama.cpp:server", RuntimeName.LLAMA_CPP),
        ("registry.example/my-vllm/vllm-openai2:1", None),
        ("registry.example/xvllm/vllm-openai:1", None),
    ],
)
def test_a_stock_image_is_known_under_any_registry(image: str, name: RuntimeName | None) -> None:
    assert runtime_of_image(image) is name


def test_every_runtime_has_a_row_with_a_source_and_can_be_measured_but_those_of_others() -> None:
    assert set(RUNTIMES) == set(RuntimeName)
    for name, runtime in RUNTIMES.items():
        assert len(runtime.source) > 20, name
        assert (runtime.queue_metric is None) == (name is RuntimeName.CUSTOM)
