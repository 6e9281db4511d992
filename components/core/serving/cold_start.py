"""What the first request waits for while nothing runs, and whether that is what was promised. Pure.

The seconds below are what others measured or what is assumed until a site measures its own; all can be given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.problems import Problem
from falaj.facts.regions import Cloud

IMAGE_SECONDS_PER_GIB = 38.0
"""Pulling and unpacking: 334 s for an image of 9.5 GB on EKS (terraform-aws-eks-blueprints,
ml-container-cache, 2026-04)."""

MODEL_SECONDS_PER_GIB = 10.0
"""Copying from a vault in the region at 100 MiB/s; assumed, below what one machine's network gives."""

NODE_SECONDS = {Cloud.AWS: 90, Cloud.AZURE: 180}
"""From a pod that waits to a node that is ready, machines being there. Assumed; observe it at the site."""

SCALER_SECONDS = 5
"""Until the add-on has told of the first request and the pod exists: it pushes, and one reconciliation follows."""

MARGIN = 1.2
"""What lies closer than this to its limit is told: each part of the sum varies from day to day."""


class CheckedColdStart(Checked):
    """The validated form of `ColdStartSpec`."""

    first_answer_seconds: Annotated[int, Field(ge=1, le=3600)]
    image_gib: Annotated[float, Field(gt=0, le=100)]
    load_seconds: Annotated[int, Field(ge=0, le=3600)]
    node_seconds: Annotated[int, Field(ge=0, le=3600)] | None = None
    idle_seconds: Annotated[int, Field(ge=30, le=86_400)] = 600


@dataclass(frozen=True)
class ColdStart:
    """Seconds of a first request's way, part by part."""

    scaler: float
    node: float
    image: float
    model: float
    load: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.scaler + self.node + self.image + self.model + self.load

    def __str__(self) -> str:
        parts = f"node {self.node:.0f}, image {self.image:.0f}, model {self.model:.0f}, start {self.load:.0f}"
        return f"{self.total:.0f} s ({parts})"


def cold_start(of: CheckedColdStart, model_gib: float, is_copied: bool, cloud: Cloud | None) -> ColdStart:
    """What is expected; `is_copied` where the model comes from a vault, `cloud` None for machines that are there."""
    node = of.node_seconds if of.node_seconds is not None else NODE_SECONDS[cloud] if cloud else 0
    return ColdStart(
        scaler=SCALER_SECONDS,
        node=node,
        image=of.image_gib * IMAGE_SECONDS_PER_GIB,
        model=model_gib * MODEL_SECONDS_PER_GIB if is_copied else 0.0,
        load=of.load_seconds,
    )


def budget_problems(of: CheckedColdStart, expected: ColdStart) -> Iterator[Problem]:
    """What cannot work: a promise that the way is longer than, and a replica that is gone before it has answered."""
    at_least = f"{expected.total:.0f} or more: {expected}"
    if of.first_answer_seconds < expected.total:
        fix = "promise less, make image or model smaller, keep a node (node_seconds: 0), or set min to 1"
        yield Problem("cold_start.first_answer_seconds", of.first_answer_seconds, at_least, fix)
    if of.idle_seconds <= expected.total:
        yield Problem("cold_start.idle_seconds", of.idle_seconds, f"more than {at_least}", "let it stay longer")


def budget_warnings(of: CheckedColdStart, expected: ColdStart) -> Iterator[str]:
    """What works on most days only; told where there is no problem."""
    if expected.total <= of.first_answer_seconds < expected.total * MARGIN:
        yield f"the first answer is promised within {of.first_answer_seconds} s and expected after {expected}"
    if expected.total < of.idle_seconds < expected.total * MARGIN:
        yield f"the last replica goes after {of.idle_seconds} s without a request, and the next takes {expected}"
