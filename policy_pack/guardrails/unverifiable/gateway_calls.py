"""Calls of AWS that an API makes for its callers, with a role of its own: API Gateway and AppSync.

An integration of API Gateway names the service in its URI, and the action in it, in the header X-Amz-Target or in the
form that it sends (API Gateway Developer Guide, "Integration" of type AWS: arn:aws:apigateway:REGION:SERVICE:path or
action; "Integration subtype reference" for HTTP APIs; both read 2026-11-30); a data source of AppSync signs requests
for a service (pulumi-aws 7.51.1, DataSource, httpConfig). Messages, rows, objects and calls of models are what APIs
make, and are listed (`data/listed_calls.csv`); all else, and a target that the caller names, is refused.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, from_json, walk
from ..engine.rows import Predicate, aws
from ..engine.verdicts import Outcome, failed
from ..readers.api_actions import PATH, SIGNER, SUBTYPE, is_for_callers, is_listed, prefix_of
from ..readers.bucket_requests import management_of_buckets

_URI = lazy_regex(
    r"arn:aws[\w-]*:apigateway:[\w-]*:(?P<host>[\w-]+\.)?(?P<service>[\w-]+):(?P<way>path|action)/(?P<rest>.*)",
    re.DOTALL,
)
_ACTION = lazy_regex(r"(?:^|[?&\s\"'])Action=(\w{1,80})")
_TARGET = lazy_regex(
    r"(?:queue(?:url|_url|name)?|topic(?:arn)?|targetarn|statemachinearn|tablename|streamname|streamarn"
    r"|deliverystreamname|eventbusname|bucket(?:name)?|functionname|secretid|region)",
    re.IGNORECASE,
)
"""Parameters that say where something goes, or which program runs."""
_TARGET_IN_TEXT = lazy_regex(
    r"queueurl|t(?:opic|arget)arn|tablename|stream(?:name|arn)|statemachinearn|deliverystreamname|eventbusname"
    r"|functionname|secretid",
    re.IGNORECASE,
)
"""The same in a body that the API sends, as the APIs of AWS write them: words of the bank's own are others."""
_OF_QUERIES = frozenset({"sns", "sqs"})
"""Services whose action stands in the query or the form, so that a body that is passed through has it."""
_ACTION_IN_TEMPLATE = lazy_regex(r"(?<!\w)Action=\s{0,5}[\"']?\s{0,5}[$#{]")
_OF_CALLER = lazy_regex(r"\s*(?:method\.request\.|\$request\.|\$input\b)")
_IN_TEMPLATE = lazy_regex(
    r"[\"&?]?\b(?P<name>\w{3,30})[\"']?\s{0,5}[:=]\s{0,5}[\"']?\$(?:input\b|util\.\w{1,20}\(\$input\b|\{?input\b)"
)
_INTEGRATION = "x-amazon-apigateway-integration"
_DEEPEST = 12
_SHOWN = 120
"""Characters of a call in a message."""


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
    if isinstance(subtype, str) and not is_listed(SUBTYPE, subtype.strip()):
        yield failed(f"{place} makes the call {subtype[:_SHOWN]} for whoever calls the API", place)
    if match is not None:
        # Without a template, NEVER refuses what callers send (Developer Guide, "Integration passthrough behaviors").
        passes_bodies = str(item.get("passthroughBehavior")).strip().upper() != "NEVER"
        yield from _action(match, given, texts, place, passes_bodies)
        if match["service"].lower() == "s3" and match["way"] == "path":
            method = item.get("integrationHttpMethod", item.get("httpMethod"))
            way = f"{match['host'] or ''}/{match['rest']}".lstrip("/")
            yield from (failed(f"{place} {text} for whoever calls the API", place)
                        for text in management_of_buckets(str(method), way, given))  # fmt: skip
    named = [name.rpartition(".")[2] for name, value in given.items()
             if isinstance(value, str) and _OF_CALLER.match(value)]  # fmt: skip
    in_texts = (found["name"] for text in texts for found in _IN_TEMPLATE.finditer(text))
    for name in (*filter(_TARGET.fullmatch, named), *filter(_TARGET_IN_TEXT.fullmatch, in_texts)):
        yield failed(f"{place} lets callers say which {name} is meant, with the API's role", place)


def _action(
    match: re.Match[str], given: Mapping[str, Plain], texts: list[str], place: str, passes_bodies: bool
) -> Iterator[Outcome]:
    """Yields a failure for each action of an integration that no API makes for its callers."""
    service, targets = match["service"].lower(), [str(value) for name, value in given.items()
                                                  if name.lower().endswith((".x-amz-target", ".action"))]  # fmt: skip
    if any(map(_OF_CALLER.match, targets)) or any(map(_ACTION_IN_TEMPLATE.search, texts)):
        yield failed(f"{place} lets callers say which action of {service} is called", place)
        return
    actions = [target.strip("' ").rpartition(".")[2] for target in targets]
    if match["way"] == "action":
        actions.append(re.split(r"[&/?]", match["rest"])[0])
    actions += [found[1] for text in (match["rest"], *texts) for found in _ACTION.finditer(text)]
    for action in actions:
        if not is_for_callers(service, action):
            yield failed(f"{place} calls {service}:{action[:_SHOWN]} for whoever calls the API", place)
    way = match["rest"].lstrip("/").split("?")[0]
    if not actions and service in _OF_QUERIES and passes_bodies:
        yield failed(f"{place} calls {service} with the action that callers send: set Action in the integration", place)
    elif not actions and not is_listed(PATH, f"{prefix_of(service)}:{way}"):
        yield failed(f"{place} calls {service} for whoever calls the API, by a path that is not listed", place)


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
        if isinstance(service, str) and not is_listed(SIGNER, service.strip()):
            yield failed(f"{place} lets queries call {service} with the role of the API", place)


GATEWAY_JUDGES: Mapping[str, Predicate] = {
    **dict.fromkeys(aws("apigateway/Integration", "apigatewayv2/Integration"), _integrations),
    **dict.fromkeys(aws("apigateway/RestApi", "apigatewayv2/Api"), _definition),
    **dict.fromkeys(aws("appsync/DataSource"), _data_source),
}
"""Type -> what evaluates the calls that it makes for its callers."""
