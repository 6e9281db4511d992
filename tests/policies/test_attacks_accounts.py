"""Access for accounts and organisations of others, in policies, conditions and properties."""

import json
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from .harness import UNKNOWN, Given, Pack, blocking, named

OWN, PARTNER, STRANGER = "123456789012", "210987654321", "999999999999"
ORG, FOREIGN_ORG = "o-a1b2c3d4e5", "o-zzzzzzzzzz"
TRUSTED = {OWN: "the account of the platform", PARTNER: "the data provider", ORG: "the organisation of the bank"}
LISTED = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, "identity": {"trusted": TRUSTED}}))
UNLISTED = Pack()
RULE = "FJ-IDN-116"
ROLE, BUCKET = "aws:iam/role:Role", "aws:s3/bucketPolicy:BucketPolicy"
STATED = (
    {"allowedAccountIds": [OWN]},
    {"allowedAccountIds": json.dumps([OWN])},
    {"assumeRoles": json.dumps([{"roleArn": f"arn:aws:iam::{OWN}:role/deploy"}])},
    {"assumeRole": {"roleArn": f"arn:aws:iam::{OWN}:role/deploy"}},
)


def policy(principal: object, condition: object | None = None) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::data/*",
    }
    return {"policy": {"Statement": [{**statement, **({"Condition": condition} if condition else {})}]}}


def is_refused(pack: Pack, token: str, props: dict[str, Any], provider: dict[str, Any] | None = None) -> bool:
    return RULE in blocking(pack.evaluate_resource(Given(token, props, provider=provider)))


PRINCIPALS = (
    f"arn:aws:iam::{STRANGER}:role/x",
    f"arn:aws:iam::{STRANGER}:root",
    STRANGER,
    float(STRANGER),
    [f"arn:aws:iam::{OWN}:role/x", f"arn:aws:sts::{STRANGER}:assumed-role/x/y"],
)


@pytest.mark.parametrize("principal", PRINCIPALS, ids=named)
def test_a_principal_of_another_account_is_refused(principal: object) -> None:
    assert is_refused(LISTED, BUCKET, policy({"AWS": principal}))
    assert is_refused(LISTED, ROLE, {"assumeRolePolicy": policy({"AWS": principal})["policy"]})
    for provider in STATED:
        assert is_refused(UNLISTED, BUCKET, policy({"AWS": principal}), provider)
    assert not is_refused(UNLISTED, BUCKET, policy({"AWS": principal}))


def test_a_canonical_user_is_listed() -> None:
    user = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
    assert is_refused(LISTED, BUCKET, policy({"CanonicalUser": user}))
    assert not is_refused(UNLISTED, BUCKET, policy({"CanonicalUser": user}))
    assert not is_refused(LISTED, BUCKET, policy({"CanonicalUser": UNKNOWN}))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"StringEquals": {"aws:PrincipalAccount": STRANGER}}, True),
        ({"StringEquals": {"aws:PrincipalAccount": [OWN, STRANGER]}}, True),
        ({"StringEquals": {"aws:SourceAccount": STRANGER}}, True),
        ({"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{STRANGER}:role/*"}}, True),
        ({"StringEquals": {"aws:PrincipalOrgID": FOREIGN_ORG}}, True),
        ({"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{FOREIGN_ORG}/*"}}, True),
        ({"StringEquals": {"aws:PrincipalAccount": [OWN, PARTNER]}}, False),
        ({"ArnLike": {"aws:SourceArn": f"arn:aws:sns:*:{OWN}:*"}}, False),
        ({"ArnEquals": {"aws:SourceArn": "arn:aws:s3:::falaj-data"}}, False),
        ({"StringEquals": {"aws:PrincipalOrgID": ORG}}, False),
        ({"StringEquals": {"aws:PrincipalOrgID": UNKNOWN}}, False),
        ({"StringNotEquals": {"aws:PrincipalAccount": STRANGER}, "StringEquals": {"aws:PrincipalOrgID": ORG}}, False),
    ],
    ids=named,
)
def test_an_account_or_organisation_in_a_condition_is_listed(condition: object, expected: bool) -> None:
    assert is_refused(LISTED, BUCKET, policy("*", condition)) is expected
    assert not is_refused(UNLISTED, BUCKET, policy("*", condition))


@pytest.mark.parametrize(
    ("token", "name", "value"),
    [
        ("aws:kms/grant:Grant", "granteePrincipal", f"arn:aws:iam::{STRANGER}:role/x"),
        ("aws:kms/grant:Grant", "retiringPrincipal", f"arn:aws:iam::{STRANGER}:role/x"),
        ("aws:lambda/permission:Permission", "principal", STRANGER),
        ("aws:lambda/permission:Permission", "sourceArn", f"arn:aws:sns:me-central-1:{STRANGER}:t"),
        ("aws:ram/principalAssociation:PrincipalAssociation", "principal", STRANGER),
        ("aws:eks/accessEntry:AccessEntry", "principalArn", f"arn:aws:iam::{STRANGER}:role/x"),
        ("aws:rds/snapshot:Snapshot", "sharedAccounts", [OWN, STRANGER]),
        ("aws:ec2/vpcEndpointService:VpcEndpointService", "allowedPrincipals", [f"arn:aws:iam::{STRANGER}:root"]),
        ("aws:ssm/document:Document", "permissions", {"type": "Share", "account_ids": f"{OWN}, {STRANGER}"}),
        ("aws:rds/snapshot:Snapshot", "sharedAccounts", [STRANGER]),
        ("aws:rds/clusterSnapshot:ClusterSnapshot", "sharedAccounts", [STRANGER]),
        ("aws:rds/snapshotCopy:SnapshotCopy", "sharedAccounts", [STRANGER]),
        ("aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy", "sharedAccounts", [STRANGER]),
        ("aws:s3control/accessGrant:AccessGrant", "grantee", {"granteeIdentifier": f"arn:aws:iam::{STRANGER}:role/x"}),
        ("aws:redshift/dataShareAuthorization:DataShareAuthorization", "consumerIdentifier", STRANGER),
        ("aws:opensearch/authorizeVpcEndpointAccess:AuthorizeVpcEndpointAccess", "account", STRANGER),
        ("aws:ram/resourceShareAssociationsExclusive:ResourceShareAssociationsExclusive", "principals", [STRANGER]),
        ("aws:globalaccelerator/crossAccountAttachment:CrossAccountAttachment", "principals", [STRANGER]),
        ("aws:ec2/networkInterfacePermission:NetworkInterfacePermission", "awsAccountId", STRANGER),
        ("aws:servicecatalog/portfolioShare:PortfolioShare", "principalId", STRANGER),
        ("aws:directoryservice/sharedDirectory:SharedDirectory", "target", {"id": STRANGER}),
        ("aws:auditmanager/frameworkShare:FrameworkShare", "destinationAccount", STRANGER),
        ("aws:organizations/delegatedAdministrator:DelegatedAdministrator", "accountId", STRANGER),
        ("aws:licensemanager/licenseGrant:LicenseGrant", "principal", f"arn:aws:iam::{STRANGER}:root"),
        ("aws:signer/signingProfilePermission:SigningProfilePermission", "principal", STRANGER),
        (
            "aws:lakeformation/optIn:OptIn",
            "principals",
            [{"dataLakePrincipalIdentifier": f"arn:aws:iam::{STRANGER}:role/x"}],
        ),
    ],
)
def test_an_account_in_a_property_is_listed(token: str, name: str, value: Any) -> None:
    assert is_refused(LISTED, token, {name: value})
    assert is_refused(UNLISTED, token, {name: value}, STATED[0])
    own = json.loads(json.dumps(value).replace(STRANGER, PARTNER))
    assert not is_refused(LISTED, token, {name: own})
    assert not is_refused(UNLISTED, token, {name: value})
    assert not is_refused(LISTED, token, {name: UNKNOWN})


def _function(account: str) -> str:
    return f"arn:aws:lambda:me-central-1:{account}:function:f"


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("aws:sfn/stateMachine:StateMachine",
         {"definition": json.dumps({"States": {"A": {"Resource": _function("{}")}}})}),
        ("aws:sfn/stateMachine:StateMachine", {"definition": json.dumps({"a": json.dumps({"b": [_function("{}")]})})}),
        ("kubernetes:core/v1:ServiceAccount",
         {"metadata": {"annotations": {"eks.amazonaws.com/role-arn": "arn:aws:iam::{}:role/x"}}}),
        ("kubernetes:core/v1:ConfigMap", {"data": {"a.yaml": "topic: arn:aws:sns:me-central-1:{}:t\n"}}),
        ("kubernetes:core/v1:Pod", {"spec": {"containers": [{"env": [{"name": "ROLE", "value": _function("{}")}]}]}}),
    ],
)  # fmt: skip
def test_a_resource_that_a_program_calls_is_of_a_listed_account(token: str, props: dict[str, Any]) -> None:
    def of(account: str) -> dict[str, Any]:
        return json.loads(json.dumps(props).replace("{}", account))  # type: ignore[no-any-return]

    assert is_refused(LISTED, token, of(STRANGER))
    for account in (PARTNER, "aws", "", "ACCOUNT"):
        assert not is_refused(LISTED, token, of(account))
    assert not is_refused(UNLISTED, token, of(STRANGER))


def test_policies_and_published_layers_have_rules_of_their_own() -> None:
    publisher = "017000801446"
    entry = {"clusterName": "c", "principalArn": f"arn:aws:iam::{publisher}:role/admin"}
    assert is_refused(LISTED, "aws:eks/accessEntry:AccessEntry", entry)
    assert is_refused(
        LISTED, "aws:lambda/function:Function", {"x": f"arn:aws:lambda:me-central-1:{publisher}:function:x"}
    )
    for account, stopped in ((publisher, False), (STRANGER, True)):
        layer = f"arn:aws:lambda:me-central-1:{account}:layer:powertools:1"
        assert is_refused(LISTED, "aws:lambda/function:Function", {"layers": [layer]}) == stopped
    statement = {"Effect": "Deny", "Action": "*", "Resource": _function(STRANGER)}
    assert not is_refused(LISTED, "aws:iam/policy:Policy", {"policy": json.dumps({"Statement": [statement]})})


@pytest.mark.parametrize(
    "layer",
    [
        "094274105915:layer:AWSLambdaPowertoolsTypeScriptV2:20",
        "858974508948:layer:AWS-Parameters-and-Secrets-Lambda-Extension:12",
        "732604637566:layer:LambdaInsightsExtension:11",
        "662846165436:layer:AWS-AppConfig-Extension:31",
        "739275441131:layer:AWSOpenTelemetryDistroPython:5",
    ],
)
def test_layers_that_aws_publishes_in_the_country_are_no_strangers(layer: str) -> None:
    layers = [f"arn:aws:lambda:me-central-1:{layer}"]
    assert not is_refused(LISTED, "aws:lambda/function:Function", {"layers": layers})
    assert is_refused(LISTED, "aws:lambda/function:Function", {"layers": [layers[0].replace(":layer:", ":function:")]})


@pytest.mark.parametrize("key", ["aws:PrincipalTag/team", "aws:SourceIdentity"])
def test_tags_of_identities_narrow_the_trust_of_ones_own_account_only(key: str) -> None:
    def refused(account: str, pack: Pack, provider: dict[str, Any] | None = None) -> bool:
        statement = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}
        document = {"Statement": [{**statement, "Condition": {"StringEquals": {key: "platform"}}}]}
        given = Given(ROLE, {"assumeRolePolicy": document}, provider=provider)
        return "FJ-IDN-105" in blocking(pack.evaluate_resource(given))

    assert not refused(OWN, LISTED)
    assert not refused(OWN, UNLISTED, STATED[0])
    assert refused(OWN, UNLISTED)
    assert refused(STRANGER, UNLISTED, STATED[0])


@pytest.mark.parametrize("owner", ["*", "12345678901", "123456789012 ", "o-*", "o-abc", "root"])
def test_a_trusted_account_is_given_in_full(owner: str) -> None:
    with pytest.raises(ValueError, match="12 digits"):
        Enforcement.model_validate({"default": {}, "identity": {"trusted": {owner: "the account of a partner"}}})


@pytest.mark.parametrize(
    ("props", "stopped"),
    [
        ({"allowedAccountIds": json.dumps([STRANGER])}, True),
        ({"allowedAccountIds": json.dumps([OWN, STRANGER])}, True),
        ({"assumeRole": {"roleArn": f"arn:aws:iam::{STRANGER}:role/x"}}, True),
        ({"assumeRoles": json.dumps([{"roleArn": f"arn:aws:iam::{STRANGER}:role/x"}])}, True),
        ({"assumeRoleWithWebIdentity": json.dumps({"roleArn": f"arn:aws:iam::{STRANGER}:role/x"})}, True),
        ({"forbiddenAccountIds": json.dumps([STRANGER])}, False),
        ({"allowedAccountIds": UNKNOWN}, False),
        ({"region": "me-central-1"}, False),
        *((props, False) for props in STATED),
    ],
)
def test_providers_deploy_to_listed_accounts(props: dict[str, object], stopped: bool) -> None:
    provider = Given("pulumi:providers:aws", {"region": "me-central-1", **props})
    assert (RULE in blocking(LISTED.evaluate_resource(provider))) is stopped
    assert RULE not in blocking(UNLISTED.evaluate_resource(provider))


@pytest.mark.parametrize("account", [OWN, STRANGER])
@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("aws:oam/link:Link", {"sinkIdentifier": "arn:aws:oam:me-central-1:ACCOUNT:sink/x"}),
        ("aws:cleanrooms/collaboration:Collaboration", {"members": [{"accountId": "ACCOUNT"}]}),
        ("aws:backup/plan:Plan", {"rules": [{"ruleName": "daily"}, {"copyActions": [
            {"destinationVaultArn": "arn:aws:backup:me-central-1:ACCOUNT:backup-vault:x"}]}]}),
    ],
)  # fmt: skip
def test_data_goes_to_listed_accounts(token: str, props: dict[str, object], account: str) -> None:
    given = Given(token, json.loads(json.dumps(props).replace("ACCOUNT", account)))
    assert (RULE in blocking(LISTED.evaluate_resource(given))) is (account == STRANGER)


_TOPIC = "arn:aws:sns:me-central-1:ACCOUNT:t"


@pytest.mark.parametrize("account", [OWN, STRANGER])
@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("aws:cloudwatch/eventTarget:EventTarget", {"arn": "arn:aws:events:me-central-1:ACCOUNT:event-bus/in"}),
        ("aws:sns/topicSubscription:TopicSubscription", {"endpoint": "arn:aws:sqs:me-central-1:ACCOUNT:in"}),
        ("aws:pipes/pipe:Pipe", {"target": "arn:aws:sqs:me-central-1:ACCOUNT:in"}),
        ("aws:s3/bucketNotification:BucketNotification", {"queues": [{"queueArn": _TOPIC}]}),
        ("aws:lambda/function:Function", {"environment": {"variables": {
            "QUEUE": "https://sqs.me-central-1.amazonaws.com/ACCOUNT/in"}}}),
        ("aws:apigateway/integration:Integration", {"uri": "arn:aws:apigateway:me-central-1:lambda:path/2015-03-31"
                                                    "/functions/arn:aws:lambda:me-central-1:ACCOUNT:function:f/i"}),
        ("aws:kms/replicaKey:ReplicaKey", {"primaryKeyArn": "arn:aws:kms:me-central-1:ACCOUNT:key/1"}),
    ],
)  # fmt: skip
def test_whatever_a_resource_names_is_of_a_listed_account(token: str, props: dict[str, object], account: str) -> None:
    given = Given(token, json.loads(json.dumps(props).replace("ACCOUNT", account)))
    assert (RULE in blocking(LISTED.evaluate_resource(given))) is (account == STRANGER)
