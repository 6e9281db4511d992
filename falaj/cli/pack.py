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


def rules_folder(pack: Path) -> Path:
    """Returns the pack that holds the rules: itself, or the bundled one for settings only, as templates have them."""
    return pack if (pack / "guardrails").is_dir() else BUNDLED_PACK


def run_guardrails(pack: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the command line of a pack's rules with its settings, and returns its result."""
    rules = rules_folder(pack)
    options = () if rules == pack else ("--settings", str(pack.resolve()))
    command = [sys.executable, "-m", "guardrails", *options, *arguments]
    return subprocess.run(command, cwd=rules, check=False, capture_output=True, text=True)
