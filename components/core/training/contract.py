"""The contract between a training run and its program (examples/workloads/training/README.md). Pure.

Every value is an environment variable `FALAJ_...` and, with its type, a key of a JSON file.
"""

import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

CONTRACT_VERSION = 1
"""Raised when a program that implements the contract no longer would."""

FOLDER = "/etc/falaj"
FILE = f"{FOLDER}/run.json"
"""Path of the JSON file."""

SCRATCH = "/scratch"
"""Scratch folder of the pod, deleted with it."""

MASTER_PORT = 29500
"""Port of the first process of a distributed run: PyTorch's default."""

TRY_AGAIN = 75
"""Exit code of a program that stopped without a fault of its own (EX_TEMPFAIL of sysexits.h): it was asked to stop, or
lost the other machines."""

TERMINATED, KILLED = 143, 137
"""Exit codes of a program that ended by SIGTERM, and by SIGKILL: for memory, or because a machine restarted."""

NO_BUG = (TRY_AGAIN, KILLED, TERMINATED)
"""Exit codes, in order, that are no bug of the program. Any other is a bug: it would happen again."""

PEER_WAIT_SECONDS = 15
"""Seconds that a program waits before it exits with `TRY_AGAIN` after it has lost the others. By then the cluster has
recorded the failed pod whose bug it was, if it was one: Kubernetes evaluates a job's failed pods once a second."""


class Precision(Enum):
    """Numeric precision of the forward and backward pass. The weights stay 32 bits wide."""

    BF16 = "bf16"
    FP16 = "fp16"
    """With a scaled loss, for GPUs older than Ampere: the UAE's regions have none."""
    OFF = "off"


class Strategy(Enum):
    """How processes share the work."""

    NONE = "none"
    DDP = "ddp"
    """Each process has the whole model and a part of each batch."""
    FSDP = "fsdp"
    """Each process has a part of the model too, for models that one GPU cannot hold."""


class Learning(Enum):
    """What is done with a base model."""

    TRANSFER = "transfer"
    """Its layers stay as they are and a new head is trained: little memory, time and data."""
    INCREMENTAL = "incremental"
    """The whole model is trained further, on new data."""


def as_variable(value: object) -> str:
    """A value of the contract as the text of an environment variable."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.value if isinstance(value, Enum) else str(value)


def variables(contract: Mapping[str, Any]) -> dict[str, Any]:
    """The contract as environment variables, without unset values and without the program's own parameters, which are
    in the file only. Values that the engine has yet to resolve are passed through: they are text."""
    plain = (str, bool, int, float, Enum)
    return {
        f"FALAJ_{key.upper()}": as_variable(value) if isinstance(value, plain) else value
        for key, value in contract.items()
        if value is not None and key != "parameters"
    }


def document(contract: Mapping[str, Any]) -> str:
    """The contract as JSON: every key, sorted, null where unset."""
    return json.dumps(contract, default=lambda member: member.value, indent=2, sort_keys=True)
