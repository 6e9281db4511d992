"""Policies for everyone in every form, and invalid policies."""

import json
from typing import Any

import pytest

from .harness import UNKNOWN, Given, Pack, blocking, secret

PACK = Pack()


BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"


def refused(token: str, props: dict[str, Any], rule: str, provider: dict[str, Any] | None = None) -> bool:
    found = blocking(PACK.evaluate_resource(Given(token, props, provider=provider)))
    assert "FJ-PACK-001" not in found
    return rule in found


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
def test_a_policy_for_everybody_in_any_form_or_in_none(document: object) -> None:
    assert refused(BUCKET_POLICY, {"policy": document}, "FJ-EXP-112")


@pytest.mark.parametrize("where", ["aws:iam/policy:Policy", "aws:iam/role:Role"])
def test_a_policy_that_cannot_be_read_fails_once(where: str) -> None:
    key = "policy" if where.endswith("Policy") else "assumeRolePolicy"
    found = blocking(PACK.evaluate_resource(Given(where, {key: "{not json"})))
    assert {rule for rule in found if rule.startswith(("FJ-IDN", "FJ-EXP"))} in ({"FJ-IDN-101"}, {"FJ-EXP-112"})
