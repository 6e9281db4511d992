"""The files in which the engine keeps the state of a stack, and what a kill or a full disk leaves of them."""

import json
import shutil
from pathlib import Path
from typing import Any

SIGNATURE_KEY = "4dabf18193072939515e22adb298388d"
"""Key of a special value, such as an asset, a reference or a secret (pulumi, sdk/go/common/resource/sig/sig.go)."""
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105
"""What a secret has under this key."""


class DamagedState(Exception):
    """Neither the state of a stack nor the previous one can be read. The message says what to do."""


def resources(file: Path) -> list[dict[str, Any]]:
    """Returns the resources of a state. Raises `ValueError` if it is none."""
    latest = _read(file)["checkpoint"].get("latest") or {}
    found = latest.get("resources") if isinstance(latest, dict) else None
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise ValueError(f"{file}: the resources are no list of objects")
    return found


def repair(file: Path) -> bool:
    """Restores the previous state if the current one is incomplete. Returns whether it did.

    Raises `DamagedState`, and `OSError` if there is no state.
    """
    attributes, previous = file.with_suffix(".json.attrs"), file.with_suffix(".json.bak")
    if attributes.is_file() and not _is_json(attributes):
        attributes.unlink()  # the engine does not need it
    if _is_state(file):
        return False
    if not previous.is_file() or not _is_state(previous):
        raise DamagedState(
            f"{file}: the state cannot be read, and no previous one is beside it; put back a copy of the file, or "
            f"delete the sandbox, the folder of which `falaj up` makes anew"
        )
    shutil.copy(previous, file)
    return True


def _is_json(file: Path) -> bool:
    try:
        json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return False
    return True


def _is_state(file: Path) -> bool:
    try:
        _read(file)
    except ValueError:
        return False
    return True


def _read(file: Path) -> dict[str, Any]:
    """Returns the content of a state. Raises `ValueError`."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except RecursionError:
        raise ValueError(f"{file}: it is nested too deep") from None
    if not isinstance(content, dict) or not isinstance(content.get("checkpoint"), dict):
        raise ValueError(f"{file}: it has no checkpoint")
    return content
