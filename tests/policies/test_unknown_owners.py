"""Names and numbers of resources outside the plan whose owner nobody has confirmed."""

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import aws as of_aws
from .blind import az
from .harness import UNKNOWN, Given, Pack, blocking

WORKSPACE = "9b1d2f3a-0000-4444-8888-aaaaaaaaaaaa"
RULES = ("FJ-RES-002", "FJ-RES-003", "FJ-RES-208", "FJ-ESC-111", "FJ-IDN-118")


def pack(*known: str) -> Pack:
    """Returns the pack with resources that are confirmed."""
    settings = {
        "default": {"all": "disabled", **dict.fromkeys(RULES, "mandatory")},
        "residency": {"known": dict.fromkeys(known, "confirmed by the platform team")},
        "escape": {"code_sources": {"https://github.com/bank": "the organisation of the bank"}},
        "identity": {"trusted": {"login.bank.ae": "the issuer of the bank"}},
    }
    return Pack(Enforcement.model_validate(settings))


NONE_KNOWN = pack()


def refused(*plan: Given, by: Pack = NONE_KNOWN) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(by.evaluate_plan(*plan))


@pytest.mark.parametrize("kind", ["ContainerGroup", "ContainerGroupProfile"])
def test_a_workspace_by_number_is_of_the_plan_or_listed(kind: str) -> None:
    def group(number: str, *links: str) -> Given:
        props = {"diagnostics": {"logAnalytics": {"workspaceId": number}}}
        return az(f"containerinstance:{kind}", props, links={"diagnostics": links})

    workspace = az("operationalinsights:Workspace", {"workspaceName": "law", "location": "uaenorth"}, "law")
    assert refused(group(WORKSPACE)) == {"FJ-RES-208"}
    assert refused(group(WORKSPACE), by=pack(WORKSPACE)) == set()
    assert refused(group(UNKNOWN, "law"), workspace) == refused(group(WORKSPACE, "law"), workspace) == set()


def test_a_key_vault_is_listed_as_soon_as_one_is() -> None:
    key = az("sql:ServerKey", {"uri": "https://theirs.vault.azure.net/keys/k/1"})
    planned = az("keyvault:Vault", {"vaultName": "theirs", "location": "uaenorth"}, "vault")
    assert refused(key) == set()
    assert refused(key, by=pack("kv-bank.vault.azure.net")) == {"FJ-RES-003"}
    assert refused(key, planned, by=pack("kv-bank.vault.azure.net")) == set()
    assert refused(key, by=pack("kv-bank.vault.azure.net", "theirs.vault.azure.net")) == set()


@pytest.mark.parametrize(("source", "is_refused"), [
    ({"type": "GITHUB", "location": "https://github.com/bank/orders.git"}, False),
    ({"type": "GITHUB", "location": "https://github.com/someone/tool.git"}, True),
    ({"type": "CODECOMMIT", "location": "https://git-codecommit.me-central-1.amazonaws.com/v1/repos/orders"}, False),
    ({"type": "CODECOMMIT", "location": "https://git-codecommit.io/v1/repos/orders"}, True),
    ({"type": "S3", "location": "their-code/orders.zip"}, True),
    ({"type": "NO_SOURCE", "buildspec": "version: 0.2"}, False),
], ids=str)  # fmt: skip
def test_a_build_reads_repositories_that_are_listed(source: dict[str, str], is_refused: bool) -> None:
    expected = {"FJ-ESC-111"} if is_refused else set()
    assert refused(of_aws("codebuild/Project", {"source": source})) == expected
    assert refused(of_aws("codebuild/Project", {"secondarySources": [source]})) == expected


def test_a_build_reads_a_bucket_of_the_stack() -> None:
    build = of_aws("codebuild/Project", {"source": {"type": "S3", "location": "own-code/orders.zip"}})
    assert refused(build, of_aws("s3/Bucket", {"bucket": "own-code"}, "code")) == set()


@pytest.mark.parametrize(("host", "is_refused"), [("login.bank.ae", False), ("idp.someone.io", True)])
def test_people_sign_in_at_a_listed_host(host: str, is_refused: bool) -> None:
    metadata = f'<EntityDescriptor entityID="urn:bank"><SingleSignOnService Location="https://{host}/sso"/>'
    expected = {"FJ-IDN-118"} if is_refused else set()
    assert refused(of_aws("iam/SamlProvider", {"samlMetadataDocument": metadata})) & {"FJ-IDN-118"} == expected
    details = {"providerDetails": {"MetadataURL": f"https://{host}/metadata"}}
    assert refused(of_aws("cognito/IdentityProvider", details)) & {"FJ-IDN-118"} == expected
