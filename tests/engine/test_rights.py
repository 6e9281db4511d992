"""The generated permissions allow every operation on every stack and example, and nothing beyond the plan.

Requests name the ARNs that the emulated cloud gave the deployed resources, not the patterns of the documents. They are
evaluated by a maintained simulator of IAM (npm: @cloud-copilot/iam-simulate), and by `falaj.rights.iam_evaluation`,
which must agree. The other candidates were moto 5.2.5, whose evaluation knows the condition operators of trust policies
only, and principalmapper, whose last release is of 2022.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace

import pytest

from falaj.facts.aws_permissions import OPERATIONS
from falaj.facts.azure_permissions import allows, azure_operations, azure_types
from falaj.rights.aws_needs import CREATED
from falaj.rights.azure_roles import lacking
from falaj.rights.iam_evaluation import Request, allowed
from falaj.rights.identity_files import Cloud, Identity, Rights
from falaj.sandbox.clouds.aws.account import ACCOUNT
from falaj.sandbox.clouds.azure.arm import SUBSCRIPTION
from falaj.sandbox.toolchain import Engine
from tests.engine.conftest import MakeProject
from tests.engine.harness import ROOT, Project
from tests.engine.lives import EXAMPLES, STACKS, deployment
from tests.engine.rights_requests import Deployed, simulate
from tests.scan.tools import NoTools

pytestmark = pytest.mark.engine

ALLOWED = "Allowed"
AMBIGUOUS = '"multiple.resource.types"'
"""The simulator's answer for AWS Backup's ARNs, which are also recovery points of the vendor `backup`."""
UNLISTED = '"no.resource.types"'
"""Its answer for a resource that the reference does not list for an action, but the guide of the service does."""
EVERY = pytest.mark.parametrize("name", [*STACKS, *EXAMPLES])
READS = ("read",)
FOR_EXISTING_KEYS = {"Bool": {"kms:GrantIsForAWSResource": "true"}}
"""Condition of grants on keys of `aws.keys`, whose tags are those of their owner. The grants on the stack's own keys
are allowed with those of a cluster, which need other conditions."""

GetDeployed = Callable[[str], Deployed]


@pytest.fixture(scope="session")
def deployed(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> GetDeployed:
    """Returns the resources of a stack or example, deployed once for all tests."""
    return lambda name: Deployed(deployment(name, engine, tmp_path_factory)["state"])


@pytest.fixture(scope="session")
def prod(deployed: GetDeployed) -> Deployed:
    return deployed("prod-uae")


def rights(found: Deployed) -> Rights:
    return Rights.of(found.plan, ACCOUNT, SUBSCRIPTION)


def actions(found: Deployed, identity: Identity) -> list[str]:
    """Returns the actions of an identity's role on Azure."""
    role = rights(found).role(identity)
    return role["Actions"] if role else []


def distinct(found: Deployed, operations: tuple[str, ...]) -> list[Request]:
    requests = {repr(request): request for _, _, request in found.requests(operations)}
    return list(requests.values())


def simulated(documents: list[dict], requests: list[Request]) -> Iterator[tuple[Request, bool]]:
    """Yields each request that the simulator accepts, and whether it is allowed."""
    try:
        results = simulate(documents, requests)
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"the simulator is required: {missing}")
        pytest.skip(str(missing))
    for request, result in zip(requests, results, strict=True):
        if request.action.startswith("backup:") and AMBIGUOUS in result:
            continue
        if request.action in CREATED and UNLISTED in result:
            continue
        assert not result.startswith("error"), (request, result)
        yield request, result == ALLOWED


@EVERY
@pytest.mark.parametrize(("identity", "operations"), [(Identity.DEPLOY, OPERATIONS), (Identity.PLAN, READS)])
def test_every_operation_is_allowed(
    name: str, identity: Identity, operations: tuple[str, ...], deployed: GetDeployed
) -> None:
    found = deployed(name)
    documents = rights(found).policies(identity)
    requests = distinct(found, operations)
    assert [request for request in requests if not allowed(documents, request)] == []
    assert [request for request, verdict in simulated(documents, requests) if not verdict] == []


def test_the_reading_identity_changes_nothing(prod: Deployed) -> None:
    documents = rights(prod).policies(Identity.PLAN)
    reads = {repr(request) for request in distinct(prod, READS)}
    changes = [request for request in distinct(prod, ("create", "update", "delete")) if repr(request) not in reads]
    granted = {request.action for request, verdict in simulated(documents, changes) if verdict}
    verbs = ("Describe", "Get", "List")
    assert sorted(action for action in granted if not action.partition(":")[2].startswith(verbs)) == []


@pytest.mark.parametrize(
    "request_",
    [
        Request("s3:CreateBucket", "arn:aws:s3:::payments-ledger"),
        Request("iam:CreateRole", f"arn:aws:iam::{ACCOUNT}:role/falaj-prod-uae"),
        Request("iam:PutRolePolicy", f"arn:aws:iam::{ACCOUNT}:role/falaj-prod-uae"),
        Request("eks:DeleteCluster", f"arn:aws:eks:me-central-1:{ACCOUNT}:cluster/payments"),
        Request("eks:DescribeCluster", f"arn:aws:eks:eu-west-1:{ACCOUNT}:cluster/awsuae-cluster-prod-uae"),
        Request(
            "kms:ScheduleKeyDeletion", f"arn:aws:kms:me-central-1:{ACCOUNT}:key/1", {"aws:ResourceTag/project": "b"}
        ),
        Request("ec2:DeleteVpc", f"arn:aws:ec2:me-central-1:{ACCOUNT}:vpc/vpc-0", {"aws:ResourceTag/project": "b"}),
        Request("ec2:DescribeVpcs", "*", {"aws:RequestedRegion": "eu-west-1"}),
        Request("s3:GetObject", "arn:aws:s3:::awsuae-datasets-bucket-0000000/a"),
        Request(
            "iam:CreateServiceLinkedRole",
            f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS",
            {"iam:AWSServiceName": "rds.amazonaws.com"},
        ),
    ],
    ids=lambda request: f"{request.action} {request.resource}",
)
def test_what_is_not_planned_is_denied(request_: Request, prod: Deployed) -> None:
    documents = rights(prod).policies(Identity.DEPLOY)
    assert not allowed(documents, request_)
    assert list(simulated(documents, [request_])) == [(request_, False)]


def role_request(prod: Deployed, action: str, **context: str) -> Request:
    """Returns the first request with this action, with other values of its context."""
    found = next(request for _, _, request in prod.requests() if request.action == action)
    return replace(found, context={**found.context, **{key.replace("_", ":"): value for key, value in context.items()}})


def test_roles_are_passed_to_their_services_and_get_planned_policies_only(prod: Deployed) -> None:
    documents = rights(prod).policies(Identity.DEPLOY)
    administrator = "arn:aws:iam::aws:policy/AdministratorAccess"
    requests = [
        role_request(prod, "iam:PassRole", iam_PassedToService="lambda.amazonaws.com"),
        role_request(prod, "iam:AttachRolePolicy", iam_PolicyARN=administrator),
    ]
    assert [allowed(documents, request) for request in requests] == [False, False]
    assert [verdict for _, verdict in simulated(documents, requests)] == [False, False]


def test_without_a_statement_an_operation_fails(prod: Deployed) -> None:
    """Every statement is needed: no document grants more than the operations ask for."""
    documents = rights(prod).policies(Identity.DEPLOY)
    requests = distinct(prod, OPERATIONS)
    for document in documents:
        for statement in document["Statement"]:
            if statement.get("Condition") == FOR_EXISTING_KEYS:
                continue
            rest = deepcopy(documents)
            rest[documents.index(document)]["Statement"].remove(statement)
            mentioned = [request for request in requests if request.action in statement["Action"]]
            assert any(not allowed(rest, request) for request in mentioned), statement


def test_the_service_linked_roles_of_lustre_and_the_other_clouds_issuer_are_covered(prod: Deployed) -> None:
    text = json.dumps(rights(prod).policies(Identity.DEPLOY))
    for part in (
        "role/aws-service-role/fsx.amazonaws.com/*",
        "role/aws-service-role/s3.data-source.lustre.fsx.amazonaws.com/*",
        "role/falaj/replication/prod-uae-",
        "oidc-provider/uaenorth.oic.prod-aks.azure.com/*",
    ):
        assert part in text, part


@EVERY
def test_the_azure_roles_allow_every_operation(name: str, deployed: GetDeployed) -> None:
    found = deployed(name)
    kinds = {item.type for item in found.plan.resources if item.type.startswith("azure-native:")}
    for identity, operations in ((Identity.DEPLOY, OPERATIONS), (Identity.PLAN, READS)):
        granted = actions(found, identity)
        assert bool(granted) is bool(kinds)
        for kind in kinds:
            for operation in operations:
                for action in azure_operations(kind, operation):
                    assert allows(action, granted), (identity, kind, action)


def test_the_reading_role_writes_nothing(prod: Deployed) -> None:
    reading, deploying = actions(prod, Identity.PLAN), actions(prod, Identity.DEPLOY)
    assert not any(action.endswith(("/write", "/delete", "/join/action")) for action in reading)
    assert "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action" in reading
    assert "Microsoft.Authorization/roleDefinitions/write" in deploying
    assert not allows("Microsoft.Sql/servers/write", deploying)
    assert len(azure_types()) > 40


def test_the_page_says_that_the_deploying_role_can_change_what_it_may_assign(prod: Deployed) -> None:
    deploying = {*actions(prod, Identity.DEPLOY)}
    page = (ROOT / "docs" / "pipelines.md").read_text()
    writes_both = {f"Microsoft.Authorization/role{kind}/write" for kind in ("Assignments", "Definitions")} <= deploying
    assert writes_both == ("--fixed-roles" in page)
    fixed = replace(rights(prod), fixed_roles=True).role(Identity.DEPLOY)
    assert fixed
    assert not any("roleDefinitions/" in action and not action.endswith("/read") for action in fixed["Actions"])


def test_built_in_roles_lack_what_the_stack_needs(prod: Deployed) -> None:
    writer = lacking(actions(prod, Identity.DEPLOY), ("Contributor", "Role Based Access Control Administrator"))
    assert {f"Microsoft.Authorization/roleDefinitions/{verb}" for verb in ("delete", "write")} <= set(writer)
    reader = lacking(actions(prod, Identity.PLAN), ("Reader",))
    assert "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action" in reader


@pytest.mark.parametrize("stack", STACKS)
def test_the_committed_documents_are_current(stack: str, deployed: GetDeployed) -> None:
    folder = ROOT / "docs" / "rights" / stack
    written = {file.name: file.read_text() for file in folder.iterdir()}
    command = (
        f"falaj rights --stack {stack} --account {ACCOUNT} --subscription {SUBSCRIPTION} --write docs/rights/{stack}"
    )
    generated = Rights.of(deployed(stack).plan, ACCOUNT, SUBSCRIPTION).files(tuple(Cloud), tuple(Identity))
    assert written == generated, f"run: {command}"


def test_the_identity_with_the_committed_documents_deploys_prod_and_reads_it(make_project: MakeProject) -> None:
    """The emulated clouds enforce the documents; that they deny anything else is in tests/unit/clouds."""
    project = make_project(name="rights")

    def acting(identity: Identity) -> Project:
        enforced = {"FALAJ_RIGHTS": str(ROOT / "docs" / "rights" / "prod-uae"), "FALAJ_IDENTITY": identity}
        return Project(replace(project.session, environment=project.session.environment | enforced))

    assert acting(Identity.DEPLOY).run("up", "prod-uae").status == 0
    assert acting(Identity.PLAN).run("preview", "prod-uae", "--refresh").status == 0
    denied = acting(Identity.PLAN).run("destroy", "prod-uae", "--target-dependents", "--target", _event_target(project))
    assert denied.status != 0
    assert "is not authorized to perform" in denied.output


def _event_target(project: Project) -> str:
    """Returns the URN of a resource that nothing protects."""
    kind = "aws:cloudwatch/eventTarget:EventTarget"
    return next(resource["urn"] for resource in project.state("prod-uae") if resource["type"] == kind)
