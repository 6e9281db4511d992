"""A third cloud, a stub without real resources, is previewed on the real engine and billed like the other two."""

import json
from pathlib import Path

import pytest

from falaj.sandbox.toolchain import Engine
from tests.engine.third_cloud.tree import LINES, changed_files, create_tree, own_files, run

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def tree(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    assert engine
    return create_tree(tmp_path_factory.mktemp("third"))


def test_it_is_checked(tree: Path) -> None:
    done = run(tree, "-m", "falaj", "check", "--stack", "stub")
    assert (done.returncode, done.stdout) == (0, "Pulumi.stub.yaml: good\n")


def test_it_is_previewed(tree: Path) -> None:
    done = run(tree, "-m", "falaj", "preview", "--stack", "stub")
    assert done.returncode == 0, done.stdout + done.stderr
    for component in ("Site", "Network", "Cluster", "NodePool", "Vault", "Budget", "Access"):
        assert f"falaj:stub:{component} " in done.stdout, component
    for addon in ("Foundation", "Queueing", "GpuOperator", "TrainingRun", "InferenceService", "Tracking"):
        assert f"falaj:kubernetes:{addon} " in done.stdout, addon
    assert "✅ falaj" in done.stdout
    assert not {package for package in ("aws:", "azure-native:") if f" {package}" in done.stdout}


def test_it_is_billed(tree: Path) -> None:
    done = run(tree, "-m", "falaj", "bill", "--stack", "stub", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    bill, _ = json.JSONDecoder().raw_decode(done.stdout[done.stdout.index("{") :])
    assert bill["unpriced"] == []
    charged = {
        row["ResourceName"]: (row["SkuId"], row["ListUnitPrice"]) for row in bill["focus"] if row["ResourceName"]
    }
    assert charged == {
        "third-system": ("machine/stub.large on-demand", "0.25"),
        "third-serving": ("machine/stub.large on-demand", "0.25"),
        "third-gpuspot": ("machine/stub.gpu spot", "0.5"),
        "third-balancer": ("stub-balancer/plain", "0.03"),
        "third-research-tracking-disk": ("stub-disk/fast", "0.2"),
    }
    assert {(row["ProviderName"], row["RegionId"]) for row in bill["focus"]} == {("Stub Ltd", "stub-uae-1")}


def test_only_its_own_files_and_the_registry_differ(tree: Path) -> None:
    assert changed_files(tree) == {*own_files(), *LINES}
