"""Bindings of admission policies: one that only warns or records, or that selects no namespace, lets everything in.

`validationActions` is Deny, Warn or Audit, and only Deny refuses (kubernetes/api 10b39a39,
admissionregistration/v1/types.go, read 2026-11-29). A second binding that records is ordinary beside one that refuses.
For which namespaces policies are is by `admission_namespaces`.
"""

from collections.abc import Collection, Iterator

from ..engine.families import unverifiable_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.known_namespaces import Known, known_namespaces
from ..readers.kubernetes_objects import ObjectPart, name_key
from ..readers.webhooks import is_of_platform
from .admission_namespaces import TYPES as POLICY_TYPES
from .admission_namespaces import check_namespaces, selects_nothing
from .admission_nobody import covers, meet

_BINDINGS = tuple(
    f"kubernetes:admissionregistration.k8s.io/v1{suffix}:ValidatingAdmissionPolicyBinding"
    for suffix in ("", "beta1", "alpha1")
)


def _spec(binding: Resource) -> dict[str, Plain]:
    spec = binding.get("spec")
    return spec if isinstance(spec, dict) else {}


def _refusing(binding: Resource) -> Iterator[str]:
    """Yields the policy of a binding that refuses."""
    actions = _spec(binding).get("validationActions") if binding.type in _BINDINGS else None
    if actions is UNKNOWN or (isinstance(actions, list) and ("Deny" in actions or UNKNOWN in actions)):
        yield name_key(_spec(binding).get("policyName"))


def _policy_names(policy: Resource) -> Iterator[str]:
    if policy.type in _POLICIES:
        yield name_key(ObjectPart("", policy.props).child("metadata").get("name"))


_POLICIES = tuple(item.removesuffix("Binding") for item in _BINDINGS)
_OF_PARAMETERS = lazy_regex(
    r"default|(?:platform|security|policy|policies|admission|governance|compliance)(?:-[\w-]+)?"
)
"""Namespaces of the parameters of policies, beside those of the platform."""
_OF_TEAMS = frozenset({("v1", "ConfigMap"), ("v1", "Secret")})
"""Kinds that teams write in their own namespaces."""


def _stated(part: ObjectPart, name: str) -> list[ObjectPart]:
    """Returns the rules of a list that say something: an empty one is for nothing."""
    return [rule for rule in part.children(name) if rule.data]


def _check_binding(binding: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields outcomes for what a binding takes out again of what its policy is for, or is for instead of it."""
    resources = ObjectPart("spec", _spec(binding)).child("matchResources")
    bound, excluded = (_stated(resources, name) for name in ("resourceRules", "excludeResourceRules"))
    named = plan.by_key(_policy_names).get(name_key(_spec(binding).get("policyName")), ())
    policies = [ObjectPart("spec", _spec(policy)) for policy in named]
    rules = [rule for policy in policies for rule in _stated(policy.child("matchConstraints"), "resourceRules")]
    is_nothing = bool(rules) and all(any(covers(other, rule) for other in excluded) for rule in rules)
    is_other = bool(rules and bound) and not any(meet(rule, other) for rule in rules for other in bound)
    text = f"{resources.path} leaves nothing of what the policy is for"
    yield failed(text, resources.path) if is_nothing or is_other else passed()
    yield from _check_parameters(binding, policies)


def _check_parameters(binding: Resource, policies: list[ObjectPart]) -> Iterator[Outcome]:
    """Yields outcomes for who decides the policy's parameters: without a namespace they are those of the namespace of
    each object (kubernetes/api 10b39a39, admissionregistration/v1/types.go, ParamRef, read 2026-11-29), in which teams
    write config maps."""
    parameters = ObjectPart("spec", _spec(binding)).child("paramRef")
    path, namespace = parameters.path_to("namespace"), parameters.get("namespace")
    is_tenant = isinstance(namespace, str) and not (is_of_platform(namespace) or _OF_PARAMETERS.fullmatch(namespace))
    yield failed(f"{path} lets {namespace} decide what the policy refuses", path) if is_tenant else passed()
    kinds = {(str(kind.get("apiVersion")), str(kind.get("kind"))) for kind in (p.child("paramKind") for p in policies)}
    is_each = bool(parameters.data) and namespace in (MISSING, "") and bool(kinds & _OF_TEAMS)
    text = f"{path} is not set, so each namespace decides what the policy refuses of it"
    yield failed(text, path) if is_each else passed()


def _check_bindings(resource: Resource, plan: Plan, known: Known) -> Iterator[Outcome]:
    is_refusing = name_key(_spec(resource).get("policyName")) in plan.by_key(_refusing)
    path = "spec.validationActions"
    yield passed() if is_refusing else failed(f"{path} has no Deny, so the policy refuses nothing", path)
    yield from _check_binding(resource, plan)
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
