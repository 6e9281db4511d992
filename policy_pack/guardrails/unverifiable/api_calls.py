"""Calls of the clouds' APIs that create resources or remove protections: from AWS Step Functions, EventBridge Scheduler
and Azure workflows.

Step Functions and EventBridge Scheduler call any API of AWS (`aws-sdk` in the ARN); the names are those of their guides
(2026-11).
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.reading import Plain, Resource, from_json, leaves
from ..engine.rows import Predicate, aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.api_actions import kind_of_action
from ..readers.texts import read_texts

_SDK_CALL = re.compile(r"arn:aws[\w-]*:(?:states|scheduler):::aws-sdk:(?P<service>\w+):(?P<action>\w+)")
_CREATING_ACTION = re.compile(
    r"create|run|request|attach|restore|copy|import|allocate|provision|purchase|authorize|sendcommand|startautomation"
    r"|put\w*policy|executechangeset|updatestack|updatefunctioncode|startsession",
    re.IGNORECASE,
)
_DATA_CALL = re.compile(
    r"(?:dynamodb|sqs|sns|athena|cloudwatchlogs|xray|logs|support|bedrockruntime|s3):(?!createbucket|put\w*policy)\w+"
    r"|\w+:create(?:snapshots?|image|dbsnapshot|dbclustersnapshot|backup|tags)",
    re.IGNORECASE,
)
_REMOVING_CALL = re.compile(
    r"kms:(?:schedulekeydeletion|disablekey(?:rotation)?|deleteimportedkeymaterial)|backup:delete(?:recoverypoint|backup)\w*"
    r"|cloudtrail:(?:stoplogging|deletetrail|puteventselectors)|(?:cloudwatch)?logs:delete(?:loggroup|subscription\w*)"
    r"|config:(?:stop|delete)configurationrecorder|guardduty:(?:delete|update|disassociate)\w+|securityhub:disable\w+"
    r"|secretsmanager:deletesecret|(?:rds|docdb|neptune):delete(?:dbcluster|dbinstance)|efs:deletefilesystem"
    r"|redshift:(?:deletecluster|disablelogging)|fsx:delete(?:backup|filesystem)|keyspaces:delete(?:keyspace|table)"
    r"|s3control:(?:delete|put)publicaccessblock|ec2:deleteflowlogs|wafv2:deleteloggingconfiguration"
    r"|dynamodb:(?:deletetable|deletebackup|updatecontinuousbackups)|iam:(?!get|list)\w+|wafv2:(?:delete|disassociate)webacl"
    r"|s3:(?:deletebucket\w*|deletepublicaccessblock|putbucket(?:acl|versioning|policy|lifecycle\w*)|putpublicaccessblock)"
    r"|ec2:modify(?:(?:snapshot|image)attribute|instancemetadataoptions|vpcendpointservicepermissions)"
    r"|rds:modifydb(?:cluster)?snapshotattribute|\w+:(?:addpermission|grantpermissions|update\w*permissions?)"
    r"|ssm:modifydocumentpermission|lambda:updatefunctionurlconfig"
    r"|(?:account|identitystore|lakeformation|organizations|ram|ssoadmin):(?!describe|get|is|list|search)\w+",
    re.IGNORECASE,
)
"""Calls that delete keys, backups, records or data for good, or open them (operations of the service models of
botocore 1.44.8, read 2026-11-29). Clean-up of machines, volumes and snapshots is ordinary work."""
_ORDINARY = re.compile(
    r"modify(?:db(?:cluster|instance)|cluster|tenantdatabase)|update(?:elasticsearch)?domainconfig|updatecluster"
    r"|updatenamespace|admin(?:addusertogroup|updateuserattributes)|importsshpublickey",
    re.IGNORECASE,
)
"""Changes by which a job makes a database larger for the night, or takes in a customer or partner: the workflow says
whom. Passwords are among the parameters of a few only."""
_OPENING = frozenset(
    {
        ("publiclyaccessible", "true"), ("deletionprotection", "false"), ("backupretentionperiod", "0"),
        ("enabledeletionprotection", "false"), ("managemasteruserpassword", "false"),
        ("endpointpublicaccess", "true"), ("blockpublicpolicy", "false"), ("blockpublicacls", "false"),
        ("deletionprotectionenabled", "false"), ("deletionprotection", "inactive"),
        ("ignorepublicacls", "false"), ("restrictpublicbuckets", "false"),
    }
)  # fmt: skip
"""Parameters of calls that change what exists, with values that open it or take a protection from it (botocore 1.44.8:
service models of rds, docdb, neptune, redshift, dynamodb, cognito-idp, eks, s3 and s3control; read 2026-11-29)."""
_OTHER_CALL = re.compile(r"arn:aws[\w-]*:states:::(?P<call>eks:(?:call|createCluster|createNodegroup|runJob)"
                         r"|elasticmapreduce:createCluster|sagemaker:createEndpoint)(?:\.sync)?")  # fmt: skip
_OVERRIDE = re.compile(
    r"(?:^|\.)(?:buildspec|(?:secondary)?sources?\w*|image|environmenttype|privilegedmode|servicerole"
    r"|insecuressl|certificate)override"
    r"(?=[.\[]|$)",
    re.IGNORECASE,
)
"""Parameters of StartBuild of CodeBuild that replace what was reviewed (botocore 1.44.8, StartBuildInput; read
2026-11-29)."""
_ARM_HOST = re.compile(r"management\.(?:core\.windows\.net|azure\.com)", re.IGNORECASE)


def creates(call: str) -> bool:
    """Returns whether a call, as service:action, creates or runs something."""
    action = call.partition(":")[2]
    return _CREATING_ACTION.match(action) is not None and not _DATA_CALL.fullmatch(call)


def changes_protection(call: str) -> bool:
    """Returns whether a call, as service:action, removes or opens what other rules protect."""
    return _REMOVING_CALL.fullmatch(call) is not None


def opens(name: str, value: str) -> bool:
    """Returns whether a parameter, in lower case, opens what exists or takes a protection from it."""
    return (name, value) in _OPENING


def _gives_rights(service: str, action: str) -> bool:
    return kind_of_action(service, action) == "rights" and not _ORDINARY.fullmatch(action)


def _sdk_calls(resource: Resource) -> Iterator[Outcome]:
    props = {key: from_json(value) for key, value in resource.props.items()}
    for path, _, value in leaves(props):
        if not isinstance(value, str):
            continue
        match, other = _SDK_CALL.match(value), _OTHER_CALL.match(value)
        call = f"{match['service']}:{match['action']}" if match else other["call"] if other else ""
        if (match is not None and creates(call)) or other:
            yield failed(f"{path} calls {call}, which creates resources that no guardrail sees", path)
        elif match is not None and _gives_rights(match["service"], match["action"]):
            yield failed(f"{path} calls {call}, which decides on rights, sign-in or programs of others", path)
        elif changes_protection(call):
            yield failed(f"{path} calls {call}, which removes or opens what other rules protect", path)
    for leaf in read_texts(resource).leaves:
        if _OVERRIDE.search(leaf.path):
            yield failed(f"{leaf.path} replaces what a build runs", leaf.path)
        if (leaf.key.removesuffix(".$").lower(), _spelling(leaf.value)) in _OPENING:
            yield failed(f"{leaf.path} opens what other rules protect, or takes a protection from it", leaf.path)


def _spelling(value: Plain) -> str:
    """Returns a value as the table of parameters writes it. The engine passes every number as a float."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip().lower()


def _judge_requests(value: Plain, path: str) -> Iterator[Outcome]:
    """Yields a violation for each request that writes to Azure Resource Manager."""
    if isinstance(value, Mapping):
        address = next((text for key, text in value.items() if key.lower() in ("uri", "url")), "")
        method = next((text for key, text in value.items() if key.lower() == "method"), "")
        if _ARM_HOST.search(str(address)) and str(method).upper() in ("PUT", "PATCH"):
            yield failed(f"{path} creates resources through Azure Resource Manager", path)
        for key, item in value.items():
            yield from _judge_requests(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _judge_requests(item, f"{path}[{index}]")


def _arm_requests(resource: Resource) -> Iterator[Outcome]:
    yield from _judge_requests(resource.props, "")


CALL_JUDGES: Mapping[str, Predicate] = {
    **dict.fromkeys(aws("sfn/StateMachine", "scheduler/Schedule"), _sdk_calls),
    **dict.fromkeys(azure("logic:Workflow", "datafactory:Pipeline", "synapse:Pipeline"), _arm_requests),
}
"""Type -> what judges its calls."""
