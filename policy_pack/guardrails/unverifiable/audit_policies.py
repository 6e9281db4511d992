"""Policies of the API server's audit by which records have the values of secrets, or lack who did what.

The first rule that matches a request decides, one without conditions matches all, a resource `*` is every resource of
its group with what is below it, and no group is the core group (kubernetes/kubernetes staging/src/k8s.io/apiserver/pkg/
apis/audit/types.go, read 2026-11-29). Kubernetes' own policy records metadata alone of secrets, config maps, tokens and
reviews of tokens, and leaves parts of the cluster out by their names (cluster/gce/gci/configure-helper.sh, found as a
string in copies, read 2026-11-30). Which of them count here, and whose requests may be left out, was decided here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf, read_texts

_RULE = lazy_regex(
    r"(?P<rule>(?P<policy>.*)\.rules\[(?P<index>\d{1,4})\])\.(?P<field>\w{1,20})(?P<rest>[\[.].*)?", re.DOTALL
)
_ENTRY = lazy_regex(r"\[(?P<entry>\d{1,4})\]\.(?P<field>group|resources)(?:\[\d{1,4}\])?")
_STAGE = lazy_regex(r"(?P<policy>.*)\.omitStages\[\d{1,4}\]", re.DOTALL)
_VERSION, _MARK = ".apiVersion", "audit.k8s.io/"
_WRITES = frozenset({"create", "update", "patch", "*"})
_READS = frozenset({"get", "list", "watch"})
_WITH_VALUES = (("", "secrets"), ("", "serviceaccounts/token"), ("authentication.k8s.io", "tokenreviews"))
"""Group and resource of what has passwords or tokens in its body."""
_GRAVE = (("", "secrets"), ("rbac.authorization.k8s.io", "clusterrolebindings"))
"""Group and resource of what a stranger reads or changes first."""
_EVERYBODY = frozenset({"system:authenticated", "system:unauthenticated", "system:masters", "system:serviceaccounts"})
_OF_CLUSTER = "system:"
"""Beginning of the names of parts of the cluster and of its accounts: they ask many times a minute."""


@dataclass
class _Rule:
    path: str
    level: str = ""
    fields: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Field -> its values; those of `resources` are in `entries`."""
    entries: dict[str, tuple[set[str], set[str]]] = field(default_factory=lambda: defaultdict(lambda: (set(), set())))
    """Number of an entry of `resources` -> its groups, of which there is one at most, and its resources."""

    def matches(self, group: str, resource: str) -> bool:
        """Returns whether the rule is for requests of a resource, from somebody."""
        if not self.entries:
            return "nonResourceURLs" not in self.fields
        names = {resource, "*", *(f"{resource.partition('/')[0]}/*" for _ in resource.partition("/")[1])}
        return any(
            (groups or {""}) & {group, "*"} and (not resources or resources & names)
            for groups, resources in self.entries.values()
        )

    def may_do(self, verbs: frozenset[str]) -> bool:
        """Returns whether the rule is for a request with one of some verbs."""
        return not self.fields["verbs"] or not verbs.isdisjoint(self.fields["verbs"])

    @property
    def is_for_all(self) -> bool:
        """Whether no request of a resource that the rule matches is left for the next one."""
        return not any(self.fields[name] for name in ("users", "userGroups", "verbs", "namespaces"))

    @property
    def is_for_people(self) -> bool:
        """Whether the rule is for requests of others than single parts of the cluster."""
        users, groups = self.fields["users"], self.fields["userGroups"]
        if not users and not groups:
            return True
        return not groups.isdisjoint(_EVERYBODY) or any(not name.startswith(_OF_CLUSTER) for name in users)


def check_audit_policies(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each rule that records values of secrets, or leaves out who reads them or gives rights."""
    leaves = read_texts(resource).leaves
    policies = {
        leaf.path.removesuffix(_VERSION)
        for leaf in leaves
        if leaf.path.endswith(_VERSION) and str(leaf.value).startswith(_MARK)
    }
    for policy, rules in _rules(leaves, policies).items() if policies else ():
        ordered = [rules[index] for index in sorted(rules)]
        yield from _with_values(ordered)
        yield from _without_records(ordered)
        stages = {str(leaf.value) for leaf in leaves if (found := _STAGE.fullmatch(leaf.path)) and found[1] == policy}
        if stages >= {"RequestReceived", "ResponseComplete"}:
            yield failed(f"{policy}.omitStages leaves out each record of a request", f"{policy}.omitStages")


def _rules(leaves: tuple[Leaf, ...], policies: set[str]) -> Mapping[str, dict[int, _Rule]]:
    """Returns the rules of each policy by their number."""
    found: dict[str, dict[int, _Rule]] = defaultdict(dict)
    for leaf in leaves:
        part = _RULE.fullmatch(leaf.path)
        if part is None or part["policy"] not in policies:
            continue
        rule = found[part["policy"]].setdefault(int(part["index"]), _Rule(part["rule"]))
        entry = _ENTRY.fullmatch(part["rest"] or "") if part["field"] == "resources" else None
        if entry is not None:
            rule.entries[entry["entry"]][entry["field"] == "resources"].add(str(leaf.value))
        elif part["field"] == "level":
            rule.level = str(leaf.value)
        else:
            rule.fields[part["field"]].add(str(leaf.value))
    return found


def _with_values(rules: list[_Rule]) -> Iterator[Outcome]:
    for group, resource in _WITH_VALUES:
        for rule in (rule for rule in rules if rule.matches(group, resource)):
            kept = {"Request": _WRITES, "RequestResponse": _WRITES | _READS}.get(rule.level, frozenset())
            if kept and rule.may_do(kept):
                text = f"{rule.path}.level is {rule.level}: values of {resource} stand in the records"
                yield failed(f"{text}; set Metadata for them in an earlier rule", f"{rule.path}.level")
                return
            if rule.is_for_all:
                break


def _without_records(rules: list[_Rule]) -> Iterator[Outcome]:
    for group, resource in _GRAVE:
        verbs = _WRITES if group else _WRITES | _READS
        for rule in (rule for rule in rules if rule.matches(group, resource)):
            if rule.level == "None" and rule.may_do(verbs) and rule.is_for_people:
                text = f"{rule.path}.level is None: nobody learns who read or changed {resource}"
                yield failed(text, f"{rule.path}.level")
                return
            if rule.is_for_all:
                break
