"""Bindings of admission policies: one that only warns or records, or that selects no namespace, lets everything in.

Kubernetes, "Validating Admission Policy": `validationActions` is Deny, Warn or Audit, and only Deny refuses (API
reference of 1.36, as known). A second binding that records is ordinary beside one that refuses. For which namespaces
policies are is by `admission_namespaces`.
"""

from collections.abc import Collection, Iterator

from ..engine.families import unverifiable_rule
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart
from .admission_namespaces import TYPES as POLICY_TYPES
from .admission_namespaces import check_namespaces, selects_nothing
from .known_namespaces import Known, known_namespaces

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


def _check_bindings(resource: Resource, plan: Plan, known: Known) -> Iterator[Outcome]:
    policy = _spec(resource).get("policyName")
    others = (item for item in plan.of_type(*_BINDINGS) if _spec(item).get("policyName") == policy)
    path = "spec.validationActions"
    yield passed() if any(map(_refuses, others)) else failed(f"{path} has no Deny, so the policy refuses nothing", path)
    selector = ObjectPart("spec", _spec(resource)).child("matchResources").child("namespaceSelector")
    text = f"{selector.path} lists no namespace of which the plan knows"
    yield failed(text, selector.path) if selects_nothing(selector, known) else passed()


def admission_bindings(listed: Collection[str]) -> Guardrail:
    """Returns the guardrail of policies that refuse nothing. `listed`: namespaces that others create."""

    def check(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        known = known_namespaces(plan, listed)
        if resource.type in _BINDINGS:
            yield from _check_bindings(resource, plan, known)
        else:
            yield from check_namespaces(resource, known)

    return unverifiable_rule(
        117,
        Severity.MEDIUM,
        "Admission policies refuse what violates them",
        "a policy that only warns or records looks like a protection, and lets everything in",
        "Set validation_actions to [Deny], or add a binding that has it; select namespaces by a label that the "
        "platform sets, leave out by their names those that are excepted, or list those that others create under "
        "kubernetes.namespaces in enforcement.yaml",
        plan_predicate=check,
        types=POLICY_TYPES,
    )
