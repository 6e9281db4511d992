"""Machines for a workload profile: computed by hand, by properties, and errors in one sentence."""

import math
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.facts.gpus import GPUS
from falaj.facts.machines import PriceKind, machines
from falaj.facts.prices import Layer, UnitPrice, catalogue
from falaj.facts.regions import REGIONS
from falaj.finops.errors import BadInput
from falaj.finops.rightsize.choose import Answer, Option, SiteAnswer, answer
from falaj.finops.rightsize.document import unit_cost
from falaj.finops.rightsize.lengths import lengths_of
from falaj.finops.rightsize.memory import activations_gb, training_states_gb, weights_gb
from falaj.finops.rightsize.profile import Inference, Training
from falaj.finops.rightsize.profile_file import parse
from falaj.finops.rightsize.serving import language_work, waiting
from falaj.finops.rightsize.sites import own_sites, regions
from falaj.finops.rightsize.work import Obstacle

D = Decimal

LENGTHS = "prompt_tokens: 1919, output_tokens: 129"
LLAMA_8B = {"kind": "inference", "parameters_billion": 8, "context_tokens": 2048, "requests_per_second": 2,
            "prompt_tokens": 1919, "output_tokens": 129}  # fmt: skip
SITES = {site.name: site for site in regions()}


def asked(text: str, *sites: str) -> Answer:
    return answer(parse(text), [SITES[name] for name in sites or SITES], catalogue())


def of(text: str, site: str) -> SiteAnswer:
    return asked(text, site).sites[0]


def chosen(text: str, site: str) -> Option:
    result = of(text, site).chosen
    assert result is not None
    return result


def test_every_gpu_of_the_regions_has_facts_but_the_m60() -> None:
    models = {m.gpu_model for region in REGIONS for m in machines(region).values() if m.gpus}
    assert models - set(GPUS) == {"M60"}
    assert set(GPUS) <= models
    for region in REGIONS:
        for machine in machines(region).values():
            if machine.gpu_memory_gib is not None and machine.gpu_model in GPUS:
                assert machine.gpu_memory_gib == GPUS[machine.gpu_model or ""].memory_gb


def test_memory_by_hand() -> None:
    # 8e9 weights of 2 bytes; a token's cache 2 x 32 layers x 8 heads x 128 x 2 bytes = 131,072 bytes
    profile = Inference.model_validate(LLAMA_8B)
    assert weights_gb(8, "bf16") == 16
    by_batch = {needs.batch: needs.memory_gb for needs in language_work(profile, lengths_of(profile), "bf16").batches}
    # one request of 2,048 tokens, or 32 of 1,919 with half of their 129 generated
    assert by_batch[1] == pytest.approx(16 + 131_072 * 2048 / 1e9)
    assert by_batch[32] == pytest.approx(16 + 131_072 * 1983.5 * 32 / 1e9)
    quantised = language_work(profile, lengths_of(profile), "int4").batches[0]
    assert quantised.memory_gb == pytest.approx(8 * 0.52 + 131_072 * 2048 / 1e9)
    full = Training(kind="training", parameters_billion=8, context_tokens=4096, samples=1)
    assert training_states_gb(full) == 8 * 16
    # 34 bytes a layer, token and hidden unit, and 10 a token and word: 16-bit logits, fp32 copy and gradient
    assert activations_gb(full) == pytest.approx(34 * 32 * 4096 * 4096 / 1e9 + 10 * 4096 * 128_256 / 1e9)
    qlora = full.model_copy(update={"method": "lora", "precision": "int4"})
    # frozen 0.52 bytes; 1 % trained: 2 of weights, 2 of gradients, 4 of fp32 copy, 8 of moments
    assert training_states_gb(qlora) == pytest.approx(8 * 0.52 + 0.08 * 16)


def test_an_inference_bill_by_hand() -> None:
    """H100 NVL: a step reads weights and cache at 0.6 x 3,938 GB/s; a prompt takes 1,919 tokens at 0.4 x 835 TFLOPS. A
    full replica computes 31 other prompts while it answers one; 32 slots at 70 % load have no wait in 95 % of cases."""
    text = f"{{kind: inference, parameters_billion: 8, context_tokens: 2048, requests_per_second: 2, {LENGTHS}}}"
    option = chosen(text, "uaenorth")
    step = (16 + 131_072 * 1983.5 * 32 / 1e9) / (3938 * 0.6)
    prompt = 1919 * 0.016 / (835 * 0.4)
    assert option.machine.name == "Standard_NC40ads_H100_v5"
    assert option.work.per_second == pytest.approx(1 / (prompt + 129 * step / 32))
    assert waiting(32, 0.7) == 0
    assert option.work.p95_ms == pytest.approx(1000 * (32 * prompt + 129 * step))
    assert option.usd == D("9.98") * 730
    thousand, million = unit_cost(parse(text), option)
    assert thousand == D("9.98") * 730 / (2 * 3600 * 730) * 1000
    assert million is not None
    assert thousand is not None
    assert million == thousand * 1000 / 129


@pytest.mark.parametrize(("slots", "queued"), [(1, 0.7), (2, 0.5765), (3, 0.4923), (5, 0.3778), (10, 0.2217)])
def test_waiting_by_tables_of_erlang_c(slots: int, queued: float) -> None:
    """Erlang C at 70 % load, by its definition as a sum; the wait of those who queue is exponential."""
    load = 0.7 * slots
    full = load**slots / math.factorial(slots) / 0.3
    by_definition = full / (sum(load**k / math.factorial(k) for k in range(slots)) + full)
    assert by_definition == pytest.approx(queued, abs=5e-5)
    assert waiting(slots, 0.7) == pytest.approx(math.log(by_definition / 0.05) / (slots * 0.3))


def test_training_by_hand_and_the_mix_of_capacity() -> None:
    """0.2e9 tokens at 6 x 8e9 operations on 8 x 989 TFLOPS at 0.35: 0.963 h, and 0.1 h until the machine is gone; spot
    loses a tenth."""
    text = "{kind: training, parameters_billion: 8, context_tokens: 4096, tokens_billion: 0.2, interruptible: %s}"
    hours = 0.2e9 * 48e9 / (8 * 989e12 * 0.35) / 3600 + 0.1
    firm = chosen(text % "false", "uaenorth")
    assert firm.machine.name == "Standard_ND96isr_H200_v5"
    assert firm.bought.mix == "on-demand"
    assert float(firm.usd) == pytest.approx(121.264 * hours)
    loose = chosen(text % "true", "uaenorth")
    assert (loose.machine.name, loose.bought.mix) == ("Standard_ND96isr_H200_v5", "spot")
    assert float(loose.usd) == pytest.approx(24.2528 * hours / 0.9)


def test_a_batch_by_hand_and_more_machines_where_interruptions_would_miss_the_deadline() -> None:
    text = "{kind: batch, vcpu_hours: 960, memory_gib: 2, deadline_hours: 10, interruptible: true}"
    result = of(text, "me-central-1")
    for option in result.feasible:
        assert option.bought.elapsed_hours <= 10 + 1e-9
        if option.machine.name == "m6i.24xlarge":
            stretch = {"on-demand": 1, "spot-first": 1 / 0.9, "spot": 1 / 0.81}[option.bought.mix]
            assert option.work.count == math.ceil(960 / 96 * stretch / 10 - 1e-9)
    assert result.chosen is not None
    assert result.chosen.bought.mix == "spot"


def test_the_reasons_why_others_fail_are_reported() -> None:
    result = of("{kind: inference, parameters_billion: 70, context_tokens: 4096, requests_per_second: 1, p95_ms: 9000}",
               "me-central-1")  # fmt: skip
    why = {(item.machine, item.precision): item for item in result.failures}
    assert why["A100", ""].obstacle is Obstacle.NOT_OFFERED
    assert why["g6.xlarge", "bf16"].obstacle is Obstacle.MEMORY
    assert why["g6.xlarge", "bf16"].why == "needs 142.8 GB on each GPU and may hold 21.6 GB"
    assert why["g6e.12xlarge", "bf16"].obstacle is Obstacle.LATENCY
    assert any("impaired" in warning for warning in result.warnings)
    restricted = of("{kind: batch, vcpu_hours: 1, memory_gib: 1}", "uaecentral")
    assert any("restricted" in warning for warning in restricted.warnings)


def test_full_training_takes_rdma_between_machines() -> None:
    text = (
        "{kind: training, parameters_billion: 70, context_tokens: 4096, gradient_checkpointing: true, samples: 10000}"
    )
    result = of(text, "me-central-1")
    with_gpu = {option.machine.name: option for option in result.feasible if option.machine.gpus}
    assert all(option.machine.rdma for option in with_gpu.values())
    assert with_gpu["p5en.48xlarge"].work.count == 2
    assert result.chosen is not None
    assert result.chosen.machine.name in with_gpu
    assert next(item for item in result.failures if item.machine == "g6e.48xlarge").obstacle is Obstacle.MEMORY


def test_a_model_that_nearly_fits_does_not_fit() -> None:
    """12e9 weights of 2 bytes, a request's cache of 0.67 GB and 1.5 GB of overhead are 26.2 GB; an L4 may hold 21.6."""
    result = of(
        "{kind: inference, parameters_billion: 12, context_tokens: 2048, requests_per_second: 1}", "me-central-1"
    )
    why = next(item for item in result.failures if (item.machine, item.precision) == ("g6.xlarge", "bf16"))
    assert (why.obstacle, why.why) == (Obstacle.MEMORY, "needs 26.2 GB on each GPU and may hold 21.6 GB")


def test_without_rdma_only_adapters_are_trained_by_several_machines() -> None:
    text = "{kind: training, parameters_billion: 3, context_tokens: 2048, tokens_billion: 3, deadline_hours: %s}"
    full = of(text % "72, method: full", "me-central-1").feasible
    assert {item.work.count for item in full if not item.machine.rdma} == {1}
    several = of(text % "24, method: lora", "me-central-1").feasible
    assert any(entry.work.count > 1 and not entry.machine.rdma for entry in several)


def test_quantised_and_cpu_stand_beside_and_are_chosen_only_when_allowed() -> None:
    text = "{kind: inference, parameters_billion: 8, context_tokens: 2048, requests_per_second: 2, p95_ms: 60000%s}"
    shut, let = of(text % "", "me-central-1"), of(text % ", may_quantise_to: [int8]", "me-central-1")
    assert {("GPU", "bf16"), ("GPU", "int8"), ("GPU", "int4"), ("CPU", "int8")} <= {
        (item.family, item.precision) for item in shut.side_by_side
    }
    assert shut.chosen is not None
    assert let.chosen is not None
    assert (shut.chosen.precision, let.chosen.precision) == ("bf16", "int8")
    assert let.chosen.usd < shut.chosen.usd


def test_what_was_measured_goes_before_assumptions() -> None:
    text = """
    {kind: inference, parameters_billion: 8, context_tokens: 2048, requests_per_second: 2, p95_ms: 2000, measured:
    [{machine: g6.xlarge, precision: bf16, per_second: 3, p95_ms: 1500, source: load test of 2026-11-20}]}"""
    option = chosen(text, "me-central-1")
    assert (option.machine.name, option.work.count, option.work.measured) == ("g6.xlarge", 1, True)
    slow = chosen(text.replace("p95_ms: 1500", "p95_ms: 2500"), "uaenorth")
    assert slow.work.measured is False


def test_on_premises_machines(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    row = "{name: dgx, vcpu: 112, memory_gib: 2048, gpus: 8, gpu_model: H100, count: 1%s}"
    file.write_text(f"sites: {{datacentre: [{row % ', usd_hour: 1.5, as_of: 2026-01-01'}]}}")
    sites, prices = own_sites(file, catalogue())
    profile = parse("{kind: inference, parameters_billion: 70, context_tokens: 4096, requests_per_second: 1}")
    best = answer(profile, (*regions(), *sites), prices).best
    assert best is not None
    assert best.chosen is not None
    assert (best.site.name, best.chosen.usd) == ("datacentre", D("1.5") * 730)
    several = parse("{kind: inference, parameters_billion: 70, context_tokens: 4096, requests_per_second: 30}")
    limited = answer(several, sites, prices).sites[0]
    assert limited.chosen is None
    assert any("and there are 1" in item.why for item in limited.failures)
    joined = row.replace("count: 1", "rdma: true, count: 4, usd_hour: 1")
    file.write_text(f"sites: {{datacentre: [{joined % ''}]}}")
    sites, prices = own_sites(file, catalogue())
    large = "{kind: training, parameters_billion: 70, context_tokens: 4096, gradient_checkpointing: true, samples: 9}"
    both = answer(parse(large), sites, prices).sites[0].chosen
    assert both is not None
    assert both.work.count == 3
    file.write_text(f"sites: {{datacentre: [{row.replace('H100', 'MI300X') % ', usd_hour: 1'}]}}")
    sites, prices = own_sites(file, catalogue())
    amd = answer(profile, sites, prices).sites[0]
    assert (amd.chosen, [item.obstacle for item in amd.failures][-1]) == (None, Obstacle.PLATFORM)
    file.write_text(f"sites: {{datacentre: [{row % ''}]}}")
    sites, prices = own_sites(file, catalogue())
    unknown = answer(profile, sites, prices).sites[0]
    assert unknown.chosen is None
    assert {entry.obstacle for entry in unknown.failures} >= {Obstacle.PRICE}


PROFILES = st.builds(
    Inference,
    kind=st.just("inference"),
    parameters_billion=st.floats(0.1, 100),
    context_tokens=st.integers(200, 8192),
    requests_per_second=st.floats(0.05, 20),
    batch=st.integers(1, 64),
    p95_ms=st.none() | st.floats(500, 60_000),
    interruptible=st.booleans(),
)


@settings(max_examples=25, deadline=None)
@given(PROFILES, st.floats(1, 4), st.integers(0, 8192))
def test_more_memory_never_gets_cheaper(profile: Inference, larger: float, longer: int) -> None:
    update = {
        "parameters_billion": profile.parameters_billion * larger,
        "context_tokens": profile.context_tokens + longer,
    }
    small, large = (answer(item, [SITES["me-central-1"]], catalogue()).sites[0].chosen
                    for item in (profile, profile.model_copy(update=update)))  # fmt: skip
    if large is not None:
        assert small is not None
        assert small.usd <= large.usd


@settings(max_examples=15, deadline=None)
@given(PROFILES, st.sets(st.sampled_from(sorted(machines("me-central-1"))), max_size=40))
def test_the_chosen_one_is_cheapest_and_has_a_price(profile: Inference, hidden: set[str]) -> None:
    nothing = UnitPrice(None, "hour", PriceKind.MISSING, "hidden", "")
    prices = Layer(
        catalogue(), {("me-central-1", name, way): nothing for name in hidden for way in ("on-demand", "spot")}
    )
    result = answer(profile, [SITES["me-central-1"]], prices).sites[0]
    able = {item.machine.name for item in result.feasible}
    assert not able & hidden
    assert {entry.machine for entry in result.failures if entry.obstacle is Obstacle.PRICE} <= hidden
    if result.chosen is not None:
        assert all(result.chosen.usd <= element.usd for element in result.feasible if element.allowed)
        assert result.runner_up is None or result.runner_up.machine.name != result.chosen.machine.name


def test_the_state_of_own_machines_is_dated(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    ahead = date.today().replace(year=date.today().year + 1, day=1)
    file.write_text(f"sites: {{dc: [{{name: a, vcpu: 1, memory_gib: 1, count: 1, usd_hour: 1, as_of: {ahead}}}]}}")
    with pytest.raises(BadInput, match="in the future"):
        own_sites(file, catalogue())
    file.write_text("sites: {uaenorth: []}")
    with pytest.raises(BadInput, match="another name"):
        own_sites(file, catalogue())
