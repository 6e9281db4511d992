"""Assumptions of a replay: speed and price of each variant, with their source, and the autoscaler."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from falaj.finops.errors import BadInput
from falaj.finops.input_files import parse_yaml, read_text
from falaj.finops.usage import checked
from falaj.finops.usage_model import InputModel, Number, Positive

D = Decimal


class VariantAssumptions(InputModel):
    """One variant. Speeds are those of one request while all slots are occupied."""

    usd_per_hour: Positive
    """Price of one replica, including its share of the machine."""
    prefill_tokens_per_second: Positive
    decode_tokens_per_second: Positive
    slots: Annotated[int, Field(ge=1, le=1024)]
    """Requests that one replica processes concurrently."""
    least: Annotated[int, Field(ge=0)] = 1
    most: Annotated[int, Field(ge=1, le=1000)] = 10
    start_seconds: Annotated[Number, Field(ge=0, le=7200)] = D(60)
    """Seconds from the scaling decision until a replica is ready; billed from the decision on."""
    kind: Literal["measured", "assumed"]
    source: Annotated[str, Field(min_length=3)]
    """Source of speed and price, which the report repeats."""

    def seconds(self, context: float, generated: float) -> float:
        """Returns the processing time of a request in seconds."""
        return context / float(self.prefill_tokens_per_second) + generated / float(self.decode_tokens_per_second)


class Autoscaler(InputModel):
    """The algorithm of the Horizontal Pod Autoscaler, on the ratio of requests in the system to slots."""

    target: Annotated[Number, Field(gt=0, le=1)] = D("0.7")
    """Target share of occupied slots."""
    interval_seconds: Annotated[Number, Field(ge=1, le=3600)] = D(15)
    down_after_seconds: Annotated[Number, Field(ge=0, le=3600)] = D(300)
    """Stabilisation window: scale-down goes to the highest number desired in this time; the autoscaler's default, and
    its maximum of one hour (Kubernetes, HPAScalingRules of autoscaling/v2; read 2026-11-27)."""
    tolerance: Annotated[Number, Field(ge=0, lt=1)] = D("0.1")
    """Tolerance as a share of the target, within which nothing changes; the autoscaler's default."""


class Assumptions(InputModel):
    """A complete assumptions file. The first variant is the baseline."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    variants: Annotated[dict[str, VariantAssumptions], Field(min_length=1)]
    autoscaler: Autoscaler = Autoscaler()
    p95_limit_s: Annotated[Positive, Field(le=86_400)] | None = None


def load(path: Path) -> Assumptions:
    """Reads the file. Raises `BadInput`."""
    return parse(read_text(path), str(path))


def parse(text: str, location: str) -> Assumptions:
    """Parses the text of a file. Raises `BadInput`."""
    result = checked(Assumptions, parse_yaml(text, location), location)
    for name, variant in result.variants.items():
        if variant.least > variant.most:
            raise BadInput(f"{location}: variants.{name}.least", f"{variant.least} is more than most, {variant.most}")
    return result
