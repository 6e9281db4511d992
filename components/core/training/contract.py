"""The contract between a training run and its program (examples/workloads/training/README.md). Pure.

The program gets each value as an environment variable `FALAJ_...` and, with its type, as a key of a JSON file.
"""

import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

CONTRACT_VERSION = 1
"""Version of the contract; incremented by changes that break existing programs."""

FOLDER = "/etc/falaj"
FILE = f"{FOLDER}/run.json"
"""Path of the JSON file."""

SCRATCH = "/scratch"
"""Scratch folder of the pod, deleted with the pod."""

MASTER_PORT = 29500
"""Rendezvous port of the first process of a distributed run: PyTorch's default."""

TORCHRUN_PREFIX = "PET_"
"""Prefix of the environment variables from which torchrun takes its arguments (torch/distributed/argparse_util.py,
PyTorch 2.15.0)."""

TRY_AGAIN = 75
"""Exit code of a program that stopped for an external reason (EX_TEMPFAIL of sysexits.h): it received a signal to stop,
or it lost the connection to the other machines."""

TERMINATED, KILLED = 143, 137
"""Exit codes of a program ended by SIGTERM, and by SIGKILL (out of memory, or a restart of the machine)."""

RETRYABLE_EXIT_CODES = (TRY_AGAIN, KILLED, TERMINATED)
"""Exit codes after which a run is retried, in ascending order. Any other one is a bug, which a retry would repeat."""

PEER_WAIT_SECONDS = 15
"""Seconds that a program waits between losing the other processes and exiting with `TRY_AGAIN`. Kubernetes evaluates a
job's failed pods once a second, so by then it has recorded the pod that failed first, if the cause was a bug."""


class Precision(Enum):
    """Numeric precision of the forward and backward pass. Weights remain in 32-bit precision."""

    BF16 = "bf16"
    """Mixed precision with brain floating point, 16 bits."""
    FP16 = "fp16"
    """With loss scaling, for GPUs older than Ampere, which the UAE's regions do not offer."""
    OFF = "off"
    """32-bit floating point throughout."""


class Strategy(Enum):
    """How the processes of a run are parallelised."""

    NONE = "none"
    """Not at all: one process trains the model."""
    DDP = "ddp"
    """Distributed data parallel: each process has the whole model and a share of each batch."""
    FSDP = "fsdp"
    """Fully sharded data parallel: the model is sharded across processes, for models that do not fit on one GPU."""


class Learning(Enum):
    """How a base model is fine-tuned."""

    TRANSFER = "transfer"
    """Its layers are frozen and only a new head is trained, which takes little memory, time and data."""
    INCREMENTAL = "incremental"
    """The whole model is trained further, on new data."""
    LORA = "lora"
    """Low-rank adapters: its layers are frozen, and small matrices beside them are trained and saved."""
    QLORA = "qlora"
    """The same, with the frozen layers in four bits, which takes the least memory and more time."""


def as_variable(value: object) -> str:
    """Formats a value of the contract as the text of an environment variable."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.value if isinstance(value, Enum) else str(value)


def variables(contract: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the contract as environment variables.

    Omits unset values, and the program's own parameters, which are in the file only. Passes through Outputs, which
    resolve to text.
    """
    scalar_types = (str, bool, int, float, Enum)
    return {
        f"FALAJ_{key.upper()}": as_variable(value) if isinstance(value, scalar_types) else value
        for key, value in contract.items()
        if value is not None and key != "parameters"
    }


def torchrun_variables(contract: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the arguments of torchrun as environment variables, except the node's rank, which differs by pod.

    The default rendezvous of torchrun, `static`, uses the address and port of the first node; others, such as `c10d`,
    use the endpoint (torch/distributed/run.py, PyTorch 2.15.0).
    """
    address, port = contract["master_address"], contract["master_port"]
    arguments = {
        "NNODES": contract["nodes"],
        "NPROC_PER_NODE": contract["processes_per_node"],
        "MASTER_ADDR": address,
        "MASTER_PORT": port,
        "RDZV_ENDPOINT": f"{address}:{port}",
        "RDZV_ID": contract["run"],
    }
    return {f"{TORCHRUN_PREFIX}{name}": as_variable(value) for name, value in arguments.items()}


def document(contract: Mapping[str, Any]) -> str:
    """Returns the contract as JSON with all keys, sorted; unset values are null."""
    return json.dumps(contract, default=lambda member: member.value, indent=2, sort_keys=True)
