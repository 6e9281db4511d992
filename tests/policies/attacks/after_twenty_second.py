"""Attacks near what the twenty-second set of good programs showed to be refused wrongly (2026-12-01)."""

from collections.abc import Mapping

from ..blind import KUBE, ME, TAGS, aws, az, document, statement
from ..harness import UNKNOWN, Given
from ..idioms.after_twenty_second import ACL, DELIVER, DELIVERY, SEEN, interruptions, logger, managed
from ..idioms.fourth import RG
from ..idioms.ninth_aws import arn
from ..idioms.twelfth_aws_platform import trusted
from . import Attack

RIGHTS, SWITCH, USERS = ("FJ-IDN-109",), ("FJ-ESC-115",), ("FJ-IDN-112",)
WEB_ACL = {
    "name": "portal",
    "scope": "REGIONAL",
    "defaultAction": {"allow": {}},
    "visibilityConfig": SEEN,
    "tags": TAGS,
}
RECORDS = aws("iam/Policy", {"name": "records", "policy": document(DELIVER), "tags": TAGS}, "records")
ATTACHED = aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn": UNKNOWN}, "attached", links={
    "role": ("flow",), "policyArn": ("records",)})  # fmt: skip
ABROAD = ("InstrumentationKey=0;IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/;"
          "LiveEndpoint=https://westeurope.livediagnostics.monitor.azure.com/")  # fmt: skip


def user(access: object, **more: object) -> Given:
    """Returns a user of a cache who has no password."""
    return aws("elasticache/User", {"userId": "x", "userName": "default", "engine": "redis", "accessString": access,
                                    "tags": TAGS, **more})  # fmt: skip


def counted(name: str, group: Mapping[str, object], *others: dict[str, object]) -> Attack:
    """Returns a web ACL in which what a group finds is only counted."""
    rule = {"name": "x", "priority": 5, "overrideAction": {"count": {}}, "visibilityConfig": SEEN, "statement": group}
    return Attack(name, SWITCH, (aws("wafv2/WebAcl", {**WEB_ACL, "rules": [*others, rule]}),), "major",
                  "attacks pass (AWS WAF, 'Overriding rule group actions', as known)")  # fmt: skip


def delivering(name: str, *plan: Given) -> Attack:
    """Returns a plan in which not only a service has the rights to deliver logs."""
    return Attack(
        name,
        RIGHTS,
        plan,
        "major",
        "who has the role writes policies of logs, and ends deliveries (CloudWatch Logs, PutResourcePolicy)",
    )


CORE = {"managedRuleGroupStatement": {"vendorName": "AWS", "name": "AWSManagedRulesCommonRuleSet"}}
ATTACKS: tuple[Attack, ...] = (
    Attack("the policy of another queue hides behind the name of Karpenter's", ("FJ-EXP-130",), (
        interruptions("policy", "payments", "Karpenter-core"),), "major",
        "any account's events reach payments (the confused deputy problem)"),
    counted("injections are counted where robots are blocked", CORE, managed("AWSManagedRulesBotControlRuleSet", 0,
        "none")),
    counted("a group of the stack's own is counted beside one that blocks", {"ruleGroupReferenceStatement": {
        "arn": arn("wafv2", "regional/rulegroup/own/0123")}}, managed("AWSManagedRulesCommonRuleSet", 0, "none")),
    counted("robots are counted by the group of another vendor with the name of AWS's", {"managedRuleGroupStatement": {
        "vendorName": "Other", "name": "AWSManagedRulesBotControlRuleSet"}}, managed("AWSManagedRulesCommonRuleSet", 0,
                                                                                     "none")),
    counted("robots are counted, and nothing else is blocked", {"managedRuleGroupStatement": {
        "vendorName": "AWS", "name": "AWSManagedRulesBotControlRuleSet"}}),
    Attack("known bad inputs are counted by a rule beside the firewall", SWITCH, (aws("wafv2/WebAclRule", {
        **managed("AWSManagedRulesKnownBadInputsRuleSet", 9, "count"), "webAclArn": ACL}),), "major",
        "attacks pass (AWS WAF, 'Overriding rule group actions', as known)"),
    delivering("staff have the rights by which a service delivers its logs", aws("iam/Role", {
        "name": "flow", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ME}:role/developers"}, "Action": "sts:AssumeRole"}),
        "inlinePolicies": [{"name": "records", "policy": document(DELIVER)}]}, "flow")),
    delivering("a machine has the rights by which a service delivers its logs", trusted("ec2.amazonaws.com", "flow"),
               RECORDS, ATTACHED),
    delivering("a workflow and a user share the rights to deliver logs", trusted("states.amazonaws.com", "flow"),
        RECORDS,
               ATTACHED, aws("iam/PolicyAttachment", {"name": "x", "users": ["dev"], "policyArn": UNKNOWN}, "shared",
                             links={"policyArn": ("records",)})),
    delivering("the rights to deliver logs are in a policy that nobody of the plan has", RECORDS),
    delivering("a workflow may change all of logs beside the delivery", trusted("states.amazonaws.com", "flow"), aws(
        "iam/RolePolicy", {"role": UNKNOWN, "policy": document(statement(["logs:CreateLogDelivery", "logs:Put*"]))},
        "rights", links={"role": ("flow",)})),
    delivering("a workflow may also delete groups of logs", trusted("states.amazonaws.com", "flow"), aws(
        "iam/RolePolicy", {"role": UNKNOWN, "policy": document(statement([*DELIVERY,
            "logs:DeleteLogGroup"]))},
        "rights", links={"role": ("flow",)})),
    Attack("the default user of a cache is on without a password", USERS, (
        user("on ~* +@all", noPasswordRequired=True),), "critical", "everybody in the network reads all sessions"),
    Attack("the default user of a cache is switched off and on again without a password", USERS, (
        user("off ~* +@all ON", authenticationMode={"type": "no-password-required"}),), "critical",
        "everybody in the network reads all sessions (the last of the words counts, valkey.io/topics/acl, as known)"),
    Attack("a user of a cache has rights that nobody knows yet, and no password", USERS, (
        user(UNKNOWN, noPasswordRequired=True),), "critical", "everybody in the network may read all sessions"),
    Attack("a logger of API Management sends calls to Europe by its connection", ("FJ-RES-",), (
        logger("calls", ABROAD),), "critical", "bodies of calls lie abroad"),
    Attack("a logger of API Management sends calls to Europe by a named value", ("FJ-RES-",), (
        az("apimanagement:NamedValue", {**RG, "serviceName": "apim-bank", "namedValueId": "hub", "displayName": "hub",
                                        "value": ABROAD}, "hub"), logger("calls", "{{hub}}")), "critical",
        "bodies of calls lie abroad"),
    Attack("a logger of API Management names a part of its host by a named value", ("FJ-RES-",), (
        logger("calls", "Endpoint=sb://{{hub}}.servicebus.windows.net/;EntityPath=calls"),), "critical",
        "bodies of calls lie where no plan shows"),
    Attack("Airflow makes its user admin with the password admin by the job that is on", ("FJ-IDN-313",), (Given(
        "kubernetes:helm.sh/v3:Release", {
            "chart": "oci://registry.dc1.example.ae/charts/airflow", "version": "1.20.0", "namespace": "airflow",
                "values": {
                "executor": "KubernetesExecutor", "postgresql": {"enabled": False},
                    "data": {"metadataSecretName": "db"},
                "createUserJob": {"enabled": True}, "migrateDatabaseJob": {"enabled": False}}}, "airflow",
        provider=KUBE),), "critical", "everybody has every workflow"),
)  # fmt: skip
