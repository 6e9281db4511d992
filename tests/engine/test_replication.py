"""Copies between the clouds on the real engine: turned on and off, judged, and nothing else replaced."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from falaj.sandbox.clouds.values import each, text
from tests.engine.conftest import MakeProject
from tests.engine.harness import Project, Ran

pytestmark = pytest.mark.engine
STACK = "dev"


def run(project: Project, name: str, *parts: str, extra: tuple[str, ...] = ()) -> Ran:
    environment = project.session.environment | {"PARTS": " ".join(parts)}
    return Project(replace(project.session, environment=environment)).run(name, STACK, *extra, pack=name != "destroy")


@pytest.fixture(scope="module")
def apart(make_project: MakeProject) -> Iterator[Project]:
    """Vaults on both clouds without copies between them; torn down to nothing at the end."""
    project = make_project(Path(__file__).with_name("replication_parts.py"), "replication")
    made = run(project, "up")
    assert (made.status, made.rules) == (0, set()), made.output
    yield project
    gone = run(project, "destroy", "checkpoints", "models")
    assert gone.status == 0, gone.output
    assert project.inventory() == []


def test_copies_come_one_by_one_stay_and_go_again(apart: Project) -> None:
    before = apart.ids_in_clouds()
    one = run(apart, "up", "checkpoints")
    assert (one.status, one.rules) == (0, set()), one.output
    both = run(apart, "up", "checkpoints", "models")
    assert (both.status, both.rules) == (0, set()), both.output
    for ran in (one, both):
        assert not {"replace", "delete"} & set(ran.changes), ran.output
    again = run(apart, "up", "checkpoints", "models", extra=("--expect-no-changes",))
    assert again.status == 0, again.output
    refreshed = apart.run("refresh", STACK, "--expect-no-changes")
    assert refreshed.status == 0, refreshed.output
    off = run(apart, "up")
    assert (off.status, "replace" in off.changes) == (0, False), off.output
    assert apart.ids_in_clouds() == before


def test_the_pod_is_told_what_was_made(apart: Project) -> None:
    made = run(apart, "up", "models")
    assert made.status == 0, made.output
    found = {resource.type: resource for resource in apart.inventory()}
    job = found["kubernetes:batch/v1:CronJob"].inputs
    variables = each(job, "spec.jobTemplate.spec.template.spec.containers[*].env[*]")
    told = {text(variable, "name"): text(variable, "value") for variable in variables}
    role = found["aws:iam/openIdConnectProvider:OpenIdConnectProvider"]
    issuer = str(role.inputs["url"])
    assert issuer.startswith("https://")
    assert issuer.endswith("/")
    trusts = [
        str(resource.inputs["assumeRolePolicy"])
        for resource in apart.inventory()
        if resource.type == "aws:iam/role:Role" and resource.outputs["arn"] == told["AWS_ROLE_ARN"]
    ]
    assert f'"{issuer.removeprefix("https://")}:sub"' in trusts[0]
    identity = found["azure-native:managedidentity:FederatedIdentityCredential"]
    assert identity.inputs["issuer"] == issuer
