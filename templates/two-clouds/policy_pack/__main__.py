"""Runs the policy pack of the installed Falaj with the settings of this folder."""

import sys
from pathlib import Path

import falaj

sys.path.insert(0, str(Path(falaj.__file__).parent / "policy_pack"))

from guardrails.serve import serve

serve(Path(__file__).parent)
