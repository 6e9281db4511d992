"""The benchmark. Its documented command finds the policy pack, which is on no path of an installed environment."""

import sys
from pathlib import Path

_PACK = str(Path(__file__).parents[2] / "policy_pack")
if _PACK not in sys.path:
    sys.path.append(_PACK)
