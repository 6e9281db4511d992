"""The functions of the AWS provider that the components call: their facts, and who may call them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from falaj.facts.aws_permissions import OPERATIONS, actions, arn_formats, invokes, types
from falaj.finops.plan import read
from falaj.rights.aws_invokes import deployer_is_unknown
from falaj.rights.iam_evaluation import Request, allowed
from falaj.rights.identity_files import Identity, Rights
from falaj.sandbox.clouds.spec import CloudError
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.test_authorization import driver
from tests.unit.rights.test_documents import plan, resource

COMPONENTS = Path(__file__).parents[3] / "components"
ACCOUNT = "123456789012"
CLUSTER = resource("aws:eks/cluster:Cluster", "uae", name="uae")
VPC = resource("aws:ec2/vpc:Vpc", "uae")
ENTRY = resource("aws:eks/accessEntry:AccessEntry", "deployer", clusterName="uae")
DEPLOYER = f"arn:aws:iam::{ACCOUNT}:role/platform/falaj"
LOOKUPS = ("getVpc", "getSubnet", "getVpcEndpoint")


def token(module: str, name: str) -> str:
    function = "get" + "".join(part.capitalize() for part in name.split("_"))
    return f"aws:{module or 'index'}/{function}:{function}"


def documents(
    *resources: dict[str, Any], identity: Identity = Identity.DEPLOY, deployer: str | None = None
) -> list[Any]:
    return Rights.of(read(plan(*resources)), ACCOUNT, deployer=deployer).policies(identity)


def emulated(folder: Path, found: list[Any]) -> Driver:
    return driver(folder, "aws", {f"aws-deploy-{number}.json": document for number, document in enumerate(found)})


def call(cloud: Driver, function: str, **args: str) -> str:
    """Returns the refusal of a function, or "" if the account only lacks what is looked up."""
    try:
        cloud.invoke(function, **args)
    except CloudError as error:
        return str(error) if "AccessDenied" in str(error) else ""
    return ""


def test_every_function_that_the_components_call_has_facts() -> None:
    sources = "\n".join(file.read_text() for file in COMPONENTS.rglob("*.py"))
    called = {token(*found) for found in re.findall(r"\baws\.(?:(\w+)\.)?get_(\w+?)(?:_output)?\(", sources)}
    assert "aws:iam/getSessionContext:getSessionContext" in called
    assert called == invokes().keys()


@pytest.mark.parametrize("invoke", invokes().values(), ids=lambda invoke: invoke.function)
def test_functions_need_known_actions(invoke: Any) -> None:
    assert invoke.operation in OPERATIONS
    assert {*invoke.actions} <= actions().keys()
    assert {kind for name in invoke.actions for kind in actions()[name].required} <= arn_formats().keys()
    assert {invoke.planned, invoke.unplanned} - {""} <= types().keys()


@pytest.mark.parametrize("identity", Identity)
def test_a_site_in_an_existing_network_may_be_looked_up(identity: Identity, tmp_path: Path) -> None:
    cloud = emulated(tmp_path, documents(CLUSTER, identity=identity))
    assert [call(cloud, f"aws:ec2/{name}:{name}", id="vpc-0") for name in LOOKUPS] == ["", "", ""]
    (other := tmp_path / "own").mkdir()
    reading = emulated(other, documents(CLUSTER, VPC, identity=identity))
    assert "ec2:DescribeVpcEndpoints" in call(reading, "aws:ec2/getVpcEndpoint:getVpcEndpoint", id="vpce-0")


def test_functions_without_facts_are_denied(tmp_path: Path) -> None:
    cloud = emulated(tmp_path, documents(CLUSTER))
    assert "aws_invokes.csv" in call(cloud, "aws:ssm/getParameter:getParameter", name="/a")
    assert call(cloud, "aws:index/getCallerIdentity:getCallerIdentity") == ""


def test_the_deploying_role_reads_itself_where_the_stack_does_not_name_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FALAJ_RUNNER_ROLE", DEPLOYER)
    function = "aws:iam/getSessionContext:getSessionContext"
    cloud = emulated(tmp_path, documents(CLUSTER, ENTRY))
    assert f"iam:GetRole on resource: {DEPLOYER}" in call(cloud, function, arn=DEPLOYER)
    (other := tmp_path / "named").mkdir()
    named = emulated(other, documents(CLUSTER, ENTRY, deployer=DEPLOYER))
    assert call(named, function, arn=DEPLOYER) == ""
    reading = documents(CLUSTER, ENTRY, identity=Identity.PLAN, deployer=DEPLOYER)
    assert not allowed(reading, Request("iam:GetRole", DEPLOYER))


def test_a_deployer_that_only_the_deployment_knows_is_found() -> None:
    assert deployer_is_unknown(read(plan(ENTRY)))
    stated = json.loads(json.dumps(ENTRY))
    stated["inputs"]["principalArn"] = DEPLOYER
    assert not deployer_is_unknown(read(plan(stated)))
