"""Rights that change settings of all of a kind, by the form of their names, and targets of records of names."""

import pytest
from guardrails.identity.aws_changes import changes_settings
from guardrails.identity.azure_decisive import decides
from guardrails.identity.azure_patterns import Patterns

from tests.processor_time import within

from .blind import ME, RG, aws, az, document, policy, role, statement
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
HERE = f"me-central-1:{ME}"
RULES = f"arn:aws:elasticloadbalancing:{HERE}:listener-rule/app/*"
PRIVATE = "privatedns:PrivateRecordSet"


def refused(*plan: Given) -> set[str]:
    return blocking(PACK.evaluate_plan(*plan))


@pytest.mark.parametrize("action", [
    "elasticloadbalancing:ModifyRule", "ELASTICLOADBALANCING:MODIFYRULE", "apigateway:PATCH", "apigateway:*",
    "wafv2:Update*", "wafv2:Up*", "wafv2:*",
    "sns:Unsubscribe", "cloudformation:ActivateType", "codecommit:CreateCommit",
    "codecommit:PutFile", "events:PutTargets", "logs:PutRetentionPolicy", "elasticache:ModifyCacheCluster",
    "route53-recovery-cluster:UpdateRoutingControlState", "datasync:UpdateLocationSmb", "ssm:PutParameter",
    "sqs:PurgeQueue", "ds:RegisterCertificate", "quicksight:CreateRoleMembership", "mq:Promote", "ds:Revoke*",
    "cognito-idp:AdminDisableUser", "codecommit:MergeBranchesBySquash", "elasticfilesystem:Restore",
])  # fmt: skip
def test_changes_of_settings(action: str) -> None:
    assert changes_settings(action)


@pytest.mark.parametrize("action", [
    "dynamodb:PutItem", "logs:PutLogEvents", "kinesis:PutRecords", "cloudwatch:PutMetricData", "iot:UpdateThingShadow",
    "codebuild:UpdateReport", "ssm:UpdateInstanceInformation", "s3:PutObject", "execute-api:Invoke", "ec2:ModifyVolume",
    "autoscaling:SetDesiredCapacity", "states:StartExecution", "sqs:SendMessage", "sqs:DeleteMessage", "apigateway:GET",
    "*:Update*", "Update", "wafv2:Get*",
    "ec2:AttachVolume", "iot:AttachThingPrincipal", "ecs:RegisterTaskDefinition", "kms:RevokeGrant", "glue:CreateTable",
    "s3:RestoreObject", "cognito-idp:AdminInitiateAuth", "glue:Create*", "support:AddCommunicationToCase",
    "wafv2:Li?t*", "", "elasticloadbalancing:RegisterTargets", "mgn:UpdateAgentSourcePropertiesForMgn",
])  # fmt: skip
def test_data_runs_and_what_a_program_says_of_itself(action: str) -> None:
    assert not changes_settings(action)


@pytest.mark.parametrize(
    "action",
    [
        "x:put" + "status" * 4000,
        "x:update" + "a" * 20000,
        "x:" + "update" * 4000,
        "x:create" + "user" * 5000,
        "x:enable" + "admin" * 4000 + "-",
        "x:register" + "adminprovide" * 2000,
    ],
)
def test_long_names_take_no_time(action: str) -> None:
    with within(0.5):
        changes_settings(action)
        decides([action.replace(":", "/") + "/write", f"Microsoft.{'a/' * 9000}firewallRules/write"], Patterns([]))


@pytest.mark.parametrize(("resource", "condition", "is_refused"), [
    (RULES, None, True), (f"arn:aws:elasticloadbalancing:{HERE}:listener-rule/app/orders/*", None, False),
    (RULES, {"StringEquals": {"aws:ResourceTag/team": "orders"}}, False),
    (f"arn:aws:elasticloadbalancing:{HERE}:listener-rule/net/*/*/*/*", None, False),
    ([RULES, f"arn:aws:elasticloadbalancing:{HERE}:listener-rule/app/orders/1/2/3"], None, True),
])  # fmt: skip
def test_resources_of_a_change(resource: object, condition: object, is_refused: bool) -> None:
    given = policy(statement("elasticloadbalancing:ModifyRule", resource, condition))
    assert ("FJ-IDN-109" in refused(given)) is is_refused


def test_a_named_resource_of_the_service_limits_a_change() -> None:
    resources = ["arn:aws:route53:::hostedzone/Z0123456789ABC", "arn:aws:ec2:*:*:vpc/*"]
    assert "FJ-IDN-109" not in refused(policy(statement("route53:AssociateVPCWithHostedZone", resources)))


@pytest.mark.parametrize(("actions", "left_out", "is_refused"), [
    (["Microsoft.KubernetesConfiguration/*"], [], True),
    (["Microsoft.KubernetesConfiguration/*/read"], [], False),
    (["Microsoft.KubernetesConfiguration/*"],
     ["Microsoft.KubernetesConfiguration/fluxConfigurations/write",
      "Microsoft.KubernetesConfiguration/extensions/write"], True),
    (["Microsoft.ApiManagement/service/apis/operations/policies/write"], [], True),
    (["Microsoft.Network/networkSecurityGroups/securityRules/write"], [], True),
    (["Microsoft.Network/networkSecurityGroups/securityRules/write", "Microsoft.Network/virtualNetworks/write"], [],
     False),
    (["Microsoft.Network/trafficManagerProfiles/externalEndpoints/write", "Microsoft.Network/virtualNetworks/write"],
     [], True),
    (["microsoft.sql/servers/firewallrules/write"], [], True),
    (["Microsoft.Sql/servers/firewallRules/write"], ["Microsoft.Sql/servers/*/write"], False),
    (["Microsoft.Compute/virtualMachines/write", "Microsoft.Insights/metricAlerts/write"], [], False),
])  # fmt: skip
def test_operations_of_custom_roles(actions: list[str], left_out: list[str], is_refused: bool) -> None:
    assert (decides(actions, Patterns(left_out)) is not None) is is_refused


@pytest.mark.parametrize(("condition", "is_refused"), [
    (None, True), ({"StringEquals": {"aws:RequestTag/team": "risk"}}, False),
    ({"StringLike": {"aws:RequestTag/team": "*"}}, True), ({"StringEquals": {"aws:RequestTag/cost": "risk"}}, True),
    ({"ForAllValues:StringEquals": {"aws:TagKeys": ["cost"]}}, False),
    ({"ForAllValues:StringEquals": {"aws:TagKeys": ["team"]}}, True),
])  # fmt: skip
def test_tags_of_sessions(condition: object, is_refused: bool) -> None:
    reader = role({"AWS": f"arn:aws:iam::{ME}:role/a"}, condition, ["sts:AssumeRole", "sts:TagSession"], "reader")
    text = document(statement("s3:GetObject", "arn:aws:s3:::bank-${aws:PrincipalTag/team}/*"))
    rights = aws("iam/RolePolicy", {"role": UNKNOWN, "policy": text}, links={"role": ("reader",)})
    assert ("FJ-IDN-123" in refused(reader, rights)) is is_refused


@pytest.mark.parametrize(("kind", "value", "is_refused"), [
    ("CNAME", "www.collector.example", True), ("CNAME", "portal.bank.ae.", False), ("CNAME", "bank.ae", False),
    ("CNAME", "portal.bank.ae.collector.example", True), ("CNAME", "notbank.ae", True),
    ("CNAME", "_8a2b.xlfgrmvvlj.acm-validations.aws.", False), ("CNAME", "k2x7.dkim.amazonses.com", False),
    ("CNAME", "collector.blob.core.windows.net", True), ("CNAME", "db.cache.bank.internal", False),
    ("CNAME", "orders.internal", False), ("CNAME", "dc1.corp", False), ("SRV", "0 5 389 dc1.ad.corp", False),
    ("CNAME", "collector.example", True), ("CNAME", "10.20.1.1", False),
    ("HTTPS", "1 . alpn=h2", False), ("HTTPS", "0 portal.collector.example.", True),
    ("SRV", "0 0 0 .", False), ("SRV", "0 5 443 sip.collector.example", True), ("SRV", "0 5", False),
    ("NAPTR", '10 10 "S" "SIP+D2U" "" _sip._udp.collector.example.', True), ("PTR", "host.collector.example", True),
    ("NS", "ns1.collector.example.", True), ("CAA", '0 issue "letsencrypt.org"', False),
    ("CAA", '0 issuewild ";"', False), ("CAA", '0 issue "ca.collector.example; policy=ev"', True),
    ("CAA", '0 iodef "mailto:security@bank.ae"', False), ("TXT", "www.collector.example", False), ("", "", False),
])  # fmt: skip
def test_targets_of_records(kind: str, value: str, is_refused: bool) -> None:
    record = {"zoneId": UNKNOWN, "name": "www.bank.ae", "type": kind, "ttl": 60, "records": [value]}
    zone = aws("route53/Zone", {"name": "bank.ae"}, "zone")
    assert ("FJ-RES-003" in refused(zone, aws("route53/Record", record, links={"zoneId": ("zone",)}))) is is_refused


@pytest.mark.parametrize(("zone", "target", "is_refused"), [
    ("apps.bank.ae", "portal.apps.bank.ae", False), ("apps.bank.ae", "portal.bank.ae", True),
    ("com.ae", "stranger.com.ae", True),
])  # fmt: skip
def test_zones_of_the_plan(zone: str, target: str, is_refused: bool) -> None:
    record = {"zoneId": UNKNOWN, "name": "www", "type": "CNAME", "ttl": 60, "records": [target]}
    plan = aws("route53/Zone", {"name": zone}, "zone"), aws("route53/Record", record, links={"zoneId": ("zone",)})
    assert ("FJ-RES-003" in refused(*plan)) is is_refused
    private = {**RG, "privateZoneName": zone, "recordType": "CNAME", "relativeRecordSetName": "www", "ttl": 60,
               "cnameRecord": {"cname": target}}  # fmt: skip
    assert ("FJ-RES-003" in refused(az(PRIVATE, private))) is is_refused


@pytest.mark.parametrize(("name", "value", "is_refused"), [
    ("_acme-challenge.portal", "Yb3mUq0c2vJ5oXf1sD8kLw7eRtN6aGhPz4iKxQyVbCM", True),
    ("_dnsauth.portal", "Yb3mUq0c2vJ5oXf1sD8kLw7eRtN6aGhPz4iKxQyVbCM", False),
    ("_acme-challenge.portal", "placeholder", False),
])  # fmt: skip
def test_answers_to_challenges(name: str, value: str, is_refused: bool) -> None:
    record = {"zoneId": "Z1", "name": f"{name}.bank.ae", "type": "TXT", "ttl": 60, "records": [value]}
    assert ("FJ-RES-003" in refused(aws("route53/Record", record))) is is_refused
    text = {**RG, "zoneName": "bank.ae", "recordType": "TXT", "relativeRecordSetName": name, "ttl": 60,
            "txtRecords": [{"value": [value]}]}  # fmt: skip
    assert ("FJ-RES-003" in refused(az("dns:RecordSet", text))) is is_refused
