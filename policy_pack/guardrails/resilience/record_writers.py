"""Services that write records on AWS: where they write, and policies of resources by which they cannot.

A statement that denies holds for services too, and one with a negated condition also for a request without its key,
which those of services are (IAM User Guide, "Policy evaluation logic" and condition operators, as known;
`aws:PrincipalIsAWSService` keeps services out of it, aws-samples/data-perimeter-policy-examples, as known). Nothing
tells that a service was refused. Property names checked against pulumi-aws 7.51.1.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from ..engine.plan import Plan
from ..engine.reading import Plain, Resource
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
_SERVICES = re.compile(
    r"(?:access-analyzer|cloudtrail|cloudwatch|config|delivery\.logs|events|guardduty|logging\.s3|logs|securityhub"
    r"|vpc-flow-logs)\.(?:[a-z0-9-]+\.)?amazonaws\.com",
    re.IGNORECASE,
)
"""Services that write records, or send alarms on them."""
_LOGS = ("s3BucketName", "cloudWatchLogGroupName")
"""Inputs of a document of Session Manager, of which one says where what is typed is written (the same guide, "Logging
session data", as known)."""
_PUT = "s3:PutObject"
_WRITES = (
    _PUT, "s3:GetBucketAcl", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:Decrypt",
    "kms:DescribeKey", "sns:Publish", "sqs:SendMessage", "logs:CreateLogStream", "logs:PutLogEvents",
    "kinesis:PutRecord",
)  # fmt: skip
"""What they ask for to write."""
_NEGATED = re.compile(r"(?:ForAnyValue:)?(?:String|Arn)Not\w{4,24}|NotIpAddress(?:IfExists)?", re.IGNORECASE)
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
    own = buckets_of(resource, "bucket")
    for writer in plan.of_type(*_WRITERS):
        if buckets_of(writer, "s3BucketName") & own:
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
    key = DOCUMENTS.get(resource.type)
    for statement in (statements(resource.get(key), key) or ()) if key and resource.type in POLICY_TYPES else ():
        refused = _refused_service(statement)
        if refused and _denies(statement, *_WRITES):
            yield failed(
                f"{statement.path} refuses {refused} what it needs to write records or send alarms", statement.path
            )
    for inputs in inputs_of_sessions(resource) if resource.type in SESSIONS else ():
        if isinstance(inputs, dict) and all(inputs.get(name) in (None, "") for name in _LOGS):
            path = "content.inputs.cloudWatchLogGroupName"
            yield failed(f"{path} and s3BucketName are empty, so that nobody knows what was done in a session", path)


def check_refused_writes(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure for each statement of a bucket's policy by which a trail or a recorder of the plan cannot write
    there: it denies everybody, with no condition or with such as every service meets."""
    folders = tuple(written_into(resource, plan)) if resource.type in BUCKET_POLICIES else ()
    for statement in statements(resource.get("policy"), "policy") or () if folders else ():
        keeps_services = any(
            condition.key.lower() not in _NOT_OF_SERVICES or _NEGATED.fullmatch(condition.operator) is None
            for condition in _conditions(statement)
        )
        is_of_all = _is_of_all(statement) and not keeps_services
        if is_of_all and _denies(statement, _PUT) and _covers(statement, folders):
            yield failed(f"{statement.path} also refuses the trail or recorder that writes here", statement.path)


def _covers(statement: ParsedStatement, folders: tuple[str, ...]) -> bool:
    """Returns whether a statement is about what is written into one of the folders."""
    return any(_is_of_folder(str(item), folder) for item in statement.resources for folder in folders)


def _is_of_folder(resource: str, folder: str) -> bool:
    name, slash, path = resource.rpartition(":::")[2].partition("/")
    return fnmatchcase(f"{folder}1/record", path) if slash else name.endswith("*")
