"""GitHub's runner in another repository: runs a job of its workflow, with actions of other repositories beside it.

An action is downloaded to `_actions/OWNER/NAME/REF`, and `GITHUB_ACTION_PATH` is its folder there (actions/runner,
src/Runner.Worker/ActionManager.cs and Handlers/CompositeActionHandler.cs, read on 2026-11-28). Actions of GitHub itself
are replaced: `checkout` has run, `cache` has restored this machine's cache, `upload-artifact` copies to `artifacts`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from falaj.sandbox.paths import cache
from tests.pipelines.expressions import filled
from tests.pipelines.repository import JobResult, copy_checkout
from tests.pipelines.steps import document

SHELLS = {"sh": ["sh", "-e", "-c"], "bash": ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]}
PROVIDED = ("actions/checkout", "actions/setup-python", "actions/cache")


@dataclass
class HostedRunner:
    """A runner with an empty home, whose workspace is a checkout. `wheels` is the one package index that it reaches."""

    workspace: Path
    folder: Path
    wheels: Path
    left_out: frozenset[str] = frozenset()
    """Names of steps that the next jobs leave out."""
    done: JobResult = field(default_factory=lambda: JobResult(0, ""))

    @property
    def artifacts(self) -> Path:
        return self.folder / "artifacts"

    @property
    def environment(self) -> dict[str, str]:
        """Environment of the job: nothing of this machine but its PATH and its cache."""
        python = self.folder / "tool" / "python3"
        if not python.is_symlink():
            python.parent.mkdir(parents=True)
            python.symlink_to(Path(sys.executable).resolve())
        return {
            "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.folder / "home"),
            "XDG_CACHE_HOME": str(cache().parent),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
        }

    def job(self, workflow: dict[str, Any], name: str, values: Mapping[str, str]) -> JobResult:
        """Runs the steps of a job; `values` has the contexts of the run, such as `matrix.stack`."""
        self.done = JobResult(0, "")
        shutil.rmtree(self.artifacts, ignore_errors=True)
        (self.folder / "temp").mkdir(exist_ok=True)
        runner = {"runner.temp": str(self.folder / "temp"), "runner.os": "Linux", "runner.arch": "X64"}
        self._run(workflow["jobs"][name]["steps"], {**values, **runner}, None)
        return self.done

    def _run(self, steps: list[dict[str, Any]], values: dict[str, str], action: Path | None) -> None:
        for step in steps:
            condition = step.get("if", "success()")
            assert condition in ("success()", "always()"), condition
            is_skipped = bool(self.done.status) and condition == "success()"
            if is_skipped or step.get("name") in self.left_out:
                continue
            if "run" in step:
                self._command(step, values, action)
            else:
                given = {key: filled(str(value), values) for key, value in step.get("with", {}).items()}
                self._use(step["uses"], given, values)

    def _command(self, step: dict[str, Any], values: dict[str, str], action: Path | None) -> None:
        output = self.folder / "output"
        output.write_text("")
        of_action = {"GITHUB_ACTION_PATH": str(action)} if action else {}
        environment = {key: filled(str(value), values) for key, value in step.get("env", {}).items()}
        ran = subprocess.run(
            [*SHELLS[step.get("shell", "bash")], step["run"]],
            cwd=self.workspace,
            env={**self.environment, "GITHUB_OUTPUT": str(output), **of_action, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        self.done = JobResult(self.done.status or ran.returncode, self.done.output + ran.stdout + ran.stderr)
        for line in output.read_text().splitlines():
            key, _, value = line.partition("=")
            values[f"steps.{step['id']}.outputs.{key}"] = value

    def _use(self, used: str, given: dict[str, str], values: dict[str, str]) -> None:
        name, _, ref = used.partition("@")
        if name == "actions/upload-artifact":
            source = Path(given["path"])
            if source.is_dir():
                shutil.copytree(source, self.artifacts / given["name"])
        elif name not in PROVIDED:
            owner, repository, path = name.split("/", 2)
            checkout = self.folder / "_actions" / owner / repository / ref
            if not checkout.is_dir():
                copy_checkout(checkout)
            folder = checkout / path
            action = document(folder / "action.yml")
            inputs = {
                f"inputs.{key}": given.get(key, filled(str(declared.get("default", "")), values))
                for key, declared in action["inputs"].items()
            }
            assert {f"inputs.{key}" for key in given} <= inputs.keys()
            self._run(action["runs"]["steps"], {**values, **inputs}, folder)
