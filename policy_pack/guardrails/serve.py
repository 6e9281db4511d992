"""Serves the policy pack to the Pulumi engine. Only a pack's `__main__.py` may import this file."""

import gc
import os
import sys
import threading
from pathlib import Path

# What is loaded stays until the end, and evaluations leave few cycles: collections took a fifth of the processor time.
gc.disable()

from pulumi_policy import EnforcementLevel, PolicyPack  # noqa: E402

from falaj.facts.loopback import protect_servers  # noqa: E402
from falaj.facts.parents import wait_for_end_of  # noqa: E402

from .pack import SetupError, load_policies  # noqa: E402
from .servicer import use_servicer  # noqa: E402


def serve(settings: Path) -> None:
    """Serves the rules with the settings files of a folder, until the engine stops the process, or has ended."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    try:
        policies = load_policies(settings)
    except SetupError as error:
        # stdout belongs to the engine (its first line is the port); without valid settings the pack must not run.
        sys.exit(f"falaj policy pack: {error}")
    use_servicer()
    protect_servers()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    gc.enable()
    PolicyPack("falaj", policies, enforcement_level=EnforcementLevel.MANDATORY)


def _end_with(parent: int) -> None:
    """Ends the process when its parent has ended: an engine or language host that is killed sends no signal, and the
    SDK's server would wait for calls for ever."""
    wait_for_end_of(parent)
    os._exit(0)
