#!/bin/sh
# Deploys what was approved and nothing else: an operation that the plan does not have ends the update.
# deploy.sh STACK FOLDER: FOLDER holds plan.json of plan.sh and gets the evidence of this run.
set -eu
stack=$1 folder=$2
. "$STEPS/accounts.sh"
FALAJ_EVIDENCE=$(cd "$folder" && pwd)
# The update previews first: stack policies, which see joins, stop a preview and come too late in an update. The pack
# refuses an update without a preview.
export FALAJ_EVIDENCE FALAJ_REQUIRE_PREVIEW=true
pulumi up --stack "$stack" --policy-pack "$pack" --plan "$folder/plan.json" --yes --non-interactive
# A program that still wants to change something will do so at the next push, unasked.
pulumi preview --stack "$stack" --policy-pack "$pack" --expect-no-changes --non-interactive
