"""No command of the sandbox loads Pulumi's SDK: the engine would start later."""

import subprocess
import sys

COMMANDS = (
    "falaj.cli.app", "falaj.cli.report", "falaj.cli.tour", "falaj.finops.estimate", "falaj.finops.report.files",
    "falaj.sandbox.session", "falaj.sandbox.previews", "falaj.sandbox.deferred_checkpoints",
    "falaj.sandbox.last_deployment", "falaj.sandbox.base_pack", "falaj.components.settings.config_references",
)  # fmt: skip


def test_no_command_loads_the_sdk() -> None:
    program = f"import sys, {', '.join(COMMANDS)}\nprint(*(name for name in ('pulumi', 'grpc') if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
