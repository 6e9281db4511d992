"""Services that write records on AWS: where they write, and policies of resources by which they cannot.

A statement that denies holds for services too, and one with a negated condition also for a request without its key,
which those of services are (awsdocs/iam-user-guide e2b8637 doc_source/reference_policies_evaluation-logic.md and
reference_policies_elements_condition_operators.md; `aws:PrincipalIsAWSService` keeps services out of it,
aws-samples/data-perimeter-policy-examples 8e0d3c5 resource_control_policies; read 2026-12-01). Nothing tells that a
service was refused. A resource control policy of the organisation holds for services as well, so that the same examples
leave them out by the same key, and a service that writes with a role of the account does so from its own network
(awsdocs/amazon-vpc-user-guide 06e98d97 doc_source/flow-logs-cwl.md, read 2026-12-01). Property names checked
against pulumi-aws 7.51.1.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan, referring_by
from ..engine.reading import Plain, Resource, one_or_many, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed
from ..readers.iam_conditions import StatementCondition
from ..readers.policy_documents import ParsedStatement, matches, statements
from ..readers.resource_policies import DOCUMENTS, VPC_ENDPOINT_TYPES
from ..readers.session_documents import inputs_of_sessions

_WRITERS = aws("cloudtrail/Trail", "cfg/DeliveryChannel")
_FOLDER = "AWSLogs/"
"""Folder below the writer's prefix into which both services write."""
SESSIONS, BUCKET_POLICIES = aws("ssm/Document"), aws("s3/BucketPolicy", "s3/Bucket", "s3/BucketV2")
POLICY_TYPES = tuple(token for token in DOCUMENTS if token not in (*VPC_ENDPOINT_TYPES, *aws("iam/Role")))
"""Types with a policy that can refuse a service: of a role it says who takes it on, which no writer needs."""
_SERVICES = lazy_regex(
    r"(?:access-analyzer|cloudtrail|cloudwatch|config|delivery\.logs|events|guardduty|logging\.s3|logs|securityhub"
    r"|vpc-flow-logs)\.(?:[a-z0-9-]+\.)?amazonaws\.com",
    re.IGNORECASE,
)
"""Services that write records, or send alarms on them."""
_LOGS = ("s3BucketName", "cloudWatchLogGroupName")
"""Inputs of a document of Session Manager, of which one says where what is typed is written (the same guide, "Logging
session data"; awsdocs/aws-systems-manager-user-guide dd495cc doc_source/session-manager-schema.md, read 2026-12-01)."""
_PUT, _ENCRYPT = "s3:PutObject", "kms:GenerateDataKey"
ORGANISATION_POLICIES = aws("organizations/Policy")
ROLE_POLICIES = aws("iam/RolePolicy")
_ROLE, _PUBLISH = "role", "sns:Publish"
_USES: dict[str, tuple[tuple[str, str], ...]] = {
    **dict.fromkeys(aws("cloudtrail/EventDataStore", "cloudwatch/LogGroup"), (("kmsKeyId", _ENCRYPT),)),
    **dict.fromkeys(aws("cloudtrail/Trail"), (("kmsKeyId", _ENCRYPT), ("cloudWatchLogsRoleArn", _ROLE))),
    **dict.fromkeys(aws("cfg/DeliveryChannel"), (("s3KmsKeyArn", _ENCRYPT),)),
    **dict.fromkeys(aws("cfg/Recorder", "cloudwatch/LogSubscriptionFilter"), (("roleArn", _ROLE),)),
    **dict.fromkeys(aws("ec2/FlowLog"), (("iamRoleArn", _ROLE), ("logDestination", _PUT))),
    **dict.fromkeys(aws("s3/BucketLogging", "s3/BucketLoggingV2"), (("targetBucket", _PUT),)),
    **dict.fromkeys(aws("lb/LoadBalancer", "alb/LoadBalancer"), (("accessLogs?.bucket?", _PUT),)),
    **dict.fromkeys(aws("route53/ResolverQueryLogConfig"), (("destinationArn", _PUT),)),
    **dict.fromkeys(aws("wafv2/WebAclLoggingConfiguration"), (("logDestinationConfigs", _PUT),)),
    **dict.fromkeys(aws("cloudwatch/MetricAlarm", "cloudwatch/CompositeAlarm"), (("alarmActions", _PUBLISH),)),
}
"""Type of what services write records or send alarms for -> the properties that name the key, bucket, topic or role for
it, and what the service asks of that."""
_RECEIVERS = (
    (aws("kms/Key", "kms/KeyPolicy", "kms/ReplicaKey"), "keyId", _ENCRYPT),
    (aws("sns/Topic", "sns/TopicPolicy"), "arn", _PUBLISH),
    (BUCKET_POLICIES, "bucket", _PUT),
)
"""Types with a policy, the property by which a policy of its own resource names what it is of, and what services ask of
that."""
_OF_SERVICES_ALONE = aws("cloudwatch/LogResourcePolicy")
"""Policies that say which services write into log groups, and for nobody else (botocore 0e6e2404, logs,
PutResourcePolicy, read 2026-12-01)."""
_OF_NETWORKS = frozenset({"aws:sourceip", "aws:sourcevpc", "aws:sourcevpcarn", "aws:sourcevpce", "aws:vpcsourceip"})
"""Keys that the requests of a service with a role have with the service's values, or not at all."""
_WRITES = (
    _PUT, "s3:GetBucketAcl", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:Decrypt",
    "kms:DescribeKey", "sns:Publish", "sqs:SendMessage", "logs:CreateLogStream", "logs:PutLogEvents",
    "kinesis:PutRecord", "firehose:PutRecord", "firehose:PutRecordBatch",
)  # fmt: skip
"""What they ask for to write."""
_NEGATED = lazy_regex(r"(?:ForAnyValue:)?(?:String|Arn)Not\w{4,24}|NotIpAddress(?:IfExists)?", re.IGNORECASE)
_NOT_OF_SERVICES = frozenset(
    {
        "aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceip",
        "aws:sourcevpc", "aws:sourcevpce", "aws:userid", "aws:vpcsourceip",
    }
)  # fmt: skip
"""Keys that requests of a service on its own behalf do not have."""

_TLS, _OF_TIME = "aws:securetransport", frozenset({"aws:currenttime", "aws:epochtime"})
_OF_SERVICES = ("aws:principalisawsservice", "aws:principalservicename", "aws:principalservicenameslist")
"""Keys by which a statement about everybody is about services alone."""


def buckets_of(resource: Resource, key: str) -> set[str]:
    """Returns the name of a bucket that a resource states, and the resources from which it takes it."""
    name = as_name(resource.get(key))
    return {*resource.dependencies.get(key, ()), *([name] if name else [])}


def as_name(value: Plain) -> str:
    """Returns a text that is known; empty if it is not."""
    return value if isinstance(value, str) else ""


def written_into(resource: Resource, plan: Plan) -> Iterator[str]:
    """Yields the folders of a resource's bucket into which trails and recorders of the plan write."""
    for writer in plan.with_keys(referring_by(_WRITERS, "s3BucketName"), buckets_of(resource, "bucket")):
        yield f"{as_name(writer.get('s3KeyPrefix')).rstrip('/')}/{_FOLDER}".lstrip("/")


def _denies(statement: ParsedStatement, *names: str) -> bool:
    if statement.allows:
        return False
    if statement.not_actions:
        return any(not any(matches(action, name) for action in statement.not_actions) for name in names)
    return any(matches(action, *names) for action in statement.actions)


def _conditions(statement: ParsedStatement) -> list[StatementCondition]:
    """Returns the conditions of a statement but those that hold for every request of a service, which uses TLS."""
    return [
        item
        for item in statement.conditions
        if item.key.lower() not in _OF_TIME
        and not (item.key.lower() == _TLS and all(str(value).lower() == "true" for value in item.values))
    ]


def _refused_service(statement: ParsedStatement) -> str:
    """Returns a service that a statement is about, whatever it is asked for; empty if it is about none, or if a
    condition says for whom, as in policies against confused deputies."""
    limits = _conditions(statement)
    if not limits:
        names = [name for kind, name in statement.principals if kind == "Service"]
        return next((str(name) for name in names if _SERVICES.fullmatch(str(name).strip())), "")
    values = []
    for condition in limits:
        if not condition.is_binding or condition.key.lower() not in _OF_SERVICES or not _is_of_all(statement):
            return ""
        values.extend(str(value).strip().lower() for value in condition.values)
    found = next((value for value in values if value == "true" or _SERVICES.fullmatch(value)), "")
    return "every service" if found == "true" else found


def _is_of_all(statement: ParsedStatement) -> bool:
    """Returns whether a statement is about everybody, and not about everybody but those whom it names."""
    return statement.is_public and not statement.is_not_principal


def check_unwritten(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each statement that refuses a service its records, and for shells that leave none."""
    yield from _check_organisation(resource) if resource.type in ORGANISATION_POLICIES else ()
    key = DOCUMENTS.get(resource.type)
    for statement in (statements(resource.get(key), key) or ()) if key and resource.type in POLICY_TYPES else ():
        refused = _refused_service(statement)
        if not refused and resource.type in _OF_SERVICES_ALONE and _holds_for_services(statement):
            refused = "every service"
        if refused and _denies(statement, *_WRITES):
            yield failed(
                f"{statement.path} refuses {refused} what it needs to write records or send alarms", statement.path
            )
    for inputs in inputs_of_sessions(resource) if resource.type in SESSIONS else ():
        if isinstance(inputs, dict) and all(inputs.get(name) in (None, "") for name in _LOGS):
            path = "content.inputs.cloudWatchLogGroupName"
            yield failed(f"{path} and s3BucketName are empty, so that nobody knows what was done in a session", path)


def check_refused_writes(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each statement by which a trail, a recorder or a log of the plan cannot be written: in the
    policy of its bucket or key it denies everybody, with no condition or with such as every service meets, and in that
    of the role with which it is written, callers from elsewhere."""
    for types, key, action in _RECEIVERS:
        yield from _check_receiver(resource, plan, key, action) if resource.type in types else ()
    yield from _check_role(resource, plan) if resource.type in ROLE_POLICIES else ()
    folders = tuple(written_into(resource, plan)) if resource.type in BUCKET_POLICIES else ()
    for statement in statements(resource.get("policy"), "policy") or () if folders else ():
        if _holds_for_services(statement) and _denies(statement, _PUT) and _covers(statement, folders):
            yield failed(f"{statement.path} also refuses the trail or recorder that writes here", statement.path)


def _holds_for_services(statement: ParsedStatement) -> bool:
    """Returns whether a statement about everybody holds for services too: none of its conditions leaves them out."""
    return _is_of_all(statement) and _has_only(statement, _NOT_OF_SERVICES)


def _has_only(statement: ParsedStatement, keys: frozenset[str]) -> bool:
    """Returns whether each condition of a statement holds where a request lacks one of the keys, or has others."""
    return all(
        condition.key.lower() in keys and _NEGATED.fullmatch(condition.operator) is not None
        for condition in _conditions(statement)
    )


def _check_organisation(resource: Resource) -> Iterator[Outcome]:
    if str(resource.get("type")).strip().upper() != "RESOURCE_CONTROL_POLICY":
        return
    for statement in statements(resource.get("content"), "content") or ():
        if _holds_for_services(statement) and _denies(statement, *_WRITES):
            text = f"{statement.path} also refuses services what they need to write records"
            yield failed(f"{text}: leave them out by aws:PrincipalIsAWSService", statement.path)


def _used(item: Resource) -> Iterator[str]:
    """Yields what a service writes records or sends alarms with, by name and by URN, behind what it asks of that."""
    for path, action in _USES.get(item.type, ()):
        names = {
            _name_of(text, action)
            for _, value in walk(item.props, path)
            for text in one_or_many(value)
            if isinstance(text, str)
        }
        urns = item.dependencies.get(re.split(r"[?.]", path, maxsplit=1)[0], ())
        yield from (f"{action} {name}" for name in (*names, *urns))


def _name_of(text: str, action: str) -> str:
    """Returns the name of a bucket or role in an ARN; a key or topic as it stands."""
    if action == _ROLE:
        return text.rpartition("/")[2]
    return text.rpartition(":::")[2].partition("/")[0] if action == _PUT else text


def _is_used(resource: Resource, plan: Plan, key: str, action: str) -> bool:
    own = (resource.urn, *buckets_of(resource, key))
    return any(f"{action} {name}" in plan.by_key(_used) for name in own)


def _check_receiver(resource: Resource, plan: Plan, key: str, action: str) -> Iterator[Outcome]:
    is_used = _is_used(resource, plan, key, action)
    for statement in statements(resource.get("policy"), "policy") or () if is_used else ():
        is_of_records = action != _PUT or _covers(statement, ("",))
        if is_of_records and _holds_for_services(statement) and _denies(statement, action):
            yield failed(
                f"{statement.path} also refuses the service that writes records or alarms here", statement.path
            )


def _check_role(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    is_used = _is_used(resource, plan, _ROLE, _ROLE)
    for statement in statements(resource.get("policy"), "policy") or () if is_used else ():
        if statement.is_broad and _has_only(statement, _OF_NETWORKS) and _denies(statement, *_WRITES):
            yield failed(f"{statement.path} also refuses the service that writes records as this role", statement.path)


def _covers(statement: ParsedStatement, folders: tuple[str, ...]) -> bool:
    """Returns whether a statement is about what is written into one of the folders."""
    return any(_is_of_folder(str(item), folder) for item in statement.resources for folder in folders)


def _is_of_folder(resource: str, folder: str) -> bool:
    name, slash, path = resource.rpartition(":::")[2].partition("/")
    return fnmatchcase(f"{folder}1/record", path) if slash else name.endswith("*")
