"""Commitments of a simulated month: paid at all hours; on-demand hours that they cover cost nothing further."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.commitments import Commitment
from falaj.facts.machines import Price, PriceKind
from falaj.facts.prices import catalogue
from falaj.simulation.advice.commitments import Proposal, proposals
from falaj.simulation.advice.parts import parts
from falaj.simulation.bounds import clairvoyant, static_on_demand, static_spot
from falaj.simulation.commitments import commitment_months, standing_intervals
from falaj.simulation.document import _month as month_document
from falaj.simulation.jobs import simulate_jobs
from falaj.simulation.month import combined, simulate
from falaj.simulation.outcome import Cause, Outcome
from falaj.simulation.page_tables import summary, tables
from falaj.simulation.platform_model import CommittedMachines, MachineType, Platform, PoolModel, StandingMachines
from falaj.simulation.serving import simulate_requests
from falaj.simulation.work import Work
from tests.unit.simulation.shipped_stacks import platform_of, settings_of
from tests.unit.simulation.small_months import job, month, platform, pool

MACHINE = MachineType("m.large", 4, 16, 1, 36.0, 12.0)
HELD = CommittedMachines("site: 1 m.large reserved_1y", "site", "m.large", 1, 24.0, 36.0)
WORK = Work(datetime(2026, 12, 7, tzinfo=UTC), 100 * 3600.0)
H100 = '[{"site": "azuae", "machine": "Standard_NC40ads_H100_v5", "count": 1, "option": "reserved_1y", "until": "%s"}]'
PROD = "Pulumi.prod-uae.yaml"


def on_demand(least: int = 0, profile: Profile = Profile.TRAINING) -> PoolModel:
    """Returns a pool of on-demand machines."""
    return replace(pool("gpu", [MACHINE], profile, least), capacity=Capacity.ON_DEMAND, returns_to_spot=False)


def held(of: Platform, *commitments: CommittedMachines) -> Platform:
    """Returns a platform with commitments."""
    return replace(of, commitments=commitments)


@pytest.mark.parametrize("profile", [Profile.TRAINING, Profile.INFERENCE_GPU])
def test_a_machine_that_always_runs_costs_the_commitment_and_nothing_further(profile: Profile) -> None:
    of = platform(on_demand(1, profile), system=730.0)
    without, outcome = simulate(of, WORK), simulate(held(of, HELD), WORK)
    assert without.aed == pytest.approx(100 * 36 + 100)
    assert outcome.aed == pytest.approx(100 * 24 + 100)
    (found,) = outcome.commitments
    assert float(found.covered) == pytest.approx(100)
    assert float(found.paid) == pytest.approx(2400)
    assert float(found.saved) == pytest.approx(1200)
    assert [(each.tenant, each.profile) for each in outcome.charges if each.cause is Cause.COMMITMENT] == [
        (None, "system")
    ]
    assert sum(each.aed for each in outcome.charges) == outcome.aed


@pytest.mark.parametrize("profile", [Profile.TRAINING, Profile.INFERENCE_GPU])
def test_more_machines_than_committed_pay_for_the_rest(profile: Profile) -> None:
    of = platform(on_demand(3, profile))
    assert simulate(held(of, replace(HELD, count=2)), WORK).aed == pytest.approx(100 * (2 * 24 + 36))
    both = simulate(held(of, HELD, replace(HELD, name="second", aed=18.0)), WORK)
    assert both.aed == pytest.approx(100 * (24 + 18 + 36))
    assert [float(each.covered) for each in both.commitments] == pytest.approx([100, 100])


def test_an_unused_commitment_is_paid_and_named() -> None:
    of = platform(on_demand())
    outcome = simulate(held(of, HELD), WORK)
    assert outcome.aed == pytest.approx(2400)
    assert outcome.warnings == (
        "commitment site: 1 m.large reserved_1y costs AED 2,400 a month more than it saves: 0 of 100 h used (0%), and "
        "it pays from 67 h on",
    )


def test_jobs_on_demand_are_covered_while_their_machine_is_paid() -> None:
    of = platform(on_demand())
    work = month([job(10, 5, 1, interruptible=False), job(50, 3, 1, interruptible=False)], 100)
    outcome = simulate(held(of, HELD), work)
    assert float(outcome.commitments[0].covered) == pytest.approx(8)
    assert outcome.aed == pytest.approx(2400)
    together = month([job(10, 5, 1, interruptible=False)] * 2, 100)
    assert float(simulate(held(of, HELD), together).commitments[0].covered) == pytest.approx(5)


def test_spot_other_sites_and_other_machines_are_not_covered() -> None:
    of = platform(replace(pool("gpu", [MACHINE], least=1), capacity=Capacity.SPOT))
    work = month([job(0, 50, 1)], 100)
    assert float(simulate(held(of, HELD), work).commitments[0].covered) == 0
    fixed = platform(on_demand(1))
    for other in (replace(HELD, site="other"), replace(HELD, machine="m.small")):
        assert float(simulate(held(fixed, other), WORK).commitments[0].covered) == 0


@pytest.mark.parametrize("profile", [Profile.TRAINING, Profile.INFERENCE_GPU])
def test_prepaid_machines_are_not_covered(profile: Profile) -> None:
    prepaid = replace(on_demand(1, profile), machines=(replace(MACHINE, on_demand_aed=0.0, spot_aed=None),))
    assert float(simulate(held(platform(prepaid), HELD), WORK).commitments[0].covered) == 0


def test_standing_machines_are_covered_while_they_run() -> None:
    always, office = StandingMachines("site", "m.large", 2), StandingMachines("site", "m.large", 1, (9.0, 17.0))
    assert standing_intervals([always], ("site", "m.large"), WORK) == [(0.0, 100 * 3600.0)] * 2
    # From Monday 4:00 in Dubai, 100 hours: the office opens on four days, and on Friday 100 hours have passed.
    spans = standing_intervals([office], ("site", "m.large"), WORK)
    assert [(begin / 3600, end / 3600) for begin, end in spans] == [(5, 13), (29, 37), (53, 61), (77, 85)]
    assert standing_intervals([always], ("other", "m.large"), WORK) == []
    of = replace(held(platform(), replace(HELD, count=3)), standing=(always, office))
    assert float(commitment_months(of, WORK, Outcome([]))[0].covered) == pytest.approx(2 * 100 + 32)


def test_the_bound_saves_no_more_than_all_hours_of_a_commitment() -> None:
    without_spot = replace(on_demand(1), machines=(replace(MACHINE, spot_aed=None),))
    of = platform(without_spot, system=730.0)
    assert clairvoyant(of, WORK).aed == pytest.approx(3700)
    assert clairvoyant(held(of, HELD), WORK).aed == pytest.approx(2500)
    assert "Commitments are paid in full" in clairvoyant(held(of, HELD), WORK).how
    assert "Commitments" not in clairvoyant(of, WORK).how
    bound = clairvoyant(held(of, replace(HELD, count=2)), WORK)
    assert bound.aed == pytest.approx(4800)
    assert bound.parts["commitments"] == pytest.approx(4800 - 3700)
    assert simulate(held(of, replace(HELD, count=2)), WORK).aed == pytest.approx(4900)


def test_the_bound_of_machines_that_only_stand_is_exact() -> None:
    standing = (StandingMachines("site", "m.large", 1, (9.0, 17.0)),)
    of = replace(held(platform(system=14600.0), replace(HELD, count=2)), standing=standing)
    assert clairvoyant(of, WORK).aed == pytest.approx(2000 + 2 * 2400 - 32 * 36)
    assert clairvoyant(of, WORK).aed == pytest.approx(simulate(of, WORK).aed)


def test_static_fleets_buy_on_demand_and_know_no_commitments() -> None:
    of = platform(on_demand(1))
    work = month([job(0, 50, 2)], 100)
    assert static_on_demand(held(of, HELD), work) == static_on_demand(of, work)
    assert static_spot(held(of, HELD), work) == static_spot(of, work)


def test_the_advice_simulates_the_same_month() -> None:
    of = held(platform(on_demand(1), system=730.0), HELD)
    found = parts()
    for _ in range(2):  # The second time from what is remembered.
        assert found.simulate(of, WORK, 0).aed == pytest.approx(simulate(of, WORK).aed)


def test_parts_keep_the_machines_of_both() -> None:
    interval = ("site", "m.large")
    one = Outcome([], on_demand={interval: [(0.0, 1.0)]})
    assert combined([one, one], [], ()).on_demand == {interval: [(0.0, 1.0), (0.0, 1.0)]}
    of = platform(on_demand(1), replace(on_demand(2, Profile.INFERENCE_GPU), name="serve"))
    assert len(simulate_jobs(of, WORK).on_demand[interval]) == 1
    assert len(simulate_requests(of, WORK).on_demand[interval]) == 2


def test_reports_have_the_commitment() -> None:
    outcome = simulate(held(platform(on_demand(1)), HELD), WORK)
    (row,) = (row for row in summary(outcome, {}, None) if row.label == "commitment")
    assert (row.figure, row.text) == (
        "AED 2,400",
        "site: 1 m.large reserved_1y: saves AED 1,200 a month against on demand; 100 of 100 h used (100%)",
    )
    (bill,) = (table for table in tables(outcome, None) if table.title == "The bill, AED")
    assert bill.columns[-2:] == ("commitments", "total")
    (found,) = month_document(outcome)["commitments"]
    assert found["saved_aed"] == pytest.approx(1200)
    plain = simulate(platform(on_demand(1)), WORK)
    assert "commitments" not in month_document(plain)
    assert "commitments" not in next(iter(tables(plain, None))).columns


def test_settings_become_committed_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    of = platform_of(PROD, f"commitments={H100 % '2027-11-30'}")
    (found,) = of.commitments
    assert (found.site, found.machine, found.count) == ("azuae", "Standard_NC40ads_H100_v5", 1)
    assert (found.aed, found.on_demand_aed) == (pytest.approx(7.48505 * 3.6725), pytest.approx(9.98 * 3.6725))
    assert {(each.site, each.machine, each.count) for each in of.standing} == {
        ("azuae", "Standard_D4as_v5", 3),
        ("awsuae", "m7g.large", 4),
    }
    assert platform_of(PROD).commitments == ()
    monkeypatch.setenv("FALAJ_TODAY", "2026-12-02")
    ended = platform_of(PROD, f"commitments={H100 % '2026-12-01'}")
    assert ended.commitments == ()
    assert any(warning.endswith("remove it, or renew it") for warning in ended.warnings)


def proposed(of: Platform, outcome: Outcome, work: Work = WORK) -> list[Proposal]:
    """Returns the proposals for `prod-uae` with another platform and month."""
    return proposals(settings_of(PROD), catalogue(), of, work, outcome)


def test_machines_that_run_at_all_hours_are_proposed_for_a_year() -> None:
    key, end = ("azuae", "Standard_NC40ads_H100_v5"), WORK.length
    outcome = Outcome([], on_demand={key: [(0.0, end), (0.0, end / 2), (end / 2, end), (0.0, end / 3)]})
    (found,) = proposed(platform(), outcome)
    assert (found.site, found.machine, found.option) == (*key, Commitment.RESERVED_1Y)
    saved = 2 * 100 * (9.98 - 7.48505) * 3.6725
    assert float(found.month.saved) == pytest.approx(saved)
    assert found.sentence == (
        "2 Standard_NC40ads_H100_v5 of site azuae run at all hours: reserved_1y saves AED 1,833 a month, 21,990 in its "
        "year. It pays from 150 of 200 machine-hours on; the year is paid whether they run or not, so it costs more "
        "than it saves if they run for less than 9.0 months, and no other machine or site uses it"
    )


def test_what_is_committed_sleeps_or_has_no_price_is_not_proposed() -> None:
    key, end = ("azuae", "Standard_NC40ads_H100_v5"), WORK.length
    always = Outcome([], on_demand={key: [(0.0, end)] * 2})
    one = CommittedMachines("one", *key, 1, 7.0, 9.0)
    assert proposed(held(platform(), one), always)[0].month.count == 1
    assert proposed(held(platform(), one, one), always) == []
    for interval in ((0.0, 0.98 * end), (0.03 * end, end)):
        assert proposed(platform(), Outcome([], on_demand={key: [interval]})) == []
    for other in (("nowhere", key[1]), ("azuae", "Standard_X1"), ("awsuae", key[1])):
        assert proposed(platform(), Outcome([], on_demand={other: [(0.0, end)]})) == []


def test_system_nodes_are_proposed_and_the_largest_saving_is_first() -> None:
    of = platform_of(PROD)
    end, gpu = WORK.length, "Standard_NC40ads_H100_v5"
    found = proposed(of, Outcome([], on_demand={("azuae", gpu): [(0.0, end)]}))
    assert [(each.machine, each.month.count) for each in found] == [
        (gpu, 1),
        ("Standard_D4as_v5", 3),
        ("m7g.large", 4),
    ]


def test_a_second_commitment_covers_what_the_first_one_leaves() -> None:
    outcome = simulate(held(platform(on_demand(1)), HELD, replace(HELD, name="second")), WORK)
    assert [float(each.covered) for each in outcome.commitments] == pytest.approx([100, 0])
    assert outcome.aed == pytest.approx(2 * 2400)


def test_machines_that_have_ended_are_covered_too() -> None:
    asleep = replace(on_demand(1, Profile.INFERENCE_GPU), sleeps=(9.0, 17.0))
    assert float(simulate(held(platform(asleep), HELD), WORK).commitments[0].covered) == pytest.approx(32, abs=0.1)


def test_a_commitment_that_costs_more_than_on_demand_is_not_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = Outcome([], on_demand={("azuae", "Standard_NC40ads_H100_v5"): [(0.0, WORK.length)]})
    dear = Price(Decimal("9.99"), PriceKind.OBSERVED, "test", "2026-12-01")
    monkeypatch.setattr("falaj.simulation.advice.commitments.commitment", lambda *_: dear)
    assert proposed(platform(), outcome) == []
