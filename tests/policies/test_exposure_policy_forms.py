"""Public resource policies in every form, and invalid policy documents."""

import json
from typing import Any

import pytest

from .harness import UNKNOWN, Given, Pack, blocking, secret

PACK = Pack()


BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"


def refused(token: str, props: dict[str, Any], rule: str, provider: dict[str, Any] | None = None) -> bool:
    blocked_by = blocking(PACK.evaluate_resource(Given(token, props, provider=provider)))
    assert "FJ-PACK-001" not in blocked_by
    return rule in blocked_by


OPEN: dict[str, Any] = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*"}


DOCUMENT = {"Version": "2012-10-17", "Statement": [OPEN]}


TEXT = json.dumps(DOCUMENT)


@pytest.mark.parametrize(
    "document",
    [
        DOCUMENT,
        TEXT,
        f" \n{TEXT}",
        {"Statement": OPEN},
        {"STATEMENT": [{key.upper(): value for key, value in OPEN.items()}]},
        {"Statement": [{**OPEN, "Effect": " allow "}]},
        {"Statement": [{**OPEN, "Principal": {"AWS": ["*"]}}]},
        {"Statement": [{**OPEN, "Principal": {"AWS": "arn:aws:iam::*:root"}}]},
        {"Statement": [{**OPEN, "Principal": secret("*")}]},
        {"Statement": [UNKNOWN, OPEN]},
        secret(TEXT),
        json.dumps(TEXT),
        [DOCUMENT],
        {"Statement": TEXT},
        {"Statement": [[OPEN]]},
        {"Statement": None},
        {"Fn::Sub": TEXT},
        f'{{"Statement": [], "Statement": {json.dumps([OPEN])}}}',
        f'{{"Statement": {json.dumps([OPEN])}, "statement": []}}',
        "Statement:\n- Effect: Allow\n  Principal: '*'\n",
        "[" * 50_000,
        7,
    ],
    ids=lambda document: str(document)[:60],
)
def test_a_public_or_invalid_policy_is_refused_in_any_form(document: object) -> None:
    assert refused(BUCKET_POLICY, {"policy": document}, "FJ-EXP-112")


@pytest.mark.parametrize("token", ["aws:iam/policy:Policy", "aws:iam/role:Role"])
def test_an_invalid_policy_is_reported_by_one_rule(token: str) -> None:
    key = "policy" if token.endswith("Policy") else "assumeRolePolicy"
    blocked_by = blocking(PACK.evaluate_resource(Given(token, {key: "{not json"})))
    assert {rule for rule in blocked_by if rule.startswith(("FJ-IDN", "FJ-EXP"))} in ({"FJ-IDN-101"}, {"FJ-EXP-112"})
