"""prod-uae in an organisation's networks: behind hubs and their firewalls, and in networks that exist.

Its AWS account is a member of an organisation, the zone mec1-az2 is lost, and the pipeline's runner is in the hub.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from falaj.sandbox.clouds.aws.account import KIND_VARIABLE, AccountKind
from falaj.sandbox.clouds.values import get_str
from falaj.sandbox.paths import Paths
from falaj.sandbox.runner import INSIDE, LOCATION
from falaj.sandbox.toolchain import Engine
from tests.engine.conftest import MakeProject
from tests.engine.harness import ROOT, Project, open_project
from tests.engine.test_landing_zone import confirm_hub

pytestmark = pytest.mark.engine

STACK = "prod-uae"
HUB_RUNNER, HUB_RUNNERS, HUB_FIREWALL = "10.9.0.4", "10.9.0.0/26", "10.9.2.4"
REPLICATION_ADDRESSES = ["20.74.128.10"]
"""Public addresses of the firewall, from which vaults on AWS accept copies."""
EXISTING_VPC = {
    "vpc_id": "vpc-0123456789abcdef0",
    "node_subnet_ids": ["subnet-0000000a", "subnet-0000000b"],
    "control_plane_subnet_ids": ["subnet-0000001a", "subnet-0000001b"],
    "s3_endpoint_id": "vpce-0000000a",
}


@pytest.fixture
def production(make_project: MakeProject) -> Project:
    """The production stack in a member account, with a policy pack that knows the hub's resource group."""
    project = make_project(name="networks")
    variables = {KIND_VARIABLE: AccountKind.MEMBER.value}
    (project.folder / "policy_pack").unlink()
    confirm_hub(project.folder / "policy_pack")
    return Project(replace(project.session, environment=project.session.environment | variables))


def deploy(project: Project, engine: Engine, program: Path, stack: str) -> dict[str, Any]:
    """Deploys a program of networks in the project's sandbox and returns its outputs."""
    folder = project.folder / "networks"
    shutil.copytree(program, folder)
    networks = open_project(Paths(folder, project.session.paths.sandbox), engine)
    up = networks.run("up", stack)
    assert up.status == 0, up.output
    outputs: dict[str, Any] = json.loads(networks.pulumi("stack", "output", "--json", "--stack", stack).output)
    return outputs


def owned(project: Project) -> set[str]:
    """Returns the URNs of what stacks have created. The existing VPC has none."""
    return {item.urn for item in project.inventory()} - {""}


def life(project: Project, runner: str) -> None:
    """Deploys the stack once, confirms that nothing is left to change, and destroys it."""
    project = Project(replace(project.session, environment=project.session.environment | {LOCATION: runner}))
    before = owned(project)
    first = project.run("up", STACK, pack=True)
    assert (first.status, first.rules) == (0, set()), first.output
    zones = {get_str(item.outputs, "availabilityZoneId") for item in project.inventory()}
    assert zones == {"", "mec1-az1", "mec1-az3"}
    for site in ("azuae", "awsuae"):
        project.edit(STACK, f"sites.{site}.protect", False)
    unprotected = project.run("up", STACK)
    assert unprotected.status == 0, unprotected.output
    assert set(unprotected.changes) == {"update", "unchanged"}
    gone = project.run("destroy", STACK)
    assert gone.status == 0, gone.output
    assert owned(project) == before


def test_production_comes_up_behind_hubs_and_their_firewalls(production: Project, engine: Engine) -> None:
    outputs = deploy(production, engine, ROOT / "examples" / "landing-zone" / "azure", "hub")
    production.edit(STACK, "sites.azuae.network.egress", "firewall")
    production.edit(STACK, "sites.azuae.network.firewall_address", HUB_FIREWALL)
    production.edit(STACK, "sites.azuae.azure.network", outputs["network"])
    production.edit(STACK, "sites.awsuae.network.egress", "firewall")
    gateway = {"id": "tgw-0123456789abcdef0", "routes": [HUB_RUNNERS]}
    production.edit(STACK, "sites.awsuae.aws.network", {"transit_gateway": gateway})
    production.edit(STACK, "sites.awsuae.aws.private_access_cidrs", [HUB_RUNNERS])
    production.edit(STACK, "replication.addresses", REPLICATION_ADDRESSES)
    life(production, HUB_RUNNER)


def test_production_comes_up_in_existing_networks(production: Project, engine: Engine) -> None:
    outputs = deploy(production, engine, ROOT / "tests" / "engine" / "azure_network_program", "hub")
    for site in ("azuae", "awsuae"):
        production.edit(STACK, f"sites.{site}.network.egress", "firewall")
    production.edit(STACK, "sites.azuae.azure.network", outputs["network"])
    production.edit(STACK, "sites.awsuae.aws.network", {"existing": EXISTING_VPC})
    production.edit(STACK, "replication.addresses", REPLICATION_ADDRESSES)
    life(production, INSIDE)
