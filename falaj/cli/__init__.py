"""The command `falaj`: one file a group of commands.

Exit statuses: 0 good; 1 the engine or a guardrail refused; 2 wrong settings or wrong use; 3 the sandbox itself cannot
work (no engine, no project).
"""

import sys


def main() -> None:
    """Run the command; every known failure is one sentence and a documented exit status."""
    from falaj.cli.app import app
    from falaj.cli.common import Refused

    try:
        app()
    except Refused as refused:
        print(f"falaj: {refused}", file=sys.stderr)
        sys.exit(refused.status)
    except KeyboardInterrupt:
        print(
            "falaj: interrupted; `falaj recover` brings a stack whose engine was killed back to order", file=sys.stderr
        )
        sys.exit(130)
