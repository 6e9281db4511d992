"""A tenant's deployer on the real API server: its own stack deploys, and what it tries beyond that is refused."""

import base64
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from falaj.components.core.serving.scaling_specs import OfficeReplicasSpec
from falaj.components.core.tenancy.deployer_role import tenant_group
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.facts.labels import SERVICE_LABEL
from falaj.sandbox.lab.api import Api, ApiError, wait_for
from falaj.sandbox.lab.certificates import sign_user
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project
from tests.lab.metric_attempts import METRICS, OWN_QUERIES, scaled_by
from tests.lab.objects import LabNamespace, Object, container, platform_pool, pod_spec
from tests.lab.tenant_addresses import ADDRESSES, ADMITTED, BUDGETS
from tests.lab.tenant_attempts import (
    CONTENTS,
    OWN,
    PODS,
    RIGHTS,
    Attempt,
    PodAttempt,
    admission,
    thing,
)

USER = "mallory"


@pytest.fixture(scope="module")
def kubeconfig(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kubeconfig of the tenant's deployer: a certificate with the tenant's group."""
    pair = sign_user(lab.folder / "certificates", USER, tenant_group("insurance"))
    config = yaml.safe_load(lab.kubeconfig.read_text())
    config["users"][0]["user"] = {
        "client-certificate-data": base64.b64encode(pair.certificate.read_bytes()).decode(),
        "client-key-data": base64.b64encode(pair.key.read_bytes()).decode(),
    }
    file = tmp_path_factory.mktemp("tenant") / "kubeconfig"
    file.touch(mode=0o600)
    file.write_text(yaml.safe_dump(config))
    return file


@pytest.fixture(scope="module")
def platform(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The platform's part, deployed by its administrator."""
    project = lab_project(lab, "access_program.py", tmp_path_factory.mktemp("access project"))
    up = project.run("up", "dev")
    try:
        assert up.status == 0, up.output
        yield project
    finally:
        down = project.run("destroy", "dev")
    assert down.status == 0, down.output


@pytest.fixture(scope="module")
def tenant(platform: Project, api: Api, kubeconfig: Path) -> Api:
    """The API server, accessed as the tenant's deployer, once the policies are in force."""
    deployer = Api(kubeconfig)
    probe = next(attempt for attempt in CONTENTS if attempt.name == "external addresses")
    wait_for(lambda: _refusal(deployer, api, probe), 30, "the admission policies to be in force")
    return deployer


def _refusal(deployer: Api, admin: Api, attempt: Attempt) -> str | None:
    """Returns why an attempt is refused, or None. Nothing is changed."""
    path = admin.path(attempt.target, named=attempt.method != "POST" or bool(attempt.subresource))
    body = attempt.change if attempt.method == "PATCH" or attempt.subresource else attempt.target
    content = "application/merge-patch+json" if attempt.method == "PATCH" else "application/json"
    separator = "&" if "?" in attempt.subresource else "?"
    has_body = attempt.method in ("POST", "PATCH")
    dry = "" if attempt.method == "GET" else f"{separator}dryRun=All"
    try:
        deployer.request(attempt.method, f"{path}{attempt.subresource}{dry}", body if has_body else None, content)
    except ApiError as error:
        return f"{error.status}: {error}"
    return None


@pytest.mark.parametrize("attempt", RIGHTS + CONTENTS + ADDRESSES + BUDGETS + METRICS, ids=lambda attempt: attempt.name)
def test_what_a_tenant_may_not_do_is_refused(tenant: Api, api: Api, attempt: Attempt) -> None:
    refusal = _refusal(tenant, api, attempt)
    assert refusal is not None, "allowed"
    assert refusal.startswith("403: "), refusal
    assert re.search(attempt.refused, refusal.removeprefix("403: ")), refusal


@pytest.mark.parametrize("attempt", ADMITTED, ids=lambda attempt: attempt.name)
def test_what_a_tenant_needs_is_admitted(tenant: Api, api: Api, attempt: Attempt) -> None:
    assert _refusal(tenant, api, attempt) is None


def test_no_disruption_budget_selects_pods_of_a_run(tenant: Api, api: Api) -> None:
    """Their controllers have the rights of the platform, like this request."""

    def refusal(kind: str, labels: Object) -> str | None:
        owner = {"apiVersion": "example.com/v1", "kind": kind, "name": "x", "uid": "x", "controller": True}
        metadata = {"name": "x", "namespace": OWN, "labels": labels, "ownerReferences": [owner]}
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": pod_spec(None, container())}
        return _refusal(api, api, Attempt("a pod", "POST", pod))

    service = {SERVICE_LABEL: "claims"}
    for kind in ("Job", "RayCluster"):
        assert re.search(
            admission("pods", f"of a run do not have the label {SERVICE_LABEL}"), refusal(kind, service) or ""
        )
        assert refusal(kind, {}) is None
    assert refusal("ReplicaSet", service) is None


@pytest.mark.parametrize("query", OWN_QUERIES)
def test_services_scale_by_metrics_of_their_own_namespace(tenant: Api, api: Api, query: str) -> None:
    assert _refusal(tenant, api, scaled_by(query)) is None


def test_services_have_more_replicas_in_office_hours(tenant: Api, api: Api) -> None:
    scaled = scaled_by(OWN_QUERIES[0])
    scaled.target["spec"]["triggers"].append(OfficeReplicasSpec(min=3).trigger())
    assert _refusal(tenant, api, scaled) is None


def test_the_platform_may_scale_by_any_query_and_others_keep_it(tenant: Api, api: Api) -> None:
    """KEDA writes a finalizer to each ScaledObject, with rights of its own."""
    scaled = scaled_by("sum(up)")
    api.create(scaled.target)
    try:
        labelled = replace(scaled, method="PATCH", change={"metadata": {"labels": {"a": "b"}}})
        assert _refusal(tenant, api, labelled) is None
        triggers = scaled_by("sum(up)", threshold="2").target["spec"]["triggers"]
        changed = replace(scaled, method="PATCH", change={"spec": {"triggers": triggers}})
        assert re.search(scaled.refused, _refusal(tenant, api, changed) or "")
    finally:
        api.delete(scaled.target)


def _deployment(attempt: PodAttempt) -> Object:
    labels = {"attempt": attempt.name}
    metadata = {**attempt.metadata, "labels": {**labels, **attempt.metadata.get("labels", {})}}
    spec = {**pod_spec(None, container()), "restartPolicy": "Always", **attempt.spec}
    return thing(
        "apps/v1",
        "Deployment",
        attempt.name,
        OWN,
        spec={"selector": {"matchLabels": labels}, "template": {"metadata": metadata, "spec": spec}},
    )


@pytest.fixture(scope="module")
def deployments(tenant: Api, api: Api) -> Iterator[Api]:
    """The API server, with a Deployment of each attempt, which the tenant may create."""
    created = [_deployment(attempt) for attempt in PODS]
    for deployment in created:
        tenant.create(deployment)
    yield api
    for deployment in created:
        tenant.delete(deployment)


@pytest.mark.parametrize("attempt", PODS, ids=lambda attempt: attempt.name)
def test_pods_that_reach_beyond_the_tenant_are_refused(deployments: Api, attempt: PodAttempt) -> None:
    def failure() -> str | None:
        conditions = (deployments.get(_deployment(attempt)) or {}).get("status", {}).get("conditions", ())
        return next((item["message"] for item in conditions if item["type"] == "ReplicaFailure"), None)

    message = wait_for(failure, 60, f"the refusal of the pods of {attempt.name}")
    assert re.search(attempt.refused, message), message
    assert not [pod for pod in deployments.list("v1", "Pod", OWN, f"attempt={attempt.name}")]


def _set(attempt: PodAttempt) -> Object:
    """Returns a LeaderWorkerSet whose leaders and workers are the pods of an attempt."""
    spec = {**pod_spec(None, container()), "restartPolicy": "Always", **attempt.spec}
    template = {"metadata": dict(attempt.metadata), "spec": spec}
    templates = {"size": 2, "workerTemplate": template}
    return thing(
        "leaderworkerset.x-k8s.io/v1",
        "LeaderWorkerSet",
        f"set-{attempt.name}",
        OWN,
        spec={"leaderWorkerTemplate": templates, "networkConfig": {"subdomainPolicy": "UniquePerReplica"}},
    )


@pytest.fixture(scope="module")
def sets(tenant: Api, api: Api) -> Iterator[Api]:
    """The API server, with a LeaderWorkerSet of each attempt, which the tenant may create."""
    created = [_set(attempt) for attempt in PODS]
    for manifest in created:
        tenant.create(manifest)
    yield api
    for manifest in created:
        tenant.delete(manifest)


@pytest.mark.parametrize("attempt", PODS, ids=lambda attempt: attempt.name)
def test_replicas_on_several_machines_reach_no_further(sets: Api, attempt: PodAttempt) -> None:
    name = f"set-{attempt.name}"

    def failure() -> str | None:
        events = [item for item in sets.list("v1", "Event", OWN) if item["involvedObject"]["name"] == name]
        return next((item["message"] for item in events if item.get("reason") == "FailedCreate"), None)

    message = wait_for(failure, 60, f"the refusal of the pods of {name}")
    assert re.search(attempt.refused, message), message
    assert not sets.list("v1", "Pod", OWN, f"leaderworkerset.sigs.k8s.io/name={name}")


def test_there_are_enough_attempts_and_each_has_its_name() -> None:
    names = [attempt.name for attempt in (*RIGHTS, *CONTENTS, *ADDRESSES, *BUDGETS, *ADMITTED, *PODS)]
    assert len(names) == len(set(names)) >= 25


def test_the_tenants_own_stack_deploys_with_its_rights(
    tenant: Api, lab: Lab, api: Api, kubeconfig: Path, namespace: LabNamespace, tmp_path: Path
) -> None:
    namespace.apply(platform_pool("cpu", Profile.INFERENCE_CPU, Capacity.ON_DEMAND, ["m7g.2xlarge"]))
    project = lab_project(lab, "tenant_program.py", tmp_path)
    variables = project.session.environment | {"FALAJ_TENANT_KUBECONFIG": str(kubeconfig)}
    del variables["FALAJ_LAB_KUBECONFIG"]
    project = Project(replace(project.session, environment=variables))
    try:
        up = project.run("up", "dev")
        assert up.status == 0, up.output
        # A refresh reports a run that waits in its queue as unhealthy, and the next `up` sends it again.
        again = project.run("up", "dev")
        assert again.status == 0, again.output
        assert set(again.changes) == {"unchanged"}, again.output
        created = {
            (kind, item["metadata"]["name"])
            for version, kind in (("gateway.networking.k8s.io/v1", "HTTPRoute"), ("batch/v1", "Job"), ("v1", "Service"))
            for item in api.list(version, kind, OWN)
        }
        assert created == {("HTTPRoute", "claims"), ("Job", "claims-triage"), ("Service", "claims")}
    finally:
        down = project.run("destroy", "dev")
    assert down.status == 0, down.output
