"""A third cloud is a folder, its data and its entry in the registry: settings of its sites are validated."""

from pathlib import Path

import pytest
import yaml

from tests.engine.third_cloud.tree import (
    LINES,
    POOL_OPTIONS,
    ROOT,
    SITE_OPTIONS,
    changed_files,
    create_tree,
    own_files,
    run,
)
from tests.unit.settings.stacks import ROOT as CHECKOUT

SYSTEM = {"profile": "system", "machines": ["stub.large"], "min": 1, "max": 1}


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
    assert changed_files(tree) == own | {*LINES}
    assert all("stub" in str(file) for file in own)


@pytest.mark.parametrize("file", [POOL_OPTIONS, SITE_OPTIONS], ids=str)
def test_options_of_its_own_are_an_import_and_a_field(tree: Path, file: Path) -> None:
    before = (ROOT / file).read_text(encoding="utf-8").splitlines()
    after = (tree / file).read_text(encoding="utf-8").splitlines()
    added = [line.split()[0] for line in after if line not in before]
    assert added == ["from", "stub:", '"""Options']
    assert len(after) - len(before) == len(added)


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
        ({"cloud": "azure", "region": "uaenorth"}, "platform.sites.third.stub"),
        (
            {"pools": {"system": {"profile": "system", "machines": ["stub.huge"], "min": 1, "max": 3}}},
            "platform.sites.third.pools.system.machines.0",
        ),
        (
            {"pools": {"system": {**SYSTEM, "stub": {"preheated": True}}}},
            "platform.sites.third.pools.system.stub.preheated: true is not allowed; allowed: only in a pool that grows",
        ),
        (
            {"pools": {"system": {**SYSTEM, "azure": {"deallocate": True}}}},
            "platform.sites.third.pools.system.azure.deallocate: true is not allowed; allowed: only in pools on Azure",
        ),
        ({"stub": {"mirored": True}}, "platform.sites.third.stub.mirored: unknown field"),
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


PROGRAM = """
from falaj.components.core.serving.contract import fetch_command, fetch_environment
from falaj.components.core.storage.vault_addresses import for_serving, for_tracking, for_training
from falaj.components.core.site.pod_identity import client_id_problems, pod_identity
from falaj.components.core.training.tracking import environment
vault = "stub://third/models"
model = for_serving(vault, "intents")
options = fetch_environment(model, "stub-uae-1")
print(for_training(vault, "first"), for_tracking(vault, "mlflow"), fetch_command(model)[1])
print({name: value for name, value in sorted(options.items()) if "CONFIG_VAULT" in name})
print(dict(pod_identity("stub-uae-1", None).labels), *client_id_problems("stub-uae-1", "id"))
print(options["STUB_NODE_IDENTITY"], environment("stub-uae-1")["STUB_LOCATION"])
"""


def test_its_vaults_and_identities_are_its_own(tree: Path) -> None:
    done = run(tree, "-c", PROGRAM)
    assert done.stdout.splitlines() == [
        "stub://third/models/first stub://third/models/mlflow vault:third/models/intents",
        "{'RCLONE_CONFIG_VAULT_ENV_AUTH': 'true', 'RCLONE_CONFIG_VAULT_LOCATION': 'stub-uae-1', "
        "'RCLONE_CONFIG_VAULT_TYPE': 'memory'}",
        "{'stub.example.ae/identity': 'on'} "
        'client_id: "given" is not allowed; allowed: only on Azure. Fix: remove it.',
        "off stub-uae-1",
    ], done.stderr
