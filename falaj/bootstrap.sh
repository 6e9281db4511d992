# Sourced by ./try and ./test from the project's root: finds Python, makes .venv, installs what requirements.txt pins,
# or requirements-dev.txt if `requirements` says so. Leaves PYTHON set to the environment's interpreter. Quick when
# nothing has changed. POSIX sh.
requirements=${requirements:-requirements.txt}
development=requirements-dev.txt

# Containers often forbid Python to keep compiled modules. The clouds' SDKs would be compiled again in every process, which
# takes longer than most tests. What is compiled here stays in .venv and __pycache__, which git ignores.
unset PYTHONDONTWRITEBYTECODE

say() { printf '%s\n' "$*" >&2; }
fail() { say "$0: $*"; exit 3; }

# The user's own Python, 3.11 or newer.
find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "no Python 3.11 or newer on PATH; install one and run this again"
}

# What an environment with these requirements is made from: changed ones or another Python make it anew.
fingerprint() {
    if [ "$1" = "$development" ]; then set -- requirements.txt pyproject.toml "$1"; else set -- "$1" pyproject.toml; fi
    cat "$@" | cksum
    .venv/bin/python --version 2>/dev/null
}

is_made_from() {
    [ -x .venv/bin/python ] && [ "$(fingerprint "$1")" = "$(cat .venv/falaj-made-from 2>/dev/null)" ]
}

make_environment() {
    # It would be emptied first, and with it what the link leads to.
    [ ! -L .venv ] || fail ".venv is a link to an environment made from other requirements; remove the link"
    chosen=$(find_python) || exit 3
    say "Setting up .venv with $("$chosen" --version); once, a minute or so"
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --seed --clear --python "$chosen" .venv || fail "uv could not make .venv"
        VIRTUAL_ENV="$PWD/.venv" uv pip install --quiet -r "$requirements" -e . \
            || fail "the packages of $requirements could not be installed: see above"
    else
        "$chosen" -m venv --clear .venv || fail "python -m venv failed; on Debian install python3-venv"
        # Of the clouds' SDKs a few of many thousand modules are used: Python compiles those when it first loads them.
        .venv/bin/python -m pip install --quiet --no-compile --disable-pip-version-check -r "$requirements" -e . \
            || fail "the packages of $requirements could not be installed: see above"
    fi
    fingerprint "$requirements" >.venv/falaj-made-from
}

# An environment of ./test serves ./try too.
is_made_from "$requirements" || is_made_from "$development" || make_environment
PYTHON=.venv/bin/python
