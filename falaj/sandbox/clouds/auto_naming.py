"""Auto-naming: generates omitted names as the real provider does, and keeps them in updates."""

from __future__ import annotations

import hashlib

from falaj.sandbox.clouds.spec import Naming
from falaj.sandbox.clouds.values import UNKNOWN, Json, Props, get_path, get_str, set_path

DEFAULTS_MARK = "__defaults"
"""The key in the inputs under which the AWS provider lists the properties that it has filled in."""


def with_name(naming: Naming, logical: str, inputs: Props, old: Props, seed: bytes) -> dict[str, Json]:
    """Returns the inputs, completed with a generated name if the name is omitted. `old`: the previous inputs, whose
    generated name is kept; `seed`: the engine's random seed.
    """
    name = get_path(inputs, naming.property)
    if name is not None or not naming.auto_named or any(get_path(inputs, other) is not None for other in naming.unless):
        return dict(inputs)
    previous = get_str(old, naming.property) if is_generated(naming, old) else ""
    filled = set_path(inputs, naming.property, previous or generate_name(naming, logical, seed))
    filled[DEFAULTS_MARK] = [naming.property]
    return filled


def is_generated(naming: Naming, inputs: Props) -> bool:
    """Returns whether the name in these inputs was generated."""
    marks = inputs.get(DEFAULTS_MARK)
    return isinstance(marks, list | tuple) and naming.property in marks


def generate_name(naming: Naming, logical: str, seed: bytes) -> str:
    """Returns prefix + logical name + separator + hexadecimal digits of the seed, at most `max_length` characters."""
    tail = naming.separator + hashlib.sha256(seed).hexdigest()[: naming.digits]
    room = naming.max_length - len(tail) - len(naming.prefix)
    return naming.prefix + naming.transform(logical)[: max(room, 1)] + tail


def identity_name(naming: Naming | None, inputs: Props, logical: str) -> str:
    """Returns the identity name of a resource; its logical name if the type has no naming."""
    if naming is None:
        return logical
    name = get_path(inputs, naming.property)
    return name if isinstance(name, str) and name is not UNKNOWN else logical
