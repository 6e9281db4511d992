"""The command `falaj`: one file per command group.

Exit statuses: 0 success; 1 the engine, a guardrail or a cost threshold failed; 2 invalid settings, usage or
fact files, or no Pulumi project; 3 a requirement is missing, such as the engine or an optional dependency.
"""

import sys


def main() -> None:
    """Runs the command. Every expected failure prints one sentence and ends with a documented exit status."""
    from falaj.facts.rows import BadRow

    try:
        _run()
    except BadRow as error:
        print(f"falaj: {error}", file=sys.stderr)
        sys.exit(2)


def _run() -> None:
    from falaj.cli.app import app
    from falaj.cli.common import CommandError

    try:
        app()
    except CommandError as error:
        print(f"falaj: {error}", file=sys.stderr)
        sys.exit(error.status)
    except KeyboardInterrupt:
        print("falaj: interrupted; if the engine was killed, run `falaj recover` for the stack", file=sys.stderr)
        sys.exit(130)
