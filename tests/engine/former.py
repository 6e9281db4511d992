"""The platform as a former commit had it: its code lies in `former/` beside this program, all of it, facts included."""

import runpy
import sys
from pathlib import Path

FORMER = Path(__file__).with_name("former")

# The language host has already loaded the present `falaj`: the former code must not see it.
for module in [name for name in sys.modules if name.split(".")[0] in ("falaj", "components")]:
    del sys.modules[module]
sys.path.insert(0, str(FORMER))
runpy.run_path(str(FORMER / "__main__.py"), run_name="__main__")
