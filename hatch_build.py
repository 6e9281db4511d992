"""Build hook of the wheel: the files by which Pulumi starts the plug-in and the policy pack name the environment.

In the checkout that is `../.venv`. A wheel lies in ENVIRONMENT/lib/pythonX.Y/site-packages/falaj, and Pulumi resolves
`virtualenv` from the folder of the file, so there it is five folders up.
"""

import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

IN_CHECKOUT, INSTALLED = "virtualenv: ../.venv", "virtualenv: ../../../../.."
FILES = ("components/PulumiPlugin.yaml", "policy_pack/PulumiPolicy.yaml")


class InstalledEnvironment(BuildHookInterface):
    """Writes the files of `FILES` anew for the wheel; an editable install keeps the checkout's."""

    _written: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises ValueError for a file that does not name the checkout's environment."""
        if version == "editable":
            return
        self._written = tempfile.TemporaryDirectory()
        for name in FILES:
            text = Path(self.root, "falaj", name).read_text()
            if IN_CHECKOUT not in text:
                raise ValueError(f"falaj/{name}: no line `{IN_CHECKOUT}`")
            written = Path(self._written.name, name)
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_text(text.replace(IN_CHECKOUT, INSTALLED))
            build_data["force_include"][str(written)] = f"falaj/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """The wheel holds them now."""
        if self._written:
            self._written.cleanup()
