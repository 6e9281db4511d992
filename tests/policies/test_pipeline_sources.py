"""Pipelines of AWS take programs from repositories of listed owners, once there are any."""

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import ME, TAGS, aws
from .harness import Given, Pack, blocking

OURS = {"https://github.com/bank-ae": "the bank's organisation", "central-artifacts": "whose bucket it is"}


def pipeline(settings: dict[str, str], provider: str = "CodeStarSourceConnection", category: str = "Source") -> Given:
    """Returns a pipeline with one action."""
    action = {"name": "s", "category": category, "owner": "AWS", "provider": provider, "version": "1",
              "outputArtifacts": ["o"], "configuration": settings}  # fmt: skip
    return aws("codepipeline/Pipeline", {
        "roleArn": f"arn:aws:iam::{ME}:role/p", "artifactStores": [{"location": "artifacts", "type": "S3"}],
        "stages": [{"name": "Source", "actions": [action]}], "tags": TAGS})  # fmt: skip


def is_refused(given: Given, listed: dict[str, str]) -> bool:
    """Returns whether the rule of sources refuses a pipeline."""
    settings = {"default": {"all": "mandatory"}, "escape": {"code_sources": listed}}
    return "FJ-ESC-111" in blocking(Pack(Enforcement.model_validate(settings)).evaluate_plan(given))


@pytest.mark.parametrize(("settings", "expected"), [
    ({"FullRepositoryId": "bank-ae/orders"}, False), ({"FullRepositoryId": "Bank-AE/orders"}, False),
    ({"FullRepositoryId": "somebody/orders"}, True), ({"FullRepositoryId": "bank-ae-x/orders"}, True),
    ({"Owner": "somebody", "Repo": "orders"}, True), ({"Owner": "bank-ae", "Repo": "orders"}, False),
    ({"S3Bucket": "central-artifacts", "S3ObjectKey": "a.zip"}, False),
])  # fmt: skip
def test_owners_are_listed(settings: dict[str, str], *, expected: bool) -> None:
    assert is_refused(pipeline(settings), OURS) is expected


def test_other_actions_name_no_source() -> None:
    assert not is_refused(pipeline({"Owner": "somebody", "Repo": "x"}, "CodeBuild", "Build"), OURS)


@pytest.mark.parametrize(
    "listed", [{}, {"https://git.dc1.example.ae": "our own server", **OURS}, {"central": "our own bucket"}]
)
def test_without_known_owners_the_forge_decides(listed: dict[str, str]) -> None:
    assert not is_refused(pipeline({"FullRepositoryId": "somebody/orders"}), listed)


def test_a_repository_is_listed_by_itself() -> None:
    listed = {"https://github.com/partner/rates.git": "a partner's rates"}
    assert not is_refused(pipeline({"FullRepositoryId": "partner/rates"}), listed)
    assert is_refused(pipeline({"FullRepositoryId": "partner/rates-x"}), listed)
