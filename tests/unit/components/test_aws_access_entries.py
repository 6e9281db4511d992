"""Access entries of EKS clusters: administrators, the deploying role, roles that read, roles of some namespaces."""

import asyncio
from typing import Any

import pulumi
import pytest

from falaj.components import aws
from falaj.components.aws.cluster.access_entries import EntryContext, _deploying_role
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.aws_samples import ADMIN, CLUSTER
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded

ENTRY, POLICY = "aws:eks/accessEntry:AccessEntry", "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
DEPLOYER = "arn:aws:iam::123456789012:role/pipelines/falaj-prod-uae"
CALLER = "arn:aws:iam::123456789012:role/pipelines/deployer"
DRIFT = "arn:aws:iam::123456789012:role/falaj-prod-uae-plan"
TENANT = "arn:aws:iam::123456789012:role/retail"


def cluster(**changed: Any) -> Recording:
    return recorded(aws.Cluster, {**CLUSTER, **changed})


def grants(recording: Recording) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Returns name of the entry -> principal, policy and scope; each policy waits for its entry."""
    entries = {entry.name: entry for entry in recording.of(ENTRY)}
    result = {}
    for policy in recording.of(POLICY):
        entry = entries.pop(policy.name.removesuffix("-policy"))
        assert policy.inputs["principalArn"] == entry.inputs["principalArn"]
        assert entry.urn in policy.depends_on
        name = policy.inputs["policyArn"].removeprefix("arn:aws:eks::aws:cluster-access-policy/")
        result[entry.name] = (entry.inputs["principalArn"], name, policy.inputs["accessScope"])
    assert entries == {}
    return result


WHOLE = {"type": "cluster"}
ADMINISTERS = "AmazonEKSClusterAdminPolicy"


def test_whoever_deploys_administers_the_cluster() -> None:
    assert grants(cluster()) == {
        "uae-admin-admin": (ADMIN, ADMINISTERS, WHOLE),
        "uae-deployer": (CALLER, ADMINISTERS, WHOLE),
    }


def test_a_later_run_by_another_role_changes_no_entry() -> None:
    recording = cluster()
    for kind, name in ((ENTRY, "uae-deployer"), (POLICY, "uae-deployer-policy")):
        assert recording.one(kind, name).ignore_changes == ("principalArn",)
    for resource in (*recording.of(ENTRY), *recording.of(POLICY)):
        assert "deployer" in resource.name or resource.ignore_changes == ()


def test_the_deployer_can_be_named() -> None:
    recording = cluster(deployer=DEPLOYER)
    assert grants(recording)["uae-deployer"] == (DEPLOYER, ADMINISTERS, WHOLE)
    assert recording.one(ENTRY, "uae-deployer").ignore_changes == ()


def test_a_deployer_among_the_administrators_has_one_entry() -> None:
    assert set(grants(cluster(deployer=ADMIN))) == {"uae-admin-admin"}


def test_a_deploying_role_that_is_an_administrator_must_be_named() -> None:
    with pytest.raises(pulumi.RunError, match="name it as `deployer` too"):
        cluster(administrators=[CALLER])


def test_a_plan_by_another_identity_fits_the_deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulumi.runtime, "is_dry_run", lambda: True)

    async def is_known() -> bool:
        context = EntryContext("uae", "c", {}, pulumi.ComponentResource.__new__(pulumi.ComponentResource))
        return await _deploying_role(context, []).is_known()

    assert not asyncio.run(is_known())


def test_who_reads_changes_nothing_and_reads_the_state_of_charts() -> None:
    assert grants(cluster(viewers=[DRIFT]))["uae-viewer-falaj-prod-uae-plan"] == (
        DRIFT, "AmazonEKSAdminViewPolicy", WHOLE,
    )  # fmt: skip


@pytest.mark.parametrize(("writes", "policy"), [(False, "AmazonEKSViewPolicy"), (True, "AmazonEKSEditPolicy")])
def test_a_tenant_uses_its_own_namespaces(writes: bool, policy: str) -> None:
    roles = [{"role": TENANT, "namespaces": ["retail-banking", "retail-*"], "writes": writes}]
    scope = {"type": "namespace", "namespaces": ["retail-banking", "retail-*"]}
    assert grants(cluster(namespace_roles=roles))["uae-namespaces-retail"] == (TENANT, policy, scope)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"viewers": [ADMIN]}, r"viewers\.0: .* each role once"),
        ({"deployer": DRIFT, "viewers": [DRIFT]}, r"viewers\.0: .* each role once"),
        (
            {"viewers": [TENANT], "namespace_roles": [{"role": TENANT, "namespaces": ["a"]}]},
            r"namespace_roles\.0\.role: .* each role once",
        ),
        ({"namespace_roles": [{"role": TENANT, "namespaces": ["*"]}]}, r"namespaces\.0: .* some namespaces only"),
        ({"namespace_roles": [{"role": TENANT, "namespaces": []}]}, r"namespaces: "),
        ({"deployer": "falaj-prod-uae"}, r"deployer: .* the ARN of an IAM role"),
    ],
)
def test_what_the_cluster_would_refuse(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        cluster(**wrong)
