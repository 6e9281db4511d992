"""InferencePools and endpoint pickers: our CRD is upstream's, and the real picker chooses by what pods report, with the
planned arguments and the planned rights."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from falaj.components.core.serving.backend_tls import server_name, tenant_names
from falaj.components.core.serving.inference_pools import POOL_CRD, POOL_CRD_ANNOTATIONS, pool_definition
from falaj.components.core.tenancy.tenancy import Tier
from falaj.components.kubernetes.cluster.foundation import Foundation
from falaj.sandbox.lab import upstream_files
from falaj.sandbox.lab.api import Api, ApiError, Json, wait_for
from falaj.sandbox.lab.cluster import Lab
from falaj.sandbox.lab.installation import manifests
from falaj.sandbox.lab.programs import PROGRAMS, program_path
from tests.lab.objects import LabNamespace, Object, container, pod_spec
from tests.lab.picker import Picker, kubeconfig_with_token, model_servers, running_picker, serving_certificate
from tests.lab.test_training_run import integers
from tests.unit.components.kubernetes_samples import FOUNDATION
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import recorded
from tests.unit.components.test_endpoint_picker import PICKED, POOL, ROUTE, named, picked
from tests.unit.components.test_picker_access import ACCOUNT, BINDING, ROLE

API = "inference.networking.k8s.io/v1"
BUSY, FREE = "127.71.0.2", "127.71.0.3"
"""Addresses of the pods."""
SECONDS = 60


def definition() -> Json:
    """Returns the spec of our CRD as the provider sends it (pulumi-kubernetes 4.34.2, provider.go)."""
    text = re.sub(r"x_kubernetes_\w+", lambda key: key[0].replace("_", "-"), yaml.safe_dump(pool_definition()))
    return yaml.safe_load(text)


def without_texts(schema: Json) -> Json:
    """Returns a schema without descriptions and messages."""
    if isinstance(schema, list):
        return [without_texts(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: without_texts(value)
        for key, value in schema.items()
        if key not in ("description", "message") or not isinstance(value, str)
    }


def test_our_definition_is_upstreams() -> None:
    folder = upstream_files.ensure(print)
    source = next(item for item in upstream_files.DEFINITIONS if item.name == "inference")
    [upstream] = manifests(upstream_files.files(folder, source))
    assert upstream["metadata"] == {"name": POOL_CRD, "annotations": POOL_CRD_ANNOTATIONS}
    assert without_texts(definition()) == without_texts(upstream["spec"])


def test_the_api_server_accepts_our_definition_and_not_without_its_approval(api: Api) -> None:
    ours: Object = {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": POOL_CRD, "annotations": dict(POOL_CRD_ANNOTATIONS)},
        "spec": definition(),
    }
    renamed = {**ours, "metadata": {"name": "falajpools.inference.networking.k8s.io"}}
    names = {**definition()["names"], "plural": "falajpools", "singular": "falajpool", "kind": "FalajPool"}
    renamed["spec"] = {**definition(), "names": {**names, "listKind": "FalajPoolList", "shortNames": []}}
    path = api.path(ours, named=False) + "?dryRun=All&fieldValidation=Strict"
    with pytest.raises(ApiError, match=r"api-approved\.kubernetes\.io"):
        api.request("POST", path, renamed)
    renamed["metadata"]["annotations"] = dict(POOL_CRD_ANNOTATIONS)
    api.request("POST", path, renamed)


PORT = {"number": 9002}
GOOD: Any = {
    "targetPorts": [{"number": 8000}],
    "selector": {"matchLabels": {"app": "model-server"}},
    "endpointPickerRef": {"name": "epp", "kind": "Service", "port": PORT},
}


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, None),
        ({"appProtocol": "kubernetes.io/h2c"}, None),
        ({"targetPorts": [{"number": number} for number in (8000, 80, 8081, 443)]}, None),
        ({"targetPorts": [{"number": number} for number in (8000, 80, 8000, 443)]}, "port"),
        ({"targetPorts": []}, "targetPorts"),
        ({"endpointPickerRef": {"name": "epp"}}, "port"),
        ({"endpointPickerRef": {"name": "epp", "kind": "Service"}}, "port"),
        ({"endpointPickerRef": {"name": "epp", "port": PORT, "failureMode": "Maybe"}}, "failureMode"),
        ({"selector": {"matchLabels": {}}}, "matchLabels"),
        ({"appProtocol": "https"}, "appProtocol"),
    ],
)
def test_pools_are_validated_as_upstream_tests_it(
    namespace: LabNamespace, changes: dict[str, Any], refused: str | None
) -> None:
    """The first seven are upstream's own cases (v1.5.0, test/cel/inferencepool_test.go)."""
    metadata = {"name": "case", "namespace": namespace.name}
    made = {"apiVersion": API, "kind": "InferencePool", "metadata": metadata, "spec": {**GOOD, **changes}}
    if refused is None:
        namespace.api.create(made)
    else:
        with pytest.raises(ApiError, match=refused) as error:
            namespace.api.create(made)
        assert error.value.status == 422


def test_the_planned_pool_and_route_are_accepted(namespace: LabNamespace) -> None:
    made = picked(namespace=namespace.name)
    namespace.apply(integers(made.one(POOL).inputs), integers(made.one(ROUTE).inputs))
    pool = namespace.api.get(made.one(POOL).inputs)
    assert pool is not None
    assert pool["spec"]["endpointPickerRef"]["failureMode"] == "FailOpen"


def space(name: str) -> Recording:
    """Returns what the platform creates for a tenant with endpoint pickers; the tenant's name is `name`."""
    limits = {"tier": Tier.ENTERPRISE, "cpu": 8, "memory_gib": 16, "gpus": 1, "endpoint_picker": True}
    return recorded(Foundation, {**FOUNDATION, "tenants": {name: limits}})


def moved(manifest: Object, namespace: str) -> Object:
    """Returns an object of the tenant's space in the namespace of the test."""
    subjects = [{**subject, "namespace": namespace} for subject in manifest.get("subjects", ())]
    metadata = {"name": manifest["metadata"]["name"], "namespace": namespace}
    return {**manifest, "metadata": metadata, **({"subjects": subjects} if subjects else {})}


class Space:
    """A namespace with the planned account, its rights, a pool, and two pods of a model."""

    def __init__(self, namespace: LabNamespace, lab: Lab, folder: Path) -> None:
        self.namespace, self.lab, self.folder = namespace, lab, folder
        planned = space("retail")
        self.account, self.role, self.binding = (
            moved(integers(named(planned, token, "endpoint-picker")), namespace.name)
            for token in (ACCOUNT, ROLE, BINDING)
        )
        self.made = picked(PICKED, namespace=namespace.name)
        namespace.apply(self.account, self.role, self.binding, integers(self.made.one(POOL).inputs))
        serving_certificate(folder, tenant_names(namespace.name))
        for name, address in (("busy", BUSY), ("free", FREE)):
            self.pod(name, address)

    def pod(self, name: str, address: str) -> None:
        """Creates a ready pod of the model with this address, on a node that nothing simulates."""
        api, node = self.namespace.api, f"{self.namespace.name}-node"
        self.namespace.apply({"apiVersion": "v1", "kind": "Node", "metadata": {"name": node}})
        labels = {"falaj/service": "sentiment"}
        manifest = {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": name, "namespace": self.namespace.name, "labels": labels},
            "spec": {**pod_spec(None, container()), "nodeName": node},
        }
        self.namespace.apply(manifest)
        ready = {"type": "Ready", "status": "True"}
        status = {"phase": "Running", "podIP": address, "podIPs": [{"ip": address}], "conditions": [ready]}
        api.merge(manifest, {"status": status}, "/status")

    def picker(self, name: str = "picker") -> Any:
        """Runs the planned picker with a token of the planned account."""
        token = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 600}}
        issued = self.namespace.api.request("POST", self.namespace.api.path(self.account) + "/token", token)
        config = kubeconfig_with_token(self.lab.kubeconfig, issued["status"]["token"], self.folder / name)
        [program] = [program_path(item) for item in PROGRAMS if item.file == "epp"]
        planned = named(self.made, "kubernetes:apps/v1:Deployment", "sentiment-picker")
        [planned_container] = planned["spec"]["template"]["spec"]["containers"]
        inside = self.namespace.name
        return running_picker(program, planned_container["args"], config, self.folder, inside, server_name(inside))


@pytest.fixture
def inside(namespace: LabNamespace, lab: Lab, tmp_path: Path) -> Space:
    return Space(namespace, lab, tmp_path)


def ready(picker: Picker) -> None:
    wait_for(picker.is_ready, SECONDS, "the picker to be ready")


def test_the_picker_chooses_the_replica_with_the_shorter_queue_and_follows_it(inside: Space) -> None:
    with model_servers(inside.folder, {BUSY: 40, FREE: 1}) as servers, inside.picker() as picker:
        ready(picker)
        wait_for(lambda: all(server.reads for server in servers.values()), SECONDS, "the metrics to be read")
        wait_for(lambda: picker.choice("one") == f"{FREE}:8443", SECONDS, "the choice of the free replica")
        assert {picker.choice(f"prompt {number}") for number in range(10)} == {f"{FREE}:8443"}
        servers[BUSY].waiting, servers[FREE].waiting = 0, 50
        wait_for(lambda: picker.choice("two") == f"{BUSY}:8443", SECONDS, "the choice of the other replica")
        # A deleted replica gets no more requests.
        inside.namespace.api.delete(
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "busy", "namespace": inside.namespace.name}},
            grace=0,
        )
        wait_for(lambda: picker.choice("three") == f"{FREE}:8443", SECONDS, "the choice of the replica that is left")
    assert picker.process.returncode == 0


@pytest.mark.parametrize("kept", [0, 1])
def test_each_rule_of_the_role_is_needed(inside: Space, kept: int) -> None:
    """Without pods the picker chooses none, and without pools it is never ready."""
    inside.namespace.api.apply({**inside.role, "rules": [inside.role["rules"][kept]]})
    with model_servers(inside.folder, {BUSY: 1, FREE: 1}) as servers, inside.picker() as picker:
        log = inside.folder / "picker.log"
        resource = ("inferencepools", "pods")[kept]
        wait_for(lambda: f'cannot list resource \\"{resource}\\"' in log.read_text(), SECONDS, "the refused list")
        assert not picker.is_ready()
        assert not any(server.reads for server in servers.values())


def test_the_account_reads_nothing_else(inside: Space) -> None:
    def allowed(verb: str, group: str, resource: str, namespace: str) -> bool:
        review = {
            "apiVersion": "authorization.k8s.io/v1",
            "kind": "SubjectAccessReview",
            "spec": {
                "user": f"system:serviceaccount:{inside.namespace.name}:endpoint-picker",
                "groups": ["system:serviceaccounts", "system:authenticated"],
                "resourceAttributes": {"verb": verb, "group": group, "resource": resource, "namespace": namespace},
            },
        }
        path = "/apis/authorization.k8s.io/v1/subjectaccessreviews"
        return inside.namespace.api.request("POST", path, review)["status"]["allowed"]

    own = inside.namespace.name
    assert allowed("watch", "", "pods", own)
    assert allowed("watch", "inference.networking.k8s.io", "inferencepools", own)
    for verb, group, resource, namespace in (
        ("list", "", "pods", "default"),
        ("list", "inference.networking.k8s.io", "inferencepools", ""),
        ("get", "", "secrets", own),
        ("create", "", "pods", own),
        ("update", "inference.networking.k8s.io", "inferencepools", own),
        ("create", "authentication.k8s.io", "tokenreviews", ""),
    ):
        assert not allowed(verb, group, resource, namespace), (verb, resource, namespace)
