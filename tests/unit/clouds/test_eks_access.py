"""Refusals of an EKS cluster's API server: runners that cannot reach it, and identities without an access entry."""

from collections.abc import Callable

import pytest

from falaj.sandbox.clouds.values import Json
from falaj.sandbox.environment import sandbox_variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.runner import LOCATION, ROLE
from tests.unit.clouds.aws_site import ENTRY
from tests.unit.clouds.driver import CreatedResource, Driver, refused
from tests.unit.clouds.kubernetes_objects import NAMESPACE, RELEASE, meta, namespace, release
from tests.unit.clouds.private_cluster import PIPELINE, UNAUTHORIZED, PrivateCluster

CONFIG_MAP, SECRET = "kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:Secret"
NEVER = ("i/o timeout", "openapi/v2?timeout=32s")


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


ROUTE = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute"
ROLE_KIND, BINDING = (f"kubernetes:rbac.authorization.k8s.io/v1:{kind}" for kind in ("Role", "RoleBinding"))
TENANT = "arn:aws:iam::999999999999:role/retail"
ROUTE_INPUTS: dict[str, Json] = {
    "apiVersion": "gateway.networking.k8s.io/v1",
    "kind": "HTTPRoute",
    "spec": {"parentRefs": [{"name": "models"}], "hostnames": ["a.example.ae"]},
}


def test_policies_of_namespaces_cover_no_custom_resources(
    private: PrivateCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    private.entry(PIPELINE)
    monkeypatch.setenv(LOCATION, "inside")
    namespace(private.objects, "ml")
    private.objects.create(RELEASE, "crds", **release(name="crds", chart="gateway-api-crds", version="1.5.1"))
    private.entry(TENANT, "Edit", "tenant", type="namespace", namespaces=["ml"])
    monkeypatch.setenv(ROLE, TENANT)
    message = refused(lambda: private.objects.create(ROUTE, "r", **ROUTE_INPUTS, metadata=meta("r", namespace="ml")))
    assert 'cannot patch resource "httproutes' in message


def test_a_group_has_the_rights_of_its_roles(private: PrivateCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    private.entry(PIPELINE)
    monkeypatch.setenv(LOCATION, "inside")
    for name in ("ml", "other"):
        namespace(private.objects, name)
    private.aws.create(ENTRY, "tenant", clusterName="c", principalArn=TENANT, kubernetesGroups=["falaj:tenant-retail"])
    own = meta("deployer", namespace="ml")
    rules: Json = [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "patch"]}]
    role = private.objects.create(ROLE_KIND, "role", metadata=own, rules=rules)
    monkeypatch.setenv(ROLE, TENANT)

    def create(kind: str = CONFIG_MAP, within: str = "ml") -> CreatedResource:
        return private.objects.create(kind, within, metadata=meta("m", namespace=within))

    assert 'cannot patch resource "configmaps"' in refused(create)  # a role without binding gives nothing
    monkeypatch.setenv(ROLE, PIPELINE)
    reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "deployer"}
    subjects: Json = [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "falaj:tenant-retail"}]
    private.objects.create(BINDING, "binding", metadata=own, roleRef=reference, subjects=subjects)
    monkeypatch.setenv(ROLE, TENANT)
    private.objects.read(create())
    assert 'cannot patch resource "configmaps"' in refused(lambda: create(within="other"))
    assert 'cannot patch resource "secrets"' in refused(lambda: create(SECRET))
    assert 'cannot patch resource "namespaces"' in refused(lambda: namespace(private.objects, "third"))
    assert 'cannot get resource "roles' in refused(lambda: read_by(private, role))


def test_the_sandbox_runs_inside_unless_told_otherwise(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    from falaj.sandbox.toolchain import Engine

    engine = Engine.__new__(Engine)
    object.__setattr__(engine, "path", Path("/bin/pulumi"))
    assert sandbox_variables(Paths(Path(str(tmp_path))), engine)[LOCATION] == "inside"
    monkeypatch.setenv(LOCATION, "10.9.0.10")
    assert sandbox_variables(Paths(Path(str(tmp_path))), engine)[LOCATION] == "10.9.0.10"
