"""What components plan, what guardrails find and what commands print, as recorded in CSV files of this folder.

The tests beside these files fail when anything of it changes, but for what the recording does not have: which inputs
are secret, aliases, and what is retained on deletion. If the change is wanted, `.venv/bin/python -m
tests.unit.recorded` records it anew: the difference of the files then shows a reviewer which resources, attacks and
commands it reaches. Digests stand for contents; `--show GROUP` prints them, to be compared before and after.
"""

import os
import sys
from pathlib import Path

_PACK = str(Path(__file__).parents[3] / "policy_pack")
if _PACK not in sys.path:
    sys.path.append(_PACK)

# Rich reads them when a command is loaded, and then colours what is no terminal.
for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
    os.environ.pop(name, None)
