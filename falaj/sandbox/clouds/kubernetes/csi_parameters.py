"""Parameters of storage classes: those that the CSI driver of the class reads.

The real API server accepts any. The drivers of EBS, Azure Disk and Azure Files refuse to create volumes with another
one, which leaves claims pending; that of EFS ignores it. Here the class is refused.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import get_path, get_str

CLASS = "kubernetes:storage.k8s.io/v1:StorageClass"
_RESERVED = "csi.storage.k8s.io/"
_SECRETS = (
    "provisioner",
    "controller-publish",
    "controller-expand",
    "controller-modify",
    "node-stage",
    "node-publish",
    "node-expand",
)
_PROVISIONER = frozenset(
    (f"{_RESERVED}fstype", *(f"{_RESERVED}{use}-secret-{part}" for use in _SECRETS for part in ("name", "namespace")))
)
"""Parameters that the sidecar which calls the drivers reads; it refuses others with the prefix
(kubernetes-csi/external-provisioner, pkg/controller/controller.go, removePrefixedParameters, read 2026-11-26)."""


@dataclass(frozen=True, slots=True)
class CsiDriver:
    """A driver, its parameters, whether their case matters, and the beginning of those with free names ("" for none).
    The case of that beginning always matters."""

    provisioner: str
    case_sensitive: bool
    parameters: frozenset[str]
    prefix: str
    source: str

    def reads(self, parameter: str) -> bool:
        """Returns whether the driver reads a parameter."""
        name = parameter if self.case_sensitive else parameter.lower()
        return name in self.parameters or bool(self.prefix and parameter.startswith(self.prefix))


@cache
def drivers() -> tuple[CsiDriver, ...]:
    """Returns the drivers whose parameters are known."""
    text = (Path(__file__).with_name("data") / "csi_parameters.csv").read_text(encoding="utf-8")
    return tuple(
        CsiDriver(
            row["provisioner"],
            row["case_sensitive"] == "yes",
            frozenset(row["parameters"].split()),
            row["prefix"],
            row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def parameters_read(op: Operation) -> str | None:
    """Checks that the driver of a class reads all its parameters."""
    provisioner, parameters = get_str(op.inputs, "provisioner"), get_path(op.inputs, "parameters")
    driver = next((driver for driver in drivers() if driver.provisioner == provisioner), None)
    if driver is None or not isinstance(parameters, Mapping):
        return None
    for name in parameters:
        if not (name in _PROVISIONER if name.startswith(_RESERVED) else driver.reads(name)):
            return f'StorageClass "{op.name}": {provisioner} has no parameter {name!r} ({driver.source})'
    return None
