#!/bin/sh
# Installs what the steps need: the packages of requirements.lock, each by its digest, then what the program needs.
# install.sh PROJECT [SOURCE]: SOURCE is a checkout of Falaj to install; without it, this package is installed already.
set -eu
project=$1 source=${2:-}
pip() { "$PYTHON" -m pip install --quiet --no-input --no-compile --disable-pip-version-check "$@"; }
pip --require-hashes --requirement "$STEPS/requirements.lock"
# The build backend is in the lock too: nothing is downloaded for the build.
[ -z "$source" ] || pip --no-deps --no-build-isolation "$source"
"$PYTHON" -m falaj.pipelines.program "$project"
