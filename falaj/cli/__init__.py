"""The command `falaj`: one file per command group.

Exit statuses: 0 success; 1 the engine, a guardrail or a cost threshold failed; 2 invalid settings or usage; 3 the
sandbox cannot run (no engine, no project).
"""

import sys


def main() -> None:
    """Run the command. Every expected failure prints one sentence and ends with a documented exit status."""
    from falaj.cli.app import app
    from falaj.cli.common import Refused

    try:
        app()
    except Refused as refused:
        print(f"falaj: {refused}", file=sys.stderr)
        sys.exit(refused.status)
    except KeyboardInterrupt:
        print("falaj: interrupted; if the engine was killed, run `falaj recover` for the stack", file=sys.stderr)
        sys.exit(130)
