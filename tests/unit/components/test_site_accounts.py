"""The account of a site: its provider, and the permissions boundary and path of all its IAM roles."""

from __future__ import annotations

from functools import cache
from typing import Any

import pulumi
import pytest
import yaml

from falaj.components.build import platform, tenant_stack
from falaj.components.build.cloud_site import cloud_site
from falaj.components.settings.load import SettingsRefused, platform_settings, tenant_stack_settings
from falaj.components.settings.stackfile import KEY
from falaj.components.settings.tenant_stack import TenantSiteSettings
from falaj.facts.clouds import Cloud
from tests.unit.components.mocks import Recording, build
from tests.unit.settings.stacks import ROOT

BOUNDARY = "arn:aws:iam::111122223333:policy/platform-boundary"
ROLE = "arn:aws:iam::111122223333:role/deployer"
ACCOUNTS: dict[str, dict[str, Any]] = {
    "aws": {
        "account": {
            "allowed_account_ids": ["111122223333"],
            "assume_role": {"role_arn": ROLE, "external_id": "falaj-1", "session_name": "pipeline"},
        },
        "iam": {"permissions_boundary": BOUNDARY, "path": "/platform/"},
    },
    "azure": {
        "subscription_id": "55555555-5555-5555-5555-555555555555",
        "tenant_id": "66666666-6666-6666-6666-666666666666",
    },
}
IAM = ("aws:iam/role:Role", "aws:iam/policy:Policy", "aws:iam/instanceProfile:InstanceProfile")


def settings(**options: dict[str, Any]) -> dict[str, Any]:
    """Returns the settings of prod-uae, with more options of its sites by cloud."""
    found = yaml.safe_load((ROOT / "Pulumi.prod-uae.yaml").read_text())["config"][KEY]
    for site in found["sites"].values():
        site[site["cloud"]] = site.get(site["cloud"], {}) | options.get(site["cloud"], {})
    return found


@cache
def planned() -> Recording:
    """The resources of prod-uae in stated accounts."""
    return build(lambda: platform.build(platform_settings(settings(**ACCOUNTS))))


@cache
def unstated() -> Recording:
    return build(lambda: platform.build(platform_settings(settings())))


def of(recording: Recording, kind: str) -> list[Any]:
    return [item for item in recording.resources if item.typ == kind]


def test_every_role_has_the_boundary_and_the_path() -> None:
    roles = of(planned(), IAM[0])
    assert len(roles) == len(of(unstated(), IAM[0])) > 15
    assert {role.inputs.get("permissionsBoundary") for role in roles} == {BOUNDARY}
    paths = {role.name: role.inputs.get("path") for role in roles}
    assert {path for name, path in paths.items() if not name.startswith("copies-")} == {"/platform/"}
    assert {path for name, path in paths.items() if name.startswith("copies-")} == {"/platform/falaj/replication/"}
    for kind in IAM[1:]:
        assert {item.inputs.get("path") for item in of(planned(), kind)} == {"/platform/"}


def test_bucket_policies_name_the_copies_roles_under_the_path() -> None:
    policies = str([item.inputs for item in of(planned(), "aws:s3/bucketPolicy:BucketPolicy")])
    assert ":role/platform/falaj/replication/" in policies
    assert ":role/falaj/replication/" not in policies


def test_nothing_changes_for_stacks_that_do_not_state_them() -> None:
    for kind in IAM:
        for item in of(unstated(), kind):
            assert "permissionsBoundary" not in item.inputs
            assert item.inputs.get("path") in (None, "/falaj/replication/")
    for kind in ("pulumi:providers:aws", "pulumi:providers:azure-native"):
        for item in of(unstated(), kind):
            assert item.inputs.keys() & {"allowedAccountIds", "assumeRoles", "subscriptionId", "tenantId"} == set()


@pytest.mark.parametrize("name", ["awsuae-aws", "finops-aws"])
def test_the_providers_are_bound_to_the_account(name: str) -> None:
    (provider,) = [item for item in of(planned(), "pulumi:providers:aws") if item.name == name]
    assert "111122223333" in str(provider.inputs["allowedAccountIds"])
    assert all(value in str(provider.inputs["assumeRoles"]) for value in (ROLE, "falaj-1", "pipeline"))


@pytest.mark.parametrize("name", ["azuae-azure", "finops-azure"])
def test_the_providers_are_bound_to_the_subscription(name: str) -> None:
    (provider,) = [item for item in of(planned(), "pulumi:providers:azure-native") if item.name == name]
    assert provider.inputs["subscriptionId"] == ACCOUNTS["azure"]["subscription_id"]
    assert provider.inputs["tenantId"] == ACCOUNTS["azure"]["tenant_id"]


def test_a_tenants_own_stack_uses_the_account_and_its_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    file = ROOT / "examples" / "tenant" / "Pulumi.insurance.yaml"
    (found,) = [value for value in yaml.safe_load(file.read_text())["config"].values() if isinstance(value, dict)]
    for site in found["sites"].values():
        site[site["cloud"]] = ACCOUNTS[site["cloud"]]
    purposes = ("datasets", "checkpoints", "models")
    exported = {
        "clusterName": "awsuae",
        "kubeconfig": "{}",
        "vaultUris": {purpose: f"s3://{purpose}" for purpose in purposes},
        "doors": {"vaults": {purpose: {"bucket": purpose, "key": "key"} for purpose in purposes}},
    }
    outputs = dict.fromkeys(found["sites"], exported)
    monkeypatch.setattr(pulumi.StackReference, "require_output", lambda *_: pulumi.Output.from_input(outputs))
    recording = build(lambda: tenant_stack.build(tenant_stack_settings(found)))
    assert {role.inputs.get("permissionsBoundary") for role in of(recording, IAM[0])} == {BOUNDARY}
    assert {role.inputs.get("path") for role in of(recording, IAM[0])} == {"/platform/"}
    assert all("111122223333" in str(item.inputs) for item in of(recording, "pulumi:providers:aws"))


def test_a_tenants_site_on_azure_is_bound_to_the_subscription() -> None:
    found = TenantSiteSettings.model_validate(
        {
            "cloud": "azure",
            "region": "uaenorth",
            "kubernetes_version": "1.34",
            "cidr": "10.20.0.0/16",
            "pools": {"system": {"profile": "system", "machines": ["Standard_D4as_v5"], "min": 3, "max": 6}},
            "azure": ACCOUNTS["azure"],
        }
    )
    recording = build(lambda: cloud_site(Cloud.AZURE).provider("azuae", found))
    (provider,) = of(recording, "pulumi:providers:azure-native")
    assert provider.inputs["subscriptionId"] == ACCOUNTS["azure"]["subscription_id"]


@pytest.mark.parametrize(
    ("cloud", "options"),
    [
        ("aws", {"account": {"allowed_account_ids": ["1111"]}}),
        ("aws", {"account": {"assume_role": {"role_arn": "deployer"}}}),
        ("aws", {"iam": {"permissions_boundary": "boundary"}}),
        ("aws", {"iam": {"path": "platform"}}),
        ("azure", {"subscription_id": "production"}),
    ],
)
def test_a_wrong_form_is_refused(cloud: str, options: dict[str, Any]) -> None:
    with pytest.raises(SettingsRefused, match="allowed"):
        platform_settings(settings(**{cloud: options}))
