"""The command `falaj`: one file per command group.

Exit statuses: 0 success; 1 the engine, a guardrail or a cost threshold failed; 2 invalid settings, usage or
fact files, or no Pulumi project; 3 a requirement is missing, such as the engine or an optional dependency.
"""

import sys


def main() -> None:
    """Runs the command. Every expected failure prints one sentence and ends with a documented exit status."""
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
        print(f"falaj: {sentence}", file=sys.stderr)
    try:
        sys.stdout.flush()
    except OSError:
        discard_output()
    sys.exit(status)


def _run() -> None:
    from falaj.cli.app import app

    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        print("falaj: interrupted; if the engine was killed, run `falaj recover` for the stack", file=sys.stderr)
        sys.exit(130)
