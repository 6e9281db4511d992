"""Imported before programs are forked: their SDK sends no debug messages and no stack traces, which no test reads.

The engine gets several messages a resource (`pulumi --debug` shows them), each a call that the program waits for. The
stack trace of each resource took a seventh of a program's processor time (measured on dev).
"""

import pulumi
from pulumi.runtime import resource
from pulumi.runtime.proto import source_pb2


def _no_message(*_args: object, **_options: object) -> None:
    """Takes the place of `pulumi.log.debug`."""


pulumi.log.debug = _no_message
resource._get_stack_trace = source_pb2.StackTrace
