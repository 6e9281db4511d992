"""The containers of a served model: what its runtime states, with what the service sets itself. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from falaj.components.core.serving.draining import drain_seconds
from falaj.components.core.serving.llama_memory import context_tokens, prompt_cache_mib
from falaj.components.core.serving.multi_node import POD_ADDRESS, distribution_of
from falaj.components.core.serving.runtimes import COMMON, MODELS, Probes
from falaj.components.core.serving.server_specs import ProbesSpec
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.validation.args import Input


@dataclass(frozen=True)
class Server:
    """The container of one replica, or of one machine of it. `command` is empty for the entrypoint of the image; sizes
    are in GiB."""

    command: tuple[str, ...]
    args: tuple[str, ...]
    environment: Mapping[str, Input[str]]
    port: int
    probes: Probes
    metrics_path: str
    metrics_port: int
    shared_memory_gib: float
    scratch_gib: int
    answers: bool
    """Whether it listens for requests and probes."""
    address_variable: str | None
    """Environment variable for the pod's own address; None if a replica has one machine."""


def server_of(serving: ServingSpec, service: str) -> Server:
    """Returns the container of a replica, or of its leader. `service` is the name by which requests name the model, the
    same for both variants of an experiment."""
    return _server(serving, service, answers=True)


def worker_of(serving: ServingSpec, service: str) -> Server:
    """Returns the container on each further machine of a replica."""
    return _server(serving, service, answers=False)


def _server(serving: ServingSpec, service: str, answers: bool) -> Server:
    runtime = serving.runtime_row
    port = serving.port or runtime.port
    values = _values(serving, service, port)
    gpu_args = runtime.gpu_args if serving.gpu else ()
    stated = runtime.weight_args.get(serving.weights.value) if serving.weights else None
    own_args = (*runtime.args, *gpu_args, *((stated,) if stated else ()), *_machine_args(serving, answers))
    args = () if serving.command else tuple(argument.format(**values) for argument in own_args)
    own_environment = {**COMMON, **runtime.environment, **({} if serving.gpu else runtime.cpu_environment)}
    environment = {name: value.format(**values) for name, value in own_environment.items()}
    return Server(
        command=tuple(serving.command) or runtime.command,
        args=(*args, *serving.args),
        environment={**environment, **serving.environment},
        port=port,
        probes=_probes(serving.probes, runtime.probes),
        metrics_path=runtime.metrics_path,
        metrics_port=runtime.metrics_port or port,
        shared_memory_gib=serving.shared_memory,
        scratch_gib=runtime.scratch_gib,
        answers=answers,
        address_variable=_address_variable(serving),
    )


def _machine_args(serving: ServingSpec, answers: bool) -> tuple[str, ...]:
    """Returns the arguments of one machine of several."""
    distribution = distribution_of(serving)
    if serving.nodes == 1 or distribution is None:
        return ()
    return (*distribution.args, *(distribution.leader_args if answers else distribution.worker_args))


def _address_variable(serving: ServingSpec) -> str | None:
    if serving.nodes == 1:
        return None
    distribution = distribution_of(serving)
    return distribution.address_variable if distribution else POD_ADDRESS


def _probes(given: ProbesSpec, own: Probes) -> Probes:
    return Probes(
        startup=given.startup or own.startup,
        readiness=given.readiness or own.readiness,
        liveness=given.liveness or own.liveness,
        startup_seconds=given.startup_seconds or own.startup_seconds,
    )


def _values(serving: ServingSpec, service: str, port: int) -> Mapping[str, str]:
    file = f"/{serving.model.file}" if serving.model.file else ""
    return {
        "model": f"{MODELS}{file}",
        "service": service,
        "port": str(port),
        "gpus": str(serving.gpu.count if serving.gpu else 0),
        "nodes": str(serving.nodes),
        "threads": str(max(1, int(serving.cpu))),
        "concurrency": str(serving.concurrency),
        "weights": serving.weight_type.value,
        "drain_seconds": str(drain_seconds(serving)),
        "context": str(context_tokens(serving)),
        "prompt_cache": str(prompt_cache_mib(serving)),
    }
