"""Language hosts of programs in TypeScript, JavaScript (`nodejs`) and Go (`go`), used only without the official ones.

They start a program as Pulumi's own hosts do: one of Node.js with the runner that the package `@pulumi/pulumi` brings,
one of Go as the executable that `go build` makes, with the settings in the environment variables that the Go SDK reads
(sdk/v3 3.259.0, `go/pulumi/run.go`). The dependencies of the program are installed by its project, never here.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pulumi.runtime.proto import language_pb2

from falaj.sandbox.language_host import SHOWN_TO_USER, LanguageHost, serve


class CannotStart(Exception):
    """A program cannot be started. The message is one sentence that says how to fix it."""


class ProgramHost(LanguageHost):
    """A host of programs that are child processes with a command line of their own."""

    def Run(self, request, context):
        """Runs a program. `bail` tells the engine that the user has seen the error."""
        configuration = {
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
        }
        with tempfile.TemporaryDirectory(prefix="falaj-program-") as folder:
            try:
                command, variables = self.command(request, Path(folder))
            except CannotStart as error:
                return language_pb2.RunResponse(error=str(error))
            with self._child(command, cwd=request.pwd, env=os.environ | configuration | variables) as child:
                status = child.wait()
        if status in (0, SHOWN_TO_USER):
            return language_pb2.RunResponse(bail=status == SHOWN_TO_USER)
        return language_pb2.RunResponse(error=f"the program ended with exit status {status}")

    def command(self, request: language_pb2.RunRequest, folder: Path) -> tuple[list[str], dict[str, str]]:
        """Returns the command line of a program, and the variables that it needs. `folder`: for temporary files.

        Raises `CannotStart`.
        """
        raise NotImplementedError


class NodeHost(ProgramHost):
    """Runs programs in TypeScript and JavaScript."""

    language = "nodejs"

    def command(self, request: language_pb2.RunRequest, folder: Path) -> tuple[list[str], dict[str, str]]:
        """Returns the command line that starts the program with the runner of its own `@pulumi/pulumi`."""
        program = Path(request.info.program_directory)
        runner = Path("node_modules", "@pulumi", "pulumi", "cmd", "run", "index.js")
        above = (parent / runner for parent in (program, *program.parents))
        found = next((path for path in above if path.is_file()), None)
        if found is None:
            raise CannotStart(f"{program}: no @pulumi/pulumi in node_modules here or above; run `npm install` there")
        flags = {
            "monitor": request.monitor_address,
            "engine": self._engine,
            "project": request.project,
            "stack": request.stack,
            "organization": request.organization,
            "parallel": str(request.parallel),
            "root-directory": request.info.root_directory,
            "pwd": request.pwd,
        }
        options = [word for name, value in flags.items() for word in (f"--{name}", value)]
        options += ["--dry-run"] if request.dryRun else []
        command = [_tool("node"), str(found), *options, request.info.entry_point, *request.args]
        return command, {"PULUMI_NODEJS_TYPESCRIPT": "true"}


class GoHost(ProgramHost):
    """Runs programs in Go."""

    language = "go"

    def command(self, request: language_pb2.RunRequest, folder: Path) -> tuple[list[str], dict[str, str]]:
        """Compiles the program, and returns the path of the executable."""
        executable = folder / "program"
        package = Path(request.info.program_directory, request.info.entry_point)
        done = subprocess.run(
            [_tool("go"), "build", "-o", str(executable), "."], cwd=package, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise CannotStart(f"{package} does not compile:\n{done.stderr.strip()}")
        variables = {
            "PULUMI_MONITOR": request.monitor_address,
            "PULUMI_ENGINE": self._engine,
            "PULUMI_PROJECT": request.project,
            "PULUMI_STACK": request.stack,
            "PULUMI_ORGANIZATION": request.organization,
            "PULUMI_PARALLEL": str(request.parallel),
            "PULUMI_ROOT_DIRECTORY": request.info.root_directory,
            "PULUMI_DRY_RUN": str(request.dryRun).lower(),
        }
        return [str(executable), *request.args], variables


HOSTS = {host.language: host for host in (NodeHost, GoHost)}
"""Runtime -> its host."""


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise CannotStart(f"no `{name}` on PATH; install it, then run this again")
    return path


if __name__ == "__main__":
    serve(next((a for a in sys.argv[2:] if not a.startswith("-")), ""), HOSTS[sys.argv[1]])
