"""Selects the policy pack of a project."""

import subprocess
import sys
from pathlib import Path

import falaj

PROJECT_PACK = Path("policy_pack")
"""Folder of a project's own policy pack, relative to the project."""

BUNDLED_PACK = Path(falaj.__file__).parent / "policy_pack"
"""Folder of the policy pack that comes with Falaj; in the checkout a link to `policy_pack/`."""


def pack_of(project: Path) -> Path:
    """Returns the project's own policy pack, relative to the project; otherwise the bundled one."""
    return PROJECT_PACK if (project / PROJECT_PACK / "PulumiPolicy.yaml").is_file() else BUNDLED_PACK


def run_guardrails(pack: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line of a pack's rules, and returns its result.

    A pack that holds settings only, as in the templates, takes the rules of the bundled pack.
    """
    command = [sys.executable, "-m", "guardrails"]
    if not (pack / "guardrails").is_dir():
        pack, command = BUNDLED_PACK, [*command, "--settings", str(pack.resolve())]
    return subprocess.run([*command, *arguments], cwd=pack, check=False, capture_output=True, text=True)
