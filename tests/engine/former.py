"""Runs the platform of an earlier commit, whose complete code, facts included, is in `former/` beside this program."""

import runpy
import sys
from pathlib import Path

FORMER = Path(__file__).with_name("former")

# The language host has already loaded the current `falaj`, which the earlier code must not use.
for module in [name for name in sys.modules if name.split(".")[0] in ("falaj", "components")]:
    del sys.modules[module]
sys.path.insert(0, str(FORMER))
runpy.run_path(str(FORMER / "__main__.py"), run_name="__main__")
