#!/bin/sh
# Run by the actions: makes ENVIRONMENT with Falaj of this action's own commit, and with what the
# program of PROJECT needs. Inside the checkout of Falaj itself, ENVIRONMENT is that of ./test.
# install.sh PROJECT ENVIRONMENT
set -eu
project=$1 environment=$2
root=$(cd "$(dirname "$0")/../.." && pwd -P)
if [ "$root" = "$(pwd -P)" ]; then
    . falaj/bootstrap.sh
    ln -sfn "$root/.venv" "$environment"
    exit
fi
python3 -m venv "$environment"
PYTHONPATH=$root "$environment/bin/python" -P -m falaj.pipelines install "$project" "$root"
