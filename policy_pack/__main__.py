"""Entry point of the policy pack for the Pulumi engine. `PolicyPack` blocks until the engine stops it, so no other
module may import this file."""

import gc
import sys

from guardrails.pack import SetupError, load_policies, record_operation
from pulumi_policy import EnforcementLevel, PolicyPack

try:
    policies = load_policies()
except SetupError as error:
    # stdout belongs to the engine (its first line is the port); without valid settings the pack must not run.
    sys.exit(f"falaj policy pack: {error}")

record_operation()
# What is loaded stays until the end, and requests leave few cycles: collections cost a tenth of the processor time.
gc.collect()
gc.freeze()
gc.set_threshold(100_000, 50, 50)
PolicyPack("falaj", policies, enforcement_level=EnforcementLevel.MANDATORY)
