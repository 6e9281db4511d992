"""Good idioms near what the twenty-second set showed to be refused wrongly (2026-12-01)."""

from ..blind import ME, TAGS, aws, az, document, statement
from ..harness import UNKNOWN, Given
from . import Idiom
from .fourth import OURS, RG
from .ninth_aws import arn
from .twelfth_aws_platform import OURS as OF_BANK
from .twelfth_aws_platform import trusted
from .twelfth_azure_platform import OWN
from .twelfth_charts import mirrored, ours
from .twentieth_goodb_charts import merged, namespace

SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "x", "sampledRequestsEnabled": False}
ACL = arn("wafv2", "regional/webacl/portal/0123")
DELIVERY = [
    "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
]  # fmt: skip
"""What AWS's guide of Step Functions gives the role of a workflow that writes its executions."""
DELIVER = statement(DELIVERY)


def managed(name: str, priority: int, action: str) -> dict[str, object]:
    """Returns a managed group of rules of AWS in a web ACL, whose findings are blocked (none) or counted (count)."""
    return {"name": name, "priority": priority, "overrideAction": {action: {}}, "visibilityConfig": SEEN, "statement": {
        "managedRuleGroupStatement": {"vendorName": "AWS", "name": name}}}  # fmt: skip


def interruptions(name: str, *queues: str) -> Given:
    """Returns the policy of a queue to which EventBridge sends what happens to machines."""
    return aws("sqs/QueuePolicy", {"queueUrl": UNKNOWN, "policy": document(
        {"Effect": "Allow", "Principal": {"Service": ["events.amazonaws.com", "sqs.amazonaws.com"]}, "Action":
         "sqs:SendMessage", "Resource": [arn("sqs", queue) for queue in queues]},
        {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": [arn("sqs", queue) for queue in queues],
         "Condition": {"Bool": {"aws:SecureTransport": "false"}}})}, name)  # fmt: skip


def logger(name: str, connection: object) -> Given:
    """Returns a logger of API Management that signs in to a hub of events by its identity."""
    return az("apimanagement:Logger", {
        **RG, "serviceName": "apim-bank", "loggerId": name, "loggerType": "azureEventHub", "resourceId":
        f"{OURS}.EventHub/namespaces/evhns-bank", "credentials": {"name": "calls", "connectionString": connection,
                                                                  "identityClientId": "SystemAssigned"}},
                                                                      name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("the queue of Karpenter is known by its own name, whatever the program calls its policy", (
        interruptions("interruptions", "Karpenter-core"),), "karpenter.sh/docs/reference/cloudformation, as known",
        {**OF_BANK, "presets": ["karpenter"]}),
    Idiom("a rule of an inner balancer looks at the name of a host that is not the bank's", (
        aws("alb/ListenerRule", {"listenerArn": arn("elasticloadbalancing", "listener/app/x/1/2"), "priority": 10,
            "conditions": [{"hostHeader": {"values": ["statements.partner.example.com"]}}], "actions": [
                {"type": "forward", "targetGroupArn": arn("elasticloadbalancing", "targetgroup/x/1")}], "tags": TAGS},
            "rule"),), "docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules, as known", OF_BANK),
    Idiom("robots are counted first where injections and known bad inputs are blocked", (
        aws("wafv2/WebAcl", {
            "name": "portal", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": SEEN,
                "tags": TAGS,
            "rules": [managed("AWSManagedRulesCommonRuleSet", 0, "none"),
                      managed("AWSManagedRulesKnownBadInputsRuleSet", 1, "none"),
                      managed("AWSManagedRulesBotControlRuleSet", 2, "count")]}, "firewall"),
        aws("wafv2/WebAclRule", {**managed("AWSManagedRulesAnonymousIpList", 9, "count"), "webAclArn": ACL},
            "addresses"),
        aws("wafv2/WebAclRuleGroupAssociation", {
            "ruleName": "robots", "priority": 10, "webAclArn": ACL, "overrideAction": "count", "managedRuleGroup": {
                "name": "AWSManagedRulesBotControlRuleSet", "vendorName": "AWS"}}, "robots")),
        "docs.aws.amazon.com/waf/latest/developerguide/web-acl-testing, as known on 2026-12-01", OF_BANK),
    Idiom("a workflow writes its executions by the rights that AWS's guide gives its role, inside the role", (
        aws("iam/Role", {"name": "flow", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"Service": "states.amazonaws.com"}, "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": ME}}}), "inlinePolicies": [
                {"name": "records", "policy": document(DELIVER)}]}, "flow"),),
        "docs.aws.amazon.com/step-functions/latest/dg/cw-logs, as known on 2026-12-01", OF_BANK),
    Idiom("a workflow writes its executions by a policy that the plan attaches to its role", (
        trusted("states.amazonaws.com", "flow"),
        aws("iam/Policy", {"name": "records", "policy": document(DELIVER), "tags": TAGS}, "records"),
        aws("iam/RolePolicyAttachment", {"role": UNKNOWN, "policyArn": UNKNOWN}, "attached", links={
            "role": ("flow",), "policyArn": ("records",)})),
        "docs.aws.amazon.com/step-functions/latest/dg/cw-logs, as known on 2026-12-01", OF_BANK),
    Idiom("a boundary of workflows includes the rights to deliver logs, and grants none", (
        aws("iam/Policy", {"name": "workflows-boundary", "policy": document(DELIVER), "tags": TAGS}, "boundary"),),
        "docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries, as known on 2026-12-01", OF_BANK),
    Idiom("the default user of an older cache is off, so that its missing password opens nothing", (
        aws("elasticache/User", {"userId": "sessions-none", "userName": "default", "engine": "redis", "accessString":
                                 "off -@all", "authenticationMode": {"type": "no-password-required"}, "tags": TAGS},
            "none"),
        aws("elasticache/User", {"userId": "older-none", "userName": "default", "engine": "redis", "accessString":
                                 "off ~keys* -@all +get", "noPasswordRequired": True, "tags": TAGS}, "older")),
        "Role-Based Access Control (docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC, read 2026-12-01)",
        OF_BANK),
    Idiom("a logger of API Management takes its connection from a named value of the vault", (
        az("apimanagement:NamedValue", {
            **RG, "serviceName": "apim-bank", "namedValueId": "hub", "displayName": "hub", "secret": True, "keyVault": {
                "secretIdentifier": "https://kv-bank.vault.azure.net/secrets/hub"}}, "hub"),
        logger("calls", "{{hub}}")),
        "learn.microsoft.com/azure/api-management/api-management-howto-log-event-hubs, as known on 2026-12-01", OWN),
    Idiom("threats to databases are told to those on duty, which is no price to approve", (
        az("sql:DatabaseSecurityAlertPolicy", {**RG, "serverName": "sql-bank", "databaseName": "ledger",
            "securityAlertPolicyName": "Default", "state": "Enabled", "emailAddresses": ["security@bank.ae"]},
                "alerts"),
        az("sql:ServerSecurityAlertPolicy", {**RG, "serverName": "sql-bank", "securityAlertPolicyName": "Default",
            "state": "Enabled", "emailAddresses": ["security@bank.ae"]}, "alerts-of-server")),
        "learn.microsoft.com/azure/azure-sql/database/threat-detection-overview, as known on 2026-12-01",
        merged(OWN, {"residency": {"known": {"@bank.ae": "our own mail"}}})),
    Idiom("Airflow makes no user of its own where the job that makes one is off", (
        *namespace("airflow"), mirrored("airflow", "1.20.0", {
            "executor": "KubernetesExecutor", "postgresql": {"enabled": False}, "redis": {"enabled": False}, "data": {
                "metadataSecretName": "airflow-db"}, "fernetKeySecretName": "fernet",
                    "createUserJob": {"enabled": False},
            "networkPolicies": {"enabled": True}, "labels": TAGS, "statsd": {"enabled": False}})),
        "apache/airflow defd0539 chart/templates/jobs/create-user-job.yaml, read 2026-12-01", ours()),
)  # fmt: skip
