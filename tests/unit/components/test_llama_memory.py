"""Memory of llama.cpp's server: its context and prompt cache fit into the replica's."""

from typing import Any

import pytest

from falaj.components.core.serving.llama_memory import memory_warnings
from falaj.components.core.serving.specs import ServingSpec
from tests.unit.components.serving_samples import AWAKE, LARGE, service
from tests.unit.components.test_model_servers import LLAMA, server

CONTEXT, CACHE = "LLAMA_ARG_CTX_SIZE", "LLAMA_ARG_CACHE_RAM"
ON_GPU: Any = {**LARGE, **{key: LLAMA[key] for key in ("runtime", "image", "model")}}


def sizes(serving: Any, **changed: Any) -> tuple[str | None, str | None]:
    """Returns tokens of context, and MiB of the prompt cache, as the server reads them from its environment."""
    environment: Any = server(serving, **changed).environment
    return environment.get(CONTEXT), environment.get(CACHE)


def warnings(serving: Any, **changed: Any) -> list[str]:
    return list(memory_warnings(ServingSpec.model_validate({**serving, **changed})))


def test_half_of_the_memory_beside_the_model_is_context_and_a_quarter_cache() -> None:
    # 8 GiB less 4 of the model and 1 of the program: 1.5 GiB at 128 KiB a token, for each of 3 requests.
    assert sizes(LLAMA, concurrency=3) == (str(3 * 4096), "768")
    # 256 tokens are the unit of a request's context.
    assert sizes(LLAMA, concurrency=5) == (str(5 * 2304), "768")


def test_the_context_of_a_request_has_bounds() -> None:
    assert sizes(LLAMA, memory_gib=64, concurrency=2)[0] == str(2 * 32_768)
    assert sizes(LLAMA, memory_gib=5, concurrency=2) == (str(2 * 512), "0")


def test_shared_memory_is_not_for_the_context() -> None:
    assert sizes(LLAMA, shared_memory_gib=1, concurrency=1) == (str(8192), "512")


def test_on_gpus_the_server_fits_the_context_to_their_memory() -> None:
    # 48 GiB less 1 of the program: the weights are in the memory of the GPU.
    assert sizes(ON_GPU) == (None, str(47 * 1024 // 4))


@pytest.mark.parametrize("serving", [AWAKE, LARGE], ids=["own", "vllm"])
def test_other_servers_have_other_variables(serving: Any) -> None:
    assert sizes(serving) == (None, None)
    assert warnings(serving, memory_gib=4) == []


def test_a_service_states_sizes_of_its_own() -> None:
    # The server prefers its arguments to its environment.
    own = {"args": ["--ctx-size", "1024", "--cache-ram", "0"]}
    assert server(LLAMA, **own).args[-4:] == ("--ctx-size", "1024", "--cache-ram", "0")
    assert sizes(LLAMA, environment={CONTEXT: "2048", CACHE: "16"}) == ("2048", "16")


@pytest.mark.parametrize(
    ("changed", "needed"),
    [
        ({"memory_gib": 5, "concurrency": 2}, "5.1 GiB"),
        ({"args": ["--ctx-size", "32768"]}, "9.8 GiB"),
        ({"args": ["-c", "32768"]}, "9.8 GiB"),
        ({"args": ["--cache-ram", "8192"]}, "14.5 GiB"),
        ({"args": ["-cram", "-1"]}, "unlimited memory"),
        ({"args": ["--ctx-size", "0"]}, "unlimited memory"),
        ({"environment": {CONTEXT: "32768"}}, "9.8 GiB"),
    ],
)
def test_sizes_beyond_the_memory_cause_a_warning(changed: Any, needed: str) -> None:
    [warning] = warnings(LLAMA, **{"concurrency": 1, **changed})
    assert needed in warning
    assert "memory_gib" in warning


def test_sizes_within_the_memory_cause_none() -> None:
    for concurrency in (1, 3, 8):
        assert warnings(LLAMA, concurrency=concurrency) == []
    assert warnings(LLAMA, args=["--ctx-size", "8192"]) == []
    assert warnings(ON_GPU, args=["--ctx-size", "131072"]) == []


def test_the_component_warns(caplog: pytest.LogCaptureFixture) -> None:
    service(LLAMA)
    assert "memory_gib" not in caplog.text
    service({**LLAMA, "memory_gib": 5})
    assert "memory_gib is 5" in caplog.text
