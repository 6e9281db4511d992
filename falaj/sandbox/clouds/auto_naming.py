"""Names that were left out: invented as the real provider does, and kept over updates."""

from __future__ import annotations

import hashlib

from falaj.sandbox.clouds.spec import Naming
from falaj.sandbox.clouds.values import UNKNOWN, Json, Props, get_path, get_str, set_path

DEFAULTS_MARK = "__defaults"
"""The mark that the AWS provider leaves in inputs: which properties it filled in itself."""


def with_name(naming: Naming, logical: str, inputs: Props, old: Props, seed: bytes) -> dict[str, Json]:
    """The inputs with a name. `old`: the previous inputs, whose invented name stays; `seed`: the engine's
    random seed.
    """
    given = get_path(inputs, naming.property)
    if (
        given is not None
        or not naming.auto_named
        or any(get_path(inputs, other) is not None for other in naming.unless)
    ):
        return dict(inputs)
    kept = get_str(old, naming.property) if is_generated(naming, old) else ""
    filled = set_path(inputs, naming.property, kept or generate_name(naming, logical, seed))
    filled[DEFAULTS_MARK] = [naming.property]
    return filled


def is_generated(naming: Naming, inputs: Props) -> bool:
    """Whether the name in these inputs was invented rather than given."""
    marks = inputs.get(DEFAULTS_MARK)
    return isinstance(marks, list | tuple) and naming.property in marks


def generate_name(naming: Naming, logical: str, seed: bytes) -> str:
    """prefix + logical name + separator + hexadecimal digits of the seed, no longer than the cloud allows."""
    tail = naming.separator + hashlib.sha256(seed).hexdigest()[: naming.digits]
    room = naming.max_length - len(tail) - len(naming.prefix)
    return naming.prefix + naming.transform(logical)[: max(room, 1)] + tail


def identity_name(naming: Naming | None, inputs: Props, logical: str) -> str:
    """The name by which the cloud knows a resource; the logical name where the type has none."""
    if naming is None:
        return logical
    found = get_path(inputs, naming.property)
    return found if isinstance(found, str) and found is not UNKNOWN else logical
