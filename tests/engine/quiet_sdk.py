"""Imported before programs are forked: their SDK sends no debug messages, of which the engine gets several a resource.

Each is a call that the program waits for, and no test reads one (`pulumi --debug` shows them).
"""

import pulumi


def _no_message(*_args: object, **_options: object) -> None:
    """Takes the place of `pulumi.log.debug`."""


pulumi.log.debug = _no_message
