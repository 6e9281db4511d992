"""Whom an EKS cluster sees: the holder of the token that the kubeconfig's plug-in returns; and the account of AWS's
caller."""

import json
from collections.abc import Callable

import pytest

from falaj.sandbox.clouds.values import Json
from falaj.sandbox.runner import LOCATION, ROLE
from tests.unit.clouds.driver import Driver, refused
from tests.unit.clouds.kubernetes_objects import kubeconfig, namespace
from tests.unit.clouds.private_cluster import PIPELINE, UNAUTHORIZED, PrivateCluster

DEPLOYER = "arn:aws:iam::111122223333:role/platform/deployer"


@pytest.fixture
def private(aws: Driver, open_cloud: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch) -> PrivateCluster:
    """A private cluster, and a run inside its network with the pipeline's role."""
    monkeypatch.setenv(LOCATION, "inside")
    monkeypatch.setenv(ROLE, PIPELINE)
    return PrivateCluster(aws, open_cloud)


def test_the_cluster_sees_the_role_that_the_kubeconfig_assumes(private: PrivateCluster) -> None:
    private.entry(DEPLOYER)
    assert UNAUTHORIZED in refused(lambda: namespace(private.objects))
    namespace(private.connect("--role-arn", DEPLOYER))
    private.entry(f"{DEPLOYER}-plan", "AdminView", "plan")
    viewer = private.connect("--role-arn", f"{DEPLOYER}-plan")
    assert "assumed-role/deployer-plan/EKSGetTokenAuth" in refused(lambda: namespace(viewer, "other"))


@pytest.mark.parametrize(
    ("args", "plugin", "message"),
    [
        (["--external-id", "falaj-1"], {}, "executable aws failed with exit code 252"),
        (["--profile", "production"], {}, "executable aws failed with exit code 255"),
        ([], {"env": [{"name": "AWS_PROFILE", "value": "production"}]}, "executable aws failed with exit code 255"),
        ([], {"command": "aws-iam-authenticator"}, "executable aws-iam-authenticator not found"),
        (["--cluster-name", "other"], {}, UNAUTHORIZED),
    ],
)
def test_a_plugin_that_returns_no_token_for_the_cluster(
    private: PrivateCluster, args: list[str], plugin: dict[str, Json], message: str
) -> None:
    private.entry(PIPELINE)
    namespace(private.objects)
    assert message in refused(lambda: namespace(private.connect(*args, **plugin), "other"))


def test_a_kubeconfig_without_a_plugin_signs_nobody_in(private: PrivateCluster) -> None:
    private.entry(PIPELINE)
    anonymous = private.open_cloud("kubernetes", kubeconfig=kubeconfig(private.cluster.text("endpoint")))
    assert UNAUTHORIZED in refused(lambda: namespace(anonymous))


def test_the_run_is_not_the_role_that_the_provider_assumes(
    open_cloud: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LOCATION, "inside")
    monkeypatch.delenv(ROLE, raising=False)
    assumed = open_cloud("aws", region="me-central-1", assumeRoles=json.dumps([{"roleArn": DEPLOYER}]))
    session = assumed.invoke("aws:index/getCallerIdentity:getCallerIdentity")["arn"]
    assert session == "arn:aws:sts::111122223333:assumed-role/deployer/falaj"
    role = assumed.invoke("aws:iam/getSessionContext:getSessionContext", arn=session)["issuerArn"]
    assert role == DEPLOYER
    private = PrivateCluster(assumed, open_cloud)
    private.entry(DEPLOYER, name="c-deployer")
    assert UNAUTHORIZED in refused(lambda: namespace(private.objects))
    namespace(private.connect("--role-arn", DEPLOYER))


def test_a_run_without_a_stated_role_is_the_deployer(
    aws: Driver, open_cloud: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LOCATION, "inside")
    monkeypatch.delenv(ROLE, raising=False)
    private = PrivateCluster(aws, open_cloud)
    private.entry(DEPLOYER, name="c-deployer")
    namespace(private.objects)


@pytest.mark.parametrize(
    ("runner_role", "assumed", "refusal"),
    [
        ("", "", ""),
        (PIPELINE, "", "AWS account ID not allowed: 999999999999"),
        (PIPELINE, DEPLOYER, ""),
        ("", "arn:aws:iam::222233334444:role/deployer", "AWS account ID not allowed: 222233334444"),
    ],
)
def test_a_provider_compares_the_callers_account(
    open_cloud: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch, runner_role: str, assumed: str, refusal: str
) -> None:
    monkeypatch.setenv(ROLE, runner_role)
    roles = {"assumeRoles": json.dumps([{"roleArn": assumed}])} if assumed else {}
    config = {"region": "me-central-1", "allowedAccountIds": json.dumps(["111122223333"]), **roles}
    if refusal:
        assert refused(lambda: open_cloud("aws", **config)) == refusal
    else:
        open_cloud("aws", **config)
