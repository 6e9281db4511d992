"""Families of attacks on clusters by objects: what lends, copies, adds addresses, grows and acts for others.

Each family varies the kind of the object, the names and the numbers; ordinary objects beside them pass.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .blind import TAGS, cluster_role, crd, k8s, meta, pod, workload
from .harness import Given
from .test_attack_families_clusters import EXAMPLES, config_map, findings

NAMES = st.from_regex(r"[a-z]{3,9}", fullmatch=True)
TEAMS = st.from_regex(r"team-[a-y]{1,3}", fullmatch=True)


def _object(kind: str, spec: object, namespace: str, **annotations: str) -> Given:
    return k8s(kind, {"metadata": meta("x", namespace, annotations=annotations), "spec": spec})


def _lent(namespace: str) -> tuple[tuple[str, object], ...]:
    """Returns objects that take what is of a namespace."""
    return (
        ("core/v1:PersistentVolumeClaim", {"dataSourceRef": {"kind": "VolumeSnapshot", "name": "a",
                                                             "namespace": namespace}}),
        ("kafka.strimzi.io/v1beta2:Kafka", {"entityOperator": {"userOperator": {"watchedNamespace": namespace}}}),
        ("kafka.strimzi.io/v1beta2:Kafka", {"entityOperator": {"topicOperator": {"watchedNamespace": namespace}}}),
        ("networking.istio.io/v1:VirtualService", {
            "hosts": ["a.example.ae"], "gateways": ["edge/a"],
            "http": [{"delegate": {"name": "a", "namespace": namespace}}]}),
        ("projectcontour.io/v1:HTTPProxy", {"includes": [{"name": "a", "namespace": namespace}]}),
        ("k8s.nginx.org/v1:VirtualServer", {"routes": [{"path": "/", "route": f"{namespace}/a"}]}),
        ("external-secrets.io/v1:SecretStore", {"provider": {"kubernetes": {"remoteNamespace": namespace}}}),
    )  # fmt: skip


@EXAMPLES
@given(own=TEAMS, other=TEAMS, place=st.integers(0, 6))
def test_objects_that_take_what_is_of_others(own: str, other: str, place: int) -> None:
    kind, spec = _lent(other)[place]
    assert ("FJ-IDN-314" in findings(_object(kind, spec, own))) is (own != other)
    assert "FJ-IDN-314" not in findings(_object(*_lent(own)[place], own))


def _copied(host: str) -> tuple[tuple[str, object, dict[str, str]], ...]:
    """Returns objects that send copies to a host."""
    call = {"method": "POST", "service": {"url": f"https://{host}/a"}}
    return (
        ("serving.kserve.io/v1beta1:InferenceService", {"predictor": {"logger": {"url": f"http://{host}/"}}}, {}),
        ("serving.kserve.io/v1beta1:InferenceService", {"transformer": {"logger": {"url": f"http://{host}:8080"}}}, {}),
        ("networking.k8s.io/v1:Ingress", {}, {"nginx.ingress.kubernetes.io/mirror-target": f"https://{host}$request_uri"}),
        ("kyverno.io/v1:Policy", {"rules": [{"name": "a", "context": [{"name": "a", "apiCall": call}]}]}, {}),
        ("kyverno.io/v2beta1:GlobalContextEntry", {"apiCall": call}, {}),
    )  # fmt: skip


@EXAMPLES
@given(own=TEAMS, other=TEAMS, name=NAMES, end=st.sampled_from((".svc", ".svc.cluster.local")), place=st.integers(0, 4))
def test_copies_that_go_to_others(own: str, other: str, name: str, end: str, place: int) -> None:
    kind, spec, annotations = _copied(f"{name}.{other}{end}")[place]
    assert ("FJ-IDN-314" in findings(_object(kind, spec, own, **annotations))) is (own != other)
    kind, spec, annotations = _copied(f"{name}.knative-eventing{end}")[place]
    assert "FJ-IDN-314" not in findings(_object(kind, spec, own, **annotations))


@pytest.mark.parametrize(("conditions", "refused"), [
    ([], True), ([{"namespaces": ["payments"]}], False), ([{"namespaces": ["*"]}], True), ([{}], False),
    ([{"namespaceSelector": {}}], True), ([{"namespaceRegexes": [".*"]}], True),
    ([{"namespaces": ["payments"]}, {"namespaceSelector": {}}], True),
    ([{"namespaceSelector": {"matchLabels": {"bank.ae/ledger": "true"}}}], False),
])  # fmt: skip
def test_stores_of_the_secrets_of_a_namespace(conditions: list[object], *, refused: bool) -> None:
    spec = {"provider": {"kubernetes": {"remoteNamespace": "payments"}}, "conditions": conditions}
    store = k8s("external-secrets.io/v1:ClusterSecretStore", {"metadata": {"name": "a"}, "spec": spec})
    assert ("FJ-IDN-314" in findings(store)) is refused


def _service(name: str, **spec: object) -> Given:
    return k8s("core/v1:Service", {"metadata": meta(name, "payments"), "spec": {"type": "ClusterIP", **spec}}, name)


@EXAMPLES
@given(name=NAMES, address=st.ip_addresses(network="10.0.0.0/8"))
def test_slices_that_somebody_writes(name: str, address: object) -> None:
    labels = {**TAGS, "kubernetes.io/service-name": name}
    piece = k8s("discovery.k8s.io/v1:EndpointSlice", {
        "metadata": {"name": f"{name}-1", "namespace": "payments", "labels": labels}, "addressType": "IPv4",
        "endpoints": [{"addresses": [str(address)]}]}, "slice")  # fmt: skip
    assert "FJ-IDN-314" in findings(piece)
    assert "FJ-IDN-314" in findings(_service(name, selector={"app": "a"}), piece)
    assert "FJ-IDN-314" not in findings(_service(name, ports=[{"port": 5432}]), piece)


@EXAMPLES
@given(
    end=st.sampled_from(("", ".com", ".io", ".ae", ".co.uk", ".net", ".com.")),
    stars=st.sampled_from(("*", "**", "*.*")),
    place=st.integers(0, 3),
)
def test_policies_that_list_every_name(end: str, stars: str, place: int) -> None:
    def rules(name: str) -> Given:
        return (
            crd("cilium.io/v2:CiliumNetworkPolicy", {"egress": [{"toFQDNs": [{"matchPattern": name}]}]}),
            crd("networking.k8s.aws/v1alpha1:ApplicationNetworkPolicy", {"egress": [{"to": [
                {"domainNames": [name]}]}]}),
            crd("projectcalico.org/v3:NetworkPolicy", {"egress": [{"action": "Allow", "destination": {
                "domains": [name]}}]}),
            crd("policy.networking.k8s.io/v1alpha2:ClusterNetworkPolicy", {"egress": [{"action": "Accept", "to": [
                {"domainNames": [name]}]}]}),
        )[place]  # fmt: skip

    assert "FJ-EXP-324" in findings(rules(f"{stars}{end}"))
    for name in (
        "*.example.ae",
        "api.example.com",
        "*.s3.me-central-1.amazonaws.com",
        "*.local",
        "*.svc.cluster.local",
    ):
        assert "FJ-EXP-324" not in findings(rules(name))


@EXAMPLES
@given(cpus=st.integers(6, 40), kind=st.sampled_from(("ScaledObject", "ScaledJob")))
def test_autoscalers_that_state_no_maximum(cpus: int, kind: str) -> None:
    size = {"cpu": str(cpus), "memory": "8Gi"}
    container = {"resources": {"requests": size, "limits": size}}
    job = {"jobTargetRef": {"template": {"spec": pod(container)}}}
    spec = {"triggers": [], **({"scaleTargetRef": {"name": "x"}} if kind == "ScaledObject" else job)}
    plan = (workload("apps/v1:Deployment", container), crd(f"keda.sh/v1alpha1:{kind}", spec))
    assert "FJ-COST-126" in findings(*plan)
    stated = crd(f"keda.sh/v1alpha1:{kind}", {**spec, "maxReplicaCount": 4})
    assert "FJ-COST-126" not in findings(plan[0], stated)


@EXAMPLES
@given(highest=st.integers(65, 2_000), workers=st.integers(1, 4))
def test_trainings_that_grow(highest: int, workers: int) -> None:
    size = {"cpu": "4", "memory": "16Gi", "nvidia.com/gpu": "1"}
    template = {"metadata": {"labels": TAGS}, "spec": pod({"resources": {"requests": size, "limits": size}})}

    def training(most: int) -> Given:
        return crd("kubeflow.org/v1:PyTorchJob", {
            "elasticPolicy": {"minReplicas": 1, "maxReplicas": most},
            "pytorchReplicaSpecs": {"Worker": {"replicas": workers, "template": template}}})  # fmt: skip

    assert "FJ-COST-126" in findings(training(highest))
    assert "FJ-COST-126" not in findings(training(8))


@EXAMPLES
@given(name=st.sampled_from(("system-node-critical", "system-cluster-critical")), team=TEAMS)
def test_pods_of_teams_that_displace_the_platform(name: str, team: str) -> None:
    def work(namespace: str, priority: str) -> Given:
        template = {"metadata": {"labels": TAGS}, "spec": pod({}, priorityClassName=priority)}
        return k8s("apps/v1:Deployment", {"metadata": meta("x", namespace), "spec": {"template": template}})

    assert "FJ-COST-126" in findings(work(team, name))
    assert "FJ-COST-126" not in findings(work("kube-system", name))
    assert "FJ-COST-126" not in findings(work(team, "batch"))


@pytest.mark.parametrize("key", ["min-scale", "initial-scale", "activation-scale"])
def test_pods_that_every_service_keeps(key: str) -> None:
    def autoscaler(number: int) -> Given:
        data = {key: str(number)}
        return k8s("core/v1:ConfigMap", {"metadata": meta("config-autoscaler", "knative-serving"), "data": data})

    assert "FJ-COST-126" in findings(autoscaler(50))
    assert "FJ-COST-126" not in findings(autoscaler(1))


ROLES = st.sampled_from(
    ("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files", "pg_write_all_data", "postgres",
     "rds_superuser", "azure_pg_admin", "pg_maintain")
)  # fmt: skip


@EXAMPLES
@given(role=ROLES, others=st.lists(NAMES, max_size=2), upper=st.booleans())
def test_memberships_that_are_a_superuser(role: str, others: list[str], *, upper: bool) -> None:
    def cluster(*names: str) -> Given:
        roles = [{"name": "app", "login": True, "inRoles": list(names)}]
        return crd("postgresql.cnpg.io/v1:Cluster", {"instances": 3, "managed": {"roles": roles}})

    assert "FJ-ESC-115" in findings(cluster(*others, role.upper() if upper else role))
    assert "FJ-ESC-115" not in findings(cluster("pg_monitor", "pg_read_all_data", *(f"app_{name}" for name in others)))


@EXAMPLES
@given(verb=st.sampled_from(("user-info", "serviceaccount", "arbitrary-node", "associated-node")))
def test_verbs_that_act_as_others(verb: str) -> None:
    rule = {"apiGroups": ["authentication.k8s.io"], "resources": ["users"], "verbs": [f"impersonate:{verb}"]}
    assert "FJ-IDN-305" in findings(cluster_role(rule))


@pytest.mark.parametrize(("group", "kind", "verb", "refused"), [
    ("", "services/status", "patch", True), ("", "services/status", "get", False), ("", "services", "patch", True),
    ("karpenter.sh", "nodepools", "patch", True), ("karpenter.sh", "nodepools", "get", False),
    ("kueue.x-k8s.io", "clusterqueues", "update", True), ("kueue.x-k8s.io", "localqueues", "update", False),
])  # fmt: skip
def test_rights_that_reach_beyond_a_team(group: str, kind: str, verb: str, *, refused: bool) -> None:
    role = cluster_role({"apiGroups": [group], "resources": [kind], "verbs": [verb]})
    assert ("FJ-IDN-305" in findings(role)) is refused


@pytest.mark.parametrize(("account", "refused"), [
    ("kube-system:clusterrole-aggregation-controller", True), ("argocd-application-controller", True),
    ("argocd:argocd-application-controller", True), ("crossplane-system:crossplane", True), ("*", True),
    *((f"{namespace}:x", True) for namespace in (
        "kube-system", "kube-public", "istio-system", "default", "cert-manager", "kyverno", "crossplane", "velero",
        "karpenter", "flux", "flux-apps")),
    ("deployer", False), ("a:deployer", False), ("team-a:deployer", True), ("local-cluster:argocd-manager", True),
])  # fmt: skip
def test_accounts_that_apply_what_a_repository_says(account: str, *, refused: bool) -> None:
    target = {"server": "https://a", "namespace": "a"}
    project = crd("argoproj.io/v1alpha1:AppProject", {
        "sourceRepos": ["https://git.dc1.example.ae/a.git"], "destinations": [target],
        "destinationServiceAccounts": [{**target, "defaultServiceAccount": account}]})  # fmt: skip
    assert ("FJ-IDN-310" in findings(project)) is refused


@EXAMPLES
@given(key=st.sampled_from(("clusterDNS", "dnsServer", "upstreamNameservers", "dns_ips", "resolver", "node-dns")),
       last=st.integers(1, 254))  # fmt: skip
def test_resolvers_of_strangers(key: str, last: int) -> None:
    assert findings(config_map(f"config:\n  {key}: ['203.0.113.{last}']\n")) & {"FJ-RES-002", "FJ-RES-003"}
    assert not findings(config_map(f"config:\n  {key}: ['10.96.0.{last}']\n")) & {"FJ-RES-002", "FJ-RES-003"}


@EXAMPLES
@given(prefix=st.sampled_from(("storage.s3", "rsm.config", "s3", "remote.storage", "fs.s3a")),
       end=st.sampled_from(("bucket", "bucket.name", "bucket_name")), name=NAMES)  # fmt: skip
def test_buckets_that_properties_name(prefix: str, end: str, name: str) -> None:
    settings_of_storage = {
        "tieredStorage": {"remoteStorageManager": {"config": {f"{prefix}.{end}": f"someone-{name}"}}}
    }
    assert "FJ-RES-003" in findings(crd("kafka.strimzi.io/v1beta2:Kafka", {"kafka": settings_of_storage}))


@pytest.mark.parametrize(("duration", "authority", "refused"), [
    ("87600h", False, True), ("87600h0m0s", False, True), ("2160h", False, False), ("26304h", False, False),
    ("26305h", False, True), ("87600h", True, False),
])  # fmt: skip
def test_certificates_that_live_for_years(duration: str, *, authority: bool, refused: bool) -> None:
    spec = {"secretName": "a", "dnsNames": ["a.team-a.svc"], "issuerRef": {"name": "a", "kind": "Issuer"},
            "duration": duration, "isCA": authority}  # fmt: skip
    assert ("FJ-IDN-311" in findings(crd("cert-manager.io/v1:Certificate", spec))) is refused
