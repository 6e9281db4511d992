"""Recommendations from utilisation exports: each computed by hand, and cases without a recommendation."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.facts.machines import find, machines
from falaj.facts.prices import catalogue
from falaj.facts.processors import processor
from falaj.finops.errors import BadInput
from falaj.finops.money import Rates
from falaj.finops.rightsize import exports
from falaj.finops.rightsize.advice import Advice, advise
from falaj.finops.rightsize.advice_report import advice_document, markdown
from falaj.finops.rightsize.evidence import Confidence, gather, in_office_hours, trust
from falaj.finops.rightsize.exports import Reader
from falaj.finops.rightsize.inventory import MachineInventory, Terms, with_inventory
from falaj.finops.rightsize.inventory import load as load_inventory
from falaj.finops.rightsize.points import Point, Signal
from falaj.finops.rightsize.recommendation import Action, Recommendation
from falaj.finops.rightsize.work import unsteady
from tests.thorough import many
from tests.unit.finops.utilisation import azure, cloudwatch, dcgm, flat, hours, office, opencost, prometheus

D = Decimal


def advised(text: str, reader: Reader = exports.prometheus, **terms: Any) -> Advice:
    inventory = MachineInventory(subjects={"*": Terms.model_validate(terms)})
    return advise(with_inventory(gather(reader(text, "export")), inventory), catalogue())


def of(advice: Advice, action: Action) -> Recommendation:
    return next(recommendation for recommendation in advice.recommendations if recommendation.action is action)


def actions(advice: Advice) -> set[Action]:
    return {recommendation.action for recommendation in advice.recommendations}


G5: dict[str, Any] = {"machine": "g5.12xlarge", "region": "me-central-1"}


def test_one_busy_gpu_of_four_takes_a_smaller_machine() -> None:
    """A10G: 0.3 x 70 TFLOPS and 0.2 x 600 GB/s and 10,000 MiB. g6.xlarge (L4): 84.7 and 210 with headroom, 21.6 GB."""
    text = prometheus(
        *dcgm("gpu-1", tensor=flat(0.3), dram=flat(0.2), fb=flat(10_000)),
        *dcgm("gpu-1", gpu="1", tensor=flat(0), dram=flat(0), fb=flat(0)),
    )
    advice = advised(text, **G5)
    smaller = of(advice, Action.SMALLER)
    assert smaller.to == "g6.xlarge"
    assert smaller.usd_month == (D("6.9575") - D("0.98824")) * 730
    assert smaller.trust.confidence is Confidence.MEDIUM
    assert any("country" in item for item in smaller.keep)
    assert actions(advice) == {Action.SMALLER}


def test_two_busy_gpus_do_not_go_onto_one() -> None:
    series = [item for gpu in "01" for item in dcgm("a", gpu=gpu, tensor=flat(0.3), dram=flat(0.2), fb=flat(10_000))]
    assert of(advised(prometheus(*series), **G5), Action.SMALLER).to == "g6.12xlarge"


def test_gpu_utilisation_alone_recommends_nothing() -> None:
    advice = advised(prometheus(*dcgm("a", util=flat(3), fb=flat(100))), **G5)
    assert advice.recommendations == []
    assert "alone misleads" in advice.notes[0][1]


def test_without_memory_no_other_machine_is_named() -> None:
    assert actions(advised(prometheus(*dcgm("a", tensor=flat(0.05), dram=flat(0.05))), **G5)) == set()


def test_office_hours_sleep_and_scale_to_zero_are_alternatives() -> None:
    """10 of 24 hours on 5 of 7 days are worked: 70.24 % idle; awake 260.7 of 730 hours."""
    text = prometheus(*dcgm("a", tensor=office(0.6), dram=office(0.6), fb=flat(20_000)))
    advice = advised(text, machine="g5.xlarge", region="me-central-1")
    paid = D("1.234") * 730
    assert float(of(advice, Action.ZERO).usd_month) == pytest.approx(float(paid) * (1 - 50 / 168) * 0.9)
    assert of(advice, Action.ZERO).trust.confidence is Confidence.MEDIUM
    sleep = of(advice, Action.SLEEP)
    assert float(sleep.usd_month) == pytest.approx(float(paid) * (1 - 5 * 365 / 7 / 12 * 12 / 730))
    assert sleep.trust.confidence is Confidence.HIGH
    assert advice.usd_month == max(recommendation.usd_month for recommendation in advice.recommendations)


def test_idle_time_is_promised_by_the_busiest_week() -> None:
    """Idle throughout the first week and 40 % of the second: 40 % of the price, less a tenth."""
    begin = hours(1)[0]

    def shape(moment: datetime) -> float:
        number = (moment - begin) // timedelta(hours=1)
        return 0.0 if number < 168 or number % 5 < 2 else 0.9

    text = prometheus(*dcgm("a", tensor=shape, dram=shape, fb=flat(20_000)))
    idle = sum((168 + n) % 5 < 2 for n in range(168)) / 168
    result = of(advised(text, machine="g5.xlarge", region="me-central-1"), Action.ZERO)
    assert float(result.usd_month) == pytest.approx(1.234 * 730 * idle * 0.9, rel=1e-5)


def test_a_machine_that_never_works_is_not_needed() -> None:
    advice = advised(prometheus(*dcgm("a", tensor=flat(0), dram=flat(0.001), fb=flat(0))), **G5, count=3)
    assert of(advice, Action.ZERO).usd_month == D("6.9575") * 730 * 3
    assert advice.best[0].action is Action.ZERO


def test_hardly_used_gpu_goes_to_a_cpu_machine() -> None:
    text = prometheus(*dcgm("a", tensor=flat(0.0), dram=flat(0.02), fb=flat(4_000)))
    result = of(advised(text, machine="g5.4xlarge", region="me-central-1"), Action.CPU)
    # 12 GB/s: at 70 % load of 3.2 GB/s a vCPU of Sapphire Rapids, 5.4 vCPU
    cpu = find("me-central-1", result.to)
    assert cpu is not None
    assert (cpu.gpus, (cpu.vcpu or 0) * processor(cpu.name).gb_s * 0.7 >= 12) == (0, True)
    assert result.usd_month == (D("1.99206") - (cpu.on_demand.usd_hour or D(0))) * 730
    assert result.trust.confidence is Confidence.MEDIUM
    assert any("latency" in item for item in result.keep)


def test_no_machine_that_the_platform_cannot_run() -> None:
    """Eight busy H100 would fit eight MI300X of the region, and a hardly used A10 a sixth of one; both cost less."""
    busy = [dcgm("a", gpu=str(gpu), tensor=flat(0.5), dram=flat(0.5), fb=flat(60_000)) for gpu in range(8)]
    text = prometheus(*(sample for samples in busy for sample in samples))
    smaller = of(advised(text, machine="Standard_ND96isr_H100_v5", region="uaenorth"), Action.SMALLER)
    assert smaller.to == "Standard_ND96isr_H200_v5"
    text = prometheus(*dcgm("a", tensor=flat(0.05), dram=flat(0.05), fb=flat(2_000)))
    assert actions(advised(text, machine="Standard_NV36ads_A10_v5", region="uaenorth")) == {Action.CPU}


def test_spot_only_where_it_may_be_interrupted() -> None:
    text = prometheus(*dcgm("a", tensor=flat(0.9), dram=flat(0.9), fb=flat(20_000)))
    g5: dict[str, Any] = {"machine": "g5.xlarge", "region": "me-central-1"}
    assert actions(advised(text, **g5)) == set()
    assert of(advised(text, **g5, interruptible=True), Action.SPOT).usd_month == (D("1.234") - D("0.53062")) * 730
    assert advised(text, **g5, interruptible=True, fixed=True).notes == [("a", "fixed by the inventory")]
    h100: dict[str, Any] = {"machine": "Standard_NC40ads_H100_v5", "region": "uaenorth"}
    assert Action.SPOT not in actions(advised(text, **h100, interruptible=True))


def test_cpu_machines_from_cloudwatch_and_azure() -> None:
    """20 % of 16 vCPU with headroom are 4.6 vCPU; 30 % of 64 GiB are 21.3 GiB: 8 vCPU and 32 GiB."""
    text = cloudwatch("i-1", CPUUtilization=flat(20), mem_used_percent=flat(30))
    result = of(advised(text, exports.cloudwatch, machine="m5.4xlarge", region="me-central-1"), Action.SMALLER)
    smaller = find("me-central-1", result.to)
    assert smaller is not None
    able = [m.on_demand.usd_hour or D(99) for m in machines("me-central-1").values()
            if (m.vcpu or 0) >= 4.6 and (m.memory_gib or 0) >= 21.4 and m.arch == "x86_64"
            and not m.gpus and not unsteady(m)]  # fmt: skip
    assert smaller.on_demand.usd_hour == min(able)
    text = azure("vm-1", Percentage_CPU=flat(20), Available_Memory_Percentage=flat(70))
    advice = advised(text, exports.azure_monitor, machine="Standard_D16as_v5", region="uaenorth")
    assert of(advice, Action.SMALLER).subject == "vm-1"
    assert "30% of memory" in of(advice, Action.SMALLER).why
    unmeasured = advised(
        cloudwatch("i-1", CPUUtilization=flat(20)), exports.cloudwatch, machine="m5.4xlarge", region="me-central-1"
    )
    assert all("64 GiB" in " ".join(recommendation.keep) for recommendation in unmeasured.recommendations)


def test_a_wide_csv_of_cloudwatch() -> None:
    rows = "\n".join(f"{hour.isoformat()},20,30" for hour in hours(1))
    points = exports.cloudwatch(f"time,i-1 CPUUtilization,i-1 mem_used_percent\n{rows}\n", "x.csv")
    assert len(points) == 336
    assert {point.value for point in points} == {0.2, 0.3}


def test_requests_from_opencost() -> None:
    """7 % of the CPU requested is used: a tenth is enough; its cost of 1 USD an hour falls by nine tenths."""
    text = opencost("bank/scorer", cpuCoreRequestAverage=10, cpuCoreUsageAverage=0.7, cpuCost=1.0, ramCost=0.5,
                    ramByteRequestAverage=100, ramByteUsageAverage=90)  # fmt: skip
    advice = advised(text, exports.opencost)
    result = of(advice, Action.REQUESTS)
    assert float(result.usd_month) == pytest.approx(730 * 0.9, rel=1e-5)
    assert {recommendation.subject for recommendation in advice.recommendations} == {"bank/scorer"}


def test_the_labels_of_an_export_say_the_machine() -> None:
    labels = {"node_kubernetes_io_instance_type": "g5.xlarge", "topology_kubernetes_io_region": "me-central-1"}
    text = prometheus(*dcgm("a", labels=labels, tensor=flat(0), dram=flat(0), fb=flat(0)))
    assert advised(text).usd_month == D("1.234") * 730
    silent = advised(prometheus(*dcgm("a", tensor=flat(0), dram=flat(0), fb=flat(0))))
    assert silent.notes == [("a", "its machine or region is unknown: add them to the inventory")]


def test_a_price_that_is_missing_is_told() -> None:
    text = prometheus(*dcgm("a", tensor=flat(0), dram=flat(0), fb=flat(0)))
    advice = advised(text, machine="g6.12xlarge", region="me-central-1", capacity="spot")
    assert advice.recommendations == []
    assert "price is missing" in advice.notes[0][1]


def test_confidence() -> None:
    start = datetime(2026, 11, 2, tzinfo=UTC)

    def seen(count: int, wild: bool = False) -> Confidence:
        values = {start + timedelta(hours=n): 0.9 if not wild or n // 24 % 5 == 0 else 0.05 for n in range(count)}
        return trust(values).confidence

    assert seen(336) is Confidence.HIGH
    assert seen(335) is Confidence.MEDIUM
    assert seen(336, wild=True) is Confidence.MEDIUM
    assert seen(100) is Confidence.LOW
    assert trust({start: 0.5}).lowered().confidence is Confidence.LOW


def test_office_hours_are_those_of_the_uae() -> None:
    assert in_office_hours(datetime(2026, 11, 2, 3, tzinfo=UTC))
    assert not in_office_hours(datetime(2026, 11, 2, 2, tzinfo=UTC))
    assert not in_office_hours(datetime(2026, 11, 7, 8, tzinfo=UTC))


def test_reports() -> None:
    text = prometheus(*dcgm("a|b", tensor=office(0.6), dram=office(0.6), fb=flat(20_000)))
    advice = advised(text, machine="g5.xlarge", region="me-central-1", keep=["the licence"])
    result = json.loads(json.dumps(advice_document(advice, Rates())))
    assert [row["best"] for row in result["recommendations"]] == [True, False]
    assert result["total"]["aed"] == result["recommendations"][0]["saves"]["aed"]
    page = markdown(advice, Rates())
    assert "a\\|b" in page
    assert "the licence" in page


@pytest.mark.parametrize(
    ("reader", "text", "message"),
    [
        (exports.prometheus, "{", "not JSON"),
        (exports.prometheus, "[]", "not a response of a Prometheus range query"),
        (exports.prometheus, prometheus(), "no supported metric"),
        (exports.prometheus, prometheus(*dcgm("a", tensor=flat(2))), "not a value of tensor"),
        (exports.prometheus, prometheus(*dcgm("a", tensor=flat(-1))), "not a value of tensor"),
        (exports.prometheus, prometheus({"metric": {"__name__": "DCGM_FI_DEV_FB_USED"}}), "names the machine"),
        (exports.prometheus, prometheus({"metric": {"__name__": "DCGM_FI_DEV_FB_USED", "node": "a"}, "values": [1]}),
         "not a pair"),
        (exports.opencost, "{}", "not a response of OpenCost"),
        (exports.opencost, opencost("a", cpuCost=-1), "not a value"),
        (exports.cloudwatch, '{"x": 1}', "get-metric-data"),
        (exports.cloudwatch, '{"MetricDataResults": [{"Label": "i CPUUtilization", "Timestamps": [1], "Values": []}]}',
         "1 times and 0 values"),
        (exports.cloudwatch, "time,i CPUUtilization\nyesterday,5\n", "not a time"),
        (exports.cloudwatch, "time,i CPUUtilization\n1\n", "a different number of columns"),
        (exports.azure_monitor, "a,b\n1,2\n", "column Resource"),
        (exports.azure_monitor, "", "contains no rows"),
    ],
)  # fmt: skip
def test_a_wrong_export_is_refused_in_one_sentence(reader: Reader, text: str, message: str) -> None:
    with pytest.raises(BadInput) as refused:
        reader(text, "export")
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_values_that_are_not_there_are_left_out() -> None:
    raw = prometheus({"metric": {"__name__": "DCGM_FI_DEV_FB_USED", "node": "a"}, "values": [[1e9, "NaN"], [1e9, "5"]]})
    assert [point.value for point in exports.prometheus(raw, "x")] == [5]


def test_an_inventory_names_machines_that_are_there(tmp_path: Path) -> None:
    file = tmp_path / "inventory.yaml"
    file.write_text(yaml.safe_dump({"subjects": {"gpu-*": {"machine": "p4d.24xlarge", "region": "me-central-1"}}}))
    point = Point("gpu-1", "0", Signal.TENSOR, datetime.now(UTC), 0.1)
    with pytest.raises(BadInput, match="me-central-1 has no machine p4d"):
        with_inventory(gather([point]), load_inventory(file))
    file.write_text("subjects: {a: {machin: x}}")
    with pytest.raises(BadInput, match="machine"):
        load_inventory(file)


@settings(max_examples=many(30), deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 24_000), st.floats(1, 3))
def test_busier_machines_never_save_more_by_another_machine(a: float, b: float, fb: float, more: float) -> None:
    def saved(factor: float) -> D:
        shapes: dict[str, Any] = {"tensor": flat(min(1, a * factor)), "dram": flat(min(1, b * factor)), "fb": flat(fb)}
        advice = advised(prometheus(*dcgm("a", weeks=1, **shapes)), **G5)
        kinds = (Action.SMALLER, Action.CPU)
        return max(
            (recommendation.usd_month for recommendation in advice.recommendations if recommendation.action in kinds),
            default=D(0),
        )

    assert saved(more) <= saved(1)
    assert saved(1) < D("6.9575") * 730
