"""Neither a command of the sandbox nor the command line of the policy pack loads Pulumi's SDK, which takes 0.2 s."""

import subprocess
import sys

import pytest

from tests.distribution import ROOT

PACK = ROOT / "policy_pack"

COMMANDS = (
    "falaj.cli.app", "falaj.cli.report", "falaj.cli.tour", "falaj.finops.estimate", "falaj.finops.report.files",
    "falaj.sandbox.session", "falaj.sandbox.previews", "falaj.sandbox.deferred_checkpoints",
    "falaj.sandbox.last_deployment", "falaj.sandbox.base_pack", "falaj.components.settings.config_references",
)  # fmt: skip


@pytest.mark.parametrize("modules", [COMMANDS, ("guardrails.__main__",)], ids=["falaj", "guardrails"])
def test_no_command_loads_the_sdk(modules: tuple[str, ...]) -> None:
    program = f"import sys, {', '.join(modules)}\nprint(*(name for name in ('pulumi', 'grpc') if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACK)
    assert done.stdout.split() == []
