"""Calls of AWS that an API makes for its callers, with a role of its own: API Gateway and AppSync.

An integration of API Gateway names the service in its URI, and the action in it, in the header X-Amz-Target or in the
form that it sends (API Gateway Developer Guide, "Integration" of type AWS: arn:aws:apigateway:REGION:SERVICE:path or
action; "Integration subtype reference" for HTTP APIs; both read 2026-11-30); a data source of AppSync signs requests
for a service (pulumi-aws 7.51.1, DataSource, httpConfig). Messages, rows and objects are what APIs write; what manages
an account, or a target that the caller names, is not.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.reading import Plain, Resource, from_json, walk
from ..engine.rows import Predicate, aws
from ..engine.verdicts import Outcome, failed
from ..readers.api_actions import kind_of_action
from .api_calls import changes_protection, creates

_URI = re.compile(r"arn:aws[\w-]*:apigateway:[\w-]*:(?:[\w-]+\.)?(?P<service>[\w-]+):(?P<way>path|action)/(?P<rest>.*)",
                  re.DOTALL)  # fmt: skip
_ACTION = re.compile(r"(?:^|[?&\s\"'])Action=(\w{1,80})")
_MANAGING = frozenset(
    {
        "account", "cloudcontrolapi", "cloudformation", "cloudtrail", "codebuild", "config", "ec2", "eks", "guardduty",
        "iam", "identitystore", "lakeformation", "organizations", "ram", "ssm", "sso", "sts",
    }
)  # fmt: skip
"""Services that manage an account: which action an API calls of them must be known."""
_TARGET = re.compile(
    r"(?:queue(?:url|_url|name)?|topic(?:arn)?|targetarn|statemachinearn|tablename|streamname|streamarn"
    r"|deliverystreamname|eventbusname|bucket(?:name)?|functionname|secretid|region)",
    re.IGNORECASE,
)
"""Parameters that say where something goes, or which program runs."""
_TARGET_IN_TEXT = re.compile(
    r"queueurl|t(?:opic|arget)arn|tablename|stream(?:name|arn)|statemachinearn|deliverystreamname|eventbusname"
    r"|functionname|secretid",
    re.IGNORECASE,
)
"""The same in a body that the API sends, as the APIs of AWS write them: words of the bank's own are others."""
_OF_CALLER = re.compile(r"\s*(?:method\.request\.|\$request\.|\$input\b)")
_IN_TEMPLATE = re.compile(
    r"[\"&?]?\b(?P<name>\w{3,30})[\"']?\s{0,5}[:=]\s{0,5}[\"']?\$(?:input\b|util\.\w{1,20}\(\$input\b|\{?input\b)"
)
_SIGN_IN = re.compile(r"sts:\w+|[\w-]+:(?:admin\w*|(?:re)?set\w*user)password|[\w-]+:reset\w*password", re.IGNORECASE)
"""Actions that sign somebody in as another, or set his password without the former one."""
_EMPTYING = frozenset({"SQS-PurgeQueue"})
_INTEGRATION = "x-amazon-apigateway-integration"
_DEEPEST = 12


def _integration(item: Mapping[str, Plain], path: str) -> Iterator[Outcome]:
    """Yields a failure for what an integration lets its callers do."""
    uri = str(item.get("uri", item.get("integrationUri")))
    parameters = item.get("requestParameters")
    given = parameters if isinstance(parameters, dict) else {}
    templates = item.get("requestTemplates")
    texts = [text for text in templates.values() if isinstance(text, str)] if isinstance(templates, dict) else []
    match, subtype = _URI.match(uri), item.get("integrationSubtype")
    if match is None and not isinstance(subtype, str):
        return
    place = path or "uri"
    if subtype in _EMPTYING:
        yield failed(f"{place} lets callers delete all messages of a queue", place)
    if match is not None:
        yield from _action(match, given, texts, place, str(item.get("integrationHttpMethod", item.get("httpMethod"))))
    named = [name.rpartition(".")[2] for name, value in given.items()
             if isinstance(value, str) and _OF_CALLER.match(value)]  # fmt: skip
    in_texts = (found["name"] for text in texts for found in _IN_TEMPLATE.finditer(text))
    for name in (*filter(_TARGET.fullmatch, named), *filter(_TARGET_IN_TEXT.fullmatch, in_texts)):
        yield failed(f"{place} lets callers say which {name} is meant, with the API's role", place)


def _action(
    match: re.Match[str], given: Mapping[str, Plain], texts: list[str], place: str, method: str
) -> Iterator[Outcome]:
    service, targets = match["service"].lower(), [str(value) for name, value in given.items()
                                                  if name.lower().endswith((".x-amz-target", ".action"))]  # fmt: skip
    if any(map(_OF_CALLER.match, targets)):
        yield failed(f"{place} lets callers say which action of {service} is called", place)
        return
    actions = [target.strip("' ").rpartition(".")[2] for target in targets]
    if match["way"] == "action":
        actions.append(re.split(r"[&/?]", match["rest"])[0])
    actions += [found[1] for text in (match["rest"], *texts) for found in _ACTION.finditer(text)]
    for action in actions:
        call = f"{service}:{action}"
        is_decisive = creates(call) or changes_protection(call) or kind_of_action(service, action) != ""
        if is_decisive or _SIGN_IN.fullmatch(call):
            yield failed(f"{place} calls {call} for whoever calls the API", place)
    if not actions and service in _MANAGING and method.upper() not in ("GET", "HEAD"):
        yield failed(f"{place} calls {service} for whoever calls the API, and does not say which action", place)


def _integrations(resource: Resource) -> Iterator[Outcome]:
    yield from _integration(resource.props, "")


def _definition(resource: Resource) -> Iterator[Outcome]:
    yield from _in_definition(from_json(resource.get("body")), "body", 0)


def _in_definition(value: Plain, path: str, depth: int) -> Iterator[Outcome]:
    """Yields the outcomes of the integrations in a definition in JSON."""
    for name, item in value.items() if isinstance(value, dict) and depth <= _DEEPEST else ():
        if name == _INTEGRATION and isinstance(item, dict):
            yield from _integration(item, f"{path}.{name}")
        else:
            yield from _in_definition(item, f"{path}.{name}", depth + 1)


def _data_source(resource: Resource) -> Iterator[Outcome]:
    path = "httpConfig?.authorizationConfig?.awsIamConfig?.signingServiceName?"
    for place, service in walk(resource.props, path):
        if isinstance(service, str) and service.strip().lower() in _MANAGING:
            yield failed(f"{place} lets queries call {service} with the role of the API", place)


GATEWAY_JUDGES: Mapping[str, Predicate] = {
    **dict.fromkeys(aws("apigateway/Integration", "apigatewayv2/Integration"), _integrations),
    **dict.fromkeys(aws("apigateway/RestApi", "apigatewayv2/Api"), _definition),
    **dict.fromkeys(aws("appsync/DataSource"), _data_source),
}
"""Type -> what evaluates the calls that it makes for its callers."""
