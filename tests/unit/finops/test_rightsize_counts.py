"""What right-sizing counts: machines, GPUs in use, and busy hours."""

import math
from datetime import UTC, datetime

import pytest

from falaj.facts.prices import catalogue
from falaj.finops.rightsize import exports
from falaj.finops.rightsize.advice import advise
from falaj.finops.rightsize.evidence import gather, in_office_hours
from falaj.finops.rightsize.inventory import MachineInventory, Terms, with_inventory
from falaj.finops.rightsize.points import Point, Signal
from falaj.finops.rightsize.recommendation import Action
from falaj.finops.rightsize.work import machine_count
from tests.unit.finops.utilisation import dcgm, flat, hours, prometheus


@pytest.mark.parametrize(("machines", "text"), [(1, "1 machine"), (2, "2 machines"), (0, "0 machines")])
def test_a_number_of_machines_is_a_text(machines: int, text: str) -> None:
    assert machine_count(machines) == text


FIRST = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("signal", Signal)
def test_a_gpu_is_used_if_it_computes_or_holds_more_than_its_driver(signal: Signal) -> None:
    """A process takes some hundred MiB of an idle GPU: more than a GiB is a model."""
    limit = {Signal.FB_USED: 1024, Signal.TENSOR: 0, Signal.DRAM: 0, Signal.ENGINE: 0}.get(signal, math.inf)
    for value in (0, 0.5, 1024, 1025, 20_000):
        [found] = gather([Point("a", unit, signal, FIRST, value) for unit in ("0", "1/mig-3", "1/mig-5")])
        assert found.gpus_used == (2 if value > limit else 0), value
        assert found.series == {signal: [(FIRST, value)]}


def test_the_busiest_gpu_of_a_moment_counts_and_machines_are_named_if_they_agree() -> None:
    points = [Point("a", str(gpu), Signal.TENSOR, FIRST, value, "g5.xlarge") for gpu, value in enumerate((0.2, 0.7))]
    [found] = gather(points)
    assert (found.series[Signal.TENSOR], found.machine, found.region) == ([(FIRST, 0.7)], "g5.xlarge", "")
    [mixed] = gather([*points, Point("a", "2", Signal.TENSOR, FIRST, 0.1, "g6.xlarge")])
    assert mixed.machine == ""


def test_the_reason_to_sleep_is_the_share_of_busy_hours_outside_office_hours() -> None:
    """Busy in office hours and in two hours outside them, fewer than one of a hundred."""
    outside = [moment for moment in hours(2) if not in_office_hours(moment)]
    busy = {moment for moment in hours(2) if in_office_hours(moment)} | set(outside[::200])
    series = dcgm("a", tensor=lambda moment: 0.6 * (moment in busy), dram=flat(0), fb=flat(20_000))
    terms = Terms.model_validate({"machine": "g5.xlarge", "region": "me-central-1"})
    evidence = gather(exports.prometheus(prometheus(*series), "export"))
    subjects = with_inventory(evidence, MachineInventory(subjects={"*": terms}))
    reasons = [each.why for each in advise(subjects, catalogue()).recommendations if each.action is Action.SLEEP]
    assert reasons == [f"work in {2 / len(outside):.1%} of the hours outside office hours"]
