"""Cold start of a served model: how long the first request waits, and whether that is what was promised. Pure.

The constants are published measurements, or assumptions until a site measures its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field

from falaj.components.core.site.rules import node_traits
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.problems import Problem
from falaj.facts.regions import Cloud

IMAGE_SECONDS_PER_GIB = 38.0
"""Pulling and unpacking: 334 s for an image of 9.5 GB on EKS (terraform-aws-eks-blueprints,
ml-container-cache, 2026-04)."""

MODEL_SECONDS_PER_GIB = 10.0
"""Copying from a vault in the region at 100 MiB/s; assumed, below what one machine's network gives."""

SCALER_SECONDS = 5
"""From the first request to the pod: the add-on pushes its metric, and KEDA reconciles once."""

MARGIN = 1.2
"""A limit closer than this factor to what is expected is a warning: each part of the sum varies daily."""


class ColdStartSpec(Spec):
    """The cold start of a service that scales to zero."""

    first_answer_seconds: int = Field(ge=1, le=3600)
    """Seconds within which callers are promised the first answer."""
    image_gib: float = Field(gt=0, le=100)
    """Size of the compressed image in GiB."""
    load_seconds: int = Field(ge=0, le=3600)
    """Seconds from the start of the program to readiness, once the model's files are local."""
    node_seconds: int | None = Field(default=None, ge=0, le=3600)
    """Seconds until a new node is ready; by the cloud if absent, 0 where nodes are kept."""
    idle_seconds: int = Field(default=600, ge=30, le=86_400)
    """Seconds without a request after which the last replica is removed."""


@dataclass(frozen=True)
class ColdStart:
    """Seconds that a first request waits, by phase."""

    scaler: float
    node: float
    image: float
    model: float
    load: float

    @property
    def total(self) -> float:
        """Seconds in total."""
        return self.scaler + self.node + self.image + self.model + self.load

    def __str__(self) -> str:
        parts = f"node {self.node:.0f}, image {self.image:.0f}, model {self.model:.0f}, start {self.load:.0f}"
        return f"{self.total:.0f} s ({parts})"


def cold_start(spec: ColdStartSpec, model_gib: float, is_copied: bool, cloud: Cloud | None) -> ColdStart:
    """The expected cold start. `is_copied`: the model comes from a vault. `cloud` is None for own machines."""
    node = spec.node_seconds if spec.node_seconds is not None else node_traits(cloud).start_seconds if cloud else 0
    return ColdStart(
        scaler=SCALER_SECONDS,
        node=node,
        image=spec.image_gib * IMAGE_SECONDS_PER_GIB,
        model=model_gib * MODEL_SECONDS_PER_GIB if is_copied else 0.0,
        load=spec.load_seconds,
    )


def budget_problems(spec: ColdStartSpec, expected: ColdStart) -> Iterator[Problem]:
    """A promise shorter than the cold start, and a replica that is removed before it has answered."""
    at_least = f"{expected.total:.0f} or more: {expected}"
    if spec.first_answer_seconds < expected.total:
        fix = "promise less, make image or model smaller, keep a node (node_seconds: 0), or set min to 1"
        yield Problem("cold_start.first_answer_seconds", spec.first_answer_seconds, at_least, fix)
    if spec.idle_seconds <= expected.total:
        yield Problem("cold_start.idle_seconds", spec.idle_seconds, f"more than {at_least}", "let it stay longer")


def budget_warnings(spec: ColdStartSpec, expected: ColdStart) -> Iterator[str]:
    """Limits that hold on most days only; empty where there is a problem."""
    if expected.total <= spec.first_answer_seconds < expected.total * MARGIN:
        yield f"the first answer is promised within {spec.first_answer_seconds} s and expected after {expected}"
    if expected.total < spec.idle_seconds < expected.total * MARGIN:
        yield f"the last replica is removed after {spec.idle_seconds} s without a request; the next takes {expected}"
