"""Readers of what the twenty-sixth set found on AWS: patterns of paths, limits, origins, commands and records."""

import json

import pytest
from guardrails.engine.reading import Resource
from guardrails.exposure.rate_limits import check_rate_limits
from guardrails.exposure.reflected_origins import check_reflected_origins
from guardrails.exposure.signed_paths import check_signed_paths, meet
from guardrails.identity.aws_shared_prefixes import shares_with_others
from guardrails.readers.policy_documents import statements
from guardrails.resilience.dropped_events import check_dropped_events
from guardrails.unverifiable.templated_commands import check_templated_commands

from tests.processor_time import within

from .blind import document, statement

_COPIED = "#set($o = $input.params('origin'))#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)"
_SIGNED = {"trustedKeyGroups": ["group"]}


def _resource(token: str, **props: object) -> Resource:
    return Resource("urn:pulumi:prod::p::t::it", token, "it", props)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("*.pdf", "statements/*", True),
        ("*", "statements/*", True),
        ("a?c/*", "abc/*", True),
        ("*/2025/*", "statements/*", True),
        ("assets/*", "statements/*", False),
        ("statement/*", "statements/*", False),
        ("a?c", "ac", False),
        ("*.pdf", "*.csv", False),
    ],
)
def test_a_path_meets_two_patterns(first: str, second: str, wanted: bool) -> None:
    assert meet(first, second) is wanted
    assert meet(second, first) is wanted


@pytest.mark.parametrize(
    ("first", "wanted"),
    [
        ({"pathPattern": "*.pdf"}, True),
        ({"pathPattern": "*.css"}, False),
        ({"pathPattern": "*.pdf", **_SIGNED}, False),
        ({"pathPattern": "*.pdf", "targetOriginId": "site"}, False),
        ({"pathPattern": "assets/*"}, False),
    ],
)
def test_an_earlier_behaviour_takes_signed_files(first: dict[str, object], wanted: bool) -> None:
    signed = {"pathPattern": "/statements/*", "targetOriginId": "files", **_SIGNED}
    behaviours = [{"targetOriginId": "files", **first}, signed]
    found = list(check_signed_paths(_resource("aws:cloudfront/distribution:Distribution",
                                              orderedCacheBehaviors=behaviours)))  # fmt: skip
    assert bool(found) is wanted


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ([{"header": {"name": "x-request-id"}}], True),
        ([{"queryString": {}}, {"httpMethod": {}}], True),
        ([{"header": {"name": "x-request-id"}}, {"ip": {}}], False),
        ([{"header": {"name": "Authorization"}}], False),
        ([{"header": {"name": "x-forwarded-for"}}], False),
        ([{"cookie": {"name": "session"}}], False),
        ([{"uriPath": {}}], False),
        ([{"ja4Fingerprint": {}}], False),
    ],
)
def test_a_sender_chooses_by_what_he_is_counted(keys: list[object], wanted: bool) -> None:
    rules = [{"statement": {"rateBasedStatement": {"customKeys": keys}}}]
    assert bool(list(check_rate_limits(_resource("aws:wafv2/ruleGroup:RuleGroup", rules=rules)))) is wanted


@pytest.mark.parametrize(
    ("template", "wanted"),
    [
        (_COPIED, True),
        (f"#if($o != ''){_COPIED}#end", True),
        (f"#if($o.matches('.*')){_COPIED}#end", True),
        (f"#if($o == 'https://a.bank.ae'){_COPIED}#end", False),
        (f"#if($own.contains($o)){_COPIED}#end", False),
        ("#set($context.responseOverride.header.Access-Control-Allow-Origin = 'https://a.bank.ae')", False),
        ("#set($context.responseOverride.status = $input.params('status'))", False),
    ],
)  # fmt: skip
def test_an_answer_allows_whichever_page_asks(template: str, wanted: bool) -> None:
    templates = {"application/json": template}
    answer = _resource("aws:apigateway/integrationResponse:IntegrationResponse", responseTemplates=templates)
    assert bool(list(check_reflected_origins(answer))) is wanted


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ("- drop_events: {drop_when: true}", True),
        ("- drop_events:\n    drop_when: '/user/name == \"admin\"'", True),
        ("- drop_events:\n    drop_when: 'contains(/userIdentity/arn, \"admin\")'", True),
        ("- delete_entries:\n    with_keys: [a, sourceIPAddress]", True),
        ("- delete_entries:\n    delete_when: '/a == \"b\"'\n    with_keys: [sourceIPAddress]", True),
        ("- delete_entries:\n    entries:\n      - with_keys: [userIdentity]\n        delete_when: '/a == 1'", True),
        ("- delete_entries: {with_keys: ['userIdentity/arn']}", True),
        ("- delete_entries:\n    with_keys_regex: ['^user.*']", True),
        ("- delete_entries:\n    with_keys_regex: ['.*']\n    exclude_from_delete: [message]", True),
        ("- delete_entries:\n    with_keys_regex: ['^kubernetes.labels.*']", False),
        ("- delete_entries:\n    delete_when: '/user/name == null'\n    with_keys: [a]", False),
        ("- delete_entries:\n    with_keys: [a]\n- lowercase_string:\n    with_keys: [user]", False),
        ("- drop_events:\n    drop_when: '/user_agent == \"probe\"'", False),
        ("- drop_events:\n    drop_when: '/message =~ \"user admin\"'", False),
        ("- delete_entries:\n    with_keys: [authorization]\n- rename_keys:\n    entries: [{from_key: user}]", False),
        ("- delete_entries:\n    with_keys: [a]\nsink:\n  - opensearch:\n      document_id: '${/user}'", False),
    ],
)
def test_a_pipeline_drops_who_did_something(steps: str, wanted: bool) -> None:
    pipeline = _resource("aws:opensearchingest/pipeline:Pipeline", pipelineConfigurationBody=steps)
    assert bool(list(check_dropped_events(pipeline))) is wanted


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (["sh", "-c", "import <key>"], True),
        (["/bin/bash", "-euc", "import '<$.detail.key>'"], True),
        (["sh", "-c", "import $KEY"], False),
        (["sh", "-c", "import <aws.events.event.ingestion-time>"], False),
        (["import", "<key>"], False),
    ],
)
def test_a_shell_reads_what_somebody_writes(command: list[str], wanted: bool) -> None:
    template = json.dumps({"containerOverrides": [{"name": "a", "command": command}]})
    target = _resource("aws:cloudwatch/eventTarget:EventTarget", inputTransformer={"inputTemplate": template})
    assert bool(list(check_templated_commands(target))) is wanted


@pytest.mark.parametrize(
    ("resource", "wanted"),
    [
        ("arn:aws:s3:::b/${aws:username}*", True),
        ("arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}?", True),
        ("arn:aws:s3:::b/${aws:username}/*", False),
        ("arn:aws:s3:::b-${aws:PrincipalAccount}*", False),
        ("arn:aws:s3:::b/${*}*", False),
        ("arn:aws:s3:::b/*", False),
    ],
)
def test_a_name_begins_others(resource: str, wanted: bool) -> None:
    [found] = statements(document(statement("s3:GetObject", resource)), "policy") or []
    assert bool(shares_with_others(found)) is wanted


@pytest.mark.parametrize("text", ["*", "?", "*a", "a*b?", "a"])
def test_patterns_are_compared_in_time_for_their_length(text: str) -> None:
    with within(2):
        meet(text * (255 // len(text)), "*" * 128 + "b" * 127)


@pytest.mark.parametrize(
    "text",
    [
        "drop_when: ",
        "/a",
        "user/",
        "delete_entries:\n with_keys\n  - a",
        "- delete_entries:\n    a:\n",
        '\\"',
        "- a\n ",
    ],
)
def test_pipelines_are_read_in_time_for_their_length(text: str) -> None:
    with within(2):
        body = text * (32768 // len(text))
        list(check_dropped_events(_resource("aws:opensearchingest/pipeline:Pipeline", pipelineConfigurationBody=body)))


@pytest.mark.parametrize("text", ['"commands": [', '"command": ["sh", "-c", ', "<a", "<$.", '"sh",', "'sh' , '-c',"])
def test_templates_are_read_in_time_for_their_length(text: str) -> None:
    with within(2):
        template = {"inputTemplate": text * (32768 // len(text))}
        list(check_templated_commands(_resource("aws:cloudwatch/eventTarget:EventTarget", inputTransformer=template)))


@pytest.mark.parametrize("text", [_COPIED, "==", ".matches(", "$input."])
def test_answers_are_read_in_time_for_their_length(text: str) -> None:
    with within(2):
        templates = {"a": text * (32768 // len(text))}
        list(check_reflected_origins(_resource("aws:apigateway/response:Response", responseTemplates=templates)))
