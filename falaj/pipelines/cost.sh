#!/bin/sh
# What a stack costs a month as it stands: FOLDER gets bill.txt and bill.json. Reads the state only.
# cost.sh STACK FOLDER; ends with 1 above a ceiling of the stack's settings.
set -eu
stack=$1 folder=$2
mkdir -p "$folder"
# The state names everything that there is: it goes again, and is no artefact.
state=$(mktemp)
trap 'rm -f "$state"' EXIT
pulumi stack export --stack "$stack" --file "$state"
status=0
"$PYTHON" -m falaj bill --stack "$stack" --plan "$state" --json >"$folder/bill.json" || status=$?
"$PYTHON" -m falaj bill --stack "$stack" --plan "$state" >"$folder/bill.txt" || status=$?
exit "$status"
