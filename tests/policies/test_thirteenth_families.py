"""Families of the thirteenth set of attacks on clusters: another team answers for a namespace, or has its files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .blind import KUBE, TAGS, crd, k8s, meta
from .harness import Given, Pack, blocking

PACK = Pack()
CROSSING = "FJ-IDN-314"
SWITCH = "FJ-ESC-115"
TEAMS = st.from_regex(r"\Ateam-[b-z][a-z0-9]{0,8}\Z")
HOSTS = st.sampled_from(("x.{}.svc.cluster.local:8443", "x.{}.svc:443", "x.{}.svc", "x.{}:8443", "X.{}.SVC."))


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


def refuses(rule: str, kind: str, spec: object, namespace: str = "payments", **more: object) -> bool:
    """Returns whether a rule refuses an object."""
    return rule in refused(k8s(kind, {"metadata": meta("x", namespace, **more), "spec": spec}))


@given(team=TEAMS, host=HOSTS)
def test_calls_and_rows_of_another_team(team: str, host: str) -> None:
    address = host.format(team)
    profile = {"dstOverrides": [{"authority": address, "weight": 1}]}
    cluster = {"externalClusters": [{"name": "o", "connectionParameters": {"host": address.partition(":")[0]}}]}
    for kind, spec in (("linkerd.io/v1alpha2:ServiceProfile", profile), ("postgresql.cnpg.io/v1:Cluster", cluster)):
        assert refuses(CROSSING, kind, spec)
        assert not refuses(CROSSING, kind, spec, team)


@pytest.mark.parametrize("host", ["pg.dc1.example.ae", "pg.internal", "pg", "pg-rw.payments.svc", "pg-rw.databases"])
def test_rows_of_the_own_namespace_and_of_hosts(host: str) -> None:
    spec = {"externalClusters": [{"name": "o", "connectionParameters": {"host": host}}]}
    assert not refuses(CROSSING, "postgresql.cnpg.io/v1:Cluster", spec)


@pytest.mark.parametrize(("namespace", "is_refused"), [
    ("team-b", True), ("payments", False), ("istio-egress", False), ("common-infrastructure", False),
    ("agentgateway-waypoint", False),
])  # fmt: skip
def test_waypoints(namespace: str, *, is_refused: bool) -> None:
    labels = {**TAGS, "istio.io/use-waypoint": "x", "istio.io/use-waypoint-namespace": namespace}
    service = k8s("core/v1:Service", {"metadata": {"name": "x", "namespace": "payments", "labels": labels}})
    own = k8s("core/v1:Namespace", {"metadata": {"name": "payments", "labels": labels}}, "payments")
    assert [CROSSING in refused(item) for item in (service, own)] == [is_refused] * 2


@pytest.mark.parametrize(("name", "namespace", "is_refused"), [
    ("default", "team-a", True), ("default", "traefik", False), ("strict", "team-a", False),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["traefik.io/v1alpha1:TLSStore", "traefik.io/v1alpha1:TLSOption"])
def test_defaults_of_every_namespace(kind: str, name: str, namespace: str, *, is_refused: bool) -> None:
    given_object = k8s(kind, {"metadata": meta(name, namespace), "spec": {"minVersion": "VersionTLS12"}})
    assert (CROSSING in refused(given_object)) is is_refused


@pytest.mark.parametrize(("spec", "is_refused"), [
    ({"podSelector": {}}, True), ({"serviceAccountSelector": {}}, True), ({"podSelector": {"matchLabels": {}}}, True),
    ({"podSelector": {"matchLabels": {"app": "x"}}}, False),
    ({"podSelector": {}, "serviceAccountSelector": {"matchLabels": {"app": "x"}}}, False),
])  # fmt: skip
def test_groups_of_the_network(spec: dict[str, object], *, is_refused: bool) -> None:
    groups = {"securityGroups": {"groupIds": ["sg-0a1b2c3d4e5f60718"]}}
    assert refuses(CROSSING, "vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy", spec | groups) is is_refused


@pytest.mark.parametrize(("labels", "is_refused"), [
    ({"example.ae/tenant": "team-a"}, True), ({"team": "team-a"}, True), ({"role": "egress"}, False),
    ({"example.ae/tenant": "payments"}, False), ({"node-role.kubernetes.io/egress": "true"}, False),
])  # fmt: skip
def test_machines_by_which_packets_leave(labels: dict[str, str], *, is_refused: bool) -> None:
    spec = {
        "selectors": [{"podSelector": {"matchLabels": {"io.kubernetes.pod.namespace": "payments"}}}],
        "egressGateway": {"nodeSelector": {"matchLabels": labels}},
    }
    assert refuses(CROSSING, "cilium.io/v2:CiliumEgressGatewayPolicy", spec) is is_refused


@pytest.mark.parametrize(("name", "namespace", "is_refused"), [
    ("*.example.ae", "team-a", True), ("pay.example.ae,*.apps.example.ae", "team-a", True),
    ("*.team-a.example.ae", "team-a", False), ("*.models.example.ae", "models-serving", False),
    ("pay.example.ae", "team-a", False), ("*.example.ae", "ingress-nginx", False),
])  # fmt: skip
def test_names_of_the_bank(name: str, namespace: str, *, is_refused: bool) -> None:
    headless = {"clusterIP": "None", "selector": {"app": "x"}, "ports": [{"port": 8443}]}
    key = "external-dns.alpha.kubernetes.io/hostname"
    assert refuses(CROSSING, "core/v1:Service", headless, namespace, annotations={key: name}) is is_refused


@pytest.mark.parametrize(("data", "is_refused"), [
    ({"5432": "payments/ledger-rw:5432"}, True), ({"53": "payments/dns:dns::PROXY"}, True),
    ({"22": "gitlab-system/shell:22"}, False), ({"a.conf": "payments/ledger:5432"}, False),
])  # fmt: skip
def test_ports_of_a_controller(data: dict[str, str], *, is_refused: bool) -> None:
    services = k8s("core/v1:ConfigMap", {"metadata": meta("tcp-services", "ingress-nginx"), "data": data})
    assert (CROSSING in refused(services)) is is_refused


@pytest.mark.parametrize(("server", "is_refused"), [
    ("{{ .server }}", True), (None, True), ("https://edge.dc1.example.ae:6443", False),
])  # fmt: skip
def test_clusters_of_argo_cd_from_a_vault(server: str | None, *, is_refused: bool) -> None:
    template = {
        "metadata": {"labels": {"argocd.argoproj.io/secret-type": "cluster"}},
        "data": {"config": "{{ .config }}", **({"server": server} if server else {})},
    }
    spec = {"target": {"name": "edge", "template": template}}
    assert refuses(CROSSING, "external-secrets.io/v1:ExternalSecret", spec, "argocd") is is_refused


@pytest.mark.parametrize("kind", [
    "cilium.io/v2:CiliumIdentity", "cilium.io/v2:CiliumEndpoint", "cilium.io/v2alpha1:CiliumEndpointSlice",
    "networking.k8s.aws/v1alpha1:PolicyEndpoint",
])  # fmt: skip
def test_what_only_agents_write(kind: str) -> None:
    assert CROSSING in refused(crd(kind, {}))


def _volume(namespace: str, source: dict[str, object], modes: str = "ReadWriteMany") -> Given:
    spec = {"accessModes": [modes], "claimRef": {"namespace": namespace, "name": "files"}, **source}
    return k8s("core/v1:PersistentVolume", {"metadata": {"name": namespace}, "spec": spec}, namespace)


def _csi(driver: str, handle: str, **attributes: str) -> dict[str, object]:
    return {"csi": {"driver": driver, "volumeHandle": handle, "volumeAttributes": attributes}}


EFS = "efs.csi.aws.com"


@pytest.mark.parametrize(("first", "second", "is_refused"), [
    (_csi(EFS, "fs-1::fsap-1"), _csi(EFS, "fs-1::fsap-1"), True), (_csi(EFS, "fs-1"), _csi(EFS, "fs-1::fsap-1"), True),
    (_csi(EFS, "fs-1::fsap-1"), _csi(EFS, "fs-1::fsap-2"), False), (_csi(EFS, "fs-1"), _csi(EFS, "fs-2"), False),
    (_csi("s3.csi.aws.com", "a", bucketName="x"), _csi("s3.csi.aws.com", "b", bucketName="x"), True),
    (_csi("file.csi.azure.com", "a", storageAccount="s", shareName="x"),
     _csi("file.csi.azure.com", "b", storageAccount="s", shareName="y"), False),
    ({"nfs": {"server": "nfs.dc1.example.ae", "path": "/"}},
     {"nfs": {"server": "nfs.dc1.example.ae", "path": "/payments"}}, True),
    ({"nfs": {"server": "nfs.dc1.example.ae", "path": "/pay"}},
     {"nfs": {"server": "nfs.dc1.example.ae", "path": "/payments"}}, False),
])  # fmt: skip
def test_files_of_two_namespaces(first: dict[str, object], second: dict[str, object], *, is_refused: bool) -> None:
    plan = (_volume("payments", first), _volume("team-a", second))
    assert (CROSSING in refused(*plan)) is is_refused
    assert CROSSING not in refused(_volume("payments", first), _volume("falaj-backup", second))
    read = (_volume("payments", first, "ReadOnlyMany"), _volume("team-a", second, "ReadOnlyMany"))
    assert CROSSING not in refused(*read)


def release(chart: str, **values: object) -> Given:
    """Returns a release of a chart."""
    return Given("kubernetes:helm.sh/v3:Release", {"chart": chart, "values": values}, chart, provider=KUBE)


def test_volumes_on_the_bill_of_another_environment() -> None:
    stack = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
    for environment in ("dev", "prod"):
        charged = release("aws-ebs-csi-driver", controller={"extraVolumeTags": {"environment": environment}})
        assert ("FJ-TAG-009" in refused(stack, charged)) is (environment == "dev")
