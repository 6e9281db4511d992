"""Entry point of the component plugin, which the Pulumi engine starts for programs in other languages."""

import os
import signal
import sys


def leave(_signal: int, _frame: object) -> None:
    """Exits immediately; the engine waits several seconds for a plugin that does not."""
    os._exit(0)


def main() -> None:
    """Serves the components until the engine ends."""
    from pulumi.provider import main as serve

    from falaj.components.plugin import Host
    from falaj.facts.loopback import protect_servers

    signal.signal(signal.SIGINT, leave)
    protect_servers()
    serve(Host(), sys.argv[1:])


if __name__ == "__main__":
    main()
