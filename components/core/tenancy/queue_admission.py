"""Admission policies that keep pods of a tenant with a queue off machines for queued work, unless Kueue admitted them.

Kueue manages jobs only. A bare pod, a Deployment or a Job with a forged owner would otherwise run beside the queue, on
the machines whose quota it shares out. Pure: CEL expressions of ValidatingAdmissionPolicies (admissionregistration/v1).

Sources: Kueue v0.17.0, pkg/controller/jobframework/defaults.go (a job whose controller Kueue knows is not suspended)
and reconciler.go; Kubernetes 1.36, pkg/controller/job (pods are created by the service account job-controller) and
pkg/apis/core/validation (tolerations may be added to an existing pod; a pod with a nodeName bypasses the scheduler).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from falaj.components.core.tenancy.queue_specs import KUBERAY_NAMESPACE, QUEUED, TRAINER_NAMESPACE
from falaj.facts.labels import PROFILE_LABEL

JOB_CONTROLLER = "system:serviceaccount:kube-system:job-controller"
"""User that creates the pods of Jobs."""

CONTROLLER_NAMESPACES = ("kube-system", "kueue-system", "jobset-system", TRAINER_NAMESPACE, KUBERAY_NAMESPACE)
"""Namespaces of the controllers that create Jobs for others, or resume them when Kueue admits them."""

_PROFILES = [profile.value for profile in QUEUED]


@dataclass(frozen=True)
class Validation:
    """A CEL expression that must be true, and the message if it is not."""

    expression: str
    message: str


@dataclass(frozen=True)
class AdmissionPolicy:
    """A policy for some resources in namespaces of tenants with a queue, on creates and updates.

    resources: API group -> version and resources. variables: name -> CEL expression.
    """

    name: str
    resources: Mapping[str, tuple[str, Sequence[str]]]
    variables: Mapping[str, str]
    validations: Sequence[Validation]

    def spec(self) -> dict[str, Any]:
        """Returns the spec of the ValidatingAdmissionPolicy. It rejects a request that it cannot evaluate."""
        rules = [
            {
                "apiGroups": [group],
                "apiVersions": [version],
                "operations": ["CREATE", "UPDATE"],
                "resources": list(resources),
            }
            for group, (version, resources) in self.resources.items()
        ]
        return {
            "failurePolicy": "Fail",
            "matchConstraints": {"resourceRules": rules},
            "variables": [{"name": name, "expression": text} for name, text in self.variables.items()],
            "validations": [
                {"expression": item.expression, "message": item.message, "reason": "Forbidden"}
                for item in self.validations
            ],
        }


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
    resources={"": ("v1", ["pods"])},
    variables={
        "tolerates": _tolerates("object"),
        "tolerated": f"request.operation == 'UPDATE' && {_tolerates('oldObject')}",
    },
    validations=(
        Validation(
            # KubeRay creates the pods of RayClusters itself.
            f"!variables.tolerates || variables.tolerated || request.userInfo.username == '{JOB_CONTROLLER}' || "
            + _from(KUBERAY_NAMESPACE),
            f"pods on machines of profile {' or '.join(_PROFILES)} must belong to a Job, JobSet, TrainJob or RayJob, "
            "which waits in the tenant's queue: submit one, or remove the toleration",
        ),
        Validation(
            "request.operation == 'UPDATE' || !has(object.spec.nodeName) || object.spec.nodeName == ''",
            "a pod must not choose its node by nodeName, which bypasses the scheduler and taints: use a nodeSelector",
        ),
        Validation(
            "!has(object.spec.resourceClaims) || size(object.spec.resourceClaims) == 0",
            "resource claims are not counted by the tenant's queue: request devices as resources, such as "
            "nvidia.com/gpu",
        ),
    ),
)

JOBS = AdmissionPolicy(
    name="falaj-queued-jobs",
    resources={
        "batch": ("v1", ["jobs"]),
        "jobset.x-k8s.io": ("v1alpha2", ["jobsets"]),
        "trainer.kubeflow.org": ("v1alpha1", ["trainjobs"]),
        "ray.io": ("v1", ["rayjobs", "rayclusters"]),
    },
    variables={
        "byController": _BY_CONTROLLER,
        "owners": "has(object.metadata.ownerReferences) ? object.metadata.ownerReferences : []",
        "formerOwners": "request.operation == 'UPDATE' && has(oldObject.metadata.ownerReferences) ? "
        "oldObject.metadata.ownerReferences : []",
        "wasSuspended": "request.operation == 'UPDATE' && has(oldObject.spec.suspend) && oldObject.spec.suspend",
        "isSuspended": "has(object.spec.suspend) && object.spec.suspend",
    },
    validations=(
        Validation(
            "variables.byController || variables.owners.all(owner, "
            "variables.formerOwners.exists(former, former.uid == owner.uid))",
            "only controllers set ownerReferences of a run: Kueue does not queue a run that has such an owner; remove "
            "them",
        ),
        Validation(
            "variables.byController || !variables.wasSuspended || variables.isSuspended",
            "a suspended run is resumed by Kueue when its queue has quota: leave spec.suspend unchanged",
        ),
    ),
)

POLICIES = (PODS, JOBS)
