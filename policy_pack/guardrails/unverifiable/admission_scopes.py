"""Policies of a cluster that are in place and refuse nothing: because they only record, leave everybody out, or are
passed over when their server does not answer.

Kyverno, "Validate rules" and "Match/exclude" (kyverno/kyverno 111e07bb, api/kyverno/v1: the default of `failureAction`
is Audit); Gatekeeper, "Failing closed" (open-policy-agent/gatekeeper dd8507eb: it fails open by default), and fields of
templates in CEL (15ac3f72, pkg/drivers/k8scel/schema/schema.go, read 2026-11-29: `matchCondition`); Kubernetes,
"Dynamic admission control", matchConditions (read 2026-11-28). A webhook of an operator for its own kinds may be passed
over: it protects nothing but those. Fields with one dangerous value have rows in `data/object_switches.csv`.
"""

from collections.abc import Iterator

from ..engine.families import unverifiable_rule
from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, Resource, leaves, stated_items, walk
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cel import never_true
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, is_patch, objects
from ..readers.webhooks import evaluates_others
from .admission_charts import check_engine_charts
from .admission_left_out import check_left_out
from .admission_nobody import (
    check_constraint_scope,
    check_constraints,
    check_kyverno_operations,
    check_kyverno_settings,
    check_matched,
    check_programs,
    check_validations,
    sources_of,
    variables_of,
)
from .admission_signers import check_image_policy, check_signers
from .stopped_engines import check_stopped_engines

_KYVERNO = lazy_regex(r"kubernetes:kyverno\.io/\w+:(?:Cluster)?Policy")
_NEW_KYVERNO = lazy_regex(r"kubernetes:policies\.kyverno\.io/\w+:(?:Namespaced)?(?:Image)?ValidatingPolicy")
_CONSTRAINTS = "kubernetes:constraints.gatekeeper.sh/"
_EVERYBODY = lazy_regex(
    r"\*|system:(?:authenticated|unauthenticated|serviceaccounts|masters)|system:serviceaccounts?:\*"
    r"|admin|edit|view|system:(?:basic-user|discovery|public-info-viewer)"
)
"""Groups of everybody, and roles that teams, or all users, have."""
_NOT_FOR_EVERYBODY = lazy_regex(
    r"!\s*\(?[^&|]{0,120}(?:['\"]system:(?:authenticated|serviceaccounts)['\"]|['\"]system:serviceaccount:['\"])"
)
"""A condition in CEL that leaves out whoever signed in, or every service account."""
_LEAVING_OUT = ("DoesNotExist", "NotIn")
_NAMED_BY_ADMINISTRATORS = ("namespaces", "names", "name", "namespaceSelector", "operations")
"""Fields of a clause of Kyverno that objects do not choose by themselves."""


def _is_every(value: Plain) -> bool:
    return isinstance(value, str) and bool(value) and not value.strip("*?/")


def _narrows(clause: ObjectPart, kinds: frozenset[str]) -> bool:
    """Returns whether a clause of `exclude` names less than everybody and everything. `kinds` are those of the rule."""
    resources = clause.child("resources")
    for key in _NAMED_BY_ADMINISTRATORS:
        items = stated_items(resources.get(key))
        if items and not any(map(_is_every, items)):
            return True
    excluded = [item for item in stated_items(resources.get("kinds")) if isinstance(item, str)]
    if excluded and not any(map(_is_every, excluded)) and not kinds <= frozenset(excluded):
        return True
    subjects = [item.get("name") for item in clause.children("subjects")]
    named = [*subjects, *stated_items(clause.get("clusterRoles")), *stated_items(clause.get("roles"))]
    return bool(named) and not any(isinstance(item, str) and _EVERYBODY.fullmatch(item) for item in named)


def _excludes(rule: ObjectPart) -> Iterator[str]:
    """Yields the paths of clauses that leave everybody or everything out, or whoever sets a label."""
    matched = walk(rule.data, "match")
    kinds = frozenset(str(kind) for _, value in matched for kind in _kinds(value))
    exclude = rule.child("exclude")
    every = list(exclude.children("all"))
    clauses = [*exclude.children("any"), *([exclude] if exclude.data.keys() & {"resources", "subjects"} else [])]
    yield from (clause.path for clause in clauses if clause.data and not _narrows(clause, kinds))
    if every and not any(_narrows(clause, kinds) for clause in every):
        yield exclude.path_to("all")


def _kinds(value: Plain) -> Iterator[Plain]:
    for path in ("resources?.kinds", "any[*].resources?.kinds", "all[*].resources?.kinds"):
        for _, kinds in walk(value, path) if isinstance(value, dict) else ():
            yield from stated_items(kinds)


def _is_never_met(condition: ObjectPart) -> bool:
    """Returns whether a precondition compares two constants that differ."""
    key, operator, wanted = (condition.get(name) for name in ("key", "operator", "value"))
    is_constant = isinstance(key, str) and wanted is not MISSING and "{{" not in f"{key}{wanted}"
    return is_constant and operator in ("Equals", "In", "AnyIn", "AllIn") and key not in stated_items(wanted)


def _check_preconditions(rule: ObjectPart) -> Iterator[Outcome]:
    for condition in (*rule.child("preconditions").children("all"), *rule.children("preconditions")):
        if _is_never_met(condition):
            yield failed(f"{condition.path} is never met", condition.path)
        elif _is_of_labels(condition):
            yield failed(f"{condition.path} leaves out whoever sets the label", condition.path)


_OF_LABELS = lazy_regex(r"\brequest\.object\.metadata\.(?:labels|annotations)\b")


def _is_of_labels(condition: ObjectPart) -> bool:
    """Returns whether a precondition passes over what has a value of a label; one that is not empty is only asked for
    by rules on the label itself."""
    names = [str(item) for item in stated_items(condition.get("value"))]
    is_of_labels = _OF_LABELS.search(str(condition.get("key"))) is not None
    return is_of_labels and condition.get("operator") in _UNEQUAL and any(name.strip() for name in names)


_UNEQUAL = ("NotEqual", "NotEquals", "NotIn", "AnyNotIn", "AllNotIn")
"""Operators by which a rule is passed over if a label or an annotation has a value (kyverno/website
7c0814a5, policy-types/cluster-policy/preconditions.md, and kyverno/kyverno 111e07bb, api/kyverno/v1/common_types.go,
read 2026-11-30)."""


def _check_deny(rule: ObjectPart) -> Iterator[Outcome]:
    """Yields an outcome for what a rule denies: conditions that are never met deny nothing."""
    conditions = rule.child("validate").child("deny").child("conditions")
    every, some = list(conditions.children("all")), list(conditions.children("any"))
    is_nothing = any(map(_is_never_met, every)) or (bool(some) and all(map(_is_never_met, some)))
    yield failed(f"{conditions.path} are never met", conditions.path) if is_nothing else passed()


def _check_patterns(rule: ObjectPart) -> Iterator[Outcome]:
    """Yields an outcome for each pattern of which one is enough: one that every object has makes the others void."""
    validate = rule.child("validate")
    for pattern in (
        *validate.children("anyPattern"),
        *([validate.child("pattern")] if "pattern" in validate.data else []),
    ):
        values = [_is_of_everything(path, value) for path, _, value in leaves(pattern.data)]
        is_every = all(values) if values else not pattern.data
        yield failed(f"{pattern.path} is one that every object has", pattern.path) if is_every else passed()


_OF_ALL = lazy_regex(r"kind|apiVersion|metadata\.name|spec\.(?:template\.spec\.)?containers\[\d+\]\.(?:name|image)")
"""Fields that every object, or every pod, has."""


def _is_of_everything(path: str, value: Plain) -> bool:
    """Returns whether every object meets such a value of a field. `*` asks that there is one, unless the field is in
    `=(...)` (kyverno/kyverno 03cf29d0, pkg/engine/anchor/handlers.go, `defaultHandler` and `equalityHandler`)."""
    is_met_without = value == "*" and path.rpartition(".")[2].startswith("=(")
    return isinstance(value, str) and (
        is_met_without or (_OF_ALL.fullmatch(path) is not None and not value.strip("*?"))
    )


def _check_kyverno(resource: Resource) -> Iterator[Outcome]:
    spec = ObjectPart("", resource.props, is_patch(resource)).child("spec")
    has_action = spec.get("validationFailureAction") is not MISSING
    for rule in spec.children("rules"):
        parts = [rule.child("validate")] if "validate" in rule.data else []
        for part in (*parts, *rule.children("verifyImages")):
            is_stated = has_action or spec.is_patch or part.get("failureAction") is not MISSING
            path = part.path_to("failureAction")
            yield passed() if is_stated else failed(f"{path} is not set, and Audit only records what it finds", path)
        yield from _check_preconditions(rule)
        yield from _check_deny(rule)
        yield from _check_patterns(rule)
        yield from check_kyverno_operations(rule)
        yield from check_signers(rule)
        yield from check_validations(rule.child("validate").child("cel"), "expressions")
        yield from _check_conditions(rule, "celPreconditions")
        for path in _excludes(rule):
            yield failed(f"{path} leaves out everybody, everything, or whoever sets a label", path)
    yield from _check_conditions(spec.child("webhookConfiguration"))


def _check_constraint(resource: Resource) -> Iterator[Outcome]:
    for path, value in walk(resource.props, "spec?.match?.excludedNamespaces?"):
        every = any(map(_is_every, stated_items(value)))
        yield failed(f"{path} leaves out every namespace", path) if every else passed()
    selector = ObjectPart("", resource.props).child("spec").child("match").child("labelSelector")
    yield from _check_opt_out(selector)
    yield from check_constraint_scope(resource)


def _check_opt_out(selector: ObjectPart) -> Iterator[Outcome]:
    """Yields a failure for each label by which an object leaves itself out: users set labels (Kubernetes, API reference
    of ValidatingWebhook, objectSelector: only for webhooks that one opts into)."""
    for term in selector.children("matchExpressions"):
        if term.get("operator") in _LEAVING_OUT:
            yield failed(f"{term.path} leaves out whoever sets the label", term.path)


def _check_conditions(part: ObjectPart, key: str = "matchConditions") -> Iterator[Outcome]:
    """Yields the outcomes of conditions in CEL, of which each must be met."""
    for condition in part.children(key):
        expression, path = condition.get("expression"), condition.path_to("expression")
        if not isinstance(expression, str):
            continue
        if never_true(expression, variables_of(part)):
            yield failed(f"{path} is never met", path)
        elif _NOT_FOR_EVERYBODY.search(expression):
            yield failed(f"{path} leaves out whoever has signed in, or every service account", path)
        else:
            yield passed()


def _check_webhooks(resource: Resource) -> Iterator[Outcome]:
    for configuration in objects(resource, "ValidatingWebhookConfiguration"):
        for webhook in configuration.children("webhooks"):
            yield from _check_conditions(webhook)
            yield from _check_opt_out(webhook.child("objectSelector")) if evaluates_others(webhook) else ()
            yield from check_constraints(webhook)
            path = webhook.path_to("failurePolicy")
            is_open = webhook.get("failurePolicy") == "Ignore" and evaluates_others(webhook)
            yield (
                failed(f"{path} is Ignore: objects pass while its server does not answer", path)
                if is_open
                else passed()
            )


def _check_policies(resource: Resource) -> Iterator[Outcome]:
    for policy in objects(resource, "ValidatingAdmissionPolicy"):
        yield from _check_conditions(policy.child("spec"))
        yield from check_validations(policy.child("spec"))
        yield from check_matched(policy.child("spec"))
        yield from _check_opt_out(policy.child("spec").child("matchConstraints").child("objectSelector"))
    for binding in objects(resource, "ValidatingAdmissionPolicyBinding"):
        yield from _check_opt_out(binding.child("spec").child("matchResources").child("objectSelector"))
    for template in objects(resource, "ConstraintTemplate"):
        for source in sources_of(template):
            yield from check_validations(source)
            yield from _check_conditions(source, "matchCondition")
    for item in objects(resource, "ConstraintTemplate", "ConfigMap"):
        yield from check_programs(item)


def _check_scopes(resource: Resource) -> Iterator[Outcome]:
    yield from _check_webhooks(resource)
    yield from _check_policies(resource)
    yield from check_left_out(resource)
    yield from check_stopped_engines(resource)
    yield from check_kyverno_settings(resource)
    yield from check_engine_charts(resource)
    for item in expand_list(resource):
        if _KYVERNO.fullmatch(item.type):
            yield from _check_kyverno(item)
        elif _NEW_KYVERNO.fullmatch(item.type):
            spec = ObjectPart("", item.props).child("spec")
            yield from _check_conditions(spec)
            yield from check_validations(spec)
            yield from check_matched(spec)
            yield from _check_opt_out(spec.child("matchConstraints").child("objectSelector"))
            yield from check_image_policy(spec)
        elif item.type.startswith(_CONSTRAINTS):
            yield from _check_constraint(item)


ADMISSION_SCOPES: tuple[Guardrail, ...] = (
    unverifiable_rule(119, Severity.CRITICAL, "Policies of a cluster refuse what they forbid, for everybody",
                      "a policy that only records, leaves everybody out or fails open is passed by whoever knows it",
                      "Set failureAction to Enforce and failurePolicy to Fail; name the namespaces, objects and "
                      "accounts that are left out, and conditions that do not leave out every account; leave engines, "
                      "and what watches the cluster, their pods and kinds",
                      predicate=_check_scopes, types=KUBERNETES_TYPES),
)  # fmt: skip
