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
_EVERY_TEXT = lazy_regex(r"\^?\(?\.[*+]\)?\$?")


def _is_met(expression: ObjectPart) -> bool:
    """Returns whether each node meets a condition on something that each node has."""
    values = expression.get("value")
    texts = values if isinstance(values, list) else [values]
    operator = expression.get("op")
    return operator == "Exists" or (
        operator == "InRegexp" and any(_EVERY_TEXT.fullmatch(str(text)) is not None for text in texts)
    )


def _is_of_every_node(matcher: ObjectPart) -> bool:
    """Returns whether each node meets all conditions of a rule, or of one of its alternatives."""
    return all(
        _OF_EVERY_NODE.fullmatch(str(term.get("feature"))) is not None
        and all(_is_met(term.child("matchExpressions").child(key)) for key in term.child("matchExpressions").data)
        and (not term.data.get("matchName") or _is_met(term.child("matchName")))
        for term in matcher.children("matchFeatures")
        if term.data
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
