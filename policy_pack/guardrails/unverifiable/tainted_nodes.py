"""Taints that Node Feature Discovery gives each machine of a cluster.

A rule without conditions is for each node, and so is one whose conditions only ask whether something is there that each
node has, such as a version of its kernel. `NoExecute` stops each pod without a toleration at once, `NoSchedule` lets
none start (kubernetes-sigs/node-feature-discovery, "Customization guide", taints, with an example for nodes that load
one module of the kernel, found as a string; Kubernetes, "Taints and Tolerations"; read 2026-12-02).
"""

from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN
from ..engine.verdicts import Outcome, failed, undetermined
from ..readers.kubernetes_objects import ObjectPart

_REPELS = ("NoExecute", "NoSchedule")
_OF_EVERY_NODE = lazy_regex(r"cpu\.(?:model|topology)|kernel\.version|system\.(?:dmiid|name|osrelease)")
"""Features that each node has, in each of their elements."""
_OF_DEVICES = lazy_regex(r"(?:usb|rule|local)\.")
"""Features of which a node may have no element. An empty condition of another is met by the elements that each node has
(kubernetes-sigs/node-feature-discovery, MatchExpressionSet, MatchGetKeys, found as a string, read 2026-12-02)."""
_EVERY_TEXT = lazy_regex(r"\^?\(?(?:\.|\\[dwS]|\[[\w-]{1,20}\])?[*+?]?\)?\$?")
"""A pattern that each text has, such as `.*` or `[0-9]+`: it is searched for."""
_AT_LEAST = lazy_regex(r"-\d{1,9}|0")


def _is_met(expression: ObjectPart) -> bool:
    """Returns whether each node meets a condition on something that each node has."""
    values = expression.get("value")
    texts = values if isinstance(values, list) else [values]
    operator = expression.get("op")
    if operator in ("InRegexp", "Gt", "Ge"):
        pattern = _EVERY_TEXT if operator == "InRegexp" else _AT_LEAST
        return any(isinstance(text, str) and pattern.fullmatch(text) is not None for text in texts)
    return operator == "Exists"


def _is_of_every_node(matcher: ObjectPart) -> bool:
    """Returns whether each node meets all conditions of a rule, or of one of its alternatives."""
    return all(_is_term_met(term) for term in matcher.children("matchFeatures") if term.data)


def _is_term_met(term: ObjectPart) -> bool:
    """Returns whether each node meets one condition. One that asks for no element of its feature is met by all."""
    if UNKNOWN in (term.get("matchExpressions"), term.get("matchName")):
        return False
    expressions = term.child("matchExpressions")
    if not expressions.data and not term.data.get("matchName"):
        return _OF_DEVICES.match(str(term.get("feature"))) is None
    return (
        _OF_EVERY_NODE.fullmatch(str(term.get("feature"))) is not None
        and all(_is_met(expressions.child(key)) for key in expressions.data)
        and (not term.data.get("matchName") or _is_met(term.child("matchName")))
    )


def check_taints_of_nodes(item: ObjectPart) -> Iterator[Outcome]:
    """Yields a failure for each taint that a rule gives every node."""
    for rule in item.child("spec").children("rules"):
        alternatives = list(rule.children("matchAny"))
        is_known = UNKNOWN not in (rule.get("matchFeatures"), rule.get("matchAny"))
        is_wide = _is_of_every_node(rule) and (not alternatives or any(map(_is_of_every_node, alternatives)))
        for taint in rule.children("taints"):
            if is_wide and taint.get("effect") in _REPELS:
                path = taint.path_to("effect")
                text = f"{path}: the rule is for every machine, so that no pod of others stays or starts"
                yield (failed if is_known else undetermined)(text, path)
