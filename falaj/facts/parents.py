"""The process that started this one: an engine, or a language host, that is killed sends no signal to its plug-ins."""

import os
import time


def wait_for_end_of(parent: int) -> None:
    """Returns within a second after the parent, by the process ID that it had, has ended."""
    while os.getppid() == parent:
        time.sleep(1)
