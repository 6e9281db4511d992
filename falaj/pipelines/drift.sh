#!/bin/sh
# Fails where the cloud is no longer what the state says: somebody changed it by hand.
# drift.sh STACK. Reads only: the state stays as it is.
set -eu
stack=$1
. "$STEPS/accounts.sh"
found=$(mktemp)
trap 'rm -rf "$found" "${signed:-$found}"' EXIT
# An error is in the output too; `falaj drift` reports it and fails.
pulumi refresh --stack "$stack" --preview-only --json --non-interactive >"$found" || true
"$PYTHON" -m falaj drift "$found"
