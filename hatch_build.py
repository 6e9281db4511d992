"""Build hook of the wheel: the files by which Pulumi starts the plug-in and the policy pack name the environment.

In the checkout that is `../.venv`. A wheel lies in ENVIRONMENT/lib/pythonX.Y/site-packages/falaj, and Pulumi resolves
`virtualenv` from the folder of the file, so there it is five folders up. `pulumi package add` installs what the
plug-in's requirements name: the checkout, or the release that the wheel is.
"""

import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VIRTUALENV = ("virtualenv: ../.venv", "virtualenv: ../../../../..")
FILES = {
    "components/PulumiPlugin.yaml": VIRTUALENV,
    "policy_pack/PulumiPolicy.yaml": VIRTUALENV,
    "components/requirements.txt": ("-e ..[aws,azure,kubernetes]", "falaj[aws,azure,kubernetes]=={version}"),
}
"""File -> a line of the checkout, and what stands for it in the wheel."""


class InstalledEnvironment(BuildHookInterface):
    """Writes the files of `FILES` anew for the wheel; an editable install keeps the checkout's."""

    _written: tempfile.TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises ValueError for a file that does not name the checkout's environment."""
        if version == "editable":
            return
        self._written = tempfile.TemporaryDirectory()
        for name, (in_checkout, installed) in FILES.items():
            text = Path(self.root, "falaj", name).read_text()
            if in_checkout not in text:
                raise ValueError(f"falaj/{name}: no line `{in_checkout}`")
            written = Path(self._written.name, name)
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_text(text.replace(in_checkout, installed.format(version=self.metadata.version)))
            build_data["force_include"][str(written)] = f"falaj/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """The wheel holds them now."""
        if self._written:
            self._written.cleanup()
