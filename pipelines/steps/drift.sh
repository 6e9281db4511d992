#!/bin/sh
# Fails where the cloud is no longer what the state says: somebody changed it by hand.
# drift.sh STACK. Reads only: the state stays as it is.
set -eu
stack=$1
. falaj/bootstrap.sh
. pipelines/steps/accounts.sh
pulumi refresh --stack "$stack" --preview-only --expect-no-changes --diff --non-interactive
