"""What the platform tells the program: environment variables `FALAJ_...` and a JSON file (see README.md)."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

VERSION = 1
TRY_AGAIN = 75
"""Exit code: stopped through no fault of its own."""
PEER_WAIT_SECONDS = 15.0
"""How long a process that lost the others waits before it says so: theirs is the word that counts."""


@dataclass(frozen=True)
class Contract:
    """One run, as this machine sees it."""

    run: str = "local"
    checkpoint_uri: str = "file:///tmp/checkpoints"
    dataset_uri: str | None = None
    model_uri: str | None = None
    base_model_uri: str | None = None
    learning: str = "incremental"
    precision: str = "off"
    gradient_checkpointing: bool = False
    strategy: str = "none"
    checkpoint_interval_seconds: float = 600.0
    checkpoints_kept: int = 3
    grace_seconds: float = 25.0
    nodes: int = 1
    node_rank: int = 0
    processes_per_node: int = 1
    threads: int = 1
    master_address: str = "127.0.0.1"
    master_port: int = 29500
    parameters: Mapping[str, str] = field(default_factory=dict)

    def parameter(self, name: str, default: float) -> float:
        """A number of the program's own."""
        return float(self.parameters.get(name, default))

    @property
    def processes(self) -> int:
        """Of the whole run."""
        return self.nodes * self.processes_per_node


def read(environment: Mapping[str, str] = os.environ) -> Contract:
    """The contract: variables first, and from the file what is only there. Raises ValueError for another version."""
    file = environment.get("FALAJ_CONTRACT")
    written: dict[str, object] = json.loads(Path(file).read_text()) if file else {}
    version = int(environment.get("FALAJ_VERSION", VERSION))
    if version != VERSION:
        raise ValueError(f"the platform speaks version {version} of the contract, this program version {VERSION}")
    told = {name.removeprefix("FALAJ_").lower(): value for name, value in environment.items()}
    fields = Contract.__dataclass_fields__
    given = {name: _typed(told[name], fields[name].type) for name in fields if name in told and name != "parameters"}
    parameters = {str(key): str(value) for key, value in dict(written.get("parameters") or {}).items()}
    return Contract(**given, parameters=parameters)


def _typed(text: str, kind: object) -> object:
    if kind == "bool":
        return text == "true"
    if kind == "int":
        return int(float(text))
    return float(text) if kind == "float" else text
