"""The account of a site: its provider, and the permissions boundary and path of all its IAM roles."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pulumi
import pytest
import yaml

from falaj.components.aws import site_provider
from falaj.components.aws.cluster.kubeconfig import kubeconfig
from falaj.components.build import platform, tenant_stack
from falaj.components.build.cloud_site import cloud_site
from falaj.components.core.accounts.aws_accounts import AssumeRoleSpec, AwsAccountSpec
from falaj.components.kubernetes.site.provider import site_kubernetes
from falaj.components.settings.load import SettingsRefused, platform_settings, tenant_stack_settings
from falaj.components.settings.stackfile import KEY
from falaj.components.settings.tenant_stack import TenantSiteSettings
from falaj.facts.clouds import Cloud
from tests.unit.components.mocks import ANSWERS, Recording, build
from tests.unit.settings.stacks import ROOT

BOUNDARY = "arn:aws:iam::111122223333:policy/platform-boundary"
ROLE = "arn:aws:iam::111122223333:role/deployer"
ACCOUNTS: dict[str, dict[str, Any]] = {
    "aws": {
        "account": {
            "allowed_account_ids": ["111122223333"],
            "assume_role": {"role_arn": ROLE, "session_name": "pipeline"},
        },
        "iam": {"permissions_boundary": BOUNDARY, "path": "/platform/"},
    },
    "azure": {
        "subscription_id": "55555555-5555-5555-5555-555555555555",
        "tenant_id": "66666666-6666-6666-6666-666666666666",
    },
}
POOLS: dict[str, dict[str, Any]] = {"system": {"profile": "system", "machines": ["m7i.xlarge"], "min": 3, "max": 6}}
TENANT_SITE: dict[str, Any] = {"kubernetes_version": "1.34", "cidr": "10.20.0.0/16"}
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
    aws = ACCOUNTS["aws"] | {"deployer": ROLE}
    return build(lambda: platform.build(platform_settings(settings(aws=aws, azure=ACCOUNTS["azure"]))))


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
    assert all(value in str(provider.inputs["assumeRoles"]) for value in (ROLE, "pipeline"))


def signs_in_as(provider: Any) -> str | None:
    """Returns the role that the kubeconfig of a Kubernetes provider assumes, or None."""
    ((user,),) = [json.loads(provider.inputs["kubeconfig"])["users"]]
    args = user["user"]["exec"]["args"]
    return args[args.index("--role-arn") + 1] if "--role-arn" in args else None


def kubernetes_provider(recording: Recording, name: str = "awsuae-kubernetes") -> Any:
    (provider,) = [item for item in of(recording, "pulumi:providers:kubernetes") if item.name == name]
    return provider


def test_the_cluster_is_reached_as_the_role_of_the_provider() -> None:
    assert signs_in_as(kubernetes_provider(planned())) == ROLE
    assert signs_in_as(kubernetes_provider(unstated())) is None


def test_other_users_of_the_kubeconfig_sign_in_as_themselves() -> None:
    for recording in (planned(), unstated()):
        (site,) = [item for item in of(recording, "falaj:aws:Site") if item.name == "awsuae"]
        assert "--role-arn" not in recording.outputs[site.urn]["kubeconfig"]


def test_a_provider_of_a_program_sends_an_external_id() -> None:
    role = AssumeRoleSpec(role_arn=ROLE, external_id="falaj-1")
    recording = build(lambda: site_provider("data", "me-central-1", AwsAccountSpec(assume_role=role)))
    (provider,) = of(recording, "pulumi:providers:aws")
    assert "falaj-1" in str(provider.inputs["assumeRoles"])


@pytest.mark.parametrize("name", ["azuae-azure", "finops-azure"])
def test_the_providers_are_bound_to_the_subscription(name: str) -> None:
    (provider,) = [item for item in of(planned(), "pulumi:providers:azure-native") if item.name == name]
    assert provider.inputs["subscriptionId"] == ACCOUNTS["azure"]["subscription_id"]
    assert provider.inputs["tenantId"] == ACCOUNTS["azure"]["tenant_id"]


KUBECONFIG = kubeconfig("awsuae", "me-central-1", "https://awsuae", "")


def test_a_tenants_own_stack_uses_the_account_and_its_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    file = ROOT / "examples" / "tenant" / "Pulumi.insurance.yaml"
    (found,) = [value for value in yaml.safe_load(file.read_text())["config"].values() if isinstance(value, dict)]
    for site in found["sites"].values():
        site[site["cloud"]] = ACCOUNTS[site["cloud"]]
    purposes = ("datasets", "checkpoints", "models")
    exported = {
        "clusterName": "awsuae",
        "kubeconfig": KUBECONFIG,
        "vaultUris": {purpose: f"s3://{purpose}" for purpose in purposes},
        "doors": {"vaults": {purpose: {"bucket": purpose, "key": "key"} for purpose in purposes}},
    }
    outputs = dict.fromkeys(found["sites"], exported)
    monkeypatch.setattr(pulumi.StackReference, "require_output", lambda *_: pulumi.Output.from_input(outputs))
    answers = ANSWERS | {tenant_stack.READ_OUTPUTS: {"outputs": {"sites": outputs}}}
    recording = build(lambda: tenant_stack.build(tenant_stack_settings(found)), answers)
    assert {role.inputs.get("permissionsBoundary") for role in of(recording, IAM[0])} == {BOUNDARY}
    assert {role.inputs.get("path") for role in of(recording, IAM[0])} == {"/platform/"}
    assert all("111122223333" in str(item.inputs) for item in of(recording, "pulumi:providers:aws"))
    assert signs_in_as(kubernetes_provider(recording)) == ROLE


def test_a_site_that_the_platform_does_not_export_is_refused_before_anything_is_created() -> None:
    file = ROOT / "examples" / "tenant" / "Pulumi.insurance.yaml"
    (found,) = [value for value in yaml.safe_load(file.read_text())["config"].values() if isinstance(value, dict)]
    answers = ANSWERS | {tenant_stack.READ_OUTPUTS: {"outputs": {"sites": {"other": {}}}}}
    with pytest.raises(pulumi.RunError) as refused:
        build(lambda: tenant_stack.build(tenant_stack_settings(found)), answers)
    assert str(refused.value) == (
        'tenant.sites: "awsuae" is not allowed; allowed: sites of "organization/falaj/prod-uae", which exports other. '
        "Fix: correct the name, or deploy the platform with this site first"
    )


def test_a_tenants_own_stack_without_a_role_signs_in_with_its_own_credentials() -> None:
    site = TenantSiteSettings.model_validate(TENANT_SITE | {"cloud": "aws", "region": "me-central-1", "pools": POOLS})
    recording = build(
        lambda: site_kubernetes(
            "awsuae", cloud_site(Cloud.AWS).kubeconfig_of_platform(site, pulumi.Output.from_input(KUBECONFIG))
        )
    )
    assert signs_in_as(kubernetes_provider(recording)) is None


def refusal(**aws: Any) -> str:
    with pytest.raises(SettingsRefused) as refused:
        platform_settings(settings(aws=aws))
    return str(refused.value)


def test_a_site_accepts_no_external_id() -> None:
    message = refusal(account={"assume_role": {"role_arn": ROLE, "external_id": "falaj-1"}})
    assert "sites.awsuae.aws.account.assume_role.external_id" in message
    assert "cannot send one" in message
    assert "AWS profile" in message


def test_the_deployer_is_the_assumed_role() -> None:
    account = {"assume_role": {"role_arn": ROLE}}
    platform_settings(settings(aws={"account": account, "deployer": ROLE}))
    message = refusal(account=account, deployer=f"{ROLE}-other")
    assert f"{ROLE}, the role that the provider and the kubeconfig assume" in message


def test_the_assumed_role_is_in_an_allowed_account() -> None:
    message = refusal(account={"allowed_account_ids": ["444455556666"], "assume_role": {"role_arn": ROLE}})
    assert "a role in an account of allowed_account_ids: 444455556666" in message


def test_a_tenants_site_on_azure_is_bound_to_the_subscription() -> None:
    found = TenantSiteSettings.model_validate(
        TENANT_SITE
        | {
            "cloud": "azure",
            "region": "uaenorth",
            "pools": {"system": POOLS["system"] | {"machines": ["Standard_D4as_v5"]}},
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
