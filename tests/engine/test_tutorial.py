"""The commands of docs/tutorial.md, one after the other, as a reader types them, in an environment with the wheel."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from falaj.sandbox.environment import SKIP_CHECKPOINTS
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT

pytestmark = pytest.mark.engine

BLOCK = re.compile(r"^```(sh|py|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ENVIRONMENT = "python3 -m venv "
NOT_RUN = (". ", "pip ", "git push", "pulumi ")
"""The environment is that of the fixture; there is no code host, and no account."""
REFUSED = "# refused"


@dataclass
class Reader:
    """Someone who follows the tutorial: where they are, and what the last commands printed."""

    folder: Path
    environment: Path
    variables: dict[str, str]
    printed: str = ""
    commands: int = 0

    def types(self, block: str) -> None:
        """Runs the commands of a block. A command may go on after a backslash."""
        self.printed = ""
        for command in re.split(r"(?<!\\)\n", block.strip()):
            if command.startswith("cd "):
                self.folder /= command.removeprefix("cd ")
            elif command.startswith(ENVIRONMENT):
                self._makes_environment(self.folder / command.removeprefix(ENVIRONMENT))
            elif not command.startswith(NOT_RUN):
                self._runs(command)

    def _makes_environment(self, folder: Path) -> None:
        folder.mkdir()
        for part in self.environment.iterdir():
            (folder / part.name).symlink_to(part)

    def _runs(self, command: str) -> None:
        ran = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        output = ran.stdout + ran.stderr
        assert ran.returncode == (1 if command.endswith(REFUSED) else 0), f"{command}\n{output[-4000:]}"
        self.printed += " ".join(output.split())
        self.commands += 1

    def appends(self, code: str) -> None:
        with (self.folder / "__main__.py").open("a", encoding="utf-8") as program:
            program.write(code)

    def reads(self, block: str) -> None:
        """Finds each line of a block in what was printed."""
        assert [line for line in block.strip().splitlines() if " ".join(line.split()) not in self.printed] == []


def blocks() -> Iterator[tuple[str, str]]:
    yield from BLOCK.findall((ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8"))


def test_every_command_does_what_the_tutorial_says(
    python: Path, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    identity = {
        f"GIT_{who}_{what}": "reader@example.ae" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    own = {"FALAJ": str(ROOT), "PATH": path, SKIP_CHECKPOINTS: "true", **identity}
    reader = Reader(tmp_path, python.parents[1], os.environ | own)
    for kind, text in blocks():
        {"sh": reader.types, "py": reader.appends, "text": reader.reads}[kind](text)
    assert reader.commands >= 15
    assert (reader.folder / "report" / "report.md").is_file()
