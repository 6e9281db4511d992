"""A third cloud is a folder, its data and its entry in the registry: settings of its sites are validated."""

from pathlib import Path

import pytest
import yaml

from tests.engine.third_cloud.tree import REGISTRY, ROOT, changed_files, create_tree, own_files, run
from tests.unit.settings.stacks import ROOT as CHECKOUT


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create_tree(tmp_path_factory.mktemp("third"))


def check(tree: Path) -> tuple[int, str]:
    done = run(tree, "-m", "falaj", "check", "--stack", "stub")
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def test_nothing_else_is_touched(tree: Path) -> None:
    assert ROOT == CHECKOUT
    own = set(own_files())
    assert changed_files(tree) == own | {REGISTRY}
    assert all("stub" in str(file) for file in own)
    before = (ROOT / REGISTRY).read_text(encoding="utf-8").splitlines()
    after = (tree / REGISTRY).read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before and "tub" not in line] == []
    assert len(after) - len(before) == 3


def test_its_stack_is_good(tree: Path) -> None:
    assert check(tree) == (0, "Pulumi.stub.yaml: good\n")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sleeps": True}, "platform.sites.third.sleeps: true is not allowed; allowed: false: the stub never sleeps"),
        ({"administrators": ["somebody"]}, "allowed: the name of a group, such as group:platform"),
        ({"region": "uaenorth"}, "allowed: stub-uae-1. Fix: choose a region of stub"),
        ({"aws": {"backup": True}}, "platform.sites.third.aws"),
        ({"cloud": "azure"}, "platform.sites.third.region"),
        (
            {"pools": {"system": {"profile": "system", "machines": ["stub.huge"], "min": 1, "max": 3}}},
            "platform.sites.third.pools.system.machines.0",
        ),
    ],
)
def test_its_rules_and_data_are_applied(tree: Path, change: dict, message: str) -> None:
    file = tree / "Pulumi.stub.yaml"
    before = file.read_text(encoding="utf-8")
    text = yaml.safe_load(before)
    text["config"]["falaj:platform"]["sites"]["third"] |= change
    file.write_text(yaml.safe_dump(text), encoding="utf-8")
    try:
        status, output = check(tree)
    finally:
        file.write_text(before, encoding="utf-8")
    assert status == 2
    assert message in output
