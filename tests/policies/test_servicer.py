"""The server of the pack converts the properties of a resource once, and answers as the SDK's own."""

import os

import pytest
from google.protobuf import json_format, struct_pb2
from guardrails.engine.enforcement import Enforcement
from guardrails.pack import PackRun, make_policies
from guardrails.servicer import Servicer, use_servicer
from pulumi.runtime.proto import analyzer_pb2 as proto
from pulumi_policy import EnforcementLevel, policy
from pulumi_policy.policy import _PolicyAnalyzerServicer

from .harness import STRICT, Given, Pack

BUCKET = Given("aws:s3/bucket:Bucket", {"bucket": "data"}, "data")
SSE = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
PLAN = (BUCKET, Given(SSE, {"bucket": "other"}, "sse"), Given("aws:sqs/queue:Queue", {"name": "jobs"}, "jobs"))
CONFIGURED = proto.AnalyzerStackConfigureRequest(stack="dev", project="falaj", dry_run=True)


@pytest.fixture
def conversions(monkeypatch: pytest.MonkeyPatch) -> list[struct_pb2.Struct]:
    """The properties that the SDK has converted, of resources and of providers."""
    converted: list[struct_pb2.Struct] = []
    convert = json_format.MessageToDict

    def record(properties: struct_pb2.Struct) -> dict[str, object]:
        if properties.fields:
            converted.append(properties)
        return convert(properties)

    monkeypatch.setattr(json_format, "MessageToDict", record)
    return converted


def struct(**values: str) -> struct_pb2.Struct:
    return struct_pb2.Struct(fields={name: struct_pb2.Value(string_value=value) for name, value in values.items()})


def test_a_preview_converts_each_resource_and_each_provider_once(conversions: list[struct_pb2.Struct]) -> None:
    pack = Pack()
    for resource in PLAN:
        assert pack.remediated(resource) is None
    assert conversions == []
    pack.evaluate_stack(*PLAN)
    converted = len(PLAN) + 1
    assert len(conversions) == converted
    site = proto.AnalyzerProviderResource(type="pulumi:providers:aws", properties=struct(region="me-central-1"))
    row = proto.AnalyzerResource(type=BUCKET.type, urn=BUCKET.urn, properties=struct(bucket="data"), provider=site)
    pack.servicer.AnalyzeStack(proto.AnalyzeStackRequest(resources=[row]), None)
    assert len(conversions) == converted


def test_what_the_resource_policies_have_not_seen_is_converted(conversions: list[struct_pb2.Struct]) -> None:
    Pack().evaluate_stack(BUCKET, read=(Given(SSE, {"bucket": "data"}, "sse"),))
    assert conversions[2:] != []


def test_a_pack_that_remediates_is_asked(conversions: list[struct_pb2.Struct]) -> None:
    tags = {"prod-uae": {"project": "arabic-llm"}}
    pack = Pack(Enforcement.model_validate({"default": {}, "add_tags": tags}))
    assert pack.remediated(Given("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"})) is not None
    assert len(conversions) == 2, "what it is given, and for this test what it answers"


def test_it_answers_as_the_server_of_the_sdk() -> None:
    ours, theirs = Pack(), Pack()
    policies = make_policies(PackRun(STRICT, ()))
    theirs.servicer = _PolicyAnalyzerServicer("falaj", "0.0.1", policies, EnforcementLevel.MANDATORY)
    assert ours.evaluate_stack(*PLAN) == theirs.evaluate_stack(*PLAN) != []


def test_the_operation_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PULUMI_DRY_RUN", "PULUMI_STACK"):
        monkeypatch.setenv(name, "")
    Pack().servicer.ConfigureStack(CONFIGURED, None)
    assert (os.environ["PULUMI_DRY_RUN"], os.environ["PULUMI_STACK"]) == ("true", "dev")


def test_the_sdk_serves_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "_PolicyAnalyzerServicer", _PolicyAnalyzerServicer)
    use_servicer()
    assert policy._PolicyAnalyzerServicer is Servicer
