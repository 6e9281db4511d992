"""Permissions of the identity that deploys, enforced by the emulated clouds if the environment asks for it.

FALAJ_RIGHTS is a folder with the documents that `falaj rights --write` generates; FALAJ_IDENTITY says whether the
engine is the identity that deploys (`deploy`, the default) or the one that only plans (`plan`). Without FALAJ_RIGHTS
every operation is allowed. FALAJ_ORGANISATION_POLICY is a file with a service control policy, whose denials count on
AWS in addition.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from falaj.facts.clouds import CLOUDS
from falaj.sandbox.clouds.spec import CloudError, CloudSpec, Operation
from falaj.sandbox.clouds.values import Props

_DOING = {"create": "creating", "read": "reading", "update": "updating", "delete": "deleting"}


class Authorization(Protocol):
    """Decides whether the identity may do something."""

    def denial(self, operation: str, op: Operation, outputs: Props) -> str | None:
        """Returns the cloud's message if an operation (`create`, `read`, `update`, `delete`) is denied, or None."""
        ...

    def invoke_denial(self, token: str, arguments: Props, config: Props) -> str | None:
        """Returns the cloud's message if a function of the provider is denied, or None."""
        ...


@dataclass(frozen=True)
class Rights:
    """The documents of one identity in one cloud; None without documents, so that everything is allowed.

    `conditions` restrict all documents; Azure's role assignments have them.
    """

    documents: list[Any] | None
    organisation: list[Any]
    conditions: tuple[str, ...] = ()


def authorization(cloud: str, environment: Mapping[str, str] = os.environ) -> Authorization | None:
    """Returns the authorization of a cloud by the name of its plug-in; None if everything is allowed.

    Raises `ValueError` if the folder has no document for the identity.
    """
    name, entry = next(((key, entry) for key, entry in CLOUDS.items() if entry.package == cloud), ("", None))
    folder, organisation = environment.get("FALAJ_RIGHTS"), environment.get("FALAJ_ORGANISATION_POLICY")
    if entry is None or entry.emulator is None or not (folder or organisation):
        return None
    if importlib.util.find_spec(f"{entry.emulator}.authorization") is None:
        return None
    documents = _documents(Path(folder), name, environment.get("FALAJ_IDENTITY", "deploy")) if folder else None
    policies = [json.loads(Path(organisation).read_text(encoding="utf-8"))] if organisation else []
    module = importlib.import_module(f"{entry.emulator}.authorization")
    identity = environment.get("FALAJ_IDENTITY", "deploy")
    texts = sorted(Path(folder).glob(f"{name}-{identity}-*.txt")) if folder else []
    conditions = tuple(file.read_text(encoding="utf-8") for file in texts)
    return module.authorization(Rights(documents, policies, conditions))


def authorize(allowed: Authorization | None, spec: CloudSpec, operation: str, op: Operation, outputs: Props) -> None:
    """Raises `CloudError` if the identity has no permission for an operation."""
    if allowed is not None and (denied := allowed.denial(operation, op, outputs)):
        raise CloudError(spec.error_message(op.token, _DOING[operation], denied))


def authorize_invoke(allowed: Authorization | None, token: str, arguments: Props, config: Props) -> None:
    """Raises `CloudError` if the identity has no permission for a function of the provider."""
    if allowed is not None and (denied := allowed.invoke_denial(token, arguments, config)):
        raise CloudError(denied)


def _documents(folder: Path, cloud: str, identity: str) -> list[Any]:
    files = sorted(folder.glob(f"{cloud}-{identity}*.json"))
    if not files:
        missing = f"{cloud}-{identity}*.json"
        raise ValueError(f"FALAJ_RIGHTS: {folder} has no {missing}; write it with `falaj rights --write`")
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]
