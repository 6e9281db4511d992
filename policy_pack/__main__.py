"""The policy pack as the engine starts it: `PolicyPack` serves until it is stopped, so nothing may import this file."""

import sys

from guardrails.pack import SetupError, load_policies
from pulumi_policy import EnforcementLevel, PolicyPack

try:
    policies = load_policies()
except SetupError as error:
    # stdout belongs to the engine (its first line is the port); a pack that cannot read its settings must not judge.
    sys.exit(f"falaj policy pack: {error}")

PolicyPack("falaj", policies, enforcement_level=EnforcementLevel.MANDATORY)
