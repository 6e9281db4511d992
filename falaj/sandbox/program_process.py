"""The process of a Python program: started before the engine runs the program, so that it loads while the engine does.

The engine asks for the packages of a program before it loads the policy packs, and runs the program only after them.
An interpreter that meanwhile imports the SDK and the components saves that time, if a second core is idle.
"""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from falaj.sandbox.program import run

_RUNNER = str(Path(run.__file__))


@dataclass(frozen=True)
class ProgramProcess:
    """A process that imports what its program needs, and waits. It ends when its standard input is closed."""

    python: Path
    program: str
    """The folder or the file of the program."""
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, python: Path, program: str, environment: Mapping[str, str]) -> "ProgramProcess":
        """Starts the process with an interpreter and its environment variables, except the settings of the stack."""
        command = [str(python), "-u", _RUNNER, run.AHEAD, program]
        return cls(python, program, subprocess.Popen(command, env=environment, stdin=subprocess.PIPE))

    def waits_for(self, python: Path, program: str) -> bool:
        """Whether the process can run a program with an interpreter: it has not ended, as one that was killed has."""
        return (self.python, self.program) == (python, program) and self.process.poll() is None

    def run(self, arguments: Sequence[str], folder: str, settings: Mapping[str, str]) -> int:
        """Runs the program in a folder, with the settings of the stack as variables. Returns the exit status."""
        start = {"arguments": arguments, "folder": os.path.abspath(folder), "environment": settings}
        # A process that has ended reads nothing; its exit status tells.
        self.process.communicate(json.dumps(start).encode() + b"\n")
        return self.process.returncode
