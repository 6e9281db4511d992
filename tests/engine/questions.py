"""What the engine asks a policy pack about the project's own plans: the very requests, for the mass of the tests."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi.runtime.proto import analyzer_pb2 as proto


@dataclass(frozen=True)
class Plan:
    """One program's plan as the engine shows it: each resource alone, then all together."""

    name: str
    resources: tuple[proto.AnalyzeRequest, ...]
    together: proto.AnalyzeStackRequest


def plans(lives: Mapping[str, dict]) -> list[Plan]:
    """What was asked about both stacks and every example."""
    return [_plan(name, Path(life["questions"])) for name, life in lives.items()]


def _plan(name: str, record: Path) -> Plan:
    resources, together = [], proto.AnalyzeStackRequest()
    for line in record.read_text().splitlines():
        kind, _, text = line.partition(" ")
        data = base64.b64decode(text)
        if kind == "Analyze":
            resources.append(proto.AnalyzeRequest.FromString(data))
        else:
            together = proto.AnalyzeStackRequest.FromString(data)
    return Plan(name, tuple(resources), together)
