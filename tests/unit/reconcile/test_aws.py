"""What an AWS account lists: on moto's Tagging API, and with fixed answers for what moto does not do.

moto 5.2.5 lists networks, buckets, keys, topics, queues, log groups, rules, file systems and backup vaults, and reads
filters and pages as AWS does. It lists no clusters of EKS, repositories of ECR, policies of IAM, budgets, addresses,
endpoints and launch templates; it gives flow logs another ARN than AWS, and refuses nobody.
"""

import json
from typing import Any

import boto3
import pytest
from botocore.exceptions import EndpointConnectionError, NoCredentialsError
from moto import mock_aws

from falaj.facts.clouds import Cloud
from falaj.preflight.aws.context import AwsContext
from falaj.reconcile import aws
from falaj.reconcile.aws import aws_questions, aws_type
from falaj.reconcile.compare import compare
from falaj.reconcile.listed import CannotAsk, Listed, Place
from tests.unit.preflight.aws_answers import ACCOUNT, KEYS, Answers, changed, context
from tests.unit.reconcile.states import REGION, TAGS, arn, row, state

OWN = [{"Key": key, "Value": value} for key, value in TAGS.items()]


def listed(answers: Answers, given: Any = None) -> list[Listed]:
    """Returns what the region of the site lists with fixed answers."""
    return [*aws_questions(context(answers, given), TAGS)[0].ask().resources]


def page(*resources: dict[str, Any], token: str = "") -> dict[str, Any]:
    return {"ResourceTagMappingList": [*resources], "PaginationToken": token}


def mapping(identifier: str, **tags: str) -> dict[str, Any]:
    pairs = [{"Key": key.replace("__", "/"), "Value": value} for key, value in tags.items()]
    return {"ResourceARN": identifier, "Tags": [*OWN, *pairs]}


def on_moto() -> AwsContext:
    made = context({})
    return AwsContext("prod-uae", made.settings, "awsuae", made.site, _client)


def _client(service: str, region: str) -> Any:
    return boto3.client(service, region_name=region, **KEYS)  # type: ignore[call-overload]


@mock_aws
def test_orphans_of_a_killed_engine_are_found_in_moto(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aws, "PAGE", 2)
    ec2, sns, s3 = (boto3.client(name, region_name=REGION, **KEYS) for name in ("ec2", "sns", "s3"))
    vpcs = []
    for number in range(4):
        tags = OWN if number else [{"Key": "project", "Value": "other"}]
        specification = [{"ResourceType": "vpc", "Tags": tags}]
        made = ec2.create_vpc(CidrBlock=f"10.{number}.0.0/16", TagSpecifications=specification)  # type: ignore[arg-type]
        vpcs.append(made["Vpc"]["VpcId"])
    topic = sns.create_topic(Name="alarms", Tags=OWN)["TopicArn"]  # type: ignore[arg-type]
    s3.create_bucket(Bucket="data-1a2b", CreateBucketConfiguration={"LocationConstraint": REGION})  # type: ignore[typeddict-item]
    s3.put_bucket_tagging(Bucket="data-1a2b", Tagging={"TagSet": OWN})  # type: ignore[typeddict-item]
    answers = [question.ask() for question in aws_questions(on_moto(), TAGS)]
    assert [answer.place.region for answer in answers] == [REGION, "us-east-1"]
    account = answers[0].place.account
    network = arn(f"vpc/{vpcs[1]}", account=account)
    gone = arn("vpc/vpc-0", account=account)
    known = state(row("aws:ec2/vpc:Vpc", "a", vpcs[1], arn=network), row("aws:ec2/vpc:Vpc", "b", "vpc-0", arn=gone))
    found = compare(answers, known, TAGS)
    lacking = {(item.type, item.id) for item in found.lacking}
    assert lacking == {
        ("aws:ec2/vpc:Vpc", arn(f"vpc/{vpcs[2]}", account=account)),
        ("aws:ec2/vpc:Vpc", arn(f"vpc/{vpcs[3]}", account=account)),
        ("aws:sns/topic:Topic", topic),
        ("aws:s3/bucket:Bucket", "arn:aws:s3:::data-1a2b"),
    }
    assert ([item.ids for item in found.not_seen], found.known) == ([(gone,)], 1)


def test_the_request_has_all_tags_and_each_page_is_read() -> None:
    asked = []

    def answer(request: Any) -> dict[str, Any]:
        asked.append(json.loads(request["body"]))
        last = "PaginationToken" in asked[-1]
        return page(mapping(arn("vpc/vpc-2")) if last else mapping(arn("vpc/vpc-1")), token="" if last else "next")

    assert [item.id for item in listed({"GetResources": answer})] == [arn("vpc/vpc-1"), arn("vpc/vpc-2")]
    filters = [{"Key": key, "Values": [value]} for key, value in TAGS.items()]
    assert [request["TagFilters"] for request in asked] == [filters, filters]
    assert asked[1]["PaginationToken"] == "next"
    assert asked[0]["ResourcesPerPage"] == 100


def test_the_place_is_that_of_the_caller() -> None:
    questions = aws_questions(context({"GetResources": page()}), TAGS)
    assert [question.ask().place for question in questions] == [
        Place(Cloud.AWS, ACCOUNT, REGION),
        Place(Cloud.AWS, ACCOUNT, "us-east-1"),
    ]


@pytest.mark.parametrize(
    ("refusal", "says"),
    [
        ("AccessDeniedException", "GetResources is denied; allow the caller `tag:GetResources`"),
        (("Whatever", 403), "GetResources is denied; allow the caller `tag:GetResources`"),
        (("ExpiredTokenException", 403), "GetResources: ExpiredTokenException; sign in again"),
        (("UnrecognizedClientException", 403), "GetResources: UnrecognizedClientException; sign in again"),
        ("ThrottledException", "GetResources: ThrottledException; ask again in a minute"),
        (("OptInRequired", 403), "GetResources: OptInRequired; enable the region for the account"),
        ("InternalServiceException", "GetResources: InternalServiceException; ask again"),
        (NoCredentialsError(), "Unable to locate credentials; sign in again"),
        (EndpointConnectionError(endpoint_url="https://x"),
         'Could not connect to the endpoint URL: "https://x"; ask again'),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_do(refusal: Any, says: str) -> None:
    with pytest.raises(CannotAsk) as refused:
        listed({"GetResources": refusal})
    assert str(refused.value) == says


def test_an_identity_that_cannot_be_read_is_told() -> None:
    with pytest.raises(CannotAsk, match="GetCallerIdentity: ExpiredToken; sign in again"):
        listed({"GetCallerIdentity": ("ExpiredToken", 403), "GetResources": page()})


def test_an_account_that_the_site_does_not_allow_is_not_asked() -> None:
    options = context({}).site.aws
    assert options is not None
    site = changed("prod-uae", aws=options.model_copy(update={"account": _Account()}))
    with pytest.raises(
        CannotAsk, match=f"of account {ACCOUNT}, and sites.awsuae.aws.account.allowed_account_ids has 9"
    ):
        listed({"GetResources": page()}, site)


class _Account:
    allowed_account_ids = ("999988887777",)


@pytest.mark.parametrize(
    ("given", "owner"),
    [
        (mapping(arn("instance/i-1")), True),
        (mapping(arn("volume/vol-1")), True),
        (mapping(arn("loadbalancer/net/k8s/1", "elasticloadbalancing")), True),
        (mapping(arn("recovery-point:1", "backup")), True),
        (mapping(arn("security-group/sg-1"), elbv2_k8s="no"), False),
        (mapping(arn("security-group/sg-1"), **{"elbv2.k8s.aws__cluster": "c"}), True),
        (mapping(arn("security-group/sg-1"), **{"aws:eks:cluster-name": "c"}), True),
        (mapping(arn("launch-template/lt-1"), **{"kubernetes.io__cluster__c": "owned"}), True),
        (mapping(arn("launch-template/lt-1")), False),
        (mapping(arn("backup-vault:b", "backup")), False),
    ],
)
def test_what_controllers_create_has_an_owner(given: dict[str, Any], owner: bool) -> None:
    [found] = listed({"GetResources": page(given)})
    assert bool(found.owner) is owner


def test_the_name_is_the_tag() -> None:
    [found] = listed({"GetResources": page(mapping(arn("vpc/vpc-1"), Name="net"))})
    assert found.name == "net"


@pytest.mark.parametrize(
    ("identifier", "kind"),
    [
        (arn("vpc/vpc-1"), "aws:ec2/vpc:Vpc"),
        (arn("natgateway/nat-1"), "aws:ec2/natGateway:NatGateway"),
        (arn("security-group/sg-1"), "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup or "
         "aws:ec2/securityGroup:SecurityGroup"),
        (arn("budget/b", "budgets", ""), "aws:budgets/budget:Budget"),
        (arn("budget/b/action/1", "budgets", ""), "aws:budgets/budgetAction:BudgetAction"),
        (arn("log-group:/a/b", "logs"), "aws:cloudwatch/logGroup:LogGroup"),
        (arn("policy/path/p", "iam", ""), "aws:iam/policy:Policy"),
        ("arn:aws:s3:::data", "aws:s3/bucket:Bucket"),
        (arn("instance/i-1"), "ec2:instance"),
        (arn("db:db-1", "rds"), "rds:db"),
    ],
)  # fmt: skip
def test_the_type_follows_from_the_arn(identifier: str, kind: str) -> None:
    assert aws_type(identifier) == kind
