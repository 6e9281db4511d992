"""First deployments of a site on AWS from different places and by different identities, with the real engine."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from falaj.sandbox.runner import LOCATION, ROLE
from tests.engine.conftest import MakeProject, use_pack
from tests.engine.harness import CommandResult, Project

pytestmark = pytest.mark.engine

STACK, SITE = "dev", "sites.devaws"
PLAN_ROLE = "arn:aws:iam::123456789012:role/falaj-dev-plan"
HUB = {"transit_gateway": {"id": "tgw-0123456789abcdef0", "routes": ["10.250.0.0/16"]}}
EXISTING = {
    "vpc_id": "vpc-0123456789abcdef0",
    "node_subnet_ids": ["subnet-0000000a", "subnet-0000000b"],
    "control_plane_subnet_ids": ["subnet-0000001a", "subnet-0000001b"],
    "s3_endpoint_id": "vpce-0000000a",
}
RUNNERS = "10.250.4.0/24"
ASSUMED = "arn:aws:iam::111122223333:role/platform/falaj"
ACCOUNT = {"allowed_account_ids": ["111122223333"], "assume_role": {"role_arn": ASSUMED}}


def project_with(make_project: MakeProject, name: str, **edits: Any) -> Project:
    project = make_project(name=name)
    for path, value in edits.items():
        project.edit(STACK, f"{SITE}.{path.replace('__', '.')}", value)
    return project


def run(project: Project, step: str, where: str = "inside", role: str = "") -> CommandResult:
    """Runs a step of the engine on a runner at a place, with an assumed role."""
    variables = {LOCATION: where} | ({ROLE: role} if role else {})
    session = replace(project.session, environment=project.session.environment | variables)
    return Project(session).run(step, STACK, pack=step == "up")


@pytest.mark.parametrize("where", ["internet", "10.250.4.10"])
def test_a_runner_that_does_not_reach_the_private_api_deploys_no_workload(
    make_project: MakeProject, where: str
) -> None:
    done = run(project_with(make_project, f"runner {where}"), "up", where)
    assert done.status != 0
    assert "unable to load schema information from the API server" in done.output
    assert ":443: i/o timeout" in done.output


def test_a_runner_of_the_hub_deploys_the_first_time_and_a_reading_role_finds_no_drift(
    make_project: MakeProject,
) -> None:
    aws = {"network": {**HUB, "pods_cidr": "100.64.0.0/16"}, "private_access_cidrs": [RUNNERS]}
    project = project_with(make_project, "hub", network__egress="firewall", aws=aws)
    made = run(project, "up", "10.250.4.10")
    assert (made.status, made.rules) == (0, set()), made.output
    refused = run(project, "refresh", "10.250.4.10", PLAN_ROLE)
    assert "the server has asked for the client to provide credentials" in refused.output
    project.edit(STACK, f"{SITE}.aws.viewers", [PLAN_ROLE])
    assert run(project, "up", "10.250.4.10").changes == {"create": 2, "unchanged": made.changes["create"]}
    read = run(project, "refresh", "10.250.4.10", PLAN_ROLE)
    assert read.status == 0, read.output
    again = run(project, "preview", "10.250.4.10", PLAN_ROLE)
    assert again.status == 0, again.output
    assert "to create" not in again.output
    assert "to replace" not in again.output
    gone = run(project, "destroy", "10.250.4.10")
    assert gone.status == 0, gone.output
    assert project.inventory() == []


def test_a_site_comes_up_in_an_existing_vpc(make_project: MakeProject) -> None:
    project = project_with(
        make_project, "existing", network__egress="firewall", aws={"network": {"existing": EXISTING}}
    )
    before = len(project.inventory())
    made = run(project, "up")
    assert (made.status, made.rules) == (0, set()), made.output
    kinds = {item.type for item in project.inventory()[before:] if item.urn}
    assert not kinds & {
        f"aws:ec2/{kind}" for kind in ("vpc:Vpc", "subnet:Subnet", "natGateway:NatGateway", "route:Route")
    }
    gone = run(project, "destroy")
    assert gone.status == 0, gone.output
    assert {item.urn for item in project.inventory()} == {""}


def test_a_site_is_deployed_by_the_role_that_its_provider_assumes(make_project: MakeProject) -> None:
    project = project_with(make_project, "assumed", aws={"account": ACCOUNT})
    use_pack(project.folder, lambda settings: settings["identity"]["trusted"].update({"111122223333": "of the role"}))
    made = run(project, "up")
    assert (made.status, made.rules) == (0, set()), made.output
    (entry,) = [item for item in project.inventory() if item.urn.endswith("AccessEntry::devaws-cluster-deployer")]
    assert entry.inputs["principalArn"] == ASSUMED
    read = run(project, "refresh")
    assert read.status == 0, read.output
    project.edit(STACK, f"{SITE}.aws.account.allowed_account_ids", ["222233334444"])
    project.edit(STACK, f"{SITE}.aws.account.assume_role", None)
    refused = run(project, "preview", role=ASSUMED)
    assert refused.status != 0
    assert "AWS account ID not allowed: 111122223333" in refused.output
