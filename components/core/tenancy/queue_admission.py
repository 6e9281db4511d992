"""Admission policies that keep pods of a tenant with a queue off machines for queued work, unless Kueue admitted them.

Kueue manages jobs only. A bare pod, a Deployment or a Job with a forged owner would otherwise run beside the queue, on
the machines whose quota it shares out. Pure: CEL expressions of ValidatingAdmissionPolicies (admissionregistration/v1).

Sources: Kueue v0.17.0, pkg/controller/jobframework/defaults.go (a job whose controller Kueue knows is not suspended)
and reconciler.go; Kubernetes 1.36, pkg/controller/job (pods are created by the service account job-controller) and
pkg/apis/core/validation (tolerations may be added to an existing pod; a pod with a nodeName bypasses the scheduler) and
pkg/apis/batch/validation (which fields of an existing Job may change).
"""

from falaj.components.core.charts.charts import KUBERAY_NAMESPACE, TRAINER_NAMESPACE
from falaj.components.core.tenancy.admission_policies import AdmissionPolicy, Check
from falaj.components.core.tenancy.queue_specs import QUEUED
from falaj.facts.labels import PROFILE_LABEL

JOB_CONTROLLER = "system:serviceaccount:kube-system:job-controller"
"""User that creates the pods of Jobs."""

CONTROLLER_NAMESPACES = ("kube-system", "kueue-system", "jobset-system", TRAINER_NAMESPACE, KUBERAY_NAMESPACE)
"""Namespaces of the controllers that create Jobs for others, or resume them when Kueue admits them."""

_PROFILES = [profile.value for profile in QUEUED]


def _tolerates(pod: str) -> str:
    """Returns the expression that is true for a pod that may run on machines for queued work."""
    of_profile = (
        f"t.key == '{PROFILE_LABEL}' && ((has(t.operator) && t.operator != 'Equal') || "
        f"(has(t.value) && t.value in {_PROFILES}))"
    )
    return (
        f"has({pod}.spec.tolerations) && {pod}.spec.tolerations.exists(t, "
        f"(!has(t.key) || t.key == '' || ({of_profile})) && (!has(t.effect) || t.effect in ['', 'NoSchedule']))"
    )


def _from(namespace: str) -> str:
    """Returns the expression that is true for requests of the service accounts of a namespace."""
    return f"'system:serviceaccounts:{namespace}' in request.userInfo.groups"


_BY_CONTROLLER = " || ".join(map(_from, CONTROLLER_NAMESPACES))

PODS = AdmissionPolicy(
    name="falaj-queued-pods",
    resources={"": ["pods"]},
    variables={
        "tolerates": _tolerates("object"),
        "tolerated": f"request.operation == 'UPDATE' && {_tolerates('oldObject')}",
    },
    checks=(
        Check(
            # KubeRay creates the pods of RayClusters itself.
            f"!variables.tolerates || variables.tolerated || request.userInfo.username == '{JOB_CONTROLLER}' || "
            + _from(KUBERAY_NAMESPACE),
            f"pods on machines of profile {' or '.join(_PROFILES)} must belong to a Job, JobSet, TrainJob or RayJob, "
            "which waits in the tenant's queue: submit one, or remove the toleration",
        ),
        Check(
            "request.operation == 'UPDATE' || !has(object.spec.nodeName) || object.spec.nodeName == ''",
            "a pod must not choose its node by nodeName, which bypasses the scheduler and taints: use a nodeSelector",
        ),
        Check(
            "!has(object.spec.resourceClaims) || size(object.spec.resourceClaims) == 0",
            "resource claims are not counted by the tenant's queue: request devices as resources, such as "
            "nvidia.com/gpu",
        ),
    ),
)

JOBS = AdmissionPolicy(
    name="falaj-queued-jobs",
    resources={
        "batch": ["jobs"],
        "jobset.x-k8s.io": ["jobsets"],
        "trainer.kubeflow.org": ["trainjobs"],
        "ray.io": ["rayjobs", "rayclusters"],
    },
    variables={
        "byController": _BY_CONTROLLER,
        "owners": "has(object.metadata.ownerReferences) ? object.metadata.ownerReferences : []",
        "formerOwners": "request.operation == 'UPDATE' && has(oldObject.metadata.ownerReferences) ? "
        "oldObject.metadata.ownerReferences : []",
        "wasSuspended": "request.operation == 'UPDATE' && has(oldObject.spec.suspend) && oldObject.spec.suspend",
        "isSuspended": "has(object.spec.suspend) && object.spec.suspend",
    },
    checks=(
        Check(
            "variables.byController || variables.owners == variables.formerOwners",
            "only controllers set ownerReferences of a run, or change them: Kueue does not queue a run that has such "
            "an owner; leave them unchanged",
        ),
        Check(
            # A Job of a JobSet may get more pods at any time, and more resources while it is suspended.
            "variables.byController || variables.formerOwners.size() == 0 || object.spec == oldObject.spec",
            "only controllers change the spec of a run that has an owner: Kueue has counted that of the owner; change "
            "that one",
        ),
        Check(
            "variables.byController || !variables.wasSuspended || variables.isSuspended",
            "a suspended run is resumed by Kueue when its queue has quota: leave spec.suspend unchanged",
        ),
    ),
)

POLICIES = (PODS, JOBS)
