"""The advice as a patch of the stack file that `git apply` takes. Pure."""

from difflib import unified_diff

import yaml

from falaj.components.core.validation.raw import as_mapping
from falaj.components.settings.stackfile import KEY
from falaj.finops.errors import BadInput
from falaj.simulation.advice.choices import Changes
from falaj.simulation.advice.edits import edited
from falaj.simulation.advice.setting_changes import changed

ROOT = ("config", KEY)
"""Keys of a stack file under which a platform's settings are."""

NO_NEWLINE = "\\ No newline at end of file\n"
"""What a patch says of a file that does not end with a newline (GNU diffutils, "Incomplete lines")."""


def patch(text: str, file: str, changes: Changes) -> str:
    """Returns the patch; empty without changes. `file`: path of the stack file in its repository.

    Raises `BadInput` where the form of the stack file allows no edit."""
    after = edited(text, ROOT, changes)
    if _settings(after) != changed(_settings(text), changes):
        raise BadInput(file, "the form of the file allows no edit; write the changes by hand")
    lines = unified_diff(text.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{file}", f"b/{file}")
    return "".join(line if line.endswith("\n") else f"{line}\n{NO_NEWLINE}" for line in lines)


def _settings(text: str) -> object:
    return as_mapping(as_mapping(yaml.safe_load(text)).get(ROOT[0])).get(ROOT[1])
