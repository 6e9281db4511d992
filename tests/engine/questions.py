"""What the engine asks a policy pack about the project's own plans: the very requests, for the mass of the tests."""

import base64
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from pulumi.runtime.proto import analyzer_pb2 as proto

from falaj.sandbox.environment import prepare, variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT, Project
from tests.engine.lives import EXAMPLES

STACKS = ("dev", "prod-uae")
PACK = Path(__file__).with_name("recording_pack")


@dataclass(frozen=True)
class Plan:
    """One program's plan as the engine shows it: each resource alone, then all together."""

    name: str
    resources: tuple[proto.AnalyzeRequest, ...]
    together: proto.AnalyzeStackRequest


def plans(engine: Engine, folder: Path) -> list[Plan]:
    """Both stacks and every example, previewed once each, two at a time."""
    programs = [(stack, ROOT, stack) for stack in STACKS]
    programs += [(example, ROOT / "examples" / example, stack) for example, stack in EXAMPLES.items()]

    def previewed(program: tuple[str, Path, str]) -> Plan:
        name, source, stack = program
        return _plan(name, Project(_session(folder / name, source, engine)), stack)

    with ThreadPoolExecutor(2) as workers:
        return list(workers.map(previewed, programs))


def _session(folder: Path, source: Path, engine: Engine) -> Session:
    """A project of its own with the program of another."""
    folder.mkdir(parents=True)
    (folder / "components").symlink_to(ROOT / "components")
    for file in [*source.glob("*.yaml"), source / "__main__.py"]:
        (folder / file.name).write_text(file.read_text())
    paths = Paths(folder)
    prepare(paths, engine)
    return Session(paths, engine, variables(paths, engine))


def _plan(name: str, project: Project, stack: str) -> Plan:
    record = project.folder / "questions.txt"
    environment = project.session.environment | {"FALAJ_RECORD": str(record)}
    asked = Project(replace(project.session, environment=environment))
    asked.session.ensure_stack(stack)
    ran = asked.pulumi("preview", "--stack", stack, "--non-interactive", "--policy-pack", str(PACK))
    assert ran.status == 0, ran.output
    resources, together = [], proto.AnalyzeStackRequest()
    for line in record.read_text().splitlines():
        kind, _, text = line.partition(" ")
        data = base64.b64decode(text)
        if kind == "Analyze":
            resources.append(proto.AnalyzeRequest.FromString(data))
        else:
            together = proto.AnalyzeStackRequest.FromString(data)
    return Plan(name, tuple(resources), together)
