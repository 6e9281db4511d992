"""Copies of stack files whose secrets the sandbox cannot decrypt.

A stack file names who encrypts its secrets: a passphrase, by its salt, or a key of a cloud. The sandbox has neither,
and no credential. It then works on a copy that its own passphrase encrypts, in which every secret is a placeholder, and
never writes to the project's file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from falaj.sandbox.paths import Paths
from falaj.sandbox.project_file import read_stack_file

PLACEHOLDER = "a-secret-that-only-the-stack-can-decrypt"
"""Stands for each secret, which the program receives as text."""

_SALT = "encryptionsalt"
_ENCRYPTION = (_SALT, "secretsprovider", "encryptedkey")
"""Keys of a stack file that name its encryption (sdk/v3/go/common/workspace/project.go `ProjectStack`, 3.259.0)."""

_OPERATIONS = ("preview", "up", "refresh", "destroy")
"""Commands of the engine that take `--config-file`."""


def is_encrypted_elsewhere(stack_file: Path) -> bool:
    """Whether a stack file names a key of a cloud, or no encryption, which the engine would add to the file."""
    content = _content(stack_file)
    return content.get("secretsprovider", "passphrase") != "passphrase" or _SALT not in content


def write_copy(paths: Paths, stack: str) -> Path:
    """Writes the copy of a stack file, with the salt of an earlier copy; returns its folder, a project of that name."""
    copy = _copy(paths, stack)
    salt = {key: value for key, value in _content(copy).items() if key == _SALT}
    content = {key: value for key, value in _content(paths.stack_file(stack)).items() if key not in _ENCRYPTION}
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_text(yaml.safe_dump({**_readable(content), **salt}, sort_keys=False))
    project = paths.read_project()
    (copy.parent / "Pulumi.yaml").write_text(yaml.safe_dump({"name": project.name, "runtime": project.runtime}))
    return copy.parent


def with_copy(paths: Paths, arguments: Sequence[str]) -> list[str]:
    """Returns the arguments of an engine command, with the up-to-date copy of the stack's file if there is one."""
    given = [*arguments]
    if given[0] in _OPERATIONS and "--stack" in given:
        stack = given[given.index("--stack") + 1]
        if _copy(paths, stack).is_file():
            write_copy(paths, stack)
            given += ["--config-file", str(_copy(paths, stack))]
    return given


def _copy(paths: Paths, stack: str) -> Path:
    return paths.sandbox / "config" / f"Pulumi.{stack}.yaml"


def _content(file: Path) -> dict[str, Any]:
    return read_stack_file(file) if file.is_file() else {}


def _readable(value: Any) -> Any:
    if isinstance(value, dict):
        return PLACEHOLDER if value.keys() == {"secure"} else {key: _readable(item) for key, item in value.items()}
    return [_readable(item) for item in value] if isinstance(value, list) else value
