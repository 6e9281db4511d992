"""The container of a served model: what its runtime states, with what the service sets itself. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from falaj.components.core.serving.draining import drain_seconds
from falaj.components.core.serving.runtimes import COMMON, MODELS, Probes
from falaj.components.core.serving.server_specs import ProbesSpec
from falaj.components.core.serving.specs import ServingSpec
from falaj.components.core.validation.args import Input


@dataclass(frozen=True)
class Server:
    """The container of one replica. `command` is empty for the entrypoint of the image; sizes are in GiB."""

    command: tuple[str, ...]
    args: tuple[str, ...]
    environment: Mapping[str, Input[str]]
    port: int
    probes: Probes
    metrics_path: str
    metrics_port: int
    shared_memory_gib: float
    scratch_gib: int


def server_of(serving: ServingSpec, service: str) -> Server:
    """Returns the container of a replica. `service` is the name by which requests name the model, the same for both
    variants of an experiment."""
    runtime = serving.runtime_row
    port = serving.port or runtime.port
    values = _values(serving, service, port)
    gpu_args = runtime.gpu_args if serving.gpu else ()
    stated = runtime.weight_args.get(serving.weights.value) if serving.weights else None
    own_args = (*runtime.args, *gpu_args, *((stated,) if stated else ()))
    args = () if serving.command else tuple(argument.format(**values) for argument in own_args)
    environment = {name: value.format(**values) for name, value in {**COMMON, **runtime.environment}.items()}
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
    )


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
        "threads": str(max(1, int(serving.cpu))),
        "concurrency": str(serving.concurrency),
        "weights": serving.weight_type.value,
        "drain_seconds": str(drain_seconds(serving)),
    }
