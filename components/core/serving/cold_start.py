"""Cold start of an inference service: the expected wait of the first request, compared with its target. Pure.

The constants are published measurements or assumptions; replace them by measurements of your site.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from pydantic import Field, model_validator

from falaj.components.core.site.rules import node_traits
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.problems import Problem, refusal
from falaj.facts.regions import Cloud

IMAGE_SECONDS_PER_GIB = 38.0
"""Seconds per GiB to pull and unpack an image: 334 s for an image of 9.5 GB on EKS (terraform-aws-eks-blueprints,
ml-container-cache, 2026-04)."""

MODEL_SECONDS_PER_GIB = 10.0
"""Seconds per GiB to copy a model from a vault in the region: an assumed 100 MiB/s, below the bandwidth of a
machine."""

SCALER_SECONDS = 5
"""Seconds from the first request to the pod: the HTTP add-on pushes its metric and KEDA reconciles once."""

MARGIN = 1.2
"""A limit below the expected cold start times this factor causes a warning, because actual times vary daily."""


class ColdStartSpec(Spec):
    """Cold start of a service that scales to zero."""

    first_answer_seconds: int = Field(ge=1, le=3600)
    """Maximum seconds until the first response after a scale from zero."""
    image_gib: float = Field(gt=0, le=100)
    """Size of the compressed server image in GiB."""
    images_on_nodes: bool = False
    """Whether a DaemonSet keeps the images of the server, and of a model in an image, on all nodes of the pool. A new
    node pulls them as without it, so `node_seconds` must be 0."""
    load_seconds: int = Field(ge=0, le=3600)
    """Seconds from the start of the server to readiness, with the model's files already local."""
    node_seconds: int | None = Field(default=None, ge=0, le=3600)
    """Seconds until a new node is ready; the cloud's default if absent. Set to 0 if nodes are always available."""
    idle_seconds: int = Field(default=600, ge=30, le=86_400)
    """Seconds without requests after which the last replica is removed."""

    @model_validator(mode="after")
    def _has_nodes_for_images(self) -> Self:
        if self.images_on_nodes and self.node_seconds != 0:
            raise refusal("0 with images_on_nodes: a new node has no images", "set it to 0", "node_seconds")
        return self


@dataclass(frozen=True)
class ColdStart:
    """Seconds that the first request waits, by phase."""

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


@dataclass(frozen=True)
class ModelTransfer:
    """What happens to a model's files before the server starts: `gib` GiB are copied from a vault, pulled as an image
    once a node, or neither."""

    gib: float
    is_copied: bool = False
    is_image: bool = False

    def seconds(self, images_on_nodes: bool) -> float:
        """Returns the seconds on a node without other replicas of the service."""
        if self.is_image:
            return 0.0 if images_on_nodes else self.gib * IMAGE_SECONDS_PER_GIB
        return self.gib * MODEL_SECONDS_PER_GIB if self.is_copied else 0.0


def cold_start(spec: ColdStartSpec, model: ModelTransfer, cloud: Cloud | None) -> ColdStart:
    """Returns the expected cold start. `cloud` is None on premises."""
    node = spec.node_seconds if spec.node_seconds is not None else node_traits(cloud).start_seconds if cloud else 0
    return ColdStart(
        scaler=SCALER_SECONDS,
        node=node,
        image=0.0 if spec.images_on_nodes else spec.image_gib * IMAGE_SECONDS_PER_GIB,
        model=model.seconds(spec.images_on_nodes),
        load=spec.load_seconds,
    )


def budget_problems(spec: ColdStartSpec, expected: ColdStart) -> Iterator[Problem]:
    """Yields problems if a limit is shorter than the cold start, so that it cannot be met."""
    at_least = f"{expected.total:.0f} or more: {expected}"
    if spec.first_answer_seconds < expected.total:
        fix = "raise the limit, reduce the image or the model, keep a node (node_seconds: 0), or set min to 1"
        yield Problem("cold_start.first_answer_seconds", spec.first_answer_seconds, at_least, fix)
    if spec.idle_seconds <= expected.total:
        yield Problem("cold_start.idle_seconds", spec.idle_seconds, f"more than {at_least}", "raise it")


def budget_warnings(spec: ColdStartSpec, expected: ColdStart) -> Iterator[str]:
    """Yields warnings for limits that the cold start may exceed on some days; none if there is a problem already."""
    if expected.total <= spec.first_answer_seconds < expected.total * MARGIN:
        yield f"first_answer_seconds is {spec.first_answer_seconds} s, close to the expected cold start of {expected}"
    if expected.total < spec.idle_seconds < expected.total * MARGIN:
        yield f"idle_seconds is {spec.idle_seconds} s, close to the expected cold start of {expected}"
