"""Policies of a cluster for namespaces that are nowhere: they look like a protection, and protect nothing.

A policy selects namespaces by names (Kyverno, "Match/Exclude"; Gatekeeper, "Constraints"), by a selector of labels
(Kubernetes, "Dynamic Admission Control" and "Validating Admission Policy"), or by a condition on the namespace of the
object (kubernetes/api 10b39a39 admissionregistration/v1/types.go and open-policy-agent/gatekeeper dd8507eb
website/docs/howto.md, read 2026-11-29; kyverno/website 7c0814a5
match-exclude.md, read 2026-11-30). `*` stands for any characters in the names of
Kyverno and, at the end, of Gatekeeper (open-policy-agent/gatekeeper dd8507eb, howto.md, read 2026-11-29). A policy for
names of which neither the plan nor the settings know one (`known_namespaces`) is refused. Other labels may be those of
namespaces of other stacks. What changes or creates objects, and a webhook of an operator for its own kinds, are no such
protection.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from glob import escape

from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, stated_items
from ..engine.verdicts import Outcome, failed, passed
from ..readers.known_namespaces import Known
from ..readers.kubernetes_objects import ObjectPart, objects
from ..readers.name_patterns import NamePatterns, is_plain
from ..readers.webhooks import evaluates_others

_NAME = "kubernetes.io/metadata.name"
_SPACE = r"(?:object\.metadata\.namespace|request\.(?:object\.metadata\.)?namespace|namespaceObject\.metadata\.name)"
_TEXT = r"(?:'[^']*'|\"[^\"]*\")"
_ONE_OF = lazy_regex(
    rf"{_SPACE}\s*(?:==|in)\s*(?:\[\s*)?(?P<names>{_TEXT}(?:\s*,\s*{_TEXT})*)\s*\]?|(?P<name>{_TEXT})\s*==\s*{_SPACE}"
)
"""A condition in CEL on the name of the object's namespace, and on nothing else."""
_OBJECT_SPACE = lazy_regex(r"\{\{\s*request\.(?:object\.metadata\.)?namespace\s*(?:\|\|\s*(?:''|\"\")\s*)?\}\}")
_QUOTED = lazy_regex(r"'([^']*)'|\"([^\"]*)\"")
_EQUALITIES = ("Equals", "Equal", "In", "AnyIn", "AllIn")
_KYVERNO = lazy_regex(r"kubernetes:kyverno\.io/\w+:(?:Cluster)?Policy(?:Patch)?")
_BY_CONSTRAINTS = lazy_regex(
    r"kubernetes:policies\.kyverno\.io/\w+:(?:Namespaced)?(?:Image)?ValidatingPolicy"
    r"|kubernetes:admissionregistration\.k8s\.io/\w+:Validating\w+Policy"
)
_CHANGING = frozenset({"mutate", "generate"})
_REFUSING = frozenset({"validate", "verifyImages"})
"""Parts of a rule of Kyverno (kyverno/kyverno 111e07bb, api/kyverno/v1/rule_types.go, read 2026-11-29)."""

TYPES = (
    "kubernetes:kyverno.io/", "kubernetes:policies.kyverno.io/", "kubernetes:constraints.gatekeeper.sh/",
    "kubernetes:admissionregistration.k8s.io/",
)  # fmt: skip
"""Types of policies of a cluster."""


def _is_nowhere(names: Iterable[Plain], known: Known) -> bool:
    """Returns whether names, perhaps with stars, are those of no namespace of which one knows.

    What the plan knows may have stars too: selectors of Fargate profiles (AWS, "Fargate profile wildcards",
    2022-08-16) and destinations of Argo CD's projects.

    """
    patterns = list(names)
    if not patterns or UNKNOWN in patterns or known is None:
        return False
    return not any(_is_of_one(str(pattern), known) for pattern in patterns)


@lru_cache(4)
def _in_order(known: frozenset[str]) -> tuple[list[str], NamePatterns]:
    """Returns the names in order, and those with stars."""
    return sorted(known), NamePatterns(name for name in known if not is_plain(name))


def _is_of_one(pattern: str, known: frozenset[str]) -> bool:
    """Returns whether a name, perhaps with stars, may be that of a namespace of which one knows."""
    names, with_stars = _in_order(known)
    if pattern in known or with_stars.fit(pattern):
        return True
    start = pattern.removesuffix("*")
    if is_plain(start):
        place = bisect_left(names, start)
        return start != pattern and place < len(names) and names[place].startswith(start)
    return any(fnmatchcase(name, pattern) for name in known)


def selects_nothing(selector: ObjectPart, known: Known) -> bool:
    """Returns whether a selector lists names of namespaces of which the plan knows none."""
    label = selector.child("matchLabels").get(_NAME)
    lists = [[label]] if label is not MISSING else []
    for term in selector.children("matchExpressions"):
        values = term.get("values")
        if term.get("key") == _NAME and term.get("operator") == "In" and isinstance(values, list):
            lists.append(values)
    return any(_is_nowhere(names, known) for names in lists)


def _clause_is_nowhere(clause: ObjectPart, known: Known) -> bool:
    """Returns whether a part that selects objects, of Kyverno or Gatekeeper, names only namespaces that are nowhere."""
    is_by_names = _is_nowhere(stated_items(clause.get("namespaces")), known)
    return is_by_names or selects_nothing(clause.child("namespaceSelector"), known)


def _check_rule(rule: ObjectPart, known: Known) -> Iterator[Outcome]:
    """Yields the outcomes of a rule of Kyverno: one clause of `any` is enough, and all of `all` must apply."""
    if not _CHANGING.isdisjoint(rule.data) and _REFUSING.isdisjoint(rule.data):
        return
    match = rule.child("match")
    some = [clause.child("resources") for clause in match.children("any")]
    every = [match.child("resources"), *(clause.child("resources") for clause in match.children("all"))]
    is_nowhere = bool(some) and all(_clause_is_nowhere(clause, known) for clause in some)
    is_nowhere = is_nowhere or any(_clause_is_nowhere(clause, known) for clause in every)
    yield _outcome(match.path, is_nowhere)
    conditions = rule.child("preconditions")
    for condition in (*conditions.children("all"), *rule.children("preconditions")):
        yield _outcome(condition.path, _precondition_is_nowhere(condition, known))
    alternatives = list(conditions.children("any"))
    is_nowhere = bool(alternatives) and all(_precondition_is_nowhere(item, known) for item in alternatives)
    yield _outcome(conditions.path_to("any"), is_nowhere)
    yield from _check_conditions(rule, "celPreconditions", known)


def _precondition_is_nowhere(condition: ObjectPart, known: Known) -> bool:
    """Returns whether a precondition asks for namespaces that are nowhere. A text may have a list in JSON
    (kyverno/kyverno 111e07bb, pkg/engine/variables/operator/anyin.go, read 2026-11-29)."""
    is_of_space = _OBJECT_SPACE.fullmatch(str(condition.get("key")).strip()) is not None
    if not is_of_space or condition.get("operator") not in _EQUALITIES:
        return False
    listed = from_json(condition.get("value"))
    names = listed if isinstance(listed, list) else stated_items(condition.get("value"))
    # A variable may have any value; the namespace of an object of the cluster itself is empty.
    is_open = any("{{" in str(name) or name == "" for name in names)
    return not is_open and _is_nowhere(names, known)


def _check_conditions(part: ObjectPart, key: str, known: Known) -> Iterator[Outcome]:
    for condition in part.children(key):
        path, expression = condition.path_to("expression"), condition.get("expression")
        parts = expression.split("||") if isinstance(expression, str) else []
        yield _outcome(path, bool(parts) and all(_expression_is_nowhere(text, known) for text in parts))


def _expression_is_nowhere(expression: str, known: Known) -> bool:
    """Returns whether an expression in CEL without alternatives asks for namespaces that are nowhere."""
    found = _ONE_OF.fullmatch(expression.strip("() \t\r\n"))
    names = [first or second for first, second in _QUOTED.findall(found["names"] or found["name"])] if found else []
    return "" not in names and _is_nowhere(map(escape, names), known)


def _outcome(path: str, is_nowhere: bool) -> Outcome:
    return failed(f"{path} is for namespaces of which the plan knows none", path) if is_nowhere else passed()


def check_namespaces(resource: Resource, known: Known) -> Iterator[Outcome]:
    """Yields an outcome for each part of a policy that selects the namespaces for which it is."""
    for item in expand_list(resource):
        spec = ObjectPart("", item.props).child("spec")
        if _KYVERNO.fullmatch(item.type):
            for rule in spec.children("rules"):
                yield from _check_rule(rule, known)
            yield from _check_conditions(spec.child("webhookConfiguration"), "matchConditions", known)
        elif item.type.startswith("kubernetes:constraints.gatekeeper.sh/"):
            yield _outcome(spec.child("match").path, _clause_is_nowhere(spec.child("match"), known))
        elif _BY_CONSTRAINTS.fullmatch(item.type):
            selector = spec.child("matchConstraints").child("namespaceSelector")
            yield _outcome(selector.path, selects_nothing(selector, known))
            yield from _check_conditions(spec, "matchConditions", known)
    for configuration in objects(resource, "ValidatingWebhookConfiguration"):
        for webhook in filter(evaluates_others, configuration.children("webhooks")):
            selector = webhook.child("namespaceSelector")
            yield _outcome(selector.path, selects_nothing(selector, known))
            yield from _check_conditions(webhook, "matchConditions", known)
