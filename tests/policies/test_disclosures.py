"""Actions that hand out credentials, signatures or data are limited to listed resources, also those of new services."""

import pytest
from guardrails.identity.aws_disclosures import NOTHING, disclosed, has_form_of_credentials, reviewed
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .blind import policy, statement
from .harness import Pack, rules

ARN = "arn:aws:kms:me-central-1:123456789012:key/11111111-2222-3333-4444-555555555555"
DISCLOSING = sorted(action for action, what in reviewed().items() if what != NOTHING)
VERBS = st.sampled_from(
    ("Get", "Create", "Generate", "Retrieve", "Issue", "Request", "Exchange", "Rotate", "Regenerate", "Reset")
)
NOUNS = st.sampled_from(("Credentials", "AccessToken", "Password", "ApiKey", "PresignedUrl", "SecretValue"))
WORDS = st.sampled_from(("", "Widget", "ClusterSession", "Temporary", "User"))
ENDINGS = st.sampled_from(("", "ForUser", "WithIAM"))


@pytest.fixture(scope="module")
def pack() -> Pack:
    """The pack with all rules mandatory."""
    return Pack()


def is_refused(pack: Pack, action: str, resource: str = "*", condition: object = None) -> bool:
    """Returns whether the rule on data and credentials refuses an action on a resource."""
    found = rules(pack.evaluate_resource(policy(statement(action, resource, condition))))
    return "FJ-IDN-104" in found


@given(verb=VERBS, word=WORDS, noun=NOUNS, ending=ENDINGS)
@settings(max_examples=many(60), deadline=None)
def test_credentials_of_services_that_the_table_does_not_have(verb: str, word: str, noun: str, ending: str) -> None:
    assert disclosed(f"futureservice:{verb}{word}{noun}{ending}") == "credentials"


@given(action=st.sampled_from(DISCLOSING), cut=st.integers(2, 30))
@settings(max_examples=many(60), deadline=None)
def test_wildcards_are_of_the_actions_that_they_match(action: str, cut: int) -> None:
    service, _, name = action.partition(":")
    assert disclosed(f"{service}:{name[: max(1, len(name) - cut)]}*")
    assert disclosed(f" {action.upper()} ")


@pytest.mark.parametrize("action", ["kms:Sign", "dynamodb:GetRecords", "new-service:GetLoginToken", "neptune-db:Read*"])
def test_every_resource_is_refused_and_a_listed_one_is_not(pack: Pack, action: str) -> None:
    tag = {"StringEquals": {"aws:ResourceTag/team": "risk"}}
    assert is_refused(pack, action)
    assert is_refused(pack, action, ARN.rpartition("/")[0] + "/*")
    assert not is_refused(pack, action, ARN)
    assert not is_refused(pack, action, condition=tag)


@pytest.mark.parametrize(
    "action",
    ["ecr:GetAuthorizationToken", "sts:GetSessionToken", "kms:DescribeKey", "kms:GetPublicKey", "iam:ListAccessKeys",
     "secretsmanager:DescribeSecret", "secretsmanager:RotateSecret",
     "cloudwatch:GetMetricData", "ec2:DescribeInstances", "bedrock:InvokeModel"],
)  # fmt: skip
def test_what_gives_no_more_is_allowed(pack: Pack, action: str) -> None:
    assert not is_refused(pack, action)


def test_exceptions_have_the_form_of_credentials() -> None:
    exceptions = [action for action, what in reviewed().items() if what == NOTHING]
    assert exceptions
    assert all(map(has_form_of_credentials, exceptions))
    assert set(reviewed().values()) == {"credentials", "signature", "data", NOTHING}


@pytest.mark.parametrize(("letters", "has_form"), [(128, True), (129, False)])
def test_a_name_longer_than_any_action_has_no_form(letters: int, has_form: bool) -> None:
    assert has_form_of_credentials(f"s:get{'x' * (letters - 14)}credentials") is has_form
