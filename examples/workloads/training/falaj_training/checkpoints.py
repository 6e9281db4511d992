"""Checkpoints: written so that a half of one is never taken for one, and read back no further than they are whole."""

from __future__ import annotations

import io
import json
import re
from hashlib import sha256
from typing import Any

import torch

from falaj_training.storage import Store

_LABEL = re.compile(r"step-(\d{9})\.json")


def pack(state: dict[str, Any]) -> bytes:
    """A state as bytes."""
    buffer = io.BytesIO()
    torch.save(state, buffer)
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, Any]:
    """A state from bytes: numbers only, never code, whoever wrote them."""
    return torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)


def save(store: Store, step: int, state: dict[str, Any], kept: int) -> int:
    """Write the state after `step` steps and forget all but the newest `kept`; its size in bytes.

    The label comes last: a checkpoint without one does not exist.
    """
    name, data = f"step-{step:09d}", pack(state)
    store.write(f"{name}.pt", data)
    store.write(f"{name}.json", json.dumps({"step": step, "sha256": sha256(data).hexdigest()}).encode())
    for old in sorted(steps(store))[:-kept]:
        store.delete(f"step-{old:09d}.json")
        store.delete(f"step-{old:09d}.pt")
    return len(data)


def steps(store: Store) -> list[int]:
    """Steps that have a labelled checkpoint."""
    return [int(found[1]) for name in store.names() if (found := _LABEL.fullmatch(name))]


def newest(store: Store) -> dict[str, Any] | None:
    """The newest state that is what its label says; None where there is none: a damaged one is passed over."""
    for step in sorted(steps(store), reverse=True):
        try:
            label = json.loads(store.read(f"step-{step:09d}.json"))
            data = store.read(f"step-{step:09d}.pt")
        except (OSError, ValueError):
            continue
        if sha256(data).hexdigest() == label.get("sha256"):
            return unpack(data)
    return None
