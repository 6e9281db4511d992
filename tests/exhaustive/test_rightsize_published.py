"""Assumed speeds against measurements that others published, and our own of docs/workloads.md.

The assumptions need not be right for each model, but must not promise much more than was measured anywhere.
"""

import pytest

from falaj.facts.gpus import Gpu
from falaj.facts.machines import find
from falaj.finops.rightsize.engines import Engine, cpu_engine, vision_engine
from falaj.finops.rightsize.profile import Precision, Training, VisionInference, VisionTraining
from falaj.finops.rightsize.serving import BatchNeeds, replica_speed, vision_work
from falaj.finops.rightsize.training import _units_per_second, training_work

RTX_4090 = Gpu("RTX 4090", 24, 1008, 165, {}, "NVIDIA Ada GPU architecture: 165.2 dense, 16 bits into fp32")
RTX_3090 = Gpu("RTX 3090", 24, 936, 71, {}, "NVIDIA GA102 architecture: 71 dense, 16 bits into fp32")

SERVED = {
    "resnet-18": 18247.43,
    "mobilenet-v2": 11768.03,
    "efficientnet-b0": 9831.68,
    "resnet-50": 5088.39,
    "convnext-tiny": 4844.53,
    "resnet-101": 3320.94,
    "vit-b-16": 2843.0,
    "swin-tiny": 2744.11,
    "resnet-152": 2347.77,
    "vit-l-16": 903.87,
}
"""Images a second on an RTX 4090 at batch 512: pytorch-image-models aa4b5850, 2026-08-08,
benchmark-infer-amp-nhwc-pt240-cu124-rtx4090.csv."""

TRAINED = {
    "resnet-18": 3481.78,
    "mobilenet-v2": 2313.1,
    "efficientnet-b0": 1751.72,
    "resnet-50": 1218.01,
    "convnext-tiny": 819.24,
    "resnet-101": 747.89,
    "swin-tiny": 648.69,
    "resnet-152": 501.44,
    "vit-b-16": 392.99,
    "vit-l-16": 117.2,
}
"""Images a second in training on an RTX 3090: benchmark-train-amp-nhwc-pt112-cu113-rtx3090.csv of the same."""


@pytest.mark.parametrize("model", SERVED)
def test_images_served(model: str) -> None:
    profile = VisionInference(kind="vision-inference", model=model, requests_per_second=1)
    engine = vision_engine(RTX_4090, 1, "fp16")
    speed = replica_speed(vision_work(profile, "fp16"), BatchNeeds(512, 0, 0), engine)
    assert 0.3 < speed.per_second / SERVED[model] < 1.7


@pytest.mark.parametrize("model", TRAINED)
def test_images_trained(model: str) -> None:
    work = training_work(VisionTraining(kind="vision-training", model=model, samples=1, precision="fp16"))
    engine = vision_engine(RTX_3090, 1, "fp16")
    per_second = 1 / max(work.unit_tera / engine.tflops, work.unit_gb / engine.gb_s)
    assert 0.4 < per_second / TRAINED[model] < 2.1


def test_images_by_parameters_would_be_wrong_a_hundredfold() -> None:
    """Six operations per parameter and image, as for tokens, would promise 160 times what an RTX 3090 was measured to
    do."""
    by_parameters = 71e12 * 0.35 / (6 * 25.56e6)
    assert by_parameters / TRAINED["resnet-50"] > 100


def engine_of(machine: str, precision: Precision) -> Engine:
    found = find("me-central-1", machine)
    assert found is not None
    return cpu_engine(found, precision)


@pytest.mark.parametrize(
    ("machine", "prompt", "answer"), [("m8g.xlarge", 57.63, 15.18), ("m8g.4xlarge", 190.18, 40.99)]
)
def test_llama_3_8b_with_four_bits_on_graviton4(machine: str, prompt: float, answer: float) -> None:
    """Arm learning path arcee-foundation-model-on-aws, 07_evaluating_the_quantized_models.md, 4413025, 2025-06: llama
    8B Q4_0 of 4.33 GiB and 8.03 billion parameters, pp512 and tg128 with 4 and 16 threads."""
    engine = engine_of(machine, "int4")
    assert 0.7 < engine.tflops / (2 * 8.03e-3) / prompt < 1.1
    assert 0.25 < engine.gb_s / (4.33 * 2**30 / 1e9) / answer < 1


@pytest.mark.parametrize(
    ("precision", "mib", "prompt", "answer"),
    [("fp16", 638, 238, 21.8), ("int8", 339, 233, 31.4), ("int4", 198, 375, 36.6)],
)
def test_a_model_of_300_million_parameters_on_two_vcpus(
    precision: Precision, mib: float, prompt: float, answer: float
) -> None:
    """docs/workloads.md, measured on 2026-11-27 on two vCPUs of a Xeon whose AMX is switched off: AVX-512 and VNNI, as
    Ice Lake has."""
    engine = engine_of("m6i.large", precision)
    assert 0.4 < engine.tflops / (2 * 0.3e-3) / prompt < 1.2
    assert 0.4 < engine.gb_s / (mib * 2**20 / 1e9) / answer < 1.2


def test_a_core_with_amx() -> None:
    """sonos/tract#2339, 2026-06-03: 348 G multiply-adds a second in bf16, 228 to 280 in int8, on one core of a Sapphire
    or Emerald Rapids; c7i.large has one core."""
    assert engine_of("c7i.large", "bf16").tflops < 2 * 0.348
    assert engine_of("c7i.large", "int8").tflops < 2 * 0.280


def test_full_training_without_nvlink_waits_for_pcie() -> None:
    """ZeRO stage 3 moves three times the parameters a step (Rajbhandari et al., 2020, section 7): by hand, four L40S
    exchange 3 x 14 GB x 3/4 at 25.2 GB/s, 1.25 s for 4 x 2,048 tokens; with 16 times the batch the arithmetic decides.
    """
    machine = find("me-central-1", "g6e.12xlarge")
    assert machine is not None
    small = Training(kind="training", name="t", parameters_billion=7, method="full", context_tokens=2048)
    large = small.model_copy(update={"micro_batch": 16})
    lora = small.model_copy(update={"method": "lora"})
    speeds = [_units_per_second(item, training_work(item), machine, "bf16") for item in (small, large, lora)]
    arithmetic = 4 * 362 * 0.35 / (6 * 7 / 1000)
    assert speeds == pytest.approx([4 * 2048 / 1.25, arithmetic, arithmetic * 6 / 4])
