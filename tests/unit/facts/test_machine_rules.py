"""A row that omits what its kind of machine needs, states what it cannot have or contradicts itself is refused."""

from collections.abc import Mapping

import pytest

from falaj.facts.gpus import GPUS, MIG_MODELS, MIG_PROFILES, WITHOUT_BF16, slice_share
from falaj.facts.machine_rules import needed_columns, unused_columns
from falaj.facts.machines import Machine, machines, read
from falaj.facts.regions import uae_regions
from falaj.facts.rows import UNKNOWN, BadRow
from tests.unit.facts.machine_rows import GPU, ROW, text

AZURE = {
    **{"region": "uaenorth", "name": "Standard_D9s_v9", "efa_interfaces": "", "local_nvme_gb": "", "zone_ids": ""},
    **{"local_nvme_disks": "", "max_pods": "", "ephemeral_os_gib": "64"},
}
H200 = GPU | {"gpu_model": "H200", "gpu_memory_gib": "141", "mig": "yes"}


def refused(*changes: Mapping[str, str]) -> str:
    """Returns the error of a row with these changes, without its beginning."""
    row = dict(ROW)
    for change in changes:
        row |= change
    with pytest.raises(BadRow) as error:
        read(text(row))
    start = f"machines.csv, line 2 ({row['region']} {row['name']}), "
    assert str(error.value).startswith(start)
    return str(error.value).removeprefix(start)


def parsed(*changes: Mapping[str, str]) -> Machine:
    row = dict(ROW)
    for change in changes:
        row |= change
    return read(text(row))[row["region"]][row["name"]]


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        (
            ({"efa_interfaces": "1"},),
            (
                "vcpu",
                "memory_gib",
                "efa_interfaces",
                "rdma",
                "local_nvme_gb",
                "local_nvme_disks",
                "max_pods",
                "zone_ids",
            ),
        ),
        ((GPU,), ("gpu_model", "gpu_memory_gib", "mig")),
        ((AZURE,), ("vcpu", "memory_gib", "rdma", "ephemeral_os_gib")),
        ((AZURE, GPU), ("gpu_model", "gpu_memory_gib", "mig")),
    ],
    ids=["aws", "aws-gpu", "azure", "azure-gpu"],
)
def test_an_omitted_cell_is_refused_and_unknown_is_accepted(
    changes: tuple[Mapping[str, str], ...], columns: tuple[str, ...]
) -> None:
    for column in columns:
        message = refused(*changes, {column: ""})
        assert message.startswith(f"{column}: required value is missing; allowed: ")
        assert "Fix: look it up " in message
        assert message.endswith(f", or write {UNKNOWN}")
        parsed(*changes, {column: UNKNOWN})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (({"ephemeral_os_gib": "64"},), "ephemeral_os_gib: '64' is not allowed; allowed: empty: no machine on aws has"),
        ((AZURE, {"max_pods": "110"}), "max_pods: '110' is not allowed; allowed: empty: no machine on azure has it"),
        (({"mig": "no"},), "mig: 'no' is not allowed; allowed: empty without a GPU. Fix: leave it empty, or enter its"),
        (({"gpu_model": "L4"},), "gpu_model: 'L4' is not allowed; allowed: empty without a GPU"),
    ],
)
def test_a_cell_that_such_a_machine_does_not_have_is_refused(
    changes: tuple[Mapping[str, str], ...], message: str
) -> None:
    assert refused(*changes).startswith(message)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (({"vcpu": "0"},), "vcpu: '0' is not allowed; allowed: a whole number, 1 or more"),
        (({"memory_gib": "0"},), "memory_gib: '0' is not allowed; allowed: a number of GiB, more than 0"),
        ((AZURE, {"zone_ids": "1 4"}), "zone_ids: '1 4' is not allowed; allowed: 1, 2, 3"),
        (({"zone_ids": "mec1-az1 mec1-az9"},), "zone_ids: 'mec1-az1 mec1-az9' is not allowed; allowed: mec1-az1, "),
        (
            ({"rdma": "yes"},),
            "rdma: 'yes' is not allowed; allowed: no with 0 EFA interfaces. Fix: ",
        ),
        (
            ({"rdma": UNKNOWN},),
            "rdma: 'unknown' is not allowed; allowed: no with 0 EFA interfaces",
        ),
        (({"local_nvme_disks": "0"},), "local_nvme_disks: '0' is not allowed; allowed: 1 or more with 950 GB"),
        (({"local_nvme_gb": "0"},), "local_nvme_disks: '1' is not allowed; allowed: 0 with 0 GB. Fix: correct one of"),
        ((GPU, {"gpu_model": "L41"}), "gpu_model: 'L41' is not allowed; allowed: A10G, A10, L4, "),
        ((GPU, {"gpu_memory_gib": "24"}), "gpu_memory_gib: '24' is not allowed; allowed: 48, the memory of a L40S"),
        ((GPU, {"mig": "yes"}), "mig: 'yes' is not allowed; allowed: no with L40S, or yes with A100, H100, H100 NVL, "),
        ((H200, {"gpus": "0.5"}), "mig: 'yes' is not allowed; allowed: no with a part of a GPU. Fix: "),
    ],
)
def test_cells_that_contradict_each_other_are_refused(changes: tuple[Mapping[str, str], ...], message: str) -> None:
    assert refused(*changes).startswith(message)


def test_the_fix_of_an_unknown_gpu_names_the_table_of_gpus() -> None:
    assert refused(GPU, {"gpu_model": "B999"}).endswith("Fix: correct it, or add the model to falaj/facts/gpus.py")


def test_consistent_cells_are_accepted() -> None:
    machine = parsed(H200, {"efa_interfaces": "16", "rdma": "yes", "zone_ids": "mec1-az1 mec1-az3"})
    assert (machine.mig, machine.gpu_model, machine.rdma) == (True, "H200", True)
    assert machine.zone_ids == ("mec1-az1", "mec1-az3")
    assert parsed({"efa_interfaces": "1", "rdma": UNKNOWN, "zone_ids": UNKNOWN}).zone_ids == ()
    assert parsed({"local_nvme_gb": "0", "local_nvme_disks": "0"}).local_nvme_gb == 0
    assert parsed({"efa_interfaces": UNKNOWN, "rdma": UNKNOWN}).rdma is None


def test_every_column_of_facts_belongs_to_some_machine() -> None:
    for region in uae_regions():
        for gpus in (0, 1):
            assert not {*needed_columns(region, gpus)} & {*unused_columns(region, gpus)}
    assert "max_pods" in needed_columns("me-central-1", 0)
    assert "max_pods" in unused_columns("uaenorth", 0)


def test_gpu_models_of_the_rows_and_of_the_table_are_the_same() -> None:
    offered = [machine for region in uae_regions() for machine in machines(region).values() if machine.gpus]
    assert {machine.gpu_model for machine in offered} == GPUS.keys() | WITHOUT_BF16.keys()
    advice = "a machine offers MIG with a GPU that MIG_MODELS in falaj/facts/gpus.py lacks, or none does any longer"
    assert {machine.gpu_model for machine in offered if machine.mig} == {*MIG_MODELS}, advice


# NVIDIA, MIG User Guide: supported GPUs and supported MIG profiles; mig-parted bd7160f, config-default.yaml.
@pytest.mark.parametrize(
    ("model", "whole", "instances"),
    [
        ("A100", "7g.80gb", {"1g.10gb": 7, "1g.20gb": 4, "2g.20gb": 3, "3g.40gb": 2, "4g.40gb": 1}),
        ("H100", "7g.80gb", {"1g.10gb": 7, "1g.20gb": 4, "2g.20gb": 3, "3g.40gb": 2, "4g.40gb": 1}),
        ("H100 NVL", "7g.94gb", {"1g.12gb": 7, "1g.24gb": 4, "2g.24gb": 3, "3g.47gb": 2, "4g.47gb": 1}),
        ("H200", "7g.141gb", {"1g.18gb": 7, "1g.35gb": 4, "2g.35gb": 3, "3g.71gb": 2, "4g.71gb": 1}),
        ("GB200", "7g.186gb", {"1g.23gb": 7, "1g.47gb": 4, "2g.47gb": 3, "3g.93gb": 2, "4g.93gb": 1}),
    ],
)
def test_mig_profiles_against_what_nvidia_publishes(model: str, whole: str, instances: dict[str, int]) -> None:
    gpu = GPUS[model]
    assert gpu.mig_profiles == instances | {whole: 1}
    assert gpu.slices == 7
    assert whole == f"7g.{gpu.memory_gb:g}gb"


# `nvidia-smi mig -lgip`, column SM of 132: NVIDIA/gpu-operator pull request 900 (2024-08-05); sevenths and eighths:
# azure-aks-docs fb060ab, articles/aks/gpu-multi-instance.md (2026-05-22).
@pytest.mark.parametrize(
    ("profile", "arithmetic", "memory"),
    [
        ("1g.12gb", 16 / 132, 1 / 8),
        ("1g.24gb", 1 / 7, 2 / 8),
        ("2g.24gb", 32 / 132, 2 / 8),
        ("3g.47gb", 3 / 7, 4 / 8),
        ("4g.47gb", 64 / 132, 4 / 8),
        ("7g.94gb", 1, 1),
        (None, 1, 1),
    ],
)
def test_a_slice_has_the_lower_of_its_two_published_shares(
    profile: str | None, arithmetic: float, memory: float
) -> None:
    share = slice_share(GPUS["H100 NVL"], profile)
    assert (share.arithmetic, share.memory) == pytest.approx((arithmetic, memory))


def test_slices_of_a_gpu_never_have_more_than_all_of_it() -> None:
    for card in GPUS.values():
        for profile, instances in card.mig_profiles.items():
            share = slice_share(card, profile)
            assert share.arithmetic * instances <= 1, (card.model, profile)
            assert share.memory * instances <= 1, (card.model, profile)


def test_gpus_without_mig_have_no_profile() -> None:
    without = {model for model, gpu in GPUS.items() if not gpu.mig_profiles}
    assert without == {"A10G", "A10", "L4", "L40S", "MI300X"}
    assert all(GPUS[model].slices == 1 for model in without)


def test_a_profile_has_one_number_of_instances() -> None:
    """Quotas and GPU metrics count slices by profile alone."""
    for model in MIG_MODELS:
        for profile, instances in GPUS[model].mig_profiles.items():
            assert MIG_PROFILES[profile] == instances, (model, profile)
