"""What a training run tells its program: the contract, written down in examples/workloads/training/README.md. Pure.

Every value is an environment variable `FALAJ_...` and, with its type, a key of a JSON file.
"""

import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

CONTRACT_VERSION = 1
"""Changes when a program that honoured the contract no longer would."""

FOLDER = "/etc/falaj"
FILE = f"{FOLDER}/run.json"
"""Where the JSON file is."""

SCRATCH = "/scratch"
"""A folder that is the pod's own and goes with it."""

MASTER_PORT = 29500
"""Where the first process of a distributed run is found: PyTorch's usual port."""

TRY_AGAIN = 75
"""Exit code of a program that stopped through no fault of its own (EX_TEMPFAIL of sysexits.h): it was asked to stop, or
lost the other machines."""

TERMINATED, KILLED = 143, 137
"""Exit codes of a program that ended by SIGTERM, and by SIGKILL: for memory, or because a machine restarted."""

NO_BUG = (TRY_AGAIN, KILLED, TERMINATED)
"""Exit codes, in order, that say nothing about the program. Any other is a bug: it would happen again."""

PEER_WAIT_SECONDS = 15
"""How long a program that has lost the others waits before it exits with `TRY_AGAIN`. Until then the cluster has heard
of the one whose bug it was, if it was one: Kubernetes looks at a job's failed pods once a second, all together."""


class Precision(Enum):
    """In which numbers the forward and backward pass are computed. The weights stay 32 bits wide."""

    BF16 = "bf16"
    FP16 = "fp16"
    """With a scaled loss, for GPUs before Ampere: there is none in the UAE's regions."""
    OFF = "off"


class Strategy(Enum):
    """How processes share the work."""

    NONE = "none"
    DDP = "ddp"
    """Each has the whole model and a part of each batch."""
    FSDP = "fsdp"
    """Each has a part of the model too, for models that one GPU cannot hold."""


class Learning(Enum):
    """What is done with a base model."""

    TRANSFER = "transfer"
    """Its layers stay as they are and a new head is learnt: little memory, little time, little data."""
    INCREMENTAL = "incremental"
    """All of it goes on learning, from new data."""


def as_variable(value: object) -> str:
    """A value of the contract as an environment variable has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.value if isinstance(value, Enum) else str(value)


def variables(contract: Mapping[str, Any]) -> dict[str, Any]:
    """The contract as environment variables, without what is not set and without the program's own parameters, which
    are in the file only. Values that the engine has yet to resolve are text already."""
    plain = (str, bool, int, float, Enum)
    return {
        f"FALAJ_{key.upper()}": as_variable(value) if isinstance(value, plain) else value
        for key, value in contract.items()
        if value is not None and key != "parameters"
    }


def document(contract: Mapping[str, Any]) -> str:
    """The contract as the file has it: everything, sorted, and null for what is not set."""
    return json.dumps(contract, default=lambda choice: choice.value, indent=2, sort_keys=True)
