"""Queue quotas from budgets: hand-computed cases, and properties that always hold."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from falaj.components.core.node_pools.own_machines import OwnMachineSpec
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.tenancy import flavors as core_flavors
from falaj.components.core.tenancy import queue_prices
from falaj.components.core.tenancy.flavors import Flavor, FlavorPriority, Size, UnsizedPool, flavors
from falaj.components.core.tenancy.queue_prices import usd_per_unit_hour
from falaj.components.core.tenancy.queue_quotas import affordable, apportioned, quotas, usable_flavors
from falaj.components.core.tenancy.queue_specs import Borrowing, QueueSpec
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.core.validation.enums import Capacity, NodeAutoscaler, Profile
from falaj.facts.machines import Price, PriceKind, find

RATE = Fraction("3.6725")
AWS, AZURE = "me-central-1", "uaenorth"
KARPENTER, GROUPS = NodeAutoscaler.KARPENTER, NodeAutoscaler.CLUSTER_AUTOSCALER


def pool(*machines: str, capacity: Capacity = Capacity.SPOT, profile: Profile = Profile.TRAINING, **more: Any) -> Any:
    fields = {"profile": profile, "machines": machines, "capacity": capacity, "max": 8, **more}
    return NodePoolSpec.model_validate(fields)


def made(region: str | None = AWS, by: NodeAutoscaler = KARPENTER, **pools: NodePoolSpec) -> tuple[Flavor, ...]:
    return flavors(pools, region, {}, by)


def one(pool: NodePoolSpec, region: str | None = AWS, by: NodeAutoscaler = KARPENTER) -> Flavor:
    [flavor] = made(region, by, train=pool)
    return flavor


def queue(aed: float = 10000, tier: Tier = Tier.ENTERPRISE, **more: Any) -> QueueSpec:
    return QueueSpec(tier=tier, aed_per_month=Decimal(str(aed)), **more)


def size(name: str, vcpu: int, memory_gib: int, gpus: int) -> Size:
    return Size(name, vcpu, Fraction(memory_gib), gpus)


def flavor(
    name: str,
    priority: FlavorPriority = FlavorPriority.SPOT,
    nodes: int = 100,
    gpus: int = 4,
    tenant: str | None = None,
) -> Flavor:
    sizes = (size("m", 48, 192, gpus),)
    return Flavor(f"{name}-x", name, Capacity.SPOT, priority, tenant, {}, (), (), sizes, nodes)


# Prices


def test_a_gpu_costs_its_share_of_the_most_expensive_machine() -> None:
    """g5.12xlarge: spot 2.08725 USD an hour for 4 GPUs (Vantage, 2025-05-28); g5.xlarge: 0.53062 for one, more
    expensive.
    """
    assert usd_per_unit_hour(one(pool("g5.12xlarge")), AWS, 0) == Fraction("2.08725") / 4
    assert usd_per_unit_hour(one(pool("g5.12xlarge", "g5.xlarge")), AWS, 0) == Fraction("0.53062")


def test_without_gpus_the_unit_is_a_vcpu() -> None:
    """m7g.4xlarge: spot 0.232116, m6g.4xlarge 0.272448 for 16 vCPU."""
    batch = one(pool("m7g.4xlarge", "m6g.4xlarge", profile=Profile.BATCH))
    assert usd_per_unit_hour(batch, AWS, 0) == Fraction("0.272448") / 16


def test_an_unknown_spot_price_is_the_on_demand_price_which_it_never_passes() -> None:
    machine = find(AWS, "g6.12xlarge")
    assert machine is not None
    assert machine.spot.usd_hour is None
    assert usd_per_unit_hour(one(pool("g6.12xlarge")), AWS, 0) == Fraction(machine.on_demand.usd_hour or 0) / 4


@pytest.mark.parametrize(("percent", "usd"), [(0, "1.234"), (100, "0.53062"), (70, "0.741634")])
def test_spot_first_is_a_mix_and_on_demand_if_none_is_expected(percent: int, usd: str) -> None:
    """g5.xlarge: 1.234 on demand, 0.53062 spot; 0.7 x 0.53062 + 0.3 x 1.234 = 0.741634."""
    first = one(pool("g5.xlarge", capacity=Capacity.SPOT_FIRST))
    assert usd_per_unit_hour(first, AWS, percent) == Fraction(usd)


def test_a_machine_without_any_price_is_refused_not_free(monkeypatch: pytest.MonkeyPatch) -> None:
    known = find(AWS, "g5.xlarge")
    assert known is not None
    unknown = Price(None, PriceKind.MISSING, "", "")
    nameless = replace(known, on_demand=unknown, spot=unknown)
    monkeypatch.setattr(queue_prices, "find", lambda _region, _name: nameless)
    for capacity in (Capacity.SPOT, Capacity.ON_DEMAND, Capacity.SPOT_FIRST):
        with pytest.raises(
            UnsizedPool, match=r"pools\.train\.machines\.0: .* cannot be converted to a number of g5\.xlarge"
        ):
            usd_per_unit_hour(one(pool("g5.xlarge", capacity=capacity)), AWS, 50)


def test_prepaid_machines_cost_nothing_more() -> None:
    block = one(pool("p5en.48xlarge", capacity=Capacity.CAPACITY_BLOCK))
    assert (block.priority, usd_per_unit_hour(block, AWS, 0)) == (FlavorPriority.PAID, 0)


# Quotas


def test_a_budget_buys_whole_gpus_by_hand() -> None:
    """10,000 AED over 730 h are 13.69 AED/h; a GPU of g5.12xlarge is 2.08725 x 3.6725 / 4 = 1.9164 AED/h: 7.1."""
    [spot] = made(train=pool("g5.12xlarge"))
    price = usd_per_unit_hour(spot, AWS, 0)
    assert quotas({"retail": queue(10000)}, [spot], {spot.name: price}, RATE) == {"retail": {"train-spot": 7}}
    # In 200 hours of a month 10,000 AED are 50 AED/h: 26.09 GPUs.
    assert quotas({"retail": queue(10000, hours_per_month=200)}, [spot], {spot.name: price}, RATE) == {
        "retail": {"train-spot": 26}
    }


def test_a_budget_is_split_evenly_or_by_percentage() -> None:
    """Each AED/h buys one unit at 1 AED: 14,600 AED over 730 h are 20 AED/h."""
    two, prices = [flavor("a"), flavor("b")], {"a-x": 1 / RATE, "b-x": 2 / RATE}
    assert quotas({"t": queue(14600)}, two, prices, RATE) == {"t": {"a-x": 10, "b-x": 5}}
    complete = queue(14600, pool_percent={"a": 25, "b": 75})
    assert quotas({"t": complete}, two, prices, RATE) == {"t": {"a-x": 5, "b-x": 7}}
    partial = queue(14600, pool_percent={"a": 25})
    assert quotas({"t": partial}, two, prices, RATE) == {"t": {"a-x": 5, "b-x": 0}}


def test_the_budget_holds_whatever_runs_all_month() -> None:
    result = made(
        spot=pool("g5.12xlarge", "g5.xlarge"),
        cpu=pool("m7g.4xlarge", "m6g.4xlarge", profile=Profile.BATCH, max=1000),
        first=pool("g6.xlarge", capacity=Capacity.SPOT_FIRST, max=1000),
        dear=pool("g5.xlarge", capacity=Capacity.ON_DEMAND, max=1000),
    )
    prices = {item.name: usd_per_unit_hour(item, AWS, 0) for item in result}
    for aed in (500, 4321.09, 10000, 99999.99, 250000):
        units = quotas({"t": queue(aed)}, result, prices, RATE)["t"]
        month = sum(units[name] * price * RATE * 730 for name, price in prices.items())
        assert month <= Fraction(str(aed))


def test_a_pool_gives_away_no_more_than_it_has() -> None:
    """Two nodes of four GPUs, requested 10 and 30: a quarter and three quarters."""
    small, prices = [flavor("a", nodes=2)], {"a-x": 1 / RATE}
    expected = {"big": queue(30 * 730), "small": queue(10 * 730)}
    assert quotas(expected, small, prices, RATE) == {"big": {"a-x": 6}, "small": {"a-x": 2}}
    roomy = [flavor("a", nodes=20)]
    assert quotas(expected, roomy, prices, RATE) == {"big": {"a-x": 30}, "small": {"a-x": 10}}


def test_prepaid_machines_are_divided_by_budget_without_using_it() -> None:
    both, prices = [flavor("own", FlavorPriority.PAID, nodes=2), flavor("a")], {"own-x": Fraction(0), "a-x": 1 / RATE}
    three = {"a": queue(7300), "b": queue(7300), "c": queue(7300)}
    result = quotas(three, both, prices, RATE)
    assert {tenant: units["own-x"] for tenant, units in result.items()} == {"a": 3, "b": 3, "c": 2}
    assert {units["a-x"] for units in result.values()} == {10}


def test_a_pool_of_one_tenant_and_gpus_are_not_for_all() -> None:
    found = [flavor("shared"), flavor("own", tenant="retail"), flavor("cpu", gpus=0)]
    assert [item.pool for item in usable_flavors("retail", queue(), found)] == ["shared", "own", "cpu"]
    assert [item.pool for item in usable_flavors("cards", queue(), found)] == ["shared", "cpu"]
    assert [item.pool for item in usable_flavors("sme", queue(tier=Tier.SMB), found)] == ["cpu"]


@pytest.mark.parametrize(("hours", "units"), [(730, 13), (365, 27), (1, 10000)])
def test_quotas_are_whole_units(hours: int, units: int) -> None:
    assert affordable(Fraction(10000), hours, Fraction(1)) == units


@pytest.mark.parametrize("total", [0, 1, 7, 8, 100])
def test_shares_are_whole_and_add_up(total: int) -> None:
    weights = {"a": 5, "b": 3, "c": 3}
    shares = apportioned(total, weights)
    assert sum(shares.values()) == total
    assert all(abs(shares[key] - Fraction(weight * total, 11)) < 1 for key, weight in weights.items())
    assert apportioned(total, {"a": 0, "b": 0}) == {"a": 0, "b": 0}


# Flavors


def test_flavors_are_tried_in_order_of_price() -> None:
    result = made(
        dear=pool("g5.xlarge", capacity=Capacity.ON_DEMAND),
        first=pool("g5.xlarge", capacity=Capacity.SPOT_FIRST),
        zspot=pool("g5.12xlarge"),
        aspot=pool("g5.xlarge"),
        block=pool("p5en.48xlarge", capacity=Capacity.CAPACITY_BLOCK),
        serve=pool("g6.xlarge", profile=Profile.INFERENCE_GPU, capacity=Capacity.ON_DEMAND),
        system=pool("m7g.large", profile=Profile.SYSTEM, capacity=Capacity.ON_DEMAND),
    )
    names = ["block-capacity-block", "zspot-spot", "aspot-spot", "first-spot-first", "dear-on-demand"]
    assert [item.name for item in result] == names


@pytest.mark.parametrize(
    ("capacity", "by", "region", "label"),
    [
        (Capacity.SPOT, KARPENTER, AWS, ("karpenter.sh/capacity-type", "spot")),
        (Capacity.ON_DEMAND, KARPENTER, AWS, ("karpenter.sh/capacity-type", "on-demand")),
        (Capacity.SPOT_FIRST, KARPENTER, AWS, None),
        (Capacity.CAPACITY_BLOCK, KARPENTER, AWS, ("eks.amazonaws.com/capacityType", "CAPACITY_BLOCK")),
        (Capacity.RESERVED, KARPENTER, AWS, ("eks.amazonaws.com/capacityType", "ON_DEMAND")),
        (Capacity.SPOT, GROUPS, AWS, ("eks.amazonaws.com/capacityType", "SPOT")),
        (Capacity.ON_DEMAND, GROUPS, AWS, ("eks.amazonaws.com/capacityType", "ON_DEMAND")),
        (Capacity.SPOT, GROUPS, AZURE, ("kubernetes.azure.com/scalesetpriority", "spot")),
        (Capacity.ON_DEMAND, GROUPS, AZURE, None),
        (Capacity.SPOT, KARPENTER, AZURE, ("karpenter.sh/capacity-type", "spot")),
    ],
)
def test_a_flavor_has_the_label_that_its_nodes_get(
    capacity: Capacity, by: NodeAutoscaler, region: str, label: tuple[str, str] | None
) -> None:
    machine = "g5.xlarge" if region == AWS else "Standard_NC40ads_H100_v5"
    result = one(pool(machine, capacity=capacity, tenant="retail"), region, by)
    own = {
        "falaj/profile": "training",
        "falaj/pool": "train",
        "falaj/capacity": capacity.value,
        "falaj/tenant": "retail",
    }
    assert dict(result.labels) == own | (dict([label]) if label else {})


def test_machines_that_stand_close_together_are_a_group_even_beside_karpenter() -> None:
    result = one(pool("g5.12xlarge", aws={"interconnect": True}))
    assert result.labels["eks.amazonaws.com/capacityType"] == "SPOT"


def test_work_must_tolerate_gpus_by_itself_and_azures_spot_taint_is_seen_to() -> None:
    gpu, cpu = one(pool("g5.xlarge")), one(pool("m7g.4xlarge", profile=Profile.BATCH))
    assert [str(taint) for taint in gpu.taints] == [
        "falaj/profile=training:NoSchedule",
        "nvidia.com/gpu=true:NoSchedule",
    ]
    assert [str(taint) for taint in cpu.taints] == ["falaj/profile=batch:NoSchedule"]
    assert (cpu.tolerated, gpu.tolerated) == ((), ())
    azure = one(pool("Standard_NC40ads_H100_v5"), AZURE)
    assert [str(taint) for taint in azure.tolerated] == ["kubernetes.azure.com/scalesetpriority=spot:NoSchedule"]
    assert one(pool("Standard_NC40ads_H100_v5", capacity=Capacity.ON_DEMAND), AZURE).tolerated == ()


def test_queued_work_tolerates_the_pools_own_taints() -> None:
    taint = {"key": "example.ae/team", "value": "vision"}
    assert [str(item) for item in one(pool("g5.xlarge", taints=[taint])).tolerated] == [
        "example.ae/team=vision:NoSchedule"
    ]


def test_gpus_bring_processors_and_memory_of_the_roomiest_machine() -> None:
    """g5.12xlarge: 12 processors and 48 GiB a GPU; g6e.12xlarge: 96 GiB a GPU."""
    found = one(pool("g5.12xlarge", "g6e.12xlarge"))
    assert found.resources(3) == {"cpu": "36", "memory": "288Gi", "nvidia.com/gpu": "3"}
    assert (found.max_units, found.has_gpus) == (32, True)
    batch = one(pool("m7g.4xlarge", profile=Profile.BATCH))
    assert batch.resources(10) == {"cpu": "10", "memory": "40Gi", "nvidia.com/gpu": "0"}
    assert (batch.max_units, batch.has_gpus) == (128, False)


def test_a_part_of_a_gpu_is_a_device(monkeypatch: pytest.MonkeyPatch) -> None:
    part = find(AZURE, "Standard_NV6ads_A10_v5")
    assert part is not None
    assert 0 < part.gpus < 1
    monkeypatch.setattr(core_flavors, "find", lambda _region, _name: replace(part, memory_gib=55.0))
    found = one(pool(part.name, capacity=Capacity.ON_DEMAND), AZURE)
    assert (found.sizes[0].gpus, found.max_units) == (1, 8)


def test_on_premises_machines_are_prepaid_and_have_no_cloud_label() -> None:
    own = {"dgx": OwnMachineSpec(vcpu=224, memory_gib=2048, gpus=8)}
    [found] = flavors({"rack": pool("dgx", capacity=Capacity.ON_DEMAND, max=2)}, None, own, GROUPS)
    assert (found.priority, found.max_units) == (FlavorPriority.PAID, 16)
    assert set(found.labels) == {"falaj/profile", "falaj/pool", "falaj/capacity"}
    burst = {"rack": pool("dgx", capacity=Capacity.ON_DEMAND), "burst": pool("g5.12xlarge")}
    assert [item.pool for item in flavors(burst, AWS, own, KARPENTER)] == ["rack", "burst"]
    two = {**own, "hgx": OwnMachineSpec(vcpu=112, memory_gib=1024, gpus=4)}
    [mixed] = flavors({"rack": pool("dgx", "hgx", capacity=Capacity.ON_DEMAND)}, None, two, GROUPS)
    assert mixed.sizes == (size("dgx", 224, 2048, 8), size("hgx", 112, 1024, 4))


def test_an_unknown_machine_and_split_gpus_are_refused() -> None:
    with pytest.raises(UnsizedPool, match=r"pools\.train\.machines\.0: a machine of the catalogue"):
        one(pool("dgx"), None)
    with pytest.raises(UnsizedPool, match=r"pools\.train\.azure\.gpu_partition: .* queues count whole GPUs"):
        one(pool("Standard_NC40ads_H100_v5", azure={"gpu_partition": "MIG1g"}), AZURE)


def test_idle_spot_quota_may_be_borrowed_by_default() -> None:
    assert queue().borrows is Borrowing.SPOT
