"""Bindings of admission policies: one that only warns or records, or that selects no namespace, lets everything in.

Kubernetes, "Validating Admission Policy": `validationActions` is Deny, Warn or Audit, and only Deny refuses (API
reference of 1.36, as known). A second binding that records is ordinary beside one that refuses. Which namespaces there
are is known as far as the plan creates them or has objects in them: a selector that lists names passes if the plan has
something in one of them.
"""

from collections.abc import Iterator

from ..engine.families import unverifiable_rule
from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart

_BINDINGS = tuple(
    f"kubernetes:admissionregistration.k8s.io/v1{suffix}:ValidatingAdmissionPolicyBinding"
    for suffix in ("", "beta1", "alpha1")
)


def _spec(binding: Resource) -> dict[str, Plain]:
    spec = binding.get("spec")
    return spec if isinstance(spec, dict) else {}


def _refuses(binding: Resource) -> bool:
    actions = _spec(binding).get("validationActions")
    return actions is UNKNOWN or (isinstance(actions, list) and ("Deny" in actions or UNKNOWN in actions))


def _check_bindings(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    policy = _spec(resource).get("policyName")
    others = (item for item in plan.of_type(*_BINDINGS) if _spec(item).get("policyName") == policy)
    path = "spec.validationActions"
    yield passed() if any(map(_refuses, others)) else failed(f"{path} has no Deny, so the policy refuses nothing", path)
    selector = ObjectPart("spec", _spec(resource)).child("matchResources").child("namespaceSelector")
    text = f"{selector.path} lists no namespace of which the plan knows"
    yield failed(text, selector.path) if _selects_nothing(selector, plan) else passed()


_NAME = "kubernetes.io/metadata.name"
_SYSTEM = frozenset({"default", "kube-system", "kube-public", "kube-node-lease"})
"""Namespaces that every cluster has."""


def _selects_nothing(selector: ObjectPart, plan: Plan) -> bool:
    """Returns whether a selector lists names of namespaces of which none is in the plan. Other labels may be those of
    namespaces of other stacks."""
    listed = [selector.child("matchLabels").get(_NAME)]
    for term in selector.children("matchExpressions"):
        values = term.get("values")
        if term.get("key") == _NAME and term.get("operator") == "In" and isinstance(values, list):
            listed += values
    names = [name for name in listed if name is not MISSING]
    return bool(names) and UNKNOWN not in names and _SYSTEM.union(_namespaces(plan)).isdisjoint(map(str, names))


def _namespaces(plan: Plan) -> Iterator[str]:
    """Yields the names of the namespaces that a plan creates, and of those in which it has objects."""
    for resource in plan.with_prefix("kubernetes:"):
        if resource.type.startswith("kubernetes:helm.sh/"):
            yield str(resource.get("namespace"))
        for item in expand_list(resource):
            metadata = ObjectPart("", item.props).child("metadata")
            yield str(metadata.get("name" if kind_of(item) == "Namespace" else "namespace"))


ADMISSION_BINDINGS: tuple[Guardrail, ...] = (
    unverifiable_rule(117, Severity.MEDIUM, "Admission policies refuse what violates them",
                      "a policy that only warns or records looks like a protection, and lets everything in",
                      "Set validation_actions to [Deny], or add a binding that has it; select namespaces by a label "
                      "that the platform sets, or leave out by their names those that are excepted",
                      plan_predicate=_check_bindings, types=_BINDINGS),
)  # fmt: skip
