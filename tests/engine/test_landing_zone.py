"""The landing zone of Azure, and a private site behind it that a runner in the hub deploys in one `up`."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from falaj.sandbox.clouds.azure.arm import SUBSCRIPTION
from falaj.sandbox.paths import Paths
from falaj.sandbox.runner import INTERNET, LOCATION
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import KEY, ROOT, Project, open_project

pytestmark = pytest.mark.engine

SITE, STACK = "enterprise-inference", "inference"


def located(project: Project, runner: str) -> Project:
    """Returns the project with its runner elsewhere."""
    return Project(replace(project.session, environment=project.session.environment | {LOCATION: runner}))


@pytest.fixture(scope="module")
def hub(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The deployed landing zone."""
    folder = tmp_path_factory.mktemp("landing zone") / "hub"
    shutil.copytree(ROOT / "examples" / "landing-zone" / "azure", folder)
    project = open_project(Paths(folder), engine)
    up = project.run("up", "hub")
    assert up.status == 0, up.output
    return project


def confirm_hub(pack: Path) -> None:
    """Creates the policy pack with the hub among the places in the country: its stack is another one."""
    shutil.copytree(ROOT / "policy_pack", pack, ignore=shutil.ignore_patterns("__pycache__"))
    settings = yaml.safe_load((pack / "enforcement.yaml").read_text())
    hub = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/falaj-hub"
    settings["residency"]["known"] = {hub: "uaenorth, confirmed by the network team"}
    (pack / "enforcement.yaml").write_text(yaml.safe_dump(settings))


def private_site(hub: Project, engine: Engine, name: str, network: dict) -> Project:
    """Returns the inference example in the sandbox of the hub, with options of its network."""
    folder: Path = hub.folder.parent / name
    shutil.copytree(ROOT / "examples" / SITE, folder, symlinks=True, ignore=shutil.ignore_patterns("policy_pack"))
    confirm_hub(folder / "policy_pack")
    file = folder / f"Pulumi.{STACK}.yaml"
    document = yaml.safe_load(file.read_text())
    for site in document["config"][KEY]["sites"].values():
        site.setdefault("azure", {})["network"] = network
    file.write_text(yaml.safe_dump(document, sort_keys=False))
    return open_project(Paths(folder, hub.session.paths.sandbox), engine)


def test_a_runner_in_the_hub_deploys_a_private_site_in_one_up(hub: Project, engine: Engine) -> None:
    output = hub.pulumi("stack", "output", "network", "--json", "--stack", "hub")
    site = private_site(hub, engine, "site", json.loads(output.output))
    up = located(site, "10.9.0.4").run("up", STACK, pack=True)
    assert (up.status, up.rules) == (0, set()), up.output
    outside = located(site, INTERNET).run("destroy", STACK)
    assert "no such host" in outside.output
