"""A speed that was measured on a machine goes before every assumption on it, and only there."""

from datetime import date, timedelta

import pytest

from falaj.facts.prices import catalogue
from falaj.finops.errors import BadInput
from falaj.finops.rightsize import assumptions
from falaj.finops.rightsize.choose import Option, answer
from falaj.finops.rightsize.points import Reading, Signal, value_of
from falaj.finops.rightsize.profile import Training
from falaj.finops.rightsize.profile_file import parse
from falaj.finops.rightsize.sites import regions
from falaj.finops.rightsize.storage import Readers, classes
from falaj.finops.rightsize.training import _speedup, training_work
from falaj.finops.showback.levels import missing_days

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


@pytest.mark.parametrize(("exported", "value"), [("0", 0), ("100", 1), ("100.9", 1.009), ("NaN", None), ("", None)])
def test_a_share_has_a_margin_for_rounding(exported: str, value: float | None) -> None:
    found = value_of(Reading(Signal.GPU_UTIL, 0.01), exported, "gpu.csv: line 2")
    assert found is None if value is None else found == pytest.approx(value)


@pytest.mark.parametrize("exported", ["101.1", "200", "-1", "inf", "busy"])
def test_another_value_is_no_share(exported: str) -> None:
    with pytest.raises(BadInput, match=r"gpu\.csv: line 2"):
        value_of(Reading(Signal.GPU_UTIL, 0.01), exported, "gpu.csv: line 2")
    if exported in ("101.1", "200"):
        assert value_of(Reading(Signal.FB_USED), exported, "gpu.csv: line 2") == float(exported)


@pytest.mark.parametrize(("days", "missing"), [(10, 2), (10, 0), (5, 1)])
def test_up_to_a_fifth_of_the_days_may_be_missing(days: int, missing: int) -> None:
    """A series with a cost on four days of five is one of every day; with fewer it is occasional work."""
    first = date(2026, 11, 1)
    without = [first + timedelta(days=step) for step in range(1, 1 + missing)]
    daily = {day: 0.0 if day in without else 5.0 for day in (first + timedelta(days=step) for step in range(days))}
    assert missing_days(daily) == without
    more = first + timedelta(days=1 + missing)
    assert missing_days({**daily, more: 0.0}) == ([] if missing >= days / 5 else [more])


def test_machines_that_train_as_one_are_slower_than_apart() -> None:
    assert _speedup(1) == 1
    assert _speedup(4) == pytest.approx(4 * assumptions.MACHINES_PARALLEL.value)
    assert 2 < _speedup(4) < 4


def test_a_training_that_is_chosen_says_the_memory_that_its_machine_holds() -> None:
    """States and activations together: more than either, and no more than the machine may hold."""
    option = chosen()
    profile = parse(TRAINING % "")
    assert isinstance(profile, Training)
    work = training_work(profile)
    assert option.work.count == 1
    assert option.machine.gpus == 1
    assert min(work.states_gb, work.each_gb) > 0
    assert option.work.memory_gb == pytest.approx(work.states_gb + work.each_gb)


@pytest.mark.parametrize(("region", "redundancy"), [("uaenorth", "zrs"), ("uaecentral", "lrs")])
def test_data_are_kept_in_several_zones_where_the_region_has_them(region: str, redundancy: str) -> None:
    profile = parse("{kind: batch, vcpu_hours: 1, memory_gib: 1, dataset_gib: 1000, read_mib_per_second: 100}")
    [site] = [site for site in regions() if site.name == region]
    names = {option.name for option in classes(profile, site, Readers(1, 8), catalogue())}
    assert {f"blob hot-{redundancy}", f"files premium-{redundancy}"} <= names
    assert not any(name.endswith(("-zrs", "-lrs")) and not name.endswith(redundancy) for name in names)
