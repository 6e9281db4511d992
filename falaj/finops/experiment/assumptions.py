"""Assumptions of a replay: speed and price of each variant, with their source, and the autoscaler."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field

from falaj.finops.errors import BadInput
from falaj.finops.usage import checked
from falaj.finops.usage_model import InputModel

D = Decimal

Positive = Annotated[Decimal, Field(gt=0, allow_inf_nan=False)]


class VariantAssumptions(InputModel):
    """One variant. Speeds are those that one request sees while all slots are taken."""

    usd_per_hour: Positive
    """Of one replica, with its share of the machine."""
    prefill_tokens_per_second: Positive
    decode_tokens_per_second: Positive
    slots: Annotated[int, Field(ge=1, le=1024)]
    """Requests that one replica works on at once."""
    least: Annotated[int, Field(ge=0)] = 1
    most: Annotated[int, Field(ge=1, le=1000)] = 10
    start_seconds: Annotated[Decimal, Field(ge=0, le=7200)] = D(60)
    """From the decision to a replica that answers; paid from the decision on."""
    kind: Literal["measured", "assumed"]
    source: Annotated[str, Field(min_length=3)]
    """Where speed and price are known from; the report repeats it."""

    def seconds(self, context: float, generated: float) -> float:
        """How long a request is worked on."""
        return context / float(self.prefill_tokens_per_second) + generated / float(self.decode_tokens_per_second)


class Autoscaler(InputModel):
    """The rule of the Horizontal Pod Autoscaler, on requests in the system by slots."""

    target: Annotated[Decimal, Field(gt=0, le=1)] = D("0.7")
    """Part of the slots that should be taken."""
    interval_seconds: Annotated[Decimal, Field(ge=1)] = D(15)
    down_after_seconds: Annotated[Decimal, Field(ge=0)] = D(300)
    """It scales down to the most that was wanted in this time: the stabilisation window's default."""
    tolerance: Annotated[Decimal, Field(ge=0, lt=1)] = D("0.1")
    """No change while the load is within this part of the target: the default of the autoscaler."""


class Assumptions(InputModel):
    """A whole file. The first variant is the baseline."""

    version: Annotated[int, Field(ge=1, le=1)] = 1
    variants: Annotated[dict[str, VariantAssumptions], Field(min_length=1)]
    autoscaler: Autoscaler = Autoscaler()
    p95_limit_s: Positive | None = None


def load(path: Path) -> Assumptions:
    """The file. Raises `BadInput`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as unreadable:
        raise BadInput(str(path), f"cannot be read: {unreadable}") from None
    return parse(text, str(path))


def parse(text: str, location: str) -> Assumptions:
    """The text of a file. Raises `BadInput`."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as broken:
        raise BadInput(location, f"not YAML: {' '.join(str(broken).split())}") from None
    result = checked(Assumptions, {} if raw is None else raw, location)
    for name, one in result.variants.items():
        if one.least > one.most:
            raise BadInput(f"{location}: variants.{name}.least", f"{one.least} is more than most, {one.most}")
    return result
