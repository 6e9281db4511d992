"""The platform of a simulation says what the settings of its stack say, and what the project computes from them."""

from decimal import Decimal

import pytest

from falaj.components.core.node_pools.system_capacity import system_pools
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.machines import PriceKind, find
from falaj.facts.prices import Layer, UnitPrice, catalogue
from falaj.finops.pool_prices import pool_prices
from falaj.simulation.standing_costs import LEFT_OUT
from tests.unit.simulation.shipped_stacks import STACKS, machine, platform_of, settings_of

PROD, DEV = "Pulumi.prod-uae.yaml", "Pulumi.dev.yaml"
TRAINING, ONPREM, SMB = (
    f"examples/{name}.yaml"
    for name in ("enterprise-training/Pulumi.training", "onprem/Pulumi.onprem", "smb-inference/Pulumi.smb")
)


def test_all_kinds_of_stacks_are_read() -> None:
    folders = {file.rpartition("/")[0] for file in STACKS}
    assert len(STACKS) >= 10
    assert {"", "examples/onprem", "examples/hybrid", "templates/two-clouds", "templates/spot-training"} <= folders


@pytest.mark.parametrize("file", STACKS)
def test_every_shipped_stack_has_a_platform(file: str) -> None:
    settings, built = settings_of(file), platform_of(file)
    sites = {**settings.sites, **settings.onprem}
    declared = {f"{name}/{key}" for name, site in sites.items() for key, pool in site.pools.items()}
    declared |= {f"{name}/{key}" for name, site in settings.onprem.items() if site.burst for key in site.burst.pools}
    system = {f"{name}/{key}" for name, site in settings.sites.items() for key in system_pools(site.pools)}
    system |= {
        f"{name}/{key}"
        for name, site in settings.onprem.items()
        for key, pool in site.pools.items()
        if pool.profile is Profile.SYSTEM
    }
    keys = {pool.key for pool in built.pools}
    assert keys == declared - system
    assert {item.pool for item in built.services} <= keys
    assert {key for queue in built.queues for key in (*queue.units, *queue.borrow)} <= keys
    servings = [path for own in settings.tenants.values() for path, _, _ in own.servings()]
    assert len(built.services) == len(servings)
    queued = {
        (name, site) for name, own in settings.tenants.items() for site, space in own.spaces.items() if space.queue
    }
    assert {(queue.tenant, queue.site) for queue in built.queues} == queued
    assert sum(built.system_aed_per_month.values()) > 100
    assert built.warnings[-1] == LEFT_OUT


@pytest.mark.parametrize("file", STACKS)
def test_machines_cost_what_the_estimate_of_a_plan_says(file: str) -> None:
    settings = settings_of(file)
    rate = settings.currency.aed_per_usd
    for pool in platform_of(file).pools:
        region = settings.sites[pool.site].region if pool.site in settings.sites else None
        if region is None:
            continue
        for each in pool.machines:
            on_demand = pool_prices(catalogue(), region, [each.name], ("on-demand",), None).price
            spot = pool_prices(catalogue(), region, [each.name], ("spot",), None).price
            assert on_demand.usd is not None
            if pool.capacity not in (Capacity.RESERVED, Capacity.CAPACITY_BLOCK):
                assert each.on_demand_aed == pytest.approx(float(on_demand.usd * rate))
            assert each.spot_aed == (None if spot.usd is None else pytest.approx(float(spot.usd * rate)))
            assert each.spot_aed is None or each.spot_aed <= each.on_demand_aed + 1e-9


def test_a_price_book_takes_precedence() -> None:
    price = UnitPrice(Decimal(1), "hour", PriceKind.NEGOTIATED, "contract", "2026-11-01", "contract", Decimal(2))
    book = Layer(catalogue(), machines={("me-central-1", "g5.12xlarge", "spot"): price})
    pools = platform_of(PROD, book=book)
    assert machine(pools.pool("awsuae/gpuspot"), "g5.12xlarge").spot_aed == pytest.approx(3.6725)
    assert machine(pools.pool("awsuae/gpuspot"), "g5.12xlarge").on_demand_aed == pytest.approx(25.5514, abs=1e-3)


def test_a_pool_of_karpenter() -> None:
    pool = platform_of(PROD).pool("awsuae/gpuspot")
    assert (pool.profile, pool.capacity, pool.min, pool.max) == (Profile.TRAINING, Capacity.SPOT_FIRST, 0, 24)
    names = ["g5.xlarge", "g6e.xlarge", "g5.12xlarge", "g6.12xlarge", "g6e.12xlarge"]
    assert [each.name for each in pool.machines] == names
    assert [each.gpus for each in pool.machines] == [1, 1, 4, 4, 4]
    # All types are offered in one of the site's two zones.
    assert pool.zones == 1
    assert (pool.decision_seconds, pool.start_seconds, pool.idle_seconds) == (1, 89, 120)
    assert pool.returns_to_spot
    assert pool.has_gpu_counts
    assert (pool.notice_seconds, pool.grace_seconds, pool.least_billed_seconds) == (100, 100, 60)
    assert pool.sleeps is None
    # 48 vCPUs less what Kubernetes and the DaemonSets of the site keep.
    facts = find("me-central-1", "g5.12xlarge")
    assert facts is not None
    assert facts.vcpu is not None
    assert facts.memory_gib is not None
    assert facts.vcpu - 1 < machine(pool, "g5.12xlarge").cpu < facts.vcpu
    assert 0.85 < machine(pool, "g5.12xlarge").memory_gib / facts.memory_gib < 0.925


def test_spot_pools_of_karpenter_do_not_return_and_only_remove_empty_nodes() -> None:
    pool = platform_of(PROD).pool("awsuae/cpuspot")
    assert (pool.returns_to_spot, pool.idle_seconds, pool.zones) == (False, 120, 2)


def test_agent_pools_have_the_cluster_autoscaler_with_the_longest_wait_of_their_profiles() -> None:
    built = platform_of(PROD)
    for name in ("cpu", "cpuspot", "gpu", "gpuspot"):
        pool = built.pool(f"azuae/{name}")
        assert (pool.decision_seconds, pool.start_seconds, pool.idle_seconds) == (10, 170, 600)
        assert not pool.returns_to_spot
    # Up to 30 seconds of notice, of which programs get 25.
    assert built.pool("azuae/gpuspot").notice_seconds == 25
    assert built.pool("azuae/cpu").zones == 3
    # In which zones these machines are is not known; they are in few.
    assert built.pool("azuae/gpuspot").zones == 1


def test_unneeded_nodes_are_kept_less_long_without_training_and_gpus() -> None:
    changes = ["sites.azuae.pools={system: {profile: system, machines: [Standard_D4as_v5], min: 3, max: 6}, "
               "cpu: {profile: inference-cpu, machines: [Standard_D8as_v5], min: 1, max: 12}}"]  # fmt: skip
    changes += ["tenants={}", "replication=null"]
    assert platform_of(PROD, *changes).pool("azuae/cpu").idle_seconds == 300


def test_nodes_of_node_groups_wait_as_long_as_the_autoscaler_does_by_default() -> None:
    changes = {"node_autoscaler": "cluster-autoscaler", "pools.gpuspot.capacity": "spot", "aws.budget_stop": "null",
               "pools.gpuspot.aws.exact_gpus": "false"}  # fmt: skip
    # At the spot price the budgets buy more GPUs.
    spaces = [f"tenants.{tenant}.spaces.awsuae.gpus=32" for tenant in ("insurance", "retail-banking")]
    built = platform_of(PROD, *spaces, *(f"sites.awsuae.{path}={value}" for path, value in changes.items()))
    pool = built.pool("awsuae/gpuspot")
    assert (pool.decision_seconds, pool.idle_seconds, pool.returns_to_spot) == (10, 600, False)


def test_zones_are_those_that_a_pool_names() -> None:
    changed = platform_of(PROD, "sites.azuae.pools.cpu.zones=['1']", "sites.azuae.pools.gpuspot.zones=['1', '3']")
    assert (changed.pool("azuae/cpu").zones, changed.pool("azuae/gpuspot").zones) == (1, 2)


def test_a_spot_limit_bounds_the_price() -> None:
    built = platform_of(PROD, "sites.azuae.pools.gpuspot.azure.spot_max_usd=10")
    assert built.pool("azuae/gpuspot").machines[0].spot_aed == pytest.approx(36.725)


def test_machines_without_a_spot_price_are_named() -> None:
    warnings = platform_of(PROD).warnings
    assert [text for text in warnings if "awsuae/gpuspot" in text] == [
        "pool awsuae/gpuspot: no spot price of g6.12xlarge, g6e.12xlarge is known, so they are never bought on spot"
    ]
    assert not [text for text in warnings if "azuae/gpuspot" in text or "awsuae/gpu:" in text]


def test_machines_without_a_price_are_left_out_with_a_warning() -> None:
    unpriced = "Standard_E8-4as_v5"
    built = platform_of(PROD, f"sites.azuae.pools.cpuspot.machines=[{unpriced}]")
    assert "azuae/cpuspot" not in {pool.key for pool in built.pools}
    assert [text for text in built.warnings if "azuae/cpuspot" in text] == [
        f"pool azuae/cpuspot: {unpriced} is left out, because its size or on-demand price is not known",
        "pool azuae/cpuspot is left out: no machine remains",
    ]


def test_sleeping_pools_keep_office_hours() -> None:
    built = platform_of(TRAINING)
    assert built.pool("trainaws/notebooks").sleeps == (7.0, 19.0)
    assert built.pool("trainaws/train").sleeps is None


def test_a_sleeping_site_puts_all_its_pools_to_sleep_and_pays_system_nodes_in_office_hours() -> None:
    always = platform_of(DEV)
    built = platform_of(DEV, "sites.devaws.sleeps=true", "sites.devaws.office_hours={opens: '08:30', closes: '18:00'}")
    assert {pool.sleeps for pool in built.pools} == {(8.5, 18.0)}
    share = built.system_aed_per_month["system nodes"] / always.system_aed_per_month["system nodes"]
    assert share == pytest.approx(5 * 9.5 / 168)
    assert built.system_aed_per_month["control planes"] == always.system_aed_per_month["control planes"]


def test_queues_have_the_quotas_of_their_deployment() -> None:
    built = platform_of(PROD)
    retail, insurance = built.queues
    assert (retail.tenant, retail.weight, insurance.tenant, insurance.weight) == (
        "retail-banking", 60000, "insurance", 20000)  # fmt: skip
    # Kueue tries flavors in this order.
    assert list(retail.units) == ["awsuae/cpuspot", "awsuae/gpuspot"]
    assert retail.units == {"awsuae/cpuspot": 192, "awsuae/gpuspot": 12}
    # All of the other queue: the ResourceQuota of 64 GPUs has room for it.
    assert insurance.borrow["awsuae/gpuspot"] == 12
    assert retail.budget is not None
    assert retail.budget.aed_per_month == 60000
    assert [flavor.name for flavor in retail.budget.flavors] == list(retail.units)
    assert retail.budget.room == {"cpu": 1199, "memory_gib": 8998, "gpus": 64}


def test_quotas_are_static_where_they_do_not_follow_the_spend() -> None:
    assert platform_of(DEV).queues[0].budget is None
    built = platform_of(PROD, "tenants.insurance.spaces.awsuae.queue.quota_basis=static")
    assert [queue.budget is None for queue in built.queues] == [False, True]


def test_runs_save_checkpoints_as_the_largest_run_of_the_stack() -> None:
    defaults = platform_of(SMB).runs
    assert (defaults.checkpoint_seconds, defaults.save_seconds, defaults.interruptions_per_hour) == (1450, 30, 0.1)
    # 300 seconds from the loss of a machine, less the 90 in which a node starts.
    assert (defaults.restart_seconds, defaults.deadline_interval_seconds) == (210, 300)
    assert (defaults.pods_ready_seconds, defaults.recover_seconds) == (1200, 600)
    path = "tenants.retail-banking.runs.fraud-tuning.efficiency"
    changed = platform_of(PROD, f"{path}.checkpoint_interval_seconds=600", f"{path}.interruptions_per_hour=0.5")
    assert (changed.runs.checkpoint_seconds, changed.runs.interruptions_per_hour) == (600, 0.5)
    fixed = platform_of(
        PROD, f"{path}.checkpoint_interval_seconds=600", path.replace("efficiency", "interruptible=false")
    )
    assert fixed.runs.checkpoint_seconds == 1450
    assert any("other runs of the stack differ" in text for text in platform_of(TRAINING).warnings)
    assert not any("other runs of the stack differ" in text for text in platform_of(PROD).warnings)


def test_own_machines_cost_the_same_whether_used_or_idle() -> None:
    built = platform_of(ONPREM)
    own = [pool for pool in built.pools if all(each.on_demand_aed == 0 for each in pool.machines)]
    rented = [pool for pool in built.pools if pool not in own]
    assert own
    assert rented
    assert all(pool.min == pool.max and pool.decision_seconds == pool.start_seconds == 0 for pool in own)
    assert all(each.spot_aed is None for pool in own for each in pool.machines)
    assert list(built.system_aed_per_month) == ["own machines"]
    assert built.system_aed_per_month["own machines"] > 10_000


def test_reserved_machines_are_paid_for_whether_they_run_or_not() -> None:
    pool = ("{profile: inference-gpu, machines: [g6.12xlarge], capacity: reserved, min: 0, max: 2, zone: mec1-az1, "
            "aws: {reservation: cr-0a1b2c3d4e5f60718}}")  # fmt: skip
    built = platform_of(PROD, f"sites.awsuae.pools.reserved={pool}")
    reserved = built.pool("awsuae/reserved")
    assert reserved.machines[0].on_demand_aed == 0
    listed = machine(built.pool("awsuae/gpuspot"), "g6.12xlarge").on_demand_aed
    assert built.system_aed_per_month["reserved machines"] == pytest.approx(2 * listed * 730)
    assert "reserved machines" not in platform_of(PROD).system_aed_per_month


def test_the_charges_of_the_system_in_a_month_of_another_length() -> None:
    built = platform_of(DEV)
    total = sum(built.system_aed_per_month.values())
    assert built.system_aed(730 * 3600) == pytest.approx(total)
    assert built.system_aed(365 * 3600) == pytest.approx(total / 2)
