"""Pipelines that assume roles are of organisations and repositories that the settings list."""

import pytest
from guardrails.engine.enforcement import Enforcement
from pydantic import ValidationError

from .blind import ME, az, role
from .harness import UNKNOWN, Pack, blocking

GITHUB = "token.actions.githubusercontent.com"
ADO = "vstoken.dev.azure.com/11111111-1111-1111-1111-111111111111"
BITBUCKET = "api.bitbucket.org/2.0/workspaces/{}/pipelines-config/identity/oidc"
OWN = (
    "https://github.com/Bank", "https://github.com/vendor/tool", "https://github.com/777", "https://gitlab.com/bank/ai",
    "https://dev.azure.com/bank", "https://bitbucket.org/bank", "https://app.terraform.io/bank",
    "https://app.pulumi.com/bank", "https://buildkite.com/bank", "https://app.circleci.com/0f0f",
)  # fmt: skip
PACK = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "disabled", "FJ-IDN-119": "mandatory"},
            "identity": {
                "repositories": dict.fromkeys(OWN, "the organisation of the bank"),
                "trusted": {"gitlab.bank.ae": "our own GitLab host", f"{GITHUB}/bank": "tokens of our enterprise"},
            },
        }
    )
)

SUBJECTS = (
    (GITHUB, "repo:bank/platform:environment:prod", "repo:someone/platform:environment:prod"),
    (GITHUB, "repo:bank@123456/platform@456789:environment:prod", "repo:bank2@123456/platform@456789:ref:x"),
    (GITHUB, "repo:vendor/tool:ref:refs/heads/main", "repo:vendor/tools:ref:refs/heads/main"),
    (GITHUB, "repository_owner_id:777:repository_id:1:environment:prod", "repository_owner_id:778:repository_id:777"),
    (f"{GITHUB}/bank", "repo:anyone/tool:environment:prod", ""),
    ("gitlab.com", "project_path:bank/ai/models:ref_type:branch:ref:main", "project_path:bank/web:ref_type:tag:ref:x"),
    ("gitlab.bank.ae", "project_path:anyone/tool:ref_type:branch:ref:main", ""),
    (ADO, "sc://bank/platform/deployer", "sc://someone/platform/deployer"),
    (BITBUCKET.format("bank"), "{1234-5678}:{9}", ""),
    (BITBUCKET.format("someone"), "", "{1234-5678}:{9}"),
    ("app.terraform.io", "organization:bank:project:p:workspace:w:run_phase:apply",
     "organization:someone:project:bank:workspace:w:run_phase:apply"),
    ("api.pulumi.com/oidc", "pulumi:deploy:org:bank:project:p:stack:prod:*",
     "pulumi:deploy:org:someone:project:bank:stack:prod:*"),
    ("api.pulumi.com/oidc", "pulumi:environments:org:bank:env:prod", "pulumi:environments:org:someone:env:prod"),
    ("agent.buildkite.com", "organization:bank:pipeline:p:ref:x", "organization:someone:pipeline:bank:ref:x"),
    ("oidc.circleci.com/org/0f0f", "org/0f0f/project/1/user/2", "org/0e0e/project/0f0f/user/2"),
    ("oidc.eks.me-central-1.amazonaws.com/id/A1", "system:serviceaccount:team-a:reader", ""),
)  # fmt: skip


def trusts(issuer: str, **claims: object) -> set[str]:
    """Returns the rules that refuse a role that trusts tokens with all claims."""
    condition = {"StringLike": {f"{issuer}:{claim}": value for claim, value in claims.items()}}
    principal = {"Federated": f"arn:aws:iam::{ME}:oidc-provider/{issuer}"}
    return blocking(PACK.evaluate_resource(role(principal, condition, "sts:AssumeRoleWithWebIdentity")))


def federates(issuer: str, subject: str) -> set[str]:
    """Returns the rules that refuse an identity of Azure that trusts a subject."""
    props = {"issuer": f"https://{issuer}", "subject": subject}
    return blocking(PACK.evaluate_resource(az("managedidentity:FederatedIdentityCredential", props)))


@pytest.mark.parametrize(("issuer", "own", "foreign"), SUBJECTS, ids=[f"{row[0]} {row[1]}" for row in SUBJECTS])
def test_the_organisation_of_a_subject_is_listed(issuer: str, own: str, foreign: str) -> None:
    if own:
        assert trusts(issuer, sub=own) == federates(issuer, own) == set()
    if foreign:
        assert trusts(issuer, sub=foreign) == federates(issuer, foreign) == {"FJ-IDN-119"}
    if own and foreign:
        assert trusts(issuer, sub=[own, foreign]) == {"FJ-IDN-119"}


def test_one_claim_that_names_ones_own_is_enough() -> None:
    assert trusts(GITHUB, repository_id="123") == {"FJ-IDN-119"}
    assert trusts(GITHUB, repository="someone/tool") == {"FJ-IDN-119"}
    assert trusts(GITHUB, repository="bank/tool", repository_id="123") == set()
    assert trusts(GITHUB, sub="repo:bank/tool:ref:x", repository="someone/tool") == set()
    assert trusts(GITHUB, sub="*", repository="someone/tool") == {"FJ-IDN-119"}


def test_an_unknown_subject_is_evaluated_when_it_is_known() -> None:
    assert trusts(GITHUB, sub=UNKNOWN) == set()
    assert federates(GITHUB, UNKNOWN) == set()


@pytest.mark.parametrize("address", ["https://github.com", "github.com/bank", "https://github.com/", "bank/*"])
def test_a_setting_names_an_organisation(address: str) -> None:
    with pytest.raises(ValidationError):
        Enforcement.model_validate({"default": {}, "identity": {"repositories": {address: "everybody of the host"}}})
