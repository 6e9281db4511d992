"""Machine properties: read from the rows, complete, and errors for unusable cells."""

import ast
import csv
from dataclasses import fields
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest

from falaj.facts.machine_rules import ALLOWED
from falaj.facts.machine_sources import FACT_SOURCES
from falaj.facts.machines import Machine, find, machines, read
from falaj.facts.regions import REGIONS, Cloud, uae_regions
from falaj.facts.rows import BadRow
from tests.unit.facts.machine_rows import GPU, ROW, text

TOP = Path(__file__).parents[3]


def rows() -> list[dict[str, str]]:
    with (resources.files("falaj.facts") / "data" / "machines.csv").open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def test_rows_are_in_the_order_in_which_they_are_refreshed() -> None:
    """`falaj prices refresh` sorts the rows of a region by name, so that a change is one line of a diff."""
    names_by_region: dict[str, list[str]] = {}
    for row in rows():
        names_by_region.setdefault(row["region"], []).append(row["name"])
    regions = [row["region"] for row in rows()]
    assert regions == [region for region, names in names_by_region.items() for _ in names], "keep a region together"
    for names in names_by_region.values():
        misplaced = [(name, after) for name, after in pairwise(names) if name > after]
        assert not misplaced, "move the rows so that each name is after the one before it"


def test_a_row_says_all_that_is_known_of_its_machine() -> None:
    machine = read(text(ROW | GPU | {"efa_interfaces": "2", "rdma": "yes"}))["me-central-1"]["r9gd.4xlarge"]
    assert (machine.local_nvme_gb, machine.local_nvme_disks, machine.max_pods) == (950, 1, 110)
    assert (machine.efa_interfaces, machine.rdma, machine.mig, machine.ephemeral_os_gib) == (2, True, False, None)


@pytest.mark.parametrize(
    ("region", "name", "facts"),
    [
        # EC2 User Guide, network cards; EC2 instance types, instance store; eni-max-pods with prefixes.
        ("me-central-1", "p5en.48xlarge", {"efa_interfaces": 16, "rdma": True, "local_nvme_gb": 30400, "mig": True}),
        ("me-central-1", "g6e.24xlarge", {"efa_interfaces": 2, "rdma": None, "mig": False, "max_pods": 250}),
        ("me-central-1", "g5.12xlarge", {"efa_interfaces": 1, "local_nvme_gb": 3800, "local_nvme_disks": 1}),
        ("me-central-1", "g5.4xlarge", {"efa_interfaces": 0, "rdma": False, "max_pods": 110}),
        ("me-central-1", "m7g.large", {"local_nvme_gb": 0, "local_nvme_disks": 0}),
        ("me-central-1", "m7g.medium", {"max_pods": 98}),
        ("me-central-1", "t3.medium", {"max_pods": 110}),
        ("me-central-1", "i3.large", {"max_pods": 29}),  # Xen: no prefixes
        ("me-central-1", "i7i.large", {"local_nvme_gb": 468, "local_nvme_disks": None}),
        ("uaenorth", "Standard_ND96isr_H100_v5", {"rdma": True, "mig": True, "efa_interfaces": 0, "max_pods": None}),
        ("uaenorth", "Standard_ND96is_H100_v5", {"rdma": False, "mig": True}),
        ("uaenorth", "Standard_HB120-16rs_v2", {"rdma": True}),
        ("uaecentral", "Standard_ND128isr_NDR_GB200_v6", {"rdma": True, "mig": False}),
        ("uaenorth", "Standard_D64s_v3", {"ephemeral_os_gib": 1600}),
        ("uaenorth", "Standard_D2as_v6", {"ephemeral_os_gib": 0}),
        ("uaenorth", "Standard_D16as_v5", {"ephemeral_os_gib": None}),
        # Their local disks are NVMe, which OS disks can be on from v6 sizes on (azure-compute-docs
        # ephemeral-os-disks.md, 2026-09-08).
        ("uaenorth", "Standard_NC40ads_H100_v5", {"ephemeral_os_gib": None}),
        ("uaenorth", "Standard_NC80adis_H100_v5", {"ephemeral_os_gib": None}),
        ("uaenorth", "Standard_ND96amsr_A100_v4", {"ephemeral_os_gib": None}),
        ("uaecentral", "Standard_ND96amsr_A100_v4", {"ephemeral_os_gib": None}),
    ],
)
def test_facts_against_figures_that_were_looked_up(region: str, name: str, facts: dict[str, object]) -> None:
    machine = find(region, name)
    assert machine is not None
    assert {fact: getattr(machine, fact) for fact in facts} == facts


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"efa_interfaces": "two"}, "efa_interfaces: 'two' is not allowed; allowed: a whole number, 0 for none. Fix: "),
        ({"local_nvme_gb": "-1"}, "local_nvme_gb: '-1' is not allowed; allowed: a whole number of GB, 0 for none. Fix"),
        ({"rdma": "true"}, "rdma: 'true' is not allowed; allowed: no with 0 EFA interfaces"),
        ({"arch": "amd64"}, "arch: 'amd64' is not allowed; allowed: x86_64 or arm64. Fix: correct it"),
        ({"vcpu": "16.5"}, "vcpu: '16.5' is not allowed; allowed: a whole number, 1 or more. Fix: correct it"),
        (
            {"memory_gib": "inf"},
            "memory_gib: 'inf' is not allowed; allowed: a number of GiB, more than 0. Fix: correct it",
        ),
        ({"gpus": ""}, "gpus: required value is missing; allowed: a number, 0 for none. Fix: enter its GPUs"),
        ({"spot_kind": "seen"}, "spot_kind: 'seen' is not allowed; allowed: observed, estimated, missing, "),
        ({"on_demand_usd": "x"}, "on_demand_usd: 'x' is not allowed; allowed: USD per hour, zero or more, empty "),
        ({"on_demand_usd": ""}, "on_demand_usd: required value is missing; allowed: USD per hour, zero or more, empty"),
        ({"on_demand_usd": "-1"}, "on_demand_usd: '-1' is not allowed; allowed: USD per hour, zero or more"),
        ({"on_demand_usd": "nan"}, "on_demand_usd: 'nan' is not allowed; allowed: USD per hour, zero or more"),
        ({"on_demand_date": "2999"}, "on_demand_date: '2999' is not allowed; allowed: YYYY, YYYY-MM or YYYY-MM-DD, "),
        ({"on_demand_source": ""}, "on_demand_source: required value is missing; allowed: the source of the price"),
        ({"on_demand_date": ""}, "on_demand_date: required value is missing; allowed: YYYY, YYYY-MM or YYYY-MM-DD, "),
        ({"on_demand_date": "May"}, "on_demand_date: 'May' is not allowed; allowed: YYYY, YYYY-MM or YYYY-MM-DD, not"),
        ({"spot_usd": "1"}, "spot_usd: '1' is not allowed; allowed: USD per hour, zero or more, empty exactly "),
        ({"region": "us-east-1"}, "region: 'us-east-1' is not allowed; allowed: me-central-1, uaecentral, uaenorth. "),
    ],
)
def test_a_cell_that_cannot_be_one_is_refused_with_what_would_be(changed: dict[str, str], message: str) -> None:
    with pytest.raises(BadRow) as refused:
        read(text(ROW | changed))
    row = ROW | changed
    assert str(refused.value).startswith(f"machines.csv, line 2 ({row['region']} r9gd.4xlarge), {message}")


def test_a_file_that_is_no_table_of_machines_is_refused() -> None:
    header, row = text(ROW)
    for lines, message in (
        ([header.replace(",rdma", ""), row], "line 1, rdma: required column is missing; allowed: region, name, "),
        ([f"{header},rmda", f"{row},"], "line 1: unknown column 'rmda'; allowed: .* Fix: did you mean `rdma`"),
        ([f"{header},colour", f"{row},"], "line 1: unknown column 'colour'; allowed: .* Fix: remove it"),
        ([header, f"{row},"], r"line 2 \(me-central-1 r9gd.4xlarge\): 25 cells are not allowed; allowed: 24"),
        ([header, row[:-1]], r"line 2 \(me-central-1 r9gd.4xlarge\): 23 cells are not allowed; allowed: 24"),
        ([header, row, row], "line 3, region, name: 'me-central-1 r9gd.4xlarge' .* line 2 has it"),
    ):
        with pytest.raises(BadRow, match=message):
            read(lines)


def test_facts_of_a_machine_agree_with_each_other() -> None:
    for region in uae_regions():
        for machine in machines(region).values():
            assert not machine.mig or machine.gpus >= 1, machine.name
            if REGIONS[region].cloud is Cloud.AWS:
                assert machine.local_nvme_disks is None or bool(machine.local_nvme_disks) == bool(machine.local_nvme_gb)
                assert not machine.rdma or machine.efa_interfaces, machine.name
                assert 8 <= (machine.max_pods or 0) <= 250, machine.name
                assert machine.ephemeral_os_gib is None
            else:
                assert machine.efa_interfaces == 0


def test_every_fact_has_a_source_for_each_cloud_that_has_it_and_no_other() -> None:
    filled = {
        (column, REGIONS[row["region"]].cloud)
        for row in rows()
        for column in ALLOWED
        if row[column] and not (column == "mig" and row["gpus"] == "0")
    }
    assert {(item.column, item.cloud) for item in FACT_SOURCES} == filled
    assert len(FACT_SOURCES) == len(filled)
    assert all(entry.source and entry.date for entry in FACT_SOURCES)


def test_every_fact_is_read_by_somebody() -> None:
    """A column that no code reads would not be kept up to date."""
    read_names = {
        node.attr
        for folder in ("components", "falaj", "policy_pack")
        for path in (TOP / folder).rglob("*.py")
        if "facts" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert {field.name for field in fields(Machine)} <= read_names
