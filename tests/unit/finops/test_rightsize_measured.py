"""A speed that was measured on a machine goes before every assumption on it, and only there."""

import pytest

from falaj.facts.prices import catalogue
from falaj.finops.rightsize.choose import Option, answer
from falaj.finops.rightsize.profile_file import parse
from falaj.finops.rightsize.sites import regions

TRAINING = (
    "{kind: training, parameters_billion: 8, method: lora, context_tokens: 4096, samples: 20000, micro_batch: 1, "
    "gradient_checkpointing: true, deadline_hours: 24%s}"
)
MEASURED = ", measured: [{machine: %s, precision: %s, per_second: 20000, source: test of 2026-11-20}]"
HOURS = 20_000 * 4096 / 20_000 / 3600
"""Tokens of all samples by tokens a second."""


def chosen(measured: str = "") -> Option:
    """Returns the cheapest choice in the region of AWS."""
    [site] = [site for site in regions() if site.name == "me-central-1"]
    option = answer(parse(TRAINING % measured), [site], catalogue()).sites[0].chosen
    assert option is not None
    return option


def test_a_measured_training_is_planned_by_its_speed() -> None:
    assumed, measured = chosen(), chosen(MEASURED % ("g6.xlarge", "bf16"))
    assert (assumed.machine.name, assumed.work.measured) == ("g6e.xlarge", False)
    assert (measured.machine.name, measured.work.count, measured.work.measured) == ("g6.xlarge", 1, True)
    assert (measured.work.per_second, measured.work.elapsed_hours) == (20_000, pytest.approx(HOURS))


@pytest.mark.parametrize(("machine", "precision"), [("g6.xlarge", "fp32"), ("p5.48xlarge", "bf16")])
def test_what_was_measured_elsewhere_changes_nothing(machine: str, precision: str) -> None:
    assert chosen(MEASURED % (machine, precision)) == chosen()
