"""The admission policies of queues on a real API server: what may not walk past the queue, and what still works."""

from collections.abc import Iterator
from typing import Any

import pytest

from falaj.components.core.tenancy.queue_admission import POLICIES
from falaj.facts.labels import QUEUED_LABEL
from falaj.sandbox.lab.api import Api, ApiError, wait_for
from tests.lab.objects import LabNamespace, Object, container, namespace_manifest, pod_spec
from tests.lab.test_queueing import flavor, queue
from tests.lab.test_training_forms import manifests, pods
from tests.unit.components.test_training_forms import RAY, RAY_JOB, RUNTIME, TRAIN, TRAIN_JOB
from tests.unit.components.training_sample import JOB_SET

TRAINING = {"key": "falaj/profile", "operator": "Equal", "value": "training", "effect": "NoSchedule"}
GROUP = "admissionregistration.k8s.io/v1"


@pytest.fixture(scope="module")
def policies(api: Api) -> Iterator[None]:
    """The policies, bound to namespaces with a queue."""
    selector = {"matchExpressions": [{"key": QUEUED_LABEL, "operator": "Exists"}]}
    made: list[Object] = []
    for policy in POLICIES:
        metadata = {"name": policy.name}
        binding = {"policyName": policy.name, "validationActions": ["Deny"]}
        made += [
            {"apiVersion": GROUP, "kind": "ValidatingAdmissionPolicy", "metadata": metadata, "spec": policy.spec()},
            {
                "apiVersion": GROUP,
                "kind": "ValidatingAdmissionPolicyBinding",
                "metadata": metadata,
                "spec": {**binding, "matchResources": {"namespaceSelector": selector}},
            },
        ]
    for manifest in made:
        api.apply(manifest)
    yield
    for manifest in reversed(made):
        api.delete(manifest)


@pytest.fixture
def queued(policies: None, namespace: LabNamespace) -> LabNamespace:
    """A namespace of a tenant with a queue, in which the policies are in force."""
    namespace.apply(namespace_manifest(namespace.name, queued=True))
    wait_for(lambda: _refusal(namespace, pod(namespace, tolerations=[TRAINING])), 30, "the policies to be in force")
    return namespace


def pod(namespace: LabNamespace, **spec: Any) -> Object:
    metadata = {"name": "one", "namespace": namespace.name}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {**pod_spec(None, container()), **spec}}


def job(namespace: LabNamespace, **metadata: Any) -> Object:
    named = {"name": "run", "namespace": namespace.name, **metadata}
    template = {"spec": {**pod_spec(None, container()), "tolerations": [TRAINING]}}
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": named, "spec": {"template": template}}


def deployment(namespace: LabNamespace) -> Object:
    spec = {**pod_spec(None, container()), "tolerations": [TRAINING], "restartPolicy": "Always"}
    labels = {"app": "past"}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "past", "namespace": namespace.name},
        "spec": {
            "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": spec},
        },
    }


def _refusal(namespace: LabNamespace, manifest: Object) -> str | None:
    try:
        namespace.api.request("POST", namespace.api.path(manifest, named=False) + "?dryRun=All", manifest)
    except ApiError as refused:
        return str(refused)
    return None


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ({"tolerations": [TRAINING]}, "must belong to a Job, JobSet, TrainJob or RayJob"),
        ({"tolerations": [{"operator": "Exists"}]}, "must belong to a Job, JobSet, TrainJob or RayJob"),
        (
            {"tolerations": [{"key": "falaj/profile", "operator": "Exists"}]},
            "must belong to a Job, JobSet, TrainJob or RayJob",
        ),
        ({"tolerations": [{**TRAINING, "value": "batch"}]}, "must belong to a Job, JobSet, TrainJob or RayJob"),
        ({"nodeName": "any"}, "must not choose its node"),
        (
            {"resourceClaims": [{"name": "gpu", "resourceClaimTemplateName": "gpus"}]},
            "not counted by the tenant's queue",
        ),
    ],
)
def test_a_pod_cannot_walk_past_the_queue(queued: LabNamespace, spec: Object, message: str) -> None:
    assert message in (_refusal(queued, pod(queued, **spec)) or "")


@pytest.mark.parametrize("spec", [{}, {"tolerations": [{**TRAINING, "value": "inference-gpu"}]}])
def test_served_models_are_not_concerned(queued: LabNamespace, spec: Object) -> None:
    assert _refusal(queued, pod(queued, **spec)) is None


def test_a_toleration_cannot_be_added_later(queued: LabNamespace) -> None:
    queued.apply(pod(queued))
    with pytest.raises(ApiError, match="must belong to a Job, JobSet, TrainJob or RayJob"):
        queued.api.merge(pod(queued), {"spec": {"tolerations": [TRAINING]}})


def test_a_deployment_gets_no_pod_there(queued: LabNamespace) -> None:
    queued.apply(deployment(queued))
    events = wait_for(
        lambda: [one for one in queued.api.list("v1", "Event", queued.name) if one.get("reason") == "FailedCreate"],
        30,
        "the refusal of the pods",
    )
    assert "must belong to a Job, JobSet, TrainJob or RayJob" in events[0]["message"]
    assert not queued.pods()


@pytest.mark.parametrize(
    ("kinds", "changed"),
    [((JOB_SET,), {}), ((RUNTIME, TRAIN_JOB), TRAIN), ((RAY_JOB,), RAY)],
    ids=["jobset", "trainjob", "rayjob"],
)
def test_a_run_of_each_form_gets_its_pods_once_it_is_admitted(
    queued: LabNamespace, kinds: tuple[str, ...], changed: Object
) -> None:
    queued.apply(flavor(queued.name, "spot"), *queue(queued.name, {queued.name: 4}))
    queued.apply(*manifests(queued, kinds, queue="runs", **changed))
    pods(queued, 2)


def test_a_forged_owner_is_refused(queued: LabNamespace) -> None:
    """The owner exists: Kueue's webhook refuses one that does not."""
    other = {"apiVersion": "jobset.x-k8s.io/v1alpha2", "kind": "JobSet"}
    named = {"name": "other", "namespace": queued.name}
    queued.apply({**other, "metadata": named, "spec": {"suspend": True, "replicatedJobs": []}})
    uid = (queued.api.get({**other, "metadata": named}) or {})["metadata"]["uid"]
    owner = {**other, "name": "other", "uid": uid, "controller": True}
    assert "only controllers set ownerReferences" in (_refusal(queued, job(queued, ownerReferences=[owner])) or "")


@pytest.fixture
def child(queued: LabNamespace) -> Object:
    """A Job of a JobSet that waits for its queue."""
    queued.apply(*manifests(queued, (JOB_SET,), queue="missing"))
    return wait_for(lambda: next(iter(queued.api.list("batch/v1", "Job", queued.name)), None), 30, "the JobSet's Job")


def larger(child: Object) -> Object:
    """Returns the container of a Job with more resources."""
    [container] = child["spec"]["template"]["spec"]["containers"]
    return {**container, "resources": {"requests": {"cpu": "64"}, "limits": {"cpu": "64"}}}


def test_a_run_is_not_enlarged_past_its_queue(queued: LabNamespace, child: Object) -> None:
    """Kueue has counted the JobSet. Kubernetes lets a Job of it change so (pkg/apis/batch/validation, 1.36)."""
    more_pods = {"parallelism": 50, "completions": 50}
    for spec in (more_pods, {"template": {"spec": {"containers": [larger(child)]}}}):
        with pytest.raises(ApiError, match="only controllers change the spec"):
            queued.api.merge(child, {"spec": spec})
    for metadata in ({"ownerReferences": None}, {"ownerReferences": [_freed(child)]}):
        with pytest.raises(ApiError, match="only controllers set ownerReferences"):
            queued.api.merge(child, {"metadata": metadata})
    queued.api.merge(child, {"metadata": {"labels": {"team": "a"}}})


def _freed(child: Object) -> Object:
    """Returns the owner of a Job as one that does not control it."""
    return {**child["metadata"]["ownerReferences"][0], "controller": False}


def test_nothing_is_refused_without_a_queue(policies: None, namespace: LabNamespace) -> None:
    assert _refusal(namespace, pod(namespace, tolerations=[TRAINING])) is None
