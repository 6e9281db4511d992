"""The page of permissions names every operation of the generated role with which its holder can gain more rights."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

ESCALATES = (
    # Assigning the role that one has written; the condition limits assignments, not definitions.
    "Microsoft.Authorization/roleDefinitions/write",
    # Signing in as an identity (learn.microsoft.com, workload-identity-federation), and giving one to a resource that
    # one controls (managed-identity-best-practice-recommendations, 2026-11-26). Neither is a role assignment.
    "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
    "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
    # Access policies in place of roles (learn.microsoft.com, key-vault rbac-guide, 2026-11-26).
    "Microsoft.KeyVault/vaults/write",
)


@pytest.mark.parametrize("action", ESCALATES)
def test_the_page_names_what_gains_more_rights(action: str) -> None:
    role = json.loads((ROOT / "docs/rights/prod-uae/azure-deploy.json").read_text(encoding="utf-8"))
    assert action in role["Actions"]
    assert f"`{action}`" in (ROOT / "docs/pipelines.md").read_text(encoding="utf-8")


def test_the_page_asks_for_a_subscription_of_the_platforms_own() -> None:
    page = (ROOT / "docs/pipelines.md").read_text(encoding="utf-8")
    assert "a subscription of its own" in " ".join(page.split())
