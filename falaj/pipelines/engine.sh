#!/bin/sh
# Puts the official Pulumi release into FOLDER/bin, in the version that the project is tested with.
# engine.sh FOLDER
set -eu
[ -x "$1/bin/pulumi" ] || "$PYTHON" - "$1" <<'PROGRAM'
import sys
from pathlib import Path

from falaj.sandbox import official_release, toolchain

official_release.install(toolchain.VERSION, Path(sys.argv[1]))
PROGRAM
