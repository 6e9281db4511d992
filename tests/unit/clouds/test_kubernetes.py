"""The emulated Kubernetes: objects, namespaces, custom kinds, releases, secrets, and rejected inputs."""

import json
from pathlib import Path

import pytest

from falaj.sandbox.clouds.kubernetes.kinds import is_namespaced, plural
from falaj.sandbox.clouds.property_values import to_plain_map
from falaj.sandbox.clouds.spec import CloudError
from falaj.sandbox.clouds.values import UNKNOWN, Json, get_path
from tests.unit.clouds.aws_site import Site
from tests.unit.clouds.driver import CreatedResource, Driver, Rejected, refused
from tests.unit.clouds.kubernetes_objects import (
    CONFIG_MAP,
    CRD,
    DEPLOYMENT,
    NAMESPACE,
    RELEASE,
    Open,
    deployment,
    job,
    kubeconfig,
    meta,
    namespace,
    refusal,
    release,
)


@pytest.fixture
def k8s(open_cloud: Open) -> Driver:
    return open_cloud("kubernetes", kubeconfig=kubeconfig())


def test_objects_are_created_read_updated_and_deleted(k8s: Driver) -> None:
    resources = [
        namespace(k8s),
        k8s.create(CONFIG_MAP, "settings", metadata=meta("settings", namespace="ml"), data={"a": "b"}),
        k8s.create(DEPLOYMENT, "serve", **deployment()),
        k8s.create("kubernetes:core/v1:Service", "serve", metadata=meta("serve"), spec={"ports": [{"port": 80}]}),
        k8s.create(RELEASE, "kueue", **release()),
        k8s.create(
            "kubernetes:kueue.x-k8s.io/v1beta2:ClusterQueue",
            "gpu",
            apiVersion="kueue.x-k8s.io/v1beta2",
            kind="ClusterQueue",
            spec={},
        ),
    ]
    assert [item.id for item in resources[:4]] == ["ml", "ml/settings", "default/serve", "default/serve"]
    assert resources[4].id == "default/kueue"
    for item in resources:
        read = k8s.read(item)
        assert to_plain_map(read.properties) == to_plain_map(item.outputs)
        assert to_plain_map(read.inputs) == to_plain_map(item.inputs)
        assert not k8s.diff(item, **_own(item)).changes
        outputs = to_plain_map(item.outputs)
        assert to_plain_map(k8s.update(item, **_own(item)).outputs) == outputs
    for item in reversed(resources):
        k8s.delete(item)
    assert k8s.everything() == []


def _own(resource: CreatedResource) -> dict[str, Json]:
    return {key: value for key, value in to_plain_map(resource.inputs).items() if not key.startswith("__")}


def test_fields_that_the_server_sets(k8s: Driver) -> None:
    resource = k8s.create("kubernetes:core/v1:Service", "serve", spec={"ports": [{"port": 80}]})
    assert get_path(to_plain_map(resource.inputs), "metadata.namespace") == "default"
    name = get_path(resource["metadata"], "name")
    assert isinstance(name, str)
    assert name.startswith("serve-")
    assert len(name) == len("serve-") + 8
    assert get_path(resource["metadata"], "namespace") == "default"
    assert str(get_path(resource["spec"], "clusterIP")).startswith("10.100.")
    planned = k8s.plan("kubernetes:core/v1:Service", "serve", spec={"ports": [{"port": 80}]})
    assert get_path(planned["spec"], "clusterIP") is UNKNOWN


def test_a_namespace_must_exist_unless_it_is_an_initial_one(k8s: Driver) -> None:
    there = {"metadata": meta("a", namespace="ml")}
    assert refusal(k8s, CONFIG_MAP, **there).endswith('namespaces "ml" not found')
    k8s.create(CONFIG_MAP, "a", metadata=meta("a", namespace="kube-system"))
    namespace(k8s)
    k8s.create(CONFIG_MAP, "b", **there)


def test_deleting_a_namespace_deletes_what_is_in_it(k8s: Driver) -> None:
    resource = namespace(k8s)
    k8s.create(CONFIG_MAP, "a", metadata=meta("a", namespace="ml"))
    k8s.create(CONFIG_MAP, "b", metadata=meta("a"))
    k8s.delete(resource)
    assert [item.id for item in k8s.everything()] == ["default/a"]


def test_names_are_taken_per_kind_namespace_and_cluster(k8s: Driver, open_cloud: Open) -> None:
    k8s.create(DEPLOYMENT, "serve", **deployment())
    assert refusal(k8s, DEPLOYMENT, **deployment()).endswith('deployments.apps "serve" already exists')
    k8s.create(CONFIG_MAP, "serve", metadata=meta("serve"))
    other = open_cloud("kubernetes", kubeconfig=kubeconfig("https://two.example"))
    resource = other.create(DEPLOYMENT, "serve", **deployment())
    other.delete(resource)
    assert len(k8s.everything()) == 2


@pytest.mark.parametrize(
    ("token", "inputs", "expected"),
    [
        (NAMESPACE, {"metadata": meta("Team_A")}, "a lowercase RFC 1123 label"),
        (NAMESPACE, {"metadata": meta("n" * 64)}, "no more than 63 characters"),
        (CONFIG_MAP, {"metadata": meta("a..b")}, "a lowercase RFC 1123 subdomain"),
        (CONFIG_MAP, {"metadata": meta("a", labels={"team": "x" * 64})}, "a valid label must be"),
        (CONFIG_MAP, {"metadata": meta("a", labels={"a/b/c": "x"})}, "a label key is"),
        (
            DEPLOYMENT,
            deployment(selector={"matchLabels": {"app": "other"}}),
            "`selector` does not match template `labels`",
        ),
        ("kubernetes:example.com/v1:Thing", {"apiVersion": "example.com/v1", "kind": "Thing"}, "no matches for kind"),
    ],
)
def test_the_api_server_refuses(k8s: Driver, token: str, inputs: dict[str, Json], expected: str) -> None:
    assert expected in refusal(k8s, token, **inputs)


def test_names_of_roles_are_free(k8s: Driver) -> None:
    k8s.create("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "x", metadata=meta("falaj:reader"), rules=[])


@pytest.mark.parametrize(
    ("token", "inputs", "path"),
    [
        (CONFIG_MAP, {"data": {"a": "b"}}, "data"),
        (DEPLOYMENT, deployment(), "spec"),
        ("kubernetes:batch/v1:Job", job("img"), "spec"),
        ("kubernetes:storage.k8s.io/v1:StorageClass", {"provisioner": "ebs.csi.aws.com"}, "provisioner"),
    ],
)
def test_changes_that_replace_an_object(k8s: Driver, token: str, inputs: dict[str, Json], path: str) -> None:
    labels = {"matchLabels": {"app": "other"}}
    changes: dict[str, dict[str, Json]] = {
        CONFIG_MAP: {"data": {"a": "c"}},
        DEPLOYMENT: deployment(selector=labels),
        "kubernetes:batch/v1:Job": job("other"),
        "kubernetes:storage.k8s.io/v1:StorageClass": {"provisioner": "disk.csi.azure.com"},
    }
    resource = k8s.create(token, "x", **inputs)
    assert k8s.diff(resource, **changes[token]).replaces == [path]
    assert k8s.diff(resource, **{**inputs, "metadata": meta("other")}).replaces == ["metadata"]


def test_an_immutable_config_map_cannot_change(k8s: Driver) -> None:
    resource = k8s.create(CONFIG_MAP, "fixed", metadata=meta("fixed"), immutable=True)
    with pytest.raises(CloudError, match="immutable"):
        k8s.update(resource, metadata=meta("fixed"), immutable=True, data={"a": "b"})


def test_names_that_the_server_generates(k8s: Driver) -> None:
    resource = k8s.create("kubernetes:batch/v1:Job", "run", metadata={"generateName": "run-"}, **job("img"))
    assert resource.id.startswith("default/run-")
    assert len(resource.id) == len("default/run-") + 5


def test_a_patch_names_an_object_that_may_exist(k8s: Driver) -> None:
    namespace(k8s)
    patch = "kubernetes:core/v1:NamespacePatch"
    assert k8s.create(patch, "labelled", metadata=meta("ml", labels={"a": "b"})).id == "ml"
    assert "name" not in to_plain_map(k8s.check(patch, "unnamed", {"metadata": {"labels": {"a": "b"}}}))["metadata"]  # type: ignore[operator]


def test_a_change_in_place(k8s: Driver) -> None:
    resource = k8s.create(DEPLOYMENT, "serve", **deployment())
    diff = k8s.diff(resource, **deployment(replicas=3))
    assert (diff.changes, diff.replaces) == (True, [])


def test_immutable_fields_cannot_change(k8s: Driver) -> None:
    token = "kubernetes:scheduling.k8s.io/v1:PriorityClass"
    resource = k8s.create(token, "high", metadata=meta("high"), value=1000)
    with pytest.raises(CloudError, match="field is immutable"):
        k8s.update(resource, metadata=meta("high"), value=2000)


def test_custom_kinds_need_their_definition(k8s: Driver) -> None:
    names = {"kind": "Thing", "plural": "things"}
    version = {"name": "v1", "served": True, "storage": True}
    spec: dict[str, Json] = {"group": "example.com", "names": names, "scope": "Namespaced", "versions": [version]}
    assert "must be spec.names.plural" in refusal(k8s, CRD, metadata=meta("thing"), spec=spec)
    definition = k8s.create(CRD, "things", metadata=meta("things.example.com"), spec=spec)
    thing = "kubernetes:example.com/v1:Thing"
    k8s.create(thing, "one", apiVersion="example.com/v1", kind="Thing", metadata=meta("one"), spec={"any": ["thing"]})
    with pytest.raises(Rejected) as rejected:
        k8s.create(thing, "two", apiVersion="example.com/v1", kind="Thing", metadata={"nam": "two"})
    assert list(rejected.value.failures) == ["metadata.nam"]
    k8s.delete(definition)
    assert k8s.everything() == []


def test_secrets_are_never_kept_in_clear(k8s: Driver, inventory_path: Path) -> None:
    token = "kubernetes:core/v1:Secret"
    resource = k8s.create(token, "db", metadata=meta("db"), stringData={"password": "correct-horse"})
    assert resource.inputs["stringData"].is_secret
    assert resource.outputs["stringData"].is_secret
    k8s.update(resource, metadata=meta("db"), stringData={"password": "battery-staple"})
    assert to_plain_map(k8s.read(resource).inputs)["stringData"] == {"password": "battery-staple"}
    kept = b"".join(file.read_bytes() for file in inventory_path.parent.glob("inventory.db*"))
    assert b"db" in kept
    assert b"correct-horse" not in kept
    assert b"battery-staple" not in kept


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"repositoryOpts": None}, "repositoryOpts.repo"),
        ({"version": None}, "pin it"),
        ({"chart": "./no-such-chart"}, "does not exist"),
        ({"namespace": "ml"}, 'namespaces "ml" not found'),
    ],
)
def test_releases(k8s: Driver, changes: dict[str, Json], expected: str) -> None:
    assert expected in refusal(k8s, RELEASE, **release(**changes))


def test_a_release_may_create_its_namespace_and_its_name_is_unique(k8s: Driver) -> None:
    resource = k8s.create(RELEASE, "kueue", **release(namespace="kueue-system", createNamespace=True))
    assert get_path(resource["status"], "status") == "deployed"
    k8s.create(CONFIG_MAP, "a", metadata=meta("a", namespace="kueue-system"))
    assert "cannot re-use a name" in refusal(k8s, RELEASE, **release(namespace="kueue-system"))


def test_the_context_chooses_the_cluster(open_cloud: Open) -> None:
    two = json.loads(kubeconfig())
    two["clusters"].append({"name": "d", "cluster": {"server": "https://two.example"}})
    two["contexts"].append({"name": "d", "context": {"cluster": "d", "user": "u"}})
    first = open_cloud("kubernetes", kubeconfig=json.dumps(two))
    second = open_cloud("kubernetes", kubeconfig=json.dumps(two), context="d")
    for cluster in (first, second):
        cluster.create(CONFIG_MAP, "a", metadata=meta("a"))
    assert {item.scope.split("/namespace/")[0] for item in first.everything()} == {
        "https://one.example c",
        "https://two.example d",
    }


def test_there_must_be_a_cluster(open_cloud: Open) -> None:
    assert "no kubeconfig" in refusal(open_cloud("kubernetes"), CONFIG_MAP, metadata=meta("a"))
    assert "names a server" in refusal(open_cloud("kubernetes", kubeconfig="nonsense"), CONFIG_MAP, metadata=meta("a"))


def test_a_cluster_of_a_cloud_is_reached_while_it_exists(aws: Driver, open_cloud: Open) -> None:
    site = Site(aws)
    cluster = site.cluster(site.role())
    server = cluster.text("endpoint")
    reached = open_cloud("kubernetes", kubeconfig=kubeconfig(server))
    item = reached.create(CONFIG_MAP, "a", metadata=meta("a"))
    wrong = open_cloud("kubernetes", kubeconfig=kubeconfig(server.replace("https://", "https://0")))
    assert "no such host" in refusal(wrong, CONFIG_MAP, metadata=meta("a"))
    elsewhere = open_cloud("kubernetes", kubeconfig=kubeconfig("https://falaj-1a.hcp.uaenorth.azmk8s.io:443"))
    assert "no such host" in refusal(elsewhere, CONFIG_MAP, metadata=meta("a"))
    aws.delete(cluster)
    for act in (lambda: reached.delete(item), lambda: reached.update(item, metadata=meta("a"), data={"a": "b"})):
        assert "is unreachable: Get" in refused(act)


def test_yaml_and_files_are_kubeconfigs_too(open_cloud: Open, tmp_path: Path) -> None:
    text = "clusters:\n- name: c\n  cluster: {server: https://one.example}\ncurrent-context: c\n"
    text += "contexts:\n- name: c\n  context: {cluster: c}\n"
    (tmp_path / "config").write_text(text)
    open_cloud("kubernetes", kubeconfig=text).create(CONFIG_MAP, "a", metadata=meta("a"))
    same = open_cloud("kubernetes", kubeconfig=str(tmp_path / "config"))
    assert "already exists" in refusal(same, CONFIG_MAP, metadata=meta("a"))


def test_objects_are_checked_against_the_sdk(k8s: Driver) -> None:
    with pytest.raises(Rejected) as rejected:
        k8s.create(DEPLOYMENT, "x", **deployment(replcas=1))
    assert list(rejected.value.failures) == ["spec.replcas"]


def test_kinds() -> None:
    assert not is_namespaced("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole")
    assert is_namespaced("kubernetes:kueue.x-k8s.io/v1beta2:LocalQueue")
    assert not is_namespaced("kubernetes:core/v1:NamespacePatch")
    expected = {
        "core/v1:ConfigMap": "configmaps",
        "networking.k8s.io/v1:NetworkPolicy": "networkpolicies.networking.k8s.io",
    }
    for kind, name in {**expected, "networking.k8s.io/v1:Ingress": "ingresses.networking.k8s.io"}.items():
        assert plural(f"kubernetes:{kind}") == name


def test_yaml_is_decoded_for_the_sdk(k8s: Driver) -> None:
    answer = k8s.invoke("kubernetes:yaml:decode", text="kind: A\n---\nkind: B\n---\n")
    assert answer == {"result": [{"kind": "A"}, {"kind": "B"}]}
    with pytest.raises(CloudError, match="cannot be read"):
        k8s.invoke("kubernetes:yaml:decode", text="a: [")
