"""Entry point of the policy pack for the Pulumi engine. `PolicyPack` blocks until the engine stops it, so no other
module may import this file."""

import gc
import sys

# What is loaded stays until the end, and evaluations leave few cycles: collections took a fifth of the processor time.
gc.disable()

from guardrails.pack import SetupError, load_policies, record_operation  # noqa: E402
from pulumi_policy import EnforcementLevel, PolicyPack  # noqa: E402

try:
    policies = load_policies()
except SetupError as error:
    # stdout belongs to the engine (its first line is the port); without valid settings the pack must not run.
    sys.exit(f"falaj policy pack: {error}")

record_operation()
gc.freeze()
gc.set_threshold(100_000, 50, 50)
gc.enable()
PolicyPack("falaj", policies, enforcement_level=EnforcementLevel.MANDATORY)
