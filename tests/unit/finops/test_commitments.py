"""Commitments in an estimate: paid for all hours, and the on-demand hours that they cover cost nothing further.

Standard_NC40ads_H100_v5 in uaenorth costs 9.98 USD an hour on demand, and 7.48505 reserved for a year
(data/machines.csv, data/commitments.csv), so 7,285.40 and 5,464.09 USD a month of 730 hours.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from falaj.facts.commitments import Commitment
from falaj.facts.prices import catalogue
from falaj.finops.allocation import allocate
from falaj.finops.bill import bill
from falaj.finops.commitment_lines import with_commitments
from falaj.finops.commitments import (
    CommitmentMonth,
    HeldCommitment,
    covered_seconds,
    ended_sentences,
    held_commitments,
    lasting,
)
from falaj.finops.document import document
from falaj.finops.errors import BadInput
from falaj.finops.estimate import POOLS, Estimate, estimate
from falaj.finops.figures import Machines, differences, figures
from falaj.finops.focus_rows import rows
from falaj.finops.lines import Line, Range, fixed
from falaj.finops.money import Rates
from falaj.finops.pool_hours import side_by_side
from falaj.finops.pricing_context import PricingContext
from falaj.finops.report.model import report
from falaj.finops.report.savings import commitments
from falaj.finops.usage import parse
from falaj.finops.work.floor import Floor
from tests.unit.finops.plans import AWS_NETWORK, TAGS, agent_pool, karpenter_pool, plan

D = Decimal
H100 = "Standard_NC40ads_H100_v5"
ONE = HeldCommitment("uae", "uaenorth", H100, 1, Commitment.RESERVED_1Y, date(2999, 12, 31))
ON_DEMAND, RESERVED = D("9.98") * 730, D("7.48505") * 730


def pool(least: int, most: int, name: str = "gpu", **more: Any) -> tuple:
    """Returns a pool of H100s."""
    return agent_pool(name, H100, least, most, **more)


def priced(*resources: tuple, held: Sequence[HeldCommitment] = (ONE,), usage: str = "") -> Estimate:
    """Estimates a plan with commitments."""
    return estimate(plan(*resources), parse(usage), catalogue(), Rates(), commitments=held)


def machines(of: Estimate) -> list[Line]:
    """Returns the lines of H100s on demand."""
    return [line for line in of.lines if line.charge.machine == H100]


def own(of: Estimate) -> Line:
    """Returns the line of the only commitment."""
    (line,) = (line for line in of.lines if line.charge.service == "commitment")
    return line


@pytest.mark.parametrize(
    ("least", "count", "on_demand", "committed"),
    [(1, 1, 0, 1), (2, 1, 1, 1), (1, 2, 0, 2), (0, 1, 0, 1), (3, 2, 1, 2)],
)
def test_machines_that_always_run_cost_nothing_up_to_the_count(
    least: int, count: int, on_demand: int, committed: int
) -> None:
    result = priced(
        pool(least, least or 1), held=[replace(ONE, count=count)], usage="profiles: {inference-gpu: {load: 0}}"
    )
    assert sum(line.usd.expected for line in machines(result)) == on_demand * ON_DEMAND
    assert own(result).usd == Range(*[committed * RESERVED] * 3)
    (month,) = result.commitments
    covered = min(least, count) * 730
    assert (month.covered, month.paid, month.saved) == (
        covered,
        count * RESERVED,
        covered * D("9.98") - count * RESERVED,
    )
    assert month.break_even_hours == count * RESERVED / D("9.98")


def test_the_bill_falls_by_what_the_commitment_saves() -> None:
    without, result = priced(pool(1, 1), held=()), priced(pool(1, 1))
    assert without.usd.expected - result.usd.expected == ON_DEMAND - RESERVED == result.commitments[0].saved
    assert result.commitments[0].utilisation == 1
    assert not any(warning.startswith("commitment") for warning in result.warnings)
    assert own(result).charge.note == ("saves AED 6,689 a month against on demand; 730 of 730 h used (100%)")


def test_a_commitment_that_covers_too_little_costs_more_than_it_saves() -> None:
    result = priced(pool(0, 1), usage="sites: {uae: {pools: {gpu: {nodes: 1, hours: 300}}}}")
    (month,) = result.commitments
    assert month.covered == 300
    assert month.saved == 300 * D("9.98") - RESERVED < 0
    assert (
        "commitment uae: 1 Standard_NC40ads_H100_v5 reserved_1y costs AED 9,071 a month more than it saves: 300 of 730 "
        "h used (41%), and it pays from 548 h on" in result.warnings
    )


def test_machines_beside_each_other_are_not_covered_by_one() -> None:
    usage = "sites: {uae: {pools: {gpu: {nodes: 3, hours: 200}}}}"
    result = priced(pool(0, 3), usage=usage)
    assert result.commitments[0].covered == 200
    assert machines(result)[0].charge.quantity.expected == 400
    assert priced(pool(0, 3), usage=usage, held=[replace(ONE, count=2)]).commitments[0].covered == 400
    assert priced(pool(1, 3), usage=usage, held=[replace(ONE, count=2)]).commitments[0].covered == 730 + 200


def test_the_longest_running_machines_of_several_pools_are_covered_first() -> None:
    usage = "sites: {uae: {pools: {day: {nodes: 1, hours: 200}}}}"
    result = priced(pool(0, 1, "day"), pool(1, 1, "always"), usage=usage)
    by_name = {line.name: line.charge.quantity.expected for line in machines(result)}
    assert by_name == {"uae-pool-always": 0, "uae-pool-day": 200}


def test_spot_other_sites_and_other_machines_are_not_covered() -> None:
    for other in (
        pool(1, 1, scaleSetPriority="Spot"),
        pool(1, 1, tags=TAGS | {"site": "other"}),
        agent_pool("gpu", "Standard_NC24ads_A100_v4", 1, 1),
    ):
        result = priced(other)
        assert result.commitments[0].covered == 0
        assert result.usd.expected == priced(other, held=()).usd.expected + RESERVED


def test_a_month_lies_between_its_minimum_and_its_maximum() -> None:
    usage = "sites: {uae: {pools: {gpu: {nodes: 2, hours: 200}}}}"
    for held in ([ONE], [replace(ONE, count=3)], [ONE, replace(ONE, option=Commitment.SAVINGS_1Y)]):
        for pools in ([pool(0, 4)], [pool(1, 4), pool(0, 2, "more")]):
            of = priced(*pools, held=held, usage=usage)
            assert all(line.usd.min <= line.usd.expected <= line.usd.max for line in of.lines)
    most = priced(pool(0, 4), usage=usage).usd.max
    assert most == priced(pool(0, 4), held=(), usage=usage).usd.max + RESERVED - 200 * D("9.98")


def test_further_commitments_cover_what_the_first_ones_leave() -> None:
    result = priced(pool(1, 1), held=[ONE, replace(ONE, option=Commitment.SAVINGS_1Y)])
    assert [month.covered for month in result.commitments] == [730, 0]
    assert result.commitments[1].saved < 0


def test_tenants_add_up_and_the_tenant_of_the_machines_pays_the_commitment() -> None:
    bank, shop = TAGS | {"tenant": "bank"}, TAGS | {"tenant": "shop"}
    of = priced(pool(1, 1, tags=bank), agent_pool("cpu", "Standard_D16as_v5", 1, 1, tags=shop))
    shares = allocate(of)
    assert sum(share.total for share in shares.values()) == of.usd.expected
    assert shares["bank"].total == RESERVED
    shared = priced(pool(1, 1, tags=bank), pool(1, 1, "more", tags=shop), held=[replace(ONE, count=2)])
    assert (own(shared).owner.tenant, own(shared).owner.project, own(shared).owner.site) == ("", "llm", "uae")
    shares = allocate(shared)
    assert sum(share.total for share in shares.values()) == shared.usd.expected == 2 * RESERVED


def test_hours_that_nobody_uses_are_idle() -> None:
    usage = "profiles: {inference-gpu: {nodes: 1, hours: 365, utilisation: 0.5}}"
    result = priced(pool(0, 1), usage=usage)
    assert own(result).charge.busy == D("0.25")
    assert bill(result).idle_usd == RESERVED * D("0.75")


def test_a_commitment_counts_until_its_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    ending = replace(ONE, until=date(2027, 1, 31))
    assert lasting([ending], date(2027, 1, 31)) == (ending,)
    assert lasting([ending], date(2027, 2, 1)) == ()
    assert [*ended_sentences([ending], date(2027, 1, 1))] == []
    assert [*ended_sentences([ending], date(2027, 1, 2))] == [
        "commitment uae: 1 Standard_NC40ads_H100_v5 reserved_1y ends on 2027-01-31: after it the machines cost what "
        "they cost on demand"
    ]
    monkeypatch.setenv("FALAJ_TODAY", "2027-02-01")
    result = priced(pool(1, 1), held=[ending])
    assert result.usd.expected == ON_DEMAND
    assert (
        "commitment uae: 1 Standard_NC40ads_H100_v5 reserved_1y ended on 2027-01-31 and does not count: remove it, or "
        "renew it" in result.warnings
    )


def test_reports_and_documents_have_the_commitments() -> None:
    result = priced(pool(1, 1))
    table = commitments(report(result, date(2026, 12, 1)))
    assert table.rows == ((ONE.name, "100%", "730", "548", "20,066.86", "6,688.77"),)
    (row,) = document(result, date(2026, 12, 1))["commitments"]
    assert row["covered_hours"] == "730"
    assert row["paid"]["aed"] == "20066.86"
    assert "commitments" not in document(priced(pool(1, 1), held=()), date(2026, 12, 1))
    assert commitments(report(priced(pool(1, 1), held=()), date(2026, 12, 1))).rows == ()


def test_machines_that_are_covered_are_counted() -> None:
    before, after = figures(priced(pool(2, 2), held=())), figures(priced(pool(2, 2)))
    (change,) = (each for each in differences(before, after) if each.what == f"machine {H100} on-demand")
    assert (change.machines_before, change.machines_after) == (Machines(D(2)), Machines(D(2)))
    assert (change.before, change.after) == (2 * ON_DEMAND, ON_DEMAND)
    (row,) = (row for row in rows(priced(pool(1, 1)), date(2026, 12, 1)) if row["SkuMeter"] == f"{H100} on-demand")
    assert (row["ConsumedQuantity"], row["BilledCost"]) == (0, 0)


def test_a_plan_without_lines_pays_the_commitment() -> None:
    assert priced().usd.expected == RESERVED


def test_commitments_of_settings() -> None:
    entry = {"site": "uae", "machine": H100, "count": 1, "option": "reserved_1y", "until": "2999-12-31"}
    sites = {"uae": {"region": "uaenorth"}}
    assert held_commitments({"commitments": [entry], "sites": sites}) == (ONE,)
    assert held_commitments({}) == ()
    for bad in ({"count": 0}, {"count": "1"}, {"site": "x"}, {"option": "x"}, {"until": "x"}, {"site": []}):
        with pytest.raises(BadInput, match=r"commitments.0"):
            held_commitments({"commitments": [entry | bad], "sites": sites})
    for settings in ({"commitments": 5}, {"commitments": [5]}, {"commitments": [entry], "sites": {"uae": 5}}):
        with pytest.raises(BadInput):
            held_commitments(settings)


@pytest.mark.parametrize(
    ("intervals", "count", "covered"),
    [
        ([(0, 10)], 1, 10),
        ([(0, 10), (5, 15)], 1, 15),
        ([(0, 10), (5, 15)], 2, 20),
        ([(0, 10), (0, 10), (0, 10)], 2, 20),
        ([(0, 4), (6, 200)], 1, 98),
        ([(-5, 5)], 1, 5),
        ([(100, 120), (5, 5)], 1, 0),
        ([], 1, 0),
    ],
)
def test_covered_time_is_of_at_most_so_many_machines_at_once(
    intervals: list[tuple[float, float]], count: int, covered: float
) -> None:
    assert covered_seconds(intervals, count, 100) == covered


def test_break_even_is_the_share_of_the_price() -> None:
    month = CommitmentMonth("one", 1, D(730), D(365), D(3), D(6))
    assert month.break_even_hours == 365
    assert month.saved == 0
    assert replace(month, covered=D(364)).sentence("AED", D(2)) == (
        "costs AED 12 a month more than it saves: 364 of 730 h used (50%), and it pays from 365 h on"
    )


def test_the_maximum_of_a_pool_that_may_start_other_machines_stays() -> None:
    resources = (AWS_NETWORK, karpenter_pool("gpu", ["g5.xlarge", "g6e.xlarge"], least=1, limits={"nodes": 3}))
    held = HeldCommitment("uae", "me-central-1", "g5.xlarge", 1, Commitment.RESERVED_1Y, date(2999, 12, 31))
    usage = "sites: {uae: {pools: {gpu: {nodes: 1}}}}"
    without, result = priced(*resources, held=(), usage=usage), priced(*resources, held=(held,), usage=usage)
    (before,), (after,) = ([line for line in of.lines if line.charge.machine] for of in (without, result))
    assert (result.commitments[0].covered, after.usd.expected) == (730, 0)
    assert after.usd.max == before.usd.max > 0


def test_the_minimum_is_as_if_every_hour_of_the_commitments_were_used() -> None:
    result = priced(pool(1, 1, "first"), pool(1, 1, "second"), held=())
    # Two machines of which each runs half of the month: whether at the same time is not known.
    steps = {"quantity": fixed(365), "side_by_side": ((D(1), D(365)),)}
    lines = [replace(line, charge=replace(line.charge, **steps)) for line in machines(result)]
    context = PricingContext(result.plan, result.usage, result.prices, result.rates)
    found, (month,) = with_commitments(lines, [ONE], context)
    assert month.covered == 365
    assert [line.charge.quantity for line in found if line.charge.machine] == [
        Range(D(0), D(0), D(0)),
        Range(D(0), D(365), D(365)),
    ]
    lines = [replace(line, charge=replace(line.charge, quantity=fixed(500))) for line in [*lines, *lines]]
    found, _ = with_commitments(lines, [ONE], context)
    assert sum(line.charge.quantity.min for line in found if line.charge.machine) == 4 * 500 - 730


def test_machines_for_jobs_are_not_covered() -> None:
    main = H100, "on-demand"
    context = PricingContext(plan(pool(0, 4)), parse("profiles: {inference-gpu: {load: 0.25}}"), catalogue(), Rates())
    item = context.plan.resources[0]
    (of_pool,) = POOLS[item.type](context, item)
    floor = Floor({main: 0})
    assert side_by_side(context, item, of_pool, floor, main)[main][1:] == ((1, 730),)
    by_jobs = replace(floor, job_hours={main: D(731)})
    assert side_by_side(context, item, of_pool, by_jobs, main)[main] == ((0, 730),)
