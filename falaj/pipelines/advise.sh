#!/bin/sh
# Looks for cheaper settings of a stack with last month's work. Reads only, and needs no account.
# advise.sh STACK FOLDER EXPORTS: EXPORTS is a folder with exports of jobs, of requests, or of both (docs/traces.md).
# FOLDER gets advice.json and, if some settings are better, advice.yaml, the stack file with them. FALAJ_MAX_WAIT,
# FALAJ_MAX_LATE and FALAJ_TRIALS are options of `falaj simulate --advise`. Ends with 1 if no settings keep the limits.
set -eu
stack=$1 folder=$2 exports=$3
set --
for file in "$exports"/*; do
  [ -f "$file" ] && set -- "$@" --work "$file"
done
if [ $# = 0 ]; then
  echo "advise: no file in $exports. Fix: put last month's exports of jobs or requests there" >&2
  exit 2
fi
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
rm -f "$folder/advice.json" "$folder/advice.yaml"
"$PYTHON" -m pip install --quiet --no-input --no-compile --disable-pip-version-check --require-hashes \
  --requirement "$STEPS/requirements-analysis.lock"
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
"$PYTHON" -m falaj simulate --stack "$stack" "$@" --month "$("$PYTHON" -m falaj.pipelines.last_month)" --advise \
  --max-wait "${FALAJ_MAX_WAIT:-15m}" --max-late "${FALAJ_MAX_LATE:-1%}" --trials "${FALAJ_TRIALS:-150}" \
  --json --patch "$found/patch" >"$found/advice.json"
cp "$found/advice.json" "$folder/"
if [ -s "$found/patch" ]; then
  # The checkout stays as it is: the patch is applied to a copy.
  (cd "$(git rev-parse --show-toplevel)" && git apply --numstat "$found/patch" | cut -f 3) >"$found/file"
  file=$(cat "$found/file")
  mkdir -p "$found/copy/$(dirname "$file")"
  cp "$(git rev-parse --show-toplevel)/$file" "$found/copy/$file"
  (cd "$found/copy" && git init -q && git apply "$found/patch")
  cp "$found/copy/$file" "$folder/advice.yaml"
fi
