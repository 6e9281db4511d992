"""Neither a command of the sandbox nor the command line of the policy pack loads Pulumi's SDK, which takes 0.2 s of
processor time; no emulated cloud loads Pydantic, which takes 0.1 s."""

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


CLOUDS = ("falaj.sandbox.clouds.aws", "falaj.sandbox.clouds.azure", "falaj.sandbox.clouds.kubernetes")


@pytest.mark.parametrize(
    ("modules", "heavy"),
    [(COMMANDS, ("pulumi", "grpc")), (("guardrails.__main__",), ("pulumi", "grpc")), (CLOUDS, ("pydantic",))],
    ids=["falaj", "guardrails", "clouds"],
)
def test_no_process_loads_what_it_does_not_need(modules: tuple[str, ...], heavy: tuple[str, ...]) -> None:
    program = f"import sys, {', '.join(modules)}\nprint(*(name for name in {heavy!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=PACK)
    assert done.stdout.split() == []
