"""GPU machines that the platform cannot run, held against its own components, and processors of CPU machines."""

from pathlib import Path

import pytest

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.settings.checks.gpu_totals import cloud_gpu_pools
from falaj.facts.gpu_support import OTHER_VENDORS, unsupported_gpu
from falaj.facts.machines import find, machines
from falaj.facts.processors import UNKNOWN, processor
from falaj.facts.regions import REGIONS

ROOT = Path(__file__).parents[3]


def why(region: str, name: str) -> str:
    machine = find(region, name)
    assert machine is not None
    return unsupported_gpu(machine)


def test_the_reasons() -> None:
    assert "GPUs of AMD" in why("uaenorth", "Standard_ND96isr_MI300X_v5")
    assert "arm64 host" in why("uaecentral", "Standard_ND128isr_NDR_GB200_v6")
    assert "a part of a GPU" in why("uaenorth", "Standard_NV6ads_A10_v5")
    for region, name in (("uaenorth", "Standard_NC40ads_H100_v5"), ("uaenorth", "Standard_NV36ads_A10_v5"),
                         ("me-central-1", "g6.xlarge"), ("me-central-1", "c7i.large")):  # fmt: skip
        assert not why(region, name)


def test_no_component_requests_a_gpu_of_another_vendor() -> None:
    assert OTHER_VENDORS
    named = [str(file) for file in ROOT.glob("components/**/*.py") if "amd.com/gpu" in file.read_text("utf-8")]
    assert not named


def test_the_checks_of_settings_count_a_part_of_a_gpu_as_a_device() -> None:
    """Pools may have such machines, but none is recommended."""
    pool = NodePoolSpec.model_validate(
        {"profile": "inference-gpu", "machines": ["Standard_NV6ads_A10_v5"], "min": 0, "max": 4}
    )
    devices = cloud_gpu_pools("uaenorth", {"gpu": pool})["gpu"].devices
    assert devices is not None
    assert set(devices.values()) == {4}


def test_every_arm64_machine_has_an_arm_processor_and_no_other() -> None:
    """By the architecture column of the catalogue, whose source is another than that of the table of processors."""
    for region in REGIONS:
        for machine in machines(region).values():
            if not machine.gpus:
                chip = processor(machine.name, machine.arch)
                is_arm = chip.name.startswith(("AWS Graviton", "Azure Cobalt"))
                assert is_arm is (machine.arch == "arm64"), machine.name


SUSTAINED_MHZ = {
    "c5": 3400, "m5": 3100, "c6in": 3500, "m6i": 3500, "x2idn": 3500, "x2iezn": 4500, "i4i": 3500, "c7i": 3200,
    "m7i": 3200, "i7i": 2400, "r8i": 3900, "c6g": 2500, "m7g": 2600, "m8g": 2800, "c8gn": 2800, "i3en": 3100,
}  # fmt: skip
"""Family -> sustained clock: karpenter-provider-aws 1d92708, 2026-08-21, instance-types.md. The manufacturer there is
`aws` for those with g after the number, and `intel` for the others."""


@pytest.mark.parametrize("name", SUSTAINED_MHZ)
def test_processors_of_aws_by_karpenters_table(name: str) -> None:
    chip = processor(f"{name}.2xlarge")
    is_graviton = "g" in name[1:]
    assert chip.name.startswith("AWS Graviton" if is_graviton else "Intel")
    assert chip.ghz * 1000 <= SUSTAINED_MHZ[name]
    assert not is_graviton or chip.ghz * 1000 == SUSTAINED_MHZ[name]
    assert chip.vcpus_per_core == (1 if is_graviton else 2)


@pytest.mark.parametrize(
    ("machine", "chip"),
    [
        ("c7i.large", "Intel Sapphire Rapids"),  # AWS, M7i and C7i
        ("m8g.xlarge", "AWS Graviton4"),  # Graviton technical guide 83d74f4, 2026-07-01
        ("r7gd.2xlarge", "AWS Graviton3"),
        ("c6g.2xlarge", "AWS Graviton2"),
        ("Standard_D2s_v6", "Intel Emerald Rapids"),  # azure-compute-docs 1f02b87, dsv6-series-specs.md
        ("Standard_D4as_v6", "AMD Genoa"),  # dasv6-series-specs.md
        ("Standard_D8as_v7", "AMD Turin"),  # dasv7-series-specs.md
        ("Standard_D2as_v5", "AMD Milan"),  # dasv5-series-specs.md: Milan or Genoa, so the older
        ("Standard_D2s_v5", "Intel Ice Lake"),  # dsv5-series-specs.md: Ice Lake, Sapphire or Emerald Rapids
        ("Standard_D2ps_v6", "Azure Cobalt 100"),  # dpsv6-series-summary.md
        ("dgx", UNKNOWN.name),
    ],
)
def test_processors(machine: str, chip: str) -> None:
    assert processor(machine).name == chip
