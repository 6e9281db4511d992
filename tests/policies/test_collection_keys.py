"""The key of a collection of OpenSearch Serverless, which an encryption policy of the plan may name."""

import json

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import KEY
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}}))
COLLECTION = "aws:opensearch/serverlessCollection:ServerlessCollection"
POLICY = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"


def _policy(kind: str, *names: str) -> Given:
    rules = [{"ResourceType": "collection", "Resource": [f"collection/{name}" for name in names]}]
    return Given(POLICY, {"type": kind, "policy": json.dumps({"Rules": rules, "KmsARN": KEY})}, "key")


@pytest.mark.parametrize(
    ("props", "others", "stopped"),
    [
        ({"name": "kb"}, (), True),
        ({"name": "kb"}, (_policy("encryption", "kb"),), False),
        ({"name": "kb"}, (_policy("encryption", "other", "k*"),), False),
        ({"name": "kb"}, (_policy("encryption", "other"),), True),
        ({"name": "kb"}, (_policy("network", "kb"),), True),
        ({"name": "kb"}, (Given(POLICY, {"type": "encryption", "policy": UNKNOWN}, "key"),), False),
        ({"name": UNKNOWN}, (_policy("encryption", "kb"),), False),
        ({"name": "kb", "encryptionConfigs": [{"kmsKeyArn": KEY}]}, (), False),
        ({"name": "kb", "encryptionConfigs": [{"kmsKeyArn": UNKNOWN}]}, (), False),
        ({"name": "kb", "encryptionConfigs": [{"awsOwnedKey": True}]}, (), True),
    ],
)
def test_a_collection_has_a_key_of_its_own(
    props: dict[str, object], others: tuple[Given, ...], *, stopped: bool
) -> None:
    reports = blocking(PACK.evaluate_stack(Given(COLLECTION, props, "kb"), *others))
    assert ("FJ-ENC-115" in reports) is stopped
