"""Refusals of an EKS cluster's API server: runners that cannot reach it, and identities without an access entry."""

import json
from collections.abc import Callable

import pytest

from falaj.sandbox.clouds.values import Json
from falaj.sandbox.environment import sandbox_variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.runner import LOCATION, ROLE
from tests.unit.clouds.aws_site import ASSOCIATION, CLUSTER, ENTRY, INGRESS, ROUTE, TABLE, Site
from tests.unit.clouds.driver import CreatedResource, Driver, refused
from tests.unit.clouds.kubernetes_objects import NAMESPACE, kubeconfig, meta, namespace

ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
POLICY = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation"
ACCESS = "arn:aws:eks::aws:cluster-access-policy/AmazonEKS{}Policy"
PIPELINE = "arn:aws:iam::999999999999:role/pipelines/falaj-prod-uae"
CONFIG_MAP, SECRET = "kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:Secret"
NEVER = ("i/o timeout", "openapi/v2?timeout=32s")
UNAUTHORIZED = "the server has asked for the client to provide credentials"


class PrivateCluster:
    """A cluster with a private API server, as a site makes it, and a provider of its objects."""

    def __init__(self, aws: Driver, open_cloud: Callable[..., Driver], **vpc_config: Json) -> None:
        self.aws, self.site = aws, Site(aws)
        config: dict[str, Json] = {
            "subnetIds": [subnet.id for subnet in self.site.subnets],
            "endpointPrivateAccess": True,
            "endpointPublicAccess": False,
            **vpc_config,
        }
        access = {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False}
        role = self.site.role("control")
        self.cluster = aws.create(CLUSTER, "c", name="c", roleArn=role["arn"], vpcConfig=config, accessConfig=access)
        self.open_cloud = open_cloud
        self.objects = self.connect()

    def connect(self, *args: str, **plugin: Json) -> Driver:
        """Returns a provider whose kubeconfig runs `aws eks get-token` with more arguments, or another plug-in."""
        default = ["eks", "get-token", "--cluster-name", "c", "--region", "me-central-1", *args]
        document = json.loads(kubeconfig(self.cluster.text("endpoint")))
        document["users"] = [{"name": "u", "user": {"exec": {"command": "aws", "args": default, **plugin}}}]
        return self.open_cloud("kubernetes", kubeconfig=json.dumps(document))

    def entry(self, principal: str, policy: str = "ClusterAdmin", name: str = "entry", **scope: Json) -> None:
        aws, given = self.aws, {"clusterName": "c", "principalArn": principal}
        aws.create(ENTRY, name, **given)
        given_scope: dict[str, Json] = {"type": "cluster", **scope}
        aws.create(POLICY, name, **given, policyArn=ACCESS.format(policy), accessScope=given_scope)

    def admit(self, block: str) -> None:
        config = self.cluster["vpcConfig"]
        assert isinstance(config, dict)
        ports = {"ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
        self.aws.create(INGRESS, block, securityGroupId=config["clusterSecurityGroupId"], cidrIpv4=block, **ports)

    def route(self, block: str) -> None:
        hub = "tgw-0123456789abcdef0"
        subnets: list[Json] = [subnet.id for subnet in self.site.subnets]
        self.aws.create(ATTACHMENT, "hub", transitGatewayId=hub, vpcId=self.site.vpc.id, subnetIds=subnets)
        for index, subnet in enumerate(self.site.subnets):
            table = self.aws.create(TABLE, f"t{index}", vpcId=self.site.vpc.id)
            self.aws.create(ASSOCIATION, f"a{index}", routeTableId=table.id, subnetId=subnet.id)
            route = {"destinationCidrBlock": block, "transitGatewayId": hub}
            self.aws.create(ROUTE, f"r{index}", routeTableId=table.id, **route)


@pytest.fixture
def private(aws: Driver, open_cloud: Callable[..., Driver], monkeypatch: pytest.MonkeyPatch) -> PrivateCluster:
    """A private cluster whose only administrator is the pipeline's role, which runs outside."""
    monkeypatch.delenv(LOCATION, raising=False)
    monkeypatch.setenv(ROLE, PIPELINE)
    return PrivateCluster(aws, open_cloud)


def test_a_runner_of_the_code_host_does_not_reach_a_private_api(private: PrivateCluster) -> None:
    private.entry(PIPELINE)
    message = refused(lambda: namespace(private.objects))
    assert all(part in message for part in NEVER)
    assert "dial tcp 10.0.0.5:443" in message


def test_a_runner_inside_reaches_it(private: PrivateCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    private.entry(PIPELINE)
    monkeypatch.setenv(LOCATION, "inside")
    namespace(private.objects)


@pytest.mark.parametrize(
    ("routed", "admitted", "reached"),
    [
        (None, None, False),
        ("10.9.0.0/16", None, False),
        (None, "10.9.0.0/24", False),
        ("10.9.0.0/16", "10.9.0.0/24", True),
    ],
)
def test_a_runner_of_the_hub_needs_a_route_and_a_rule(
    private: PrivateCluster, monkeypatch: pytest.MonkeyPatch, routed: str | None, admitted: str | None, reached: bool
) -> None:
    private.entry(PIPELINE)
    monkeypatch.setenv(LOCATION, "10.9.0.10")
    if routed:
        private.route(routed)
    if admitted:
        private.admit(admitted)
    if reached:
        namespace(private.objects)
    else:
        assert "i/o timeout" in refused(lambda: namespace(private.objects))


def test_a_runner_in_the_vpc_needs_a_rule_too(private: PrivateCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    private.entry(PIPELINE)
    monkeypatch.setenv(LOCATION, "10.0.200.10")
    assert "i/o timeout" in refused(lambda: namespace(private.objects))
    private.admit("10.0.200.0/24")
    namespace(private.objects)


@pytest.mark.parametrize(
    ("blocks", "location", "reached"),
    [
        ([], "internet", True),
        (["198.51.100.0/24"], "internet", False),
        (["198.51.100.0/24"], "198.51.100.7", True),
        (["198.51.100.0/24"], "203.0.113.7", False),
    ],
)
def test_a_public_endpoint_admits_its_blocks(
    aws: Driver,
    open_cloud: Callable[..., Driver],
    monkeypatch: pytest.MonkeyPatch,
    blocks: list[Json],
    location: str,
    reached: bool,
) -> None:
    monkeypatch.setenv(LOCATION, location)
    monkeypatch.setenv(ROLE, PIPELINE)
    public = PrivateCluster(aws, open_cloud, endpointPublicAccess=True, publicAccessCidrs=blocks)
    public.entry(PIPELINE)
    if reached:
        namespace(public.objects)
    else:
        assert "i/o timeout" in refused(lambda: namespace(public.objects))


def test_an_identity_without_an_access_entry(private: PrivateCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LOCATION, "inside")
    assert UNAUTHORIZED in refused(lambda: namespace(private.objects))
    private.entry("arn:aws:iam::999999999999:role/falaj-prod-uae")  # without the role's path: another principal
    assert UNAUTHORIZED in refused(lambda: namespace(private.objects))


DEPLOYER = "arn:aws:iam::111122223333:role/platform/deployer"


def test_the_cluster_sees_the_role_that_the_kubeconfig_assumes(
    private: PrivateCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    private.entry(DEPLOYER)
    monkeypatch.setenv(LOCATION, "inside")
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
    private: PrivateCluster, monkeypatch: pytest.MonkeyPatch, args: list[str], plugin: dict[str, Json], message: str
) -> None:
    private.entry(PIPELINE)
    monkeypatch.setenv(LOCATION, "inside")
    namespace(private.objects)
    assert message in refused(lambda: namespace(private.connect(*args, **plugin), "other"))


def test_a_kubeconfig_without_a_plugin_signs_nobody_in(
    private: PrivateCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    private.entry(PIPELINE)
    monkeypatch.setenv(LOCATION, "inside")
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


def read_by(private: PrivateCluster, made: CreatedResource) -> None:
    private.objects.read(made)


def test_an_identity_that_views_reads_and_does_not_write(
    private: PrivateCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    drift = "arn:aws:iam::999999999999:role/falaj-prod-uae-plan"
    private.entry(PIPELINE)
    monkeypatch.setenv(LOCATION, "inside")
    made = namespace(private.objects)
    monkeypatch.setenv(ROLE, drift)
    assert UNAUTHORIZED in refused(lambda: read_by(private, made))
    private.entry(drift, "AdminView", "drift")
    private.objects.read(made)
    message = refused(lambda: namespace(private.objects, "other"))
    assert 'cannot patch resource "namespaces"' in message
    assert "assumed-role/falaj-prod-uae-plan/" in message


def test_a_view_policy_reads_no_secrets(private: PrivateCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    private.entry(PIPELINE)
    monkeypatch.setenv(LOCATION, "inside")
    secret = private.objects.create(SECRET, "s", metadata=meta("s"), stringData={"a": "b"})
    plain = private.objects.create(CONFIG_MAP, "m", metadata=meta("m"), data={"a": "b"})
    viewer = "arn:aws:iam::999999999999:role/viewer"
    private.entry(viewer, "View", "viewer")
    monkeypatch.setenv(ROLE, viewer)
    private.objects.read(plain)
    assert 'cannot get resource "secrets"' in refused(lambda: read_by(private, secret))


def test_a_tenant_is_confined_to_its_namespaces(private: PrivateCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    private.entry(PIPELINE)
    monkeypatch.setenv(LOCATION, "inside")
    for name in ("ml", "other"):
        namespace(private.objects, name)
    tenant = "arn:aws:iam::999999999999:role/retail"
    private.entry(tenant, "Edit", "tenant", type="namespace", namespaces=["ml"])
    monkeypatch.setenv(ROLE, tenant)
    private.objects.create(CONFIG_MAP, "m", metadata=meta("m", namespace="ml"), data={"a": "b"})
    foreign = meta("m", namespace="other")
    assert "is forbidden" in refused(lambda: private.objects.create(CONFIG_MAP, "n", metadata=foreign, data={"a": "b"}))
    assert "is forbidden" in refused(lambda: private.objects.create(NAMESPACE, "x", metadata=meta("x")))


def test_the_sandbox_runs_inside_unless_told_otherwise(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    from falaj.sandbox.toolchain import Engine

    engine = Engine.__new__(Engine)
    object.__setattr__(engine, "path", Path("/bin/pulumi"))
    assert sandbox_variables(Paths(Path(str(tmp_path))), engine)[LOCATION] == "inside"
    monkeypatch.setenv(LOCATION, "10.9.0.10")
    assert sandbox_variables(Paths(Path(str(tmp_path))), engine)[LOCATION] == "10.9.0.10"
