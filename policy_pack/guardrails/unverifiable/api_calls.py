"""Calls of the clouds' APIs that create resources or remove protections: from AWS Step Functions, EventBridge Scheduler
and Azure workflows; and what targets of events are told to run in the place of what was reviewed.

Step Functions and EventBridge Scheduler call any API of AWS (`aws-sdk` in the ARN); which calls they may make is listed
(`readers/api_actions.py`).
"""

import json
import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, from_json, leaves, mappings, walk
from ..engine.rows import Predicate, aws, azure
from ..engine.verdicts import Outcome, failed
from ..readers.api_actions import INTEGRATION, is_for_workflows, is_listed
from ..readers.texts import read_texts

_SDK_CALL = lazy_regex(r"arn:aws[\w-]*:(?:states|scheduler):::aws-sdk:(?P<service>[\w-]+):(?P<action>\w+)(?:[.:]\w+)*")
_OPTIMISED = lazy_regex(r"arn:aws[\w-]*:states:::(?!aws-sdk:)(?P<call>[\w-]+:\w+)(?:[.:]\w+)*")
_IN_WORDS = lazy_regex(r"arn:aws[\w-]*:(?:states|scheduler):::")
_OPENING = frozenset(
    {
        ("publiclyaccessible", "true"), ("deletionprotection", "false"), ("backupretentionperiod", "0"),
        ("enabledeletionprotection", "false"), ("managemasteruserpassword", "false"),
        ("endpointpublicaccess", "true"), ("blockpublicpolicy", "false"), ("blockpublicacls", "false"),
        ("deletionprotectionenabled", "false"), ("deletionprotection", "inactive"),
        ("ignorepublicacls", "false"), ("restrictpublicbuckets", "false"), ("managemasterpassword", "false"),
        ("enforcehttps", "false"), ("transitencryptionenabled", "false"), ("enableiamdatabaseauthentication", "false"),
        ("authtokenupdatestrategy", "delete"), ("assignpublicip", "enabled"), ("enableexecutecommand", "true"),
        ("enhancedvpcrouting", "false"), ("acl", "public-read"), ("acl", "public-read-write"),
        ("acl", "authenticated-read"),
    }
)  # fmt: skip
"""Parameters of calls that change what exists, with values that open it or take a protection from it (botocore 1.44.8:
service models of rds, docdb, neptune, redshift, dynamodb, cognito-idp, eks, s3 and s3control, read 2026-11-29; of
opensearch, elasticache and ecs, read 2026-11-30)."""
_REPLACEMENT = lazy_regex(
    r"\.(?:overrides\.(?:task|execution)rolearn|accesspolicies|replicaupdates\[\d{1,4}\]\.create"
    r"|advancedsecurityoptions\.enabled|cloudwatchlogsexportconfiguration\.disablelogtypes)(?=[.\[]|$)",
    re.IGNORECASE,
)
"""Parameters that say with which role a task runs, who may call a domain, where rows are copied to and which records
end: guardrails evaluate them in the resource, not in a call (botocore 1.44.8: ecs TaskOverride, opensearch
UpdateDomainConfig, dynamodb ReplicationGroupUpdate and rds ModifyDBInstance; read 2026-11-30)."""
_OVERRIDE = lazy_regex(
    r"(?:^|\.)(?:buildspec|(?:secondary)?sources?\w*|image|environmenttype|privilegedmode|servicerole"
    r"|insecuressl|certificate)override"
    r"(?=[.\[]|$)",
    re.IGNORECASE,
)
"""Parameters of StartBuild of CodeBuild that replace what was reviewed (botocore 1.44.8, StartBuildInput; read
2026-11-29)."""
_TOLD = lazy_regex(
    r"[\"'](?P<build>(?:buildspec|(?:secondary)?sources?\w{0,40}|image|environmenttype|privilegedmode|servicerole"
    r"|insecuressl|certificate)override)[\"']\s{0,9}:|[\"'](?P<task>(?:task|execution)rolearn)[\"']\s{0,9}:",
    re.IGNORECASE,
)
"""The same in the text that a target of events gets, and the roles of a task (ecs TaskOverride), whose templates are
not JSON as soon as they have a variable without quotes (Amazon EventBridge, "InputTransformer", read 2026-11-30)."""
_OF_TASKS = ":ecs:"
_TARGETS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(aws("cloudwatch/EventTarget"), ("arn", ("input?", "inputTransformer?.inputTemplate?"))),
    **dict.fromkeys(aws("pipes/Pipe"), ("target", ("targetParameters?.inputTemplate?",))),
}
"""Type -> the property that names its target, and the paths of what the target is told."""
_LONGEST = 4000
"""Characters of an address that are read."""
_SHOWN = 120
"""Characters of a call in a message."""
_ARM_HOST = lazy_regex(r"management\.(?:core\.windows\.net|azure\.com)", re.IGNORECASE)
_GRAPH_HOST = lazy_regex(r"graph\.microsoft\.com", re.IGNORECASE)
_PROTECTIONS = lazy_regex(
    r"/microsoft\.(?:authorization|insights/diagnosticsettings|network/networkwatchers|security|securityinsights"
    r"|recoveryservices|dataprotection|policyinsights)/|/(?:diagnosticsettings|flowlogs|immutabilitypolicies)/",
    re.IGNORECASE,
)
"""Parts of an address of Azure Resource Manager under which protections and records lie."""
_TAKING = lazy_regex(
    r"/(?:list\w{0,40}(?:keys?|secrets?|credentials?|connectionstrings?|sas)|regenerate\w{0,40}|runcommand|exec"
    r"|sharedkeys|publishxml|begingetaccess|elevateaccess|(?:workspaces|components)/[^/?]{1,200}/purge|export)"
    r"(?=[/?'\")@}]|$)",
    re.IGNORECASE,
)
"""Last words of operations that hand out keys, run commands, copy data out or remove records: those of the forms in
`identity.azure_action_forms` (Azure permissions reference, by its sources)."""
_WORK = lazy_regex(
    r"graph\.microsoft\.com/(?:v1\.0|beta)/(?:(?:me|users/[^/?]{1,200})/(?:sendmail|messages|mailfolders|events"
    r"|calendar\w{0,20}|onlinemeetings|drive|todo|revokesigninsessions)|identityprotection/riskyusers/confirmcompromised"
    r"|teams/[^/?]{1,200}/channels/[^/?]{1,200}/messages|chats|planner"
    r"|security/(?:alerts\w{0,9}|incidents)|sites/[^/?]{1,200}/(?:lists|drives?))(?=[/?'\")@}]|$)",
    re.IGNORECASE,
)
"""Addresses of Microsoft Graph at which a workflow writes mail, messages, files and notes on alarms, or ends what a
stolen account may do; any other changes who may sign in and what they may do, or the tenant's settings, or does what a
batch says (Microsoft Graph REST API v1.0, "application: addPassword", and microsoftgraph/microsoft-graph-docs-contrib
028b8e35 concepts/json-batching.md: each request of a batch has a method of its own; read 2026-12-01; "Add members", as
known)."""
_BATCH = lazy_regex(
    r"management\.(?:core\.windows\.net|azure\.com)(?::\d{1,5})?/{1,3}\$?batch(?=[/?'\")@}]|$)", re.IGNORECASE
)
"""Address at which Azure Resource Manager takes requests of which each has a method and an address of its own (found as
a string in ten public programs on 2026-12-02)."""
_STORES = lazy_regex(
    r"/resourcegroups/[^/?]{1,200}/?(?=\?|['\")]?$)|/microsoft\.(?:storage/storageaccounts|keyvault/(?:vaults|managedhsms)"
    r"|sql/(?:servers|managedinstances)|documentdb/(?:databaseaccounts|mongoclusters)"
    r"|dbfor\w{1,20}/\w{0,12}servers|operationalinsights/workspaces|kusto/clusters)/[^/?]{1,200}"
    r"(?:(?:/\w{1,40}/[^/?]{1,200}){0,2}/(?:\w{0,40}databases|containers|shares|tables|keyspaces)/[^/?]{1,200})?"
    r"/?(?=\?|['\")]?$)",
    re.IGNORECASE,
)
"""A group of resources as a whole, what keeps data, keys or records, and a database, container or share in it."""
_OF_CONNECTOR = lazy_regex(
    r"/subscriptions/(?![^?]{1,2000}/providers/microsoft\.automation/automationaccounts/[^/?]{1,200}/jobs$)",
    re.IGNORECASE,
)
"""Path of a call of Azure Resource Manager by its connector, which has no address. That of Azure Automation starts a
runbook by such a path, with PUT (both as public programs have them, found as strings; read 2026-12-02)."""
_OF_DIRECTORY = lazy_regex(
    r"/(?:v1\.0|beta)/(?:groups|users|directoryroles|invitations|applications|serviceprincipals|administrativeunits"
    r"|rolemanagement|identity|policies|organization)(?=[/?]|$)(?!(?:[^?]|\?\[){0,500}/(?:check|get)member\w{1,20}/?(?:\?|$))",
    re.IGNORECASE,
)
"""Path of a call of Microsoft Graph by the connector of Entra ID or of groups, but those that ask of which groups
somebody is (public programs with the connector azuread: /v1.0/groups/GROUP/members/$ref with POST, /v1.0/users/USER;
found as strings on 2026-12-02)."""
_ENCODED = lazy_regex(r"@\{encodeURIComponent\(\s{0,9}'([^']{0,200})'\s{0,9}\)\}", re.IGNORECASE)
_READS = frozenset({"", "GET", "HEAD"})


def opens(name: str, value: str) -> bool:
    """Returns whether a parameter, in lower case, opens what exists or takes a protection from it."""
    return (name, value) in _OPENING


def _unlisted_call(value: str) -> str:
    """Returns the call of an ARN that workflows and schedules may not make; empty if there is none."""
    text = value.strip()
    if not _IN_WORDS.match(text):
        return ""
    if match := _SDK_CALL.fullmatch(text):
        return "" if is_for_workflows(match["service"], match["action"]) else f"{match['service']}:{match['action']}"
    match = _OPTIMISED.fullmatch(text)
    return "" if match and is_listed(INTEGRATION, match["call"]) else text[:_SHOWN]


def _sdk_calls(resource: Resource) -> Iterator[Outcome]:
    props = {key: from_json(value) for key, value in resource.props.items()}
    for path, _, value in leaves(props):
        call = _unlisted_call(value) if isinstance(value, str) else ""
        if call:
            yield failed(f"{path} calls {call}, which is not among the calls that create nothing, give no rights and "
                         "remove no protection (guardrails/data/listed_calls.csv)", path)  # fmt: skip
    read = read_texts(resource).leaves
    places = dict.fromkeys((*_places(props), *(leaf.path for leaf in read)))
    for place in filter(_REPLACEMENT.search, places):
        yield failed(f"{place} changes roles, policies, copies or records that other rules evaluate", place)
    for leaf in read:
        if _OVERRIDE.search(leaf.path):
            yield failed(f"{leaf.path} replaces what a build runs", leaf.path)
        if (leaf.key.removesuffix(".$").lower(), _spelling(leaf.value)) in _OPENING:
            yield failed(f"{leaf.path} opens what other rules protect, or takes a protection from it", leaf.path)


def told_targets(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each part of a build or a task that an event replaces."""
    name, paths = _TARGETS[resource.type]
    target = resource.get(name)
    for path, value in (found for pattern in paths for found in walk(resource.props, pattern)):
        sent = json.dumps(from_json(value), default=str) if isinstance(value, str) else ""
        for match in _TOLD.finditer(sent.replace('\\"', '"')):
            if match["build"]:
                yield failed(f"{path} replaces what a build runs, by {match['build']}", path)
            elif _OF_TASKS in str(target):
                yield failed(f"{path} gives a task another role, by {match['task']}", path)
    yield from (failed(f"{path} gives a task another role", path)
                for path in _places(dict(resource.props)) if _REPLACEMENT.search(path))  # fmt: skip


def _places(props: dict[str, Plain]) -> Iterator[str]:
    """Yields the paths of values, those inside texts in JSON among them: policies are not among the texts read."""
    for path, _, value in leaves(props):
        yield path
        inside = from_json(value) if isinstance(value, str) else None
        yield from (f"{path}.{inner}" for inner, _, _ in leaves(inside)) if isinstance(inside, dict) else ()


def _spelling(value: Plain) -> str:
    """Returns a value as the table of parameters writes it. The engine passes every number as a float."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip().lower()


def _judge_requests(value: Plain, path: str) -> Iterator[Outcome]:
    """Yields a violation for each request that changes resources or takes what they keep by Azure Resource Manager, or
    that changes the directory by Microsoft Graph."""
    for place, request in mappings(value, path):
        address = _address({key.lower(): text for key, text in request.items()})
        method = next((text for key, text in request.items() if key.lower() == "method"), "")
        if text := _changes(address[:_LONGEST], str(method).strip().upper()):
            yield failed(f"{place} {text}", place)


def _address(request: Mapping[str, Plain]) -> str:
    """Returns the address of a request, or that to which the connectors of Azure Resource Manager and of Microsoft
    Graph send its path."""
    address = request.get("uri", request.get("url", ""))
    path = _ENCODED.sub(r"\1", str(request.get("path"))[:_LONGEST])
    hosts = ((_OF_CONNECTOR, "management.azure.com"), (_OF_DIRECTORY, "graph.microsoft.com"))
    host = next((host for form, host in hosts if form.match(path)), "")
    return str(address) if address or not host else f"https://{host}{path}"


def _changes(address: str, method: str) -> str:
    """Returns what a request changes or takes; empty if nothing. A method that is computed may be any."""
    if _ARM_HOST.search(address):
        if method in ("PUT", "PATCH") or method.startswith("@"):
            return "creates resources through Azure Resource Manager"
        if method not in _READS and _TAKING.search(address):
            return "takes keys or data, runs commands or removes records through Azure Resource Manager"
        if method == "DELETE" and (_PROTECTIONS.search(address) or _STORES.search(address)):
            return "removes protections, records or stores of data through Azure Resource Manager"
        if method not in _READS and _BATCH.search(address):
            return "does what a batch says through Azure Resource Manager"
    if _GRAPH_HOST.search(address) and method not in _READS and _WORK.search(address) is None:
        return "changes who may sign in, and what they may do, through Microsoft Graph"
    return ""


def _arm_requests(resource: Resource) -> Iterator[Outcome]:
    yield from _judge_requests(resource.props, "")


CALL_JUDGES: Mapping[str, Predicate] = {
    **dict.fromkeys(aws("sfn/StateMachine", "scheduler/Schedule"), _sdk_calls),
    **dict.fromkeys(aws("pipes/Pipe"), told_targets),
    **dict.fromkeys(azure("logic:Workflow", "datafactory:Pipeline", "synapse:Pipeline"), _arm_requests),
}
"""Type -> what judges its calls."""
