# Sourced by ./try and ./test from the project's root: finds Python, makes .venv, installs what requirements.lock pins by
# digests, or requirements-dev.lock if `requirements` is requirements-dev.txt. Leaves PYTHON set to the environment's
# interpreter. Quick when nothing has changed. POSIX sh.
requirements=${requirements:-requirements.txt}
development=requirements-dev.txt
# An environment of ./test serves ./try too, and stays one: made anew for ./try alone it would lack what tests need.
! grep -qsxF "$development" .venv/falaj-made-from || requirements=$development
lock=${requirements%.txt}.lock

# Containers often forbid Python to keep compiled modules. The clouds' SDKs would be compiled again in every process, which
# takes longer than most tests. What is compiled here stays in .venv and __pycache__, which git ignores.
unset PYTHONDONTWRITEBYTECODE

say() { printf '%s\n' "$*" >&2; }
fail() { say "$0: $*"; exit 3; }

# The user's own Python, of a version that the locks have wheels for.
find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "no Python 3.11, 3.12, 3.13 or 3.14 on PATH; install one and run this again"
}

# What an environment with these requirements is made from: changed ones or another Python make it anew.
fingerprint() {
    echo "$1"
    cat requirements.txt "$1" "${1%.txt}.lock" pyproject.toml | cksum
    .venv/bin/python --version 2>/dev/null
}

# A changed pin that the lock lacks would be ignored otherwise.
check_lock() {
    for pin in $(sed -n 's/^\([A-Za-z0-9._-]*\)[^=]*\(==[^ ;]*\).*/\1\2/p' requirements.txt "$requirements"); do
        grep -qiF "$pin " "$lock" || fail "$lock has no $pin, which the requirements pin. Fix: run .ci/lock, with uv on PATH"
    done
}

# Installs with pip or uv, whose command is given: the packages of the lock by their digests, as wheels only, because a
# build would download its backend without digests; then the checkout, with the backend of the lock.
install_with() {
    "$@" --require-hashes --only-binary :all: -r "$lock" && "$@" --no-deps --no-build-isolation -e . \
        || fail "the packages of $lock could not be installed: see above"
}

is_made_from() {
    [ -x .venv/bin/python ] && [ "$(fingerprint "$1")" = "$(cat .venv/falaj-made-from 2>/dev/null)" ]
}

make_environment() {
    # It would be emptied first, and with it what the link leads to.
    [ ! -L .venv ] || fail ".venv is a link to an environment made from other requirements; remove the link"
    [ -w . ] || fail "$PWD is read-only, and .venv is made in it. Fix: run a copy of it that you may write to"
    check_lock
    chosen=$(find_python) || exit 3
    say "Setting up .venv with $("$chosen" --version); once, a minute or so"
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --seed --clear --python "$chosen" .venv || fail "uv could not make .venv"
        install_with env VIRTUAL_ENV="$PWD/.venv" uv pip install --quiet
    else
        "$chosen" -m venv --clear .venv || fail "python -m venv failed; on Debian install python3-venv"
        # Of the clouds' SDKs a few of many thousand modules are used: Python compiles those when it first loads them.
        install_with .venv/bin/python -m pip install --quiet --no-compile --disable-pip-version-check
    fi
    fingerprint "$requirements" >.venv/falaj-made-from
}

is_made_from "$requirements" || make_environment
PYTHON=.venv/bin/python
