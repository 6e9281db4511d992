#!/bin/sh
# Previews a stack in its real accounts, evaluated by the policy pack, and keeps the plan for the approval.
# plan.sh STACK FOLDER: FOLDER gets plan.json and the evidence of the guardrails. Reads only.
set -eu
stack=$1 folder=$2
. "$STEPS/accounts.sh"
mkdir -p "$folder"
FALAJ_EVIDENCE=$(cd "$folder" && pwd)
export FALAJ_EVIDENCE
"$PYTHON" -m falaj check --stack "$stack"
pulumi preview --stack "$stack" --policy-pack "$pack" --save-plan "$folder/plan.json" --diff --non-interactive
