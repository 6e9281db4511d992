"""Entry point of the policy pack for the Pulumi engine. `PolicyPack` blocks until the engine stops it, so no other
module may import this file."""

import sys

from guardrails.pack import SetupError, load_policies, record_operation
from pulumi_policy import EnforcementLevel, PolicyPack

try:
    policies = load_policies()
except SetupError as error:
    # stdout belongs to the engine (its first line is the port); without valid settings the pack must not run.
    sys.exit(f"falaj policy pack: {error}")

record_operation()
PolicyPack("falaj", policies, enforcement_level=EnforcementLevel.MANDATORY)
