"""The benchmark: which steps a workload has in a setup, and the folders of a repository."""

from pathlib import Path

import pytest

from tests.bench.__main__ import CLOUD, CYCLE, PACK, steps
from tests.bench.many_folders import check_all, made, many_folders
from tests.bench.table import FLOOR
from tests.bench.workloads import workload

ALL = ("preview", "up", "no-op", "refresh", "destroy")


@pytest.mark.parametrize(
    ("name", "setup", "expected"),
    [
        ("1000", FLOOR, ALL),
        ("1000", CLOUD, ALL),
        ("1000", PACK, ("preview", "up", "no-op")),
        ("200-tenants", FLOOR, ("preview",)),
        ("200-tenants", CLOUD, ALL),
        ("50-pools", PACK, ("preview", "up", "no-op")),
    ],
)
def test_a_workload_lives_as_long_as_its_setup_allows(name: str, setup: str, expected: tuple[str, ...]) -> None:
    assert tuple(step for _, step in steps(workload(name), setup, ALL)) == expected
    assert steps(workload(name), setup, ("preview",)) == CYCLE[:1]


def test_each_folder_is_checked_and_has_evidence(tmp_path: Path) -> None:
    rows = list(many_folders(3, tmp_path))
    assert {(row.workload, row.resources) for row in rows} == {("3 folders", 3)}
    assert [row.step for row in rows] == ["check", "guardrail report, SARIF", "guardrail report, JUnit"]


def test_a_problem_in_one_folder_fails_the_measurement(tmp_path: Path) -> None:
    file = made(2, tmp_path)[1] / "Pulumi.dev.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("owner:", "owners:"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"team-1.*owner"):
        check_all([file])
