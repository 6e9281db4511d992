#!/bin/sh
# What a change changes, costs and breaks, in the emulated clouds: no credential, no account.
# check.sh STACK BASE FOLDER [RULES]: BASE is the commit to compare with, and RULES that of the policy pack, BASE if it
# is not given: no change is evaluated by its own rules. FOLDER gets report.md, html, json, sarif, and guardrails.xml.
# Ends with 0 good, 1 refused, 2 wrong settings or use, 3 cannot work.
set -eu
stack=$1 base=$2 folder=$3 rules=${4:-$2}
settings=0 verdict=0
"$PYTHON" -m falaj check --stack "$stack" || settings=$?
# Wrong settings or not: the verdict writes the report that the reviewer looks for.
"$PYTHON" -m falaj verdict --stack "$stack" --base "$base" --rules "$rules" --out "$folder" || verdict=$?
if [ -f "$folder/report.json" ]; then
    "$PYTHON" -m falaj guardrails report --format junit --output "$folder/guardrails.xml" || true
elif [ -f "$folder/report.md" ]; then
    # A preview that failed has left no evidence to convert, and the report is its reason. Text of the change must not
    # be a command of the host in its log.
    rm -f "$folder/guardrails.xml"
    sed -e 's/##/# #/g' -e 's/^/| /' "$folder/report.md"
fi
[ "$settings" -eq 0 ] || exit "$settings"
exit "$verdict"
