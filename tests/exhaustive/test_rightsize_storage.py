"""Storage recommendations, computed by hand, and notes on the choice."""

from decimal import Decimal

import pytest

from falaj.facts.machines import machines
from falaj.facts.prices import catalogue, missing, service_rows
from falaj.finops.errors import BadInput
from falaj.finops.rightsize.choose import Answer, answer
from falaj.finops.rightsize.profile import Batch
from falaj.finops.rightsize.profile_file import parse
from falaj.finops.rightsize.sites import CandidateSite, regions
from falaj.finops.rightsize.storage import Readers, StorageOption, storage
from falaj.finops.rightsize.work import unsteady

D = Decimal
SITES = {site.name: site for site in regions()}


def stored(site: str, gib: float, mib_s: float, machines: int = 1, vcpu: int = 8) -> StorageOption | None:
    work = {"kind": "batch", "vcpu_hours": 1, "memory_gib": 1, "dataset_gib": gib, "read_mib_per_second": mib_s}
    return storage(Batch.model_validate(work), SITES[site], Readers(machines, vcpu), catalogue())


def unit(region: str, service: str, sku: str) -> Decimal:
    usd = catalogue().unit(region, service, sku).usd
    assert usd is not None
    return usd


def test_slow_reads_stay_with_objects() -> None:
    result = stored("me-central-1", 1000, 100)
    assert result is not None
    assert (result.name, result.usd_month) == ("s3 standard", 1000 * unit("me-central-1", "s3", "standard"))
    azure = stored("uaenorth", 1000, 100)
    assert azure is not None
    assert (azure.name, azure.usd_month) == ("blob hot-zrs", 1000 * unit("uaenorth", "blob", "hot-zrs"))
    central = stored("uaecentral", 1000, 100)
    assert central is not None
    assert central.name == "blob hot-lrs"
    assert stored("uaenorth", 0, 100) is None
    wide = stored("uaenorth", 1000, 1900, vcpu=96)
    assert wide is not None
    assert (wide.name, wide.mb_s) == ("blob hot-zrs", 2000)


def test_fast_reads_of_one_machine_take_a_copy_on_its_volume() -> None:
    """500 MiB/s are 524.288 MB/s: 399.288 above the 125 that are included in the price of the space; the original
    stays in s3.
    """
    region = "me-central-1"
    result = stored(region, 1000, 500)
    assert result is not None
    assert result.name == "ebs gp3 copies"
    assert result.usd_month == (
        1000 * unit(region, "ebs", "gp3")
        + D("399.288") * unit(region, "ebs", "gp3-throughput")
        + 1000 * unit(region, "s3", "standard")
    )


def test_many_machines_share_one_file_system_where_copies_cost_more() -> None:
    """47,000 GiB for 16 machines at 4,000 MiB/s: 48 TiB, the next multiple of 2.4, at 125 MB/s a TiB give 6,000."""
    result = stored("me-central-1", 47_000, 4000, 16)
    assert result is not None
    assert result.name == "fsx-lustre persistent-2-125"
    assert result.mb_s == pytest.approx(6000)
    region = "me-central-1"
    lustre, objects = unit(region, "fsx-lustre", "persistent-2-125"), unit(region, "s3", "standard")
    assert result.usd_month == 48_000 * lustre + 47_000 * objects


def asked(text: str, *sites: CandidateSite) -> Answer:
    return answer(parse(text), sites or tuple(SITES.values()), catalogue())


def test_a_speed_that_no_class_gives_is_told() -> None:
    work = "{kind: batch, vcpu_hours: 1, memory_gib: 1, dataset_gib: 5000, read_mib_per_second: 90000}"
    assert any("no storage class here gives 90000" in warning for warning in asked(work).sites[0].warnings)


def test_a_class_without_a_price_is_not_taken_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    gap = ("me-central-1", "fsx-lustre", "persistent-2-250")
    rows = {**service_rows(), gap: missing("GB-month", "no price was found for this throughput")}
    monkeypatch.setattr("falaj.facts.prices._services", lambda: rows)
    work = "{kind: batch, vcpu_hours: 1, memory_gib: 1, dataset_gib: 5000, read_mib_per_second: 900}"
    result = asked(work).sites[0]
    assert result.stored is not None
    assert result.stored.usd_month is not None
    assert any("no price is known for fsx-lustre persistent-2-250" in warning for warning in result.warnings)


def test_the_cheapest_where_nothing_is_wrong_is_told_apart() -> None:
    result = asked("{kind: inference, parameters_billion: 8, context_tokens: 2048, requests_per_second: 2}")
    assert result.best is not None
    assert result.best_available is not None
    assert (result.best.site.name, result.best_available.site.name) == ("me-central-1", "uaenorth")


def test_capacity_mixes_stand_side_by_side() -> None:
    text = "{kind: training, parameters_billion: 1, context_tokens: 2048, samples: 5000, interruptible: true}"
    mixes = {item.bought.mix: item.usd for item in asked(text).sites[0].side_by_side if item.family == "GPU"}
    assert set(mixes) == {"on-demand", "spot-first", "spot"}
    assert mixes["spot"] < mixes["spot-first"] < mixes["on-demand"]
    serving = "{kind: inference, parameters_billion: 8, context_tokens: 2048, requests_per_second: 2, %s: true}"
    assert {entry.bought.mix for entry in asked(serving % "interruptible").sites[0].feasible} == {
        "on-demand",
        "spot-first",
    }


def test_spot_that_saves_nothing_is_not_taken() -> None:
    text = "{kind: inference, parameters_billion: 8, context_tokens: 2048, requests_per_second: 2, interruptible: true}"
    feasible = asked(text, SITES["uaenorth"]).sites[0].feasible
    h100 = [item for item in feasible if "H100_v5" in item.machine.name and item.machine.name.startswith("Standard_NC")]
    mixes = {item.bought.mix for item in h100}
    assert mixes == {"on-demand"}


def test_machines_whose_vcpu_give_less_are_left_out() -> None:
    less = {name for region in SITES for name, item in machines(region).items() if unsteady(item)}
    assert {"t3.large", "c7i-flex.large", "Standard_D1", "Standard_A2_v2"} <= less
    assert not less & {"m5.large", "Standard_D16as_v5", "Standard_M64s", "Standard_NC40ads_H100_v5"}


@pytest.mark.parametrize(
    ("measured", "message"),
    [
        ("{machine: g6.xlarge, precision: bf16, per_second: 3, source: x}", "p95_ms is required"),
        ("{machine: g6.xlarge, precision: bf16, per_second: 0, source: x, p95_ms: 1}", "greater than 0"),
        ("{machine: g6.xlarge, precision: bf16, per_second: 1, p95_ms: 1}", "measured.0.source"),
    ],
)
def test_a_measurement_must_be_whole(measured: str, message: str) -> None:
    profile = "{kind: inference, parameters_billion: 8, context_tokens: 2048, requests_per_second: 2, p95_ms: 9, %s}"
    with pytest.raises(BadInput, match=message):
        parse(profile % f"measured: [{measured}]")


def test_a_measurement_of_a_machine_that_no_site_has_is_told() -> None:
    text = "{kind: inference, parameters_billion: 8, context_tokens: 2048, requests_per_second: 2, measured: [%s]}"
    result = asked(text % "{machine: p4d.24xlarge, precision: bf16, per_second: 3, source: x}")
    assert any("p4d.24xlarge, which none of the sites has" in one for one in result.assumptions)
