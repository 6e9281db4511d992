"""Texts that the mends of the twenty-second set on Azure read: policies of gateways, queries, ids, and their time."""

import pytest
from guardrails.engine.reading import Plain, Resource
from guardrails.engine.verdicts import Outcome
from guardrails.readers.api_guards import opens_no_vault, records_no_contents
from guardrails.resilience.azure_records import check_transforms

from tests.processor_time import within

RULE = "azure-native:monitor:DataCollectionRule"
SIGNS_IN = '<authentication-managed-identity resource="https://{}" />'
RECORD = '<log-to-eventhub logger-id="a">{}</log-to-eventhub>'
HOSTILE = [text * 5_000 for text in ("Body", "[ '", ". As<", "project ", "| x=", "now( 1", "resource = ", "<trace ")]


@pytest.mark.parametrize("resource", ["vault.azure.net", "managedhsm.azure.net/"])
def test_the_gateway_goes_to_a_vault_by_a_request_of_its_own_only(resource: str) -> None:
    element = SIGNS_IN.format(resource)
    assert not opens_no_vault(f"<policies><inbound>{element}</inbound></policies>")
    assert opens_no_vault(f"<inbound><send-request mode='new'>{element}</send-request></inbound>")
    assert opens_no_vault(f"<inbound><!-- {element} --></inbound>")
    assert opens_no_vault(SIGNS_IN.format("cognitiveservices.azure.com"))


@pytest.mark.parametrize(
    ("expression", "is_apart"),
    [
        ("@(context.Request.Body.As<string>(true))", False),
        ("@(context.Response.Body?.As<JObject>(preserveContent: true).ToString())", False),
        ("@(Convert.ToBase64String(context.Request.Body.As<byte[]>(true)))", False),
        ('@((string)context.Request.Body.As<JObject>(true)["id"])', True),
        ("@(context.Request.Body.As<string>(true).Length.ToString())", True),
        ('@(context.Request.Body.As<JObject>(true).SelectToken("a.id").ToString())', True),
        ("@(context.Request.MatchedParameters['id'])", True),
    ],
)
def test_records_have_parts_of_a_body_only(expression: str, is_apart: bool) -> None:
    assert records_no_contents(RECORD.format(expression)) is is_apart
    escaped = expression.replace("<", "&lt;").replace(">", "&gt;")
    assert records_no_contents(RECORD.format(escaped)) is is_apart


@pytest.mark.parametrize(
    ("query", "keeps"),
    [
        ("source", True),
        ("source | where Account != ''", True),
        ("source | project TimeGenerated, EventID", False),
        ("source | project TimeGenerated, Who = TargetUserName", True),
        ("source | extend Who = Account | project TimeGenerated, Who", True),
        ("source | project-rename Who = Account | project Who", True),
        ("source | project-away EventData", True),
        ("source | project-keep Time*, Computer", True),
        ("source | project-keep TimeGenerated, Computer", False),
        ("source | project-reorder TimeGenerated", True),
        ("source\n| PROJECT TimeGenerated", False),
    ],
)
def test_a_transformation_keeps_whose_records_of_sign_ins_are(query: str, keeps: bool) -> None:
    flow: dict[str, Plain] = {"streams": ["Microsoft-SecurityEvent"], "transformKql": query}
    assert (_lost(flow) == []) is keeps
    assert _lost({**flow, "streams": ["Microsoft-Perf"]}) == []


def _lost(flow: dict[str, Plain]) -> list[Outcome]:
    return list(check_transforms(Resource("urn:a", RULE, "it", {"dataFlows": [flow]})))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_read_in_time(text: str) -> None:
    policy = RECORD.format(f"Body.As<{text}") + SIGNS_IN.format(text)
    with within(0.5):
        opens_no_vault(policy)
        records_no_contents(policy)
    with within(0.5):
        _lost({"streams": ["Microsoft-SecurityEvent"], "transformKql": f"source | {text}"})
