"""Entry point of the policy pack for the Pulumi engine. `PolicyPack` blocks until the engine stops it, so no other
module may import this file."""

from pathlib import Path

from guardrails.serve import serve

serve(Path(__file__).parent)
