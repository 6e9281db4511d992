"""Deployments of the stacks and examples, made once for all tests of a run, with their plans, states and leftovers."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT, CommandResult, Project, open_project

STACKS = ("prod-uae", "dev")

EXAMPLES = {
    "smb-inference": "smb",
    "enterprise-training": "training",
    "enterprise-inference": "inference",
    "hybrid": "hybrid",
    "onprem": "onprem",
}
"""Folder and stack of each example."""

RECORDER = Path(__file__).with_name("recording_pack")


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """Returns a folder that all test processes of one run share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def deployment(name: str, engine: Engine, factory: pytest.TempPathFactory) -> dict:
    """Returns the record of a deployed stack, or of an example that was deployed and destroyed.

    `ran` has the result of each step, `questions` the file of the plan's requests to a policy pack, `state` the
    resources of the deployed stack, `planned` the number of cloud resources after the plan alone, `left` the resources
    that remain after an example was destroyed, `folder` the project folder of a deployed stack.
    """
    record, deploy = _deployments(engine, factory)[name]
    return _once({record: deploy})[record]


def all_deployments(engine: Engine, factory: pytest.TempPathFactory) -> dict[str, dict]:
    """Returns the records of both stacks and of every example, by name."""
    deployments = _deployments(engine, factory)
    contents = _once(dict(deployments.values()))
    return {name: contents[record] for name, (record, _) in deployments.items()}


def copy_of_deployed(stack: str, project: Project, engine: Engine, factory: pytest.TempPathFactory) -> Project:
    """Copies the deployed stack into a project; returns the project."""
    folder = Path(deployment(stack, engine, factory)["folder"])
    project.copy_state_from(open_project(Paths(folder), engine))
    return project


Deploy = Callable[[], dict]


def _deployments(engine: Engine, factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Deploy]]:
    """Returns name -> the file of a deployment's record, and the function that makes the deployment."""
    shared = shared_folder(factory)

    def stack_deployment(stack: str) -> dict:
        return _plan_and_deploy(_copy_program(ROOT, shared / "standing" / stack, engine), stack)[0]

    def example_deployment(example: str) -> dict:
        folder = factory.mktemp("example") / example
        return _deploy_and_destroy(_copy_program(ROOT / "examples" / example, folder, engine), EXAMPLES[example])

    deployments = {stack: lambda stack=stack: stack_deployment(stack) for stack in STACKS}
    deployments |= {example: lambda example=example: example_deployment(example) for example in EXAMPLES}
    return {name: (shared / f"life-{name}.json", deploy) for name, deploy in deployments.items()}


def _once(deployments: Mapping[Path, Deploy]) -> dict[Path, dict]:
    """Returns the record of each deployment, which the first process that needs it makes.

    Deployments that another process is making are waited for last.
    """
    missing = list(deployments)
    for blocking in (fcntl.LOCK_NB, 0):
        for record in tuple(missing):
            with record.with_suffix(".lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | blocking)
                except BlockingIOError:
                    continue
                if not record.is_file():
                    content = json.dumps(deployments[record]())
                    record.write_text(content)
                missing.remove(record)
    return {record: json.loads(record.read_text()) for record in deployments}


def _plan_and_deploy(project: Project, stack: str) -> tuple[dict, dict[str, CommandResult]]:
    """Plans with the policy pack, then deploys; a second pack records the engine's requests for the plan."""
    questions = project.folder / "questions.txt"
    recording = replace(project.session, environment=project.session.environment | {"FALAJ_RECORD": str(questions)})
    ran = {"plan": Project(recording).run("preview", stack, "--policy-pack", str(RECORDER), pack=True)}
    planned = len(project.inventory())
    ran["up"] = project.run("up", stack, pack=True)
    record = {
        "folder": str(project.folder),
        "questions": str(questions),
        "planned": planned,
        "state": project.state(stack),
        "ran": _results(ran),
    }
    return record, ran


def _deploy_and_destroy(project: Project, stack: str) -> dict:
    """Deploys an example, deploys it again, then destroys it."""
    record, ran = _plan_and_deploy(project, stack)
    ran["again"] = project.run("up", stack, "--expect-no-changes")
    text = project.session.paths.stack_file(stack).read_text()
    project.session.paths.stack_file(stack).write_text(text.replace("protect: true", "protect: false"))
    if "protect: true" in text:
        ran["unprotect"] = project.run("up", stack)
    ran["destroy"] = project.run("destroy", stack)
    return record | {"ran": _results(ran), "left": [resource.id for resource in project.inventory()]}


def _results(ran: Mapping[str, CommandResult]) -> dict[str, dict]:
    return {
        step: {"status": result.status, "rules": sorted(result.rules), "output": result.output}
        for step, result in ran.items()
    }


def _copy_program(source: Path, folder: Path, engine: Engine) -> Project:
    """Copies a program to a folder, with links to this checkout's components and policy pack."""
    folder.mkdir(parents=True)
    for file in [*source.glob("*.yaml"), source / "__main__.py"]:
        shutil.copy(file, folder)
    for linked in ("components", "policy_pack"):
        (folder / linked).symlink_to(ROOT / linked)
    return open_project(Paths(folder), engine)
