"""Copies between the clouds on the real engine: turned on and off, judged, and nothing else replaced."""

import pytest

from falaj.sandbox.clouds.values import get_all, get_str
from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def apart(bring_up: BringUp) -> Program:
    """Vaults on both clouds without copies between them."""
    return bring_up("replication_parts.py")


def test_copies_come_one_by_one_stay_and_go_again(apart: Program) -> None:
    before = apart.ids_in_clouds()
    one = apart.succeed("up", PARTS="checkpoints")
    both = apart.judged("up", PARTS="checkpoints models")
    for ran in (one, both):
        assert not {"replace", "delete"} & set(ran.changes), ran.output
    apart.stays(PARTS="checkpoints models")
    off = apart.succeed("up")
    assert "replace" not in off.changes, off.output
    assert apart.ids_in_clouds() == before


def test_the_pod_is_told_what_was_made(apart: Program) -> None:
    apart.succeed("up", PARTS="models")
    found = {resource.type: resource for resource in apart.inventory()}
    job = found["kubernetes:batch/v1:CronJob"].inputs
    variables = get_all(job, "spec.jobTemplate.spec.template.spec.containers[*].env[*]")
    told = {get_str(variable, "name"): get_str(variable, "value") for variable in variables}
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
