"""Recorded requests of the engine to a policy pack for the plans of this project, replayed by many tests."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pulumi.runtime.proto import analyzer_pb2 as proto


@dataclass(frozen=True)
class Plan:
    """The requests for one program's plan: one for each resource, and one for the whole stack."""

    name: str
    resources: tuple[proto.AnalyzeRequest, ...]
    stack: proto.AnalyzeStackRequest


def plans(deployments: Mapping[str, dict]) -> list[Plan]:
    """Returns the recorded plans of both stacks and every example."""
    return [_plan(name, Path(deployment["questions"])) for name, deployment in deployments.items()]


def _plan(name: str, record: Path) -> Plan:
    resources, stack = [], proto.AnalyzeStackRequest()
    for line in record.read_text().splitlines():
        kind, _, text = line.partition(" ")
        data = base64.b64decode(text)
        if kind == "Analyze":
            resources.append(proto.AnalyzeRequest.FromString(data))
        else:
            stack = proto.AnalyzeStackRequest.FromString(data)
    return Plan(name, tuple(resources), stack)
