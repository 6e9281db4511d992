"""Replication between the clouds on the real engine: enabled and disabled, with nothing replaced."""

import pytest

from falaj.sandbox.clouds.values import get_all, get_str
from tests.engine.program import BringUp, Program

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def apart(bring_up: BringUp) -> Program:
    """Vaults on both clouds, without replication."""
    return bring_up("replication_parts.py")


def test_copies_come_one_by_one_stay_and_go_again(apart: Program) -> None:
    before = apart.ids_in_clouds()
    first = apart.succeed("up", PARTS="checkpoints")
    both = apart.succeed_with_pack("up", PARTS="checkpoints models")
    for ran in (first, both):
        assert not {"replace", "delete"} & set(ran.changes), ran.output
    apart.assert_stable(PARTS="checkpoints models")
    off = apart.succeed("up")
    assert "replace" not in off.changes, off.output
    assert apart.ids_in_clouds() == before


def test_the_copy_pod_uses_the_created_role_and_issuer(apart: Program) -> None:
    apart.succeed("up", PARTS="models")
    resources = {resource.type: resource for resource in apart.inventory()}
    job = resources["kubernetes:batch/v1:CronJob"].inputs
    variables = get_all(job, "spec.jobTemplate.spec.template.spec.containers[*].env[*]")
    environment = {get_str(variable, "name"): get_str(variable, "value") for variable in variables}
    provider = resources["aws:iam/openIdConnectProvider:OpenIdConnectProvider"]
    issuer = str(provider.inputs["url"])
    assert issuer.startswith("https://")
    assert issuer.endswith("/")
    trusts = [
        str(resource.inputs["assumeRolePolicy"])
        for resource in apart.inventory()
        if resource.type == "aws:iam/role:Role" and resource.outputs["arn"] == environment["AWS_ROLE_ARN"]
    ]
    assert f'"{issuer.removeprefix("https://")}:sub"' in trusts[0]
    identity = resources["azure-native:managedidentity:FederatedIdentityCredential"]
    assert identity.inputs["issuer"] == issuer
