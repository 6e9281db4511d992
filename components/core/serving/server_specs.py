"""Options of the server of a model: its runtime, and what a service sets itself."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field, StringConstraints

from falaj.components.core.charts.images import PinnedImage
from falaj.components.core.serving.runtimes import RUNTIMES, Runtime, RuntimeName
from falaj.components.core.validation.args import Choice, Input, Spec, default
from falaj.components.core.validation.text_forms import TextForm

EnvironmentName = Annotated[
    str, TextForm(r"^[A-Z][A-Z0-9_]*$", "upper-case letters, digits and underscores, first a letter", "LOG_LEVEL")
]
"""Name of an environment variable."""

NotEmpty = Annotated[str, StringConstraints(min_length=1)]
"""A non-empty string."""

HttpPath = Annotated[str, TextForm(r"^/[A-Za-z0-9._~/-]*$", "a path that starts with a slash", "/health")]
"""Path of an HTTP address."""

RESERVED_PREFIXES = ("FALAJ_", "RCLONE_")
"""Prefixes of environment variables that the platform sets."""


class ProbesSpec(Spec):
    """Paths of the server's HTTP probes. Those of the runtime apply where a path is absent."""

    startup: HttpPath | None = None
    """Path that answers 200 once the model is loaded."""
    readiness: HttpPath | None = None
    """Path that answers 200 while the server can take requests."""
    liveness: HttpPath | None = None
    """Path that answers 200 while the process is healthy; otherwise it is restarted."""
    startup_seconds: int | None = Field(default=None, ge=30, le=7200)
    """Maximum duration of a start in seconds, before the container is restarted; 1,800 if absent."""


class ServerSpec(Spec):
    """The server of a model."""

    runtime: Choice[RuntimeName] = default(RuntimeName.CUSTOM)
    """Model server in the image: `vllm`, `llama-cpp`, `triton`, `onnx`, or `custom` for an image that implements the
    contract of `falaj.components.core.serving.contract`. It decides command, arguments, port, probes, metrics, shared
    memory and cache folders."""
    image: Input[PinnedImage]
    """Container image of the server with a version tag. It must contain the server of `runtime`."""
    command: Sequence[NotEmpty] = Field(default=())
    """Program and arguments that replace those of the runtime; the runtime's if absent."""
    args: Sequence[NotEmpty] = Field(default=())
    """Arguments after those of the runtime, or after `command`. Not for secrets."""
    port: int | None = Field(default=None, ge=1024, le=65535)
    """Port that the server listens on; the runtime's if absent. Servers without privileges have no port below 1024."""
    probes: ProbesSpec = ProbesSpec()
    """Paths of the probes; the runtime's if absent."""
    environment: Mapping[EnvironmentName, Input[str]] = default({})
    """Additional environment variables of the server, without the prefixes `FALAJ_` and `RCLONE_`. Not for secrets."""
    shared_memory_gib: float | None = Field(default=None, ge=0, le=512)
    """Size of `/dev/shm` in GiB, as part of `memory_gib`; by runtime and number of GPUs if absent. 0 leaves the 64 MiB
    of the container runtime."""
    drain_seconds: int | None = Field(default=None, ge=0, le=540)
    """Seconds that requests in progress may take when a replica is stopped; the timeout of the service's route, 300, if
    absent. A cluster autoscaler waits at most 600 s for the pods of a node that it removes."""

    @property
    def runtime_row(self) -> Runtime:
        """The runtime's row."""
        return RUNTIMES[self.runtime]
