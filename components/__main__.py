"""The components as the engine starts them for programs of other languages."""

import os
import signal
import sys


def leave(_signal: int, _frame: object) -> None:
    """At once: the engine waits seconds for a plug-in that lingers."""
    os._exit(0)


def main() -> None:
    """Serve the engine until it goes."""
    from pulumi.provider import main as serve

    from falaj.components.plugin import Host

    signal.signal(signal.SIGINT, leave)
    serve(Host(), sys.argv[1:])


if __name__ == "__main__":
    main()
