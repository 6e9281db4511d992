"""Objects of policy engines and of Flagger: what changes, deletes or exempts others' objects, and runs commands.

An exception names objects: whoever creates objects in a namespace chooses what an exception for all of it lets in.
Kinds and fields by kyverno.io, "Policies and Rules" and "Policy Exceptions", and docs.flagger.app, "Webhooks", of which
excerpts were read on 2026-11-27. Kinds of the group policies.kyverno.io are an allow-list, judged by their names.
"""

from collections.abc import Iterator, Mapping
from typing import TypeGuard

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, items_of, one_or_many, shown_items, texts_in, walk
from ..readers.cel import always_true
from .admission_nobody import WITHOUT_NAMESPACE
from .hardening_patches import assigns_less
from .posting_policies import posts_objects

_EVALUATING_KINDS = frozenset(
    f"{scope}{kind}"
    for scope in ("", "Namespaced")
    for kind in ("ValidatingPolicy", "ImageValidatingPolicy", "ImageVerificationPolicy")
)
"""Kinds that only admit or refuse objects."""
_CLEANUP_KINDS = frozenset({"CleanupPolicy", "ClusterCleanupPolicy"})
_CLEANUP_KEYS = frozenset({"schedule", "match", "exclude", "conditions", "deletionPropagationPolicy"})
_PHASE = lazy_regex(r"\{\{\s*target\.status\.phase\s*\}\}")
_ENDED = frozenset({"Succeeded", "Failed"})
_IS_ONE_OF = frozenset({"Equal", "Equals", "In", "AnyIn"})
_TEST_PROGRAMS = frozenset({"hey", "wrk", "ghz", "k6", "fortio", "curl", "grep", "jq", "test", "sleep", "echo", "true"})
"""Programs of a load test or a test of acceptance."""
_SEPARATOR = lazy_regex(r"[|;&\n]+")
_SUBSTITUTION = lazy_regex(r"\$\(|`|<\(|>")


def engine_deed(group: str, kind: str, spec: Plain) -> str:
    """Returns what the controller of an object of Kyverno, Gatekeeper or Flagger does for it; empty if it is known to
    be harmless."""
    if group in ("kyverno.io", "policies.kyverno.io") and kind == "PolicyException":
        return next(_wide_exception(spec), "")
    if group in ("kyverno.io", "policies.kyverno.io") and posts_objects(spec):
        return "creates an object by a request with its own rights"
    if group == "policies.kyverno.io" and kind.removesuffix("List") not in _EVALUATING_KINDS:
        return "changes, creates or deletes objects"
    if group == "kyverno.io" and kind in _CLEANUP_KINDS:
        return "" if _removes_ended_pods(spec) else "deletes objects"
    if group == "trust.cert-manager.io" and kind.endswith("Bundle"):
        return "makes an authority trusted in every namespace" if _trusts_everywhere(spec) else ""
    if group == "config.gatekeeper.sh" and kind == "Config":
        everywhere = any(_is_of_teams(value) for _, value in walk(spec, "match[*].excludedNamespaces?"))
        return "exempts namespaces of teams from the policies" if everywhere else ""
    if group == "mutations.gatekeeper.sh":
        return "" if assigns_less(spec) else "changes objects after their evaluation"
    return next(_commands(spec), "") if group == "flagger.app" else ""


_NARROWING_KINDS = frozenset({
    ("networking.k8s.io/v1", "NetworkPolicy"), ("v1", "ResourceQuota"), ("v1", "LimitRange"),
})  # fmt: skip
"""Version and kind of objects that restrict the pods of their namespace."""
_GENERATE_KEYS = frozenset({
    "apiVersion", "kind", "name", "namespace", "data", "synchronize", "generateExisting",
    "orphanDownstreamOnPolicyDelete",
})  # fmt: skip
"""Keys of a rule that generates one object which it states itself (kyverno/kyverno, api/kyverno/v1, Generation): others
copy an object of the cluster, or generate several."""


def only_narrows(generate: Plain) -> bool:
    """Returns whether a rule of Kyverno generates an object that only restricts the pods of a namespace. A network
    policy is one if it allows nothing: policies add up (kubernetes.io, "Network Policies")."""
    if not isinstance(generate, Mapping) or not _GENERATE_KEYS.issuperset(generate):
        return False
    data = generate.get("data")
    spec = data.get("spec") if isinstance(data, Mapping) else None
    is_closed = isinstance(spec, Mapping) and not (spec.get("ingress") or spec.get("egress"))
    kind = (generate.get("apiVersion"), generate.get("kind"))
    is_stated = all(isinstance(part, str) for part in kind)  # A list has no hash.
    return is_stated and kind in _NARROWING_KINDS and is_closed


def _is_wide(value: Plain) -> bool:
    """Returns whether a name, or one of a list, is a wildcard for everything."""
    items = one_or_many(value)
    return any(item is UNKNOWN or (isinstance(item, str) and not item.strip("*?")) for item in items)


_OF_THE_PLATFORM = lazy_regex(r"(?:kube|openshift|gatekeeper|calico|cilium|istio|azure|aws|gke)-[\w*-]*|\*?-system")


def _is_of_teams(value: Plain) -> bool:
    """Returns whether one of a list of namespaces is a wildcard that is not only for those of the platform."""
    items = texts_in(value)
    return _is_wide(value) or any("*" in item and not _OF_THE_PLATFORM.fullmatch(item) for item in items)


def _wide_exception(spec: Plain) -> Iterator[str]:
    """Yields why an exception is wider than named rules for named objects."""
    for path in ("exceptions[*].policyName", "exceptions[*].ruleNames", "policyRefs[*].name"):
        if any(value is MISSING or _is_wide(value) for _, value in walk(spec, path) if _has(spec, path)):
            yield "exempts objects from every policy or rule"
    if isinstance(spec, Mapping) and "policyRefs" in spec and _is_met_by_all(spec.get("matchConditions")):
        yield "exempts every object from a policy"
    for path in ("images", "allowedValues"):
        if isinstance(spec, Mapping) and _is_wide(spec.get(path)):
            yield "exempts every image or value from a policy"
    match = spec.get("match") if isinstance(spec, Mapping) else None
    if isinstance(spec, Mapping) and "exceptions" in spec and _matches_everything(spec):
        yield "exempts every object of the cluster from policies"
    for clause in ("any", "all"):
        for part in filter(_is_mapping, _items(match, clause)):
            resources = part.get("resources")
            if clause == "any" and not resources:
                yield "exempts whatever somebody writes from policies"
            if isinstance(resources, Mapping) and not _names(resources, "names"):
                yield "exempts every object of its namespaces from policies"
            elif isinstance(resources, Mapping) and not _is_placed(resources):
                yield "exempts objects of a name in every namespace from policies"


def _matches_everything(spec: Mapping[str, Plain]) -> bool:
    """Returns whether an exception states neither a clause nor a condition, so that each object matches, or clauses of
    `all` without objects (kyverno/kyverno 080ab90d pkg/utils/match/match.go, CheckMatchesResources, read 2026-12-01).
    """
    match = spec.get("match")
    if match is UNKNOWN or (isinstance(match, Mapping) and UNKNOWN in match.values()):
        return False
    clauses = _items(match, "all")
    is_for_users = bool(clauses) and not any(part.get("resources") for part in filter(_is_mapping, clauses))
    return not spec.get("conditions") and not _items(match, "any") and (not clauses or is_for_users)


def _is_mapping(value: Plain) -> TypeGuard[Mapping[str, Plain]]:
    return isinstance(value, Mapping)


def _is_placed(resources: Mapping[str, Plain]) -> bool:
    """Returns whether a clause is for namespaces that it names, or for kinds of the cluster."""
    kinds = resources.get("kinds")
    bare = [kind.rpartition("/")[2] for kind in shown_items(kinds)]
    of_cluster = bool(bare) and all(map(WITHOUT_NAMESPACE.fullmatch, bare))
    return of_cluster or _names(resources, "namespaces") or bool(resources.get("namespaceSelector"))


_NAMING = lazy_regex(r"==|\bin\b|\.(?:startsWith|endsWith|matches|contains|exists)\s{0,9}\(")
"""What an expression in CEL has that asks for a name or a value."""


def _is_met_by_all(conditions: Plain) -> bool:
    """Returns whether every object meets the conditions in CEL of an exception; without any, all do."""
    if conditions is UNKNOWN:
        return False
    items = items_of(conditions)
    texts = [str(item.get("expression")) if isinstance(item, Mapping) else "" for item in items]
    return all(text and (always_true(text) or not _NAMING.search(text)) for text in texts)


def _trusts_everywhere(spec: Plain) -> bool:
    """Returns whether a bundle of trust-manager brings a certificate of its own into every namespace. A selector that
    is missing or empty is all of them (cert-manager/trust-manager fc1b53d, pkg/bundle/bundle.go)."""
    inline = any(value is not MISSING for _, value in walk(spec, "sources[*].inLine?"))
    target = spec.get("target") if isinstance(spec, Mapping) else None
    selector = target.get("namespaceSelector") if isinstance(target, Mapping) else None
    selects = isinstance(selector, Mapping) and any(selector.get(key) for key in ("matchLabels", "matchExpressions"))
    return inline and not selects and selector is not UNKNOWN


def _removes_ended_pods(spec: Plain) -> bool:
    """Returns whether a policy of Kyverno deletes pods that have ended and nothing else: all conditions of `all` must
    be met (kyverno/website 7c0814a5, policy-types/cleanup-policy.mdx and cluster-policy/preconditions.md, read
    2026-11-30)."""
    if not isinstance(spec, Mapping) or not _CLEANUP_KEYS.issuperset(spec):
        return False
    match, conditions = spec.get("match"), spec.get("conditions")
    if not isinstance(match, Mapping) or not isinstance(conditions, Mapping):
        return False
    clauses = [*([match] if "resources" in match else []), *_items(match, "any"), *_items(match, "all")]
    needs_end = any(map(_is_end, _items(conditions, "all")))
    return needs_end and bool(clauses) and all(map(_is_for_pods, clauses))


def _is_for_pods(clause: Plain) -> bool:
    resources = clause.get("resources") if isinstance(clause, Mapping) else None
    return isinstance(resources, Mapping) and resources.get("kinds") == ["Pod"]


def _items(section: Plain, key: str) -> list[Plain]:
    items = section.get(key) if isinstance(section, Mapping) else None
    return items_of(items)


def _is_end(condition: Plain) -> bool:
    """Returns whether a condition is only met by pods that have ended."""
    if not isinstance(condition, Mapping) or condition.get("operator") not in _IS_ONE_OF:
        return False
    value = condition.get("value")
    phases = one_or_many(value)
    is_phase = _PHASE.fullmatch(str(condition.get("key")).strip()) is not None
    return is_phase and bool(phases) and all(isinstance(item, str) and item in _ENDED for item in phases)


def _has(spec: Plain, path: str) -> bool:
    return isinstance(spec, Mapping) and path.partition("[")[0] in spec


def _names(resources: Mapping[str, Plain], key: str) -> bool:
    value = resources.get(key)
    return bool(value) and not _is_wide(value)


def _commands(spec: Plain) -> Iterator[str]:
    """Yields the commands of webhooks which are more than a test; the load tester runs them with its account."""
    for _, command in walk(spec, "analysis?.webhooks[*].metadata?.cmd?"):
        words = [part.split()[0] for part in _SEPARATOR.split(str(command)) if part.strip()]
        is_test = isinstance(command, str) and not _SUBSTITUTION.search(command) and _TEST_PROGRAMS.issuperset(words)
        if command is not MISSING and not is_test:
            yield f"runs a command ({str(command)[:60]!r})"
