"""Jobs run beside the lasting work, on nodes above it where there is no room, and never above the pool's maximum."""

from decimal import Decimal

from falaj.facts.prices import catalogue
from falaj.finops.money import Rates
from falaj.finops.pool_hours import machine_hours
from falaj.finops.priced_pool import PricedPool
from falaj.finops.pricing_context import PricingContext
from falaj.finops.usage import parse
from falaj.finops.work.floor import Floor
from tests.unit.finops.plans import AWS_NETWORK, Row, agent_pool, plan, priced
from tests.unit.finops.test_work_nodes import GPU_POD, QUIET, gpu_pool, machines, pool_with
from tests.unit.finops.work_plans import deployment, of_kind, pod


def job(name: str, template: dict[str, object], pods: int = 1) -> Row:
    return of_kind("batch/v1:Job", name, {"template": template, "parallelism": pods})


def expected_hours(*rows: Row, **hours: int) -> float:
    """Returns the expected machine hours of the only pool, with these hours of each job."""
    found = machines(*rows, usage=usage_of(hours))
    return float(sum(line.charge.quantity.expected for line in found))


def usage_of(hours: dict[str, int]) -> str:
    stated = ", ".join(f"{name}: {{hours: {each}}}" for name, each in hours.items())
    return f"{QUIET}\nsites: {{uae: {{workloads: {{{stated}}}}}}}"


def warnings(*rows: Row, **hours: int) -> str:
    return " ".join(priced(plan(AWS_NETWORK, *rows), usage_of(hours)).warnings)


def test_a_small_job_runs_beside_what_always_runs() -> None:
    """Two machines run all month (1,460 h), and a job of 100 millicores finds room on them."""
    pool = agent_pool("cpu", "Standard_D8as_v5", 2, 2)
    assert expected_hours(pool, job("train", pod("100m")), train=700) == 2 * 730


def test_a_job_takes_an_idle_gpu() -> None:
    idle = agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 4)
    assert expected_hours(idle, job("train", GPU_POD), train=100) == 730
    served = deployment("served", 1, GPU_POD)
    assert expected_hours(idle, served, job("train", GPU_POD), train=100) == 830


def test_jobs_share_a_node_for_the_longest_of_them() -> None:
    assert expected_hours(gpu_pool(), job("a", pod("1")), job("b", pod("1")), a=100, b=40) == 100


def test_jobs_wait_for_each_other_where_the_pool_is_full() -> None:
    pair = job("a", GPU_POD), job("b", GPU_POD)
    assert expected_hours(gpu_pool(most=1), *pair, a=100, b=40) == 140
    assert warnings(gpu_pool(most=1), *pair, a=100, b=40) == ""
    assert expected_hours(gpu_pool(most=2), *pair, a=100, b=40) == 140


def test_no_pool_exceeds_its_maximum_for_jobs() -> None:
    pair = job("a", GPU_POD), job("b", GPU_POD)
    assert expected_hours(gpu_pool(most=1), *pair, a=700, b=700) == 730
    sentence = "the pools have no room for all hours of b within the month; those that are left are not in the estimate"
    assert f"site uae: {sentence}" in warnings(gpu_pool(most=1), *pair, a=700, b=700)


def test_a_job_without_room_is_named() -> None:
    huge = job("huge", pod("400"))
    assert expected_hours(gpu_pool(), huge, huge=100) == 0
    assert "1 pod of huge find no room on the pools of the site" in warnings(gpu_pool(), huge, huge=100)
    many = job("many", GPU_POD, pods=5)
    assert expected_hours(gpu_pool(most=3), many, many=100) == 300
    assert "2 pods of many find no room" in warnings(gpu_pool(most=3), many, many=100)


def test_a_job_runs_within_the_hours_of_the_month_and_of_a_schedule() -> None:
    assert expected_hours(gpu_pool(most=1), job("a", GPU_POD), a=744) == 730
    resource = *pool_with({}, most=2), {}
    floor = Floor({("gpu", "on-demand"): 1}, job_hours={("gpu", "on-demand"): Decimal(700)})
    context = PricingContext(plan(resource), parse(QUIET), catalogue(), Rates())
    slept = PricedPool("gpu", "inference-gpu", ["gpu"], ["on-demand"], 0, 2, running_hours=Decimal(260))
    (hours,) = machine_hours(context, context.plan.resources[0], slept, floor, ("gpu", "on-demand")).values()
    assert hours.expected == hours.max == 520


def test_many_jobs_take_little_time() -> None:
    names = [f"job-{number}" for number in range(300)]
    assert expected_hours(gpu_pool(most=1), *(job(name, GPU_POD) for name in names), **dict.fromkeys(names, 1)) == 300
