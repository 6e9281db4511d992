#!/bin/sh
# Fails where the cloud is no longer what the state says: somebody changed it by hand.
# drift.sh STACK FOLDER: FOLDER gets drift.json, unless the refresh did not read everything. Reads only: the state stays as
# it is. Ends with 1 for drift, 3 if not everything was read.
set -eu
stack=$1 folder=$2
. "$STEPS/accounts.sh"
mkdir -p "$folder"
found="$TMPDIR/found"
# An error is in the output too; `falaj drift` reports it and fails.
pulumi refresh --stack "$stack" --preview-only --json --non-interactive >"$found" || true
status=0
"$PYTHON" -m falaj drift "$found" || status=$?
# What is not known is not told: neither that there is drift, nor that there is none.
[ "$status" -gt 1 ] || "$PYTHON" -m falaj drift --json "$found" >"$folder/drift.json" || true
exit "$status"
