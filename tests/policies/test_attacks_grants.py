"""Attacks by grants: broad managed policies, roles of Azure above the resource group, and access to clusters.

Each attack was silent on 4653d834. What the documents of managed policies and roles allow is said in `falaj.facts`.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.settings import IdentitySettings
from guardrails.identity.aws_attachments import ATTACHMENTS, BOUNDARIES

from falaj.facts.aws_managed_policies import managed_policies
from falaj.facts.predefined_roles import Level

from .harness import UNKNOWN, Given, Pack, blocking, rules
from .sdk import texts
from .sdk_paths import has_path

OWN, FOREIGN = "123456789012", "999999999999"
SETTINGS = IdentitySettings(trusted={OWN: "the account of the tests"})
PACK = Pack(Enforcement.model_validate({"default": {"all": "disabled", "identity": "mandatory"}, "identity": SETTINGS}))
AWS_POLICY = "arn:aws:iam::aws:policy/"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
ROLE = "aws:iam/role:Role"
BACKUP = f"{AWS_POLICY}service-role/AWSBackupServiceRolePolicyForBackup"


def refused(*plan: Given) -> set[str]:
    """Returns the identity rules that block a plan, when each resource or the whole plan is evaluated."""
    return blocking(PACK.evaluate_plan(*plan))


def trust(**principal: str) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return {"assumeRolePolicy": json.dumps({"Statement": [statement]})}


EC2 = trust(Service="ec2.amazonaws.com")


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
         {"policyArns": ["AdministratorAccess"]}),
        ("aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive", {"policyArns": ["IAMFullAccess"]}),
        ("aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive", {"policyArns": ["IAMFullAccess"]}),
        ("aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
         {"managedPolicyArns": ["AdministratorAccess"]}),
        ("aws:quicksight/iamPolicyAssignment:IamPolicyAssignment", {"policyArn": "AmazonS3FullAccess"}),
        (ROLE, {**EC2, "managedPolicyArns": [UNKNOWN, "AmazonSSMFullAccess"]}),
        *((ATTACHMENT, {"role": "r", "policyArn": name}) for name in (
            "AmazonSSMFullAccess", "AmazonEC2FullAccess", "AmazonDynamoDBFullAccess", "AWSLambda_FullAccess",
            "AmazonSageMakerFullAccess", "ReadOnlyAccess", "job-function/SystemAdministrator", "AmazonS3ReadOnlyAccess",
            "administratoraccess", "job-function/AdministratorAccess", "NoSuchPolicyOfTheList")),
    ],
)  # fmt: skip
def test_broad_managed_policies_are_refused_however_they_are_attached(token: str, props: dict[str, Any]) -> None:
    named = {
        key: [item if item is UNKNOWN else AWS_POLICY + item for item in value]
        if isinstance(value, list)
        else (AWS_POLICY + value if key == "policyArn" else value)
        for key, value in props.items()
    }
    assert refused(Given(token, named)) >= {"FJ-IDN-106"}


@pytest.mark.parametrize(
    "name",
    ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "service-role/AmazonEBSCSIDriverPolicy", "SecurityAudit",
     "AmazonEC2ContainerRegistryReadOnly", "AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy",
     "service-role/AWSLambdaBasicExecutionRole", "job-function/ViewOnlyAccess", "AWSKeyManagementServicePowerUser",
     "AmazonEKSClusterPolicy", "service-role/AmazonECSTaskExecutionRolePolicy"],
)  # fmt: skip
def test_narrow_managed_policies_are_silent(name: str) -> None:
    plan = Given(ROLE, EC2, name="r"), Given(ATTACHMENT, {"role": "r", "policyArn": AWS_POLICY + name})
    assert refused(*plan) == set()
    assert refused(Given(ATTACHMENT, {"role": "r", "policyArn": f"arn:aws:iam::{OWN}:policy/PowerUserAccess"})) == set()


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ({"Service": "backup.amazonaws.com"}, set()),
        ({"Service": "backup.amazonaws.com", "AWS": f"arn:aws:iam::{OWN}:role/ci"}, {"FJ-IDN-106"}),
        ({"AWS": f"arn:aws:iam::{OWN}:role/ci"}, {"FJ-IDN-106"}),
    ],
)
def test_policies_of_services_belong_to_roles_of_services(principal: dict[str, str], expected: set[str]) -> None:
    role = Given(ROLE, {"name": "backup", **trust(**principal)}, name="backup")
    by_name = Given(ATTACHMENT, {"role": "backup", "policyArn": BACKUP})
    by_link = Given(ATTACHMENT, {"role": UNKNOWN, "policyArn": BACKUP}, links={"role": ("backup",)})
    assert refused(role, by_name) == refused(role, by_link) == expected
    assert refused(Given(ROLE, {**trust(**principal), "managedPolicyArns": [BACKUP]})) == expected
    assert refused(by_name) == {"FJ-IDN-106"}


@pytest.mark.parametrize(
    ("name", "service", "expected"),
    [
        ("AWSBackupServiceRolePolicyForBackup", "lambda.amazonaws.com", {"FJ-IDN-106"}),
        ("AWSBackupServiceRolePolicyForRestores", "ec2.amazonaws.com", {"FJ-IDN-106"}),
        ("AWSFaultInjectionSimulatorEC2Access", "ec2.amazonaws.com", {"FJ-IDN-106"}),
        ("AWSBackupServiceRolePolicyForRestores", "pods.eks.amazonaws.com", {"FJ-IDN-106"}),
        ("AWSLambdaSQSQueueExecutionRole", "lambda.amazonaws.com", set()),
        ("AWSGlueServiceRole", "glue.amazonaws.com", set()),
        ("AmazonElasticMapReduceforEC2Role", "ec2.amazonaws.com", set()),
        ("AWS_ConfigRole", "config.amazonaws.com", set()),
        ("../AWSBackupServiceRolePolicyForS3Backup", "backup.amazonaws.com", set()),
        ("../AWSBackupServiceRolePolicyForS3Backup", "ec2.amazonaws.com", {"FJ-IDN-106"}),
    ],
)
def test_policies_of_services_are_not_for_the_programs_of_others(name: str, service: str, expected: set[str]) -> None:
    role = {
        **trust(Service=service),
        "managedPolicyArns": [f"{AWS_POLICY}service-role/{name}".replace("service-role/../", "")],
    }
    assert refused(Given(ROLE, role)) == expected


def test_a_listed_managed_policy_may_be_attached() -> None:
    identity = {"managed_policies": {"ReadOnlyAccess": "auditors of the central bank"}}
    pack = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, "identity": identity}))
    attached = Given(ATTACHMENT, {"role": "r", "policyArn": f"{AWS_POLICY}ReadOnlyAccess"})
    assert "FJ-IDN-106" in rules(PACK.evaluate_resource(attached))
    assert "FJ-IDN-106" not in rules(pack.evaluate_resource(attached))


@pytest.mark.parametrize(
    ("token", "props"),
    [
        (ROLE, {**EC2, "permissionsBoundary": f"{AWS_POLICY}AdministratorAccess"}),
        ("aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
         {"permissionsBoundary": {"managedPolicyArn": f"{AWS_POLICY}AdministratorAccess"}}),
        ("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
         {"guardrailPolicyArns": [f"{AWS_POLICY}AdministratorAccess"]}),
    ],
)  # fmt: skip
def test_a_boundary_that_allows_everything_is_refused(token: str, props: dict[str, Any]) -> None:
    assert refused(Given(token, props)) == {"FJ-IDN-115"}
    text = json.dumps(props).replace("AdministratorAccess", "PowerUserAccess")
    assert refused(Given(token, json.loads(text))) == set()


def test_levels_of_managed_policies_are_those_of_their_documents() -> None:
    levels = {name: policy.level for name, policy in managed_policies().items()}
    assert levels["administratoraccess"] is Level.CRITICAL
    assert levels["amazons3readonlyaccess"] is Level.HIGH
    assert levels["awskeymanagementservicepoweruser"] is Level.MEDIUM
    assert len(levels) > 1600


OTHER_POLICIES = {
    "a policy of the service, not of IAM": {
        "aws:resiliencehub/v2Service:V2Service", "aws:resiliencehub/v2UserJourney:V2UserJourney",
        "aws:bedrock/agentcorePolicy:AgentcorePolicy"},
    "FJ-IDN-116 evaluates access policies of clusters": {"aws:eks/accessPolicyAssociation:AccessPolicyAssociation"},
    "FJ-IDN-107 refuses policies of single users": {"aws:iam/userPolicyAttachment:UserPolicyAttachment"},
}  # fmt: skip
"""Reason -> types with the ARN of a policy which no table has."""
TABLES: tuple[Mapping[str, str], ...] = (ATTACHMENTS, BOUNDARIES)
_POLICY_ARN = re.compile(r"^\s+(?:\w+_)?(?:policy_arns?|permissions_boundary): ", re.MULTILINE)
_OTHER_PREFIXES = re.compile(r"(?:firewall|scheduling|scaling|engine)_policy_arn")


def test_every_type_that_names_a_policy_is_in_a_table() -> None:
    found = {
        token
        for token, text in texts("pulumi_aws")
        if any(not _OTHER_PREFIXES.search(match[0]) for match in _POLICY_ARN.finditer(text[: text.find("@property")]))
    }
    listed = {token for table in (*TABLES, *OTHER_POLICIES.values()) for token in table}
    assert found <= listed
    assert len(found) > 15


@pytest.mark.parametrize(("token", "path"), sorted(entry for table in TABLES for entry in table.items()))
def test_tables_of_attachments_name_properties_of_the_sdk(token: str, path: str) -> None:
    assert has_path(token, path)
