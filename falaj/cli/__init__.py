"""The command `falaj`: one file per command group.

Exit statuses: 0 success; 1 the engine, a guardrail or a cost threshold failed; 2 invalid settings, usage or
fact files, or no Pulumi project; 3 a requirement is missing, such as the engine or an optional dependency; 128 and the
number of a signal: interrupted by it (130 by Ctrl-C).
"""

import contextlib
import os
import sys

_INTERRUPTED = 130


def main() -> None:
    """Runs the command. Every expected failure prints one sentence and ends with a documented exit status."""
    _open_closed_streams()
    try:
        _run()
    except BrokenPipeError:  # who reads the output has read enough
        _end("", 1)
    except Exception as error:
        from falaj.cli.failures import answer

        answered = answer(error)
        if answered is None:
            raise
        _end(*answered)


def _end(sentence: str, status: int) -> None:
    from falaj.cli.failures import discard_output

    if sentence:
        with contextlib.suppress(OSError):  # nobody can be told; the status says it
            print(f"falaj: {sentence}", file=sys.stderr, flush=True)
    try:
        sys.stdout.flush()
    except OSError:
        discard_output()
    sys.exit(status)


def _open_closed_streams() -> None:
    """Connects a closed standard stream with nothing: otherwise the next file that is opened would take its number, and
    what programs print would be written to it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", encoding="utf-8"))


def _run() -> None:
    try:
        from falaj.cli.app import app

        try:
            app()
        finally:
            sys.stdout.flush()
    except (KeyboardInterrupt, SystemExit) as end:
        interrupt = _interrupt(end)
        if interrupt is None:
            raise
        # `sandbox.engine_process.Interrupted` says what the engine has done.
        sentence = str(interrupt) or "interrupted; if the engine was killed, run `falaj recover` for the stack"
        print(f"falaj: {sentence}", file=sys.stderr)
        sys.exit(getattr(interrupt, "status", _INTERRUPTED))


def _interrupt(end: BaseException | None) -> KeyboardInterrupt | None:
    """Returns the interrupt that is behind the end of a command. Typer ends with status 130 instead (0.29.2,
    `core._main`), which a program in `falaj shell` may do as well."""
    while end is not None and not isinstance(end, KeyboardInterrupt):
        end = end.__cause__ or end.__context__
    return end
