"""Steps of pipelines that verify who made something, and after which the next step runs all the same.

A step of Tekton with `onError: continue` may fail, and so may a task of a pipeline (tektoncd/pipeline 3ee1745ae,
docs/tasks.md and docs/pipelines.md), unless a later step reads its exit code; a step of Argo Workflows with
`continueOn` (argoproj/argo-workflows f016ad89eb, pkg/apis/workflow/v1alpha1, ContinueOn); read 2026-11-30.
Scans for known holes may fail: their reports are read later. A wrong signature has no later.
"""

import re
from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list
from ..engine.reading import Plain, Resource, one_or_many, texts_in
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart

_VERIFIES = re.compile(
    r"\b(?:cosign|notation)\s{1,9}verify|\bslsa-verifier\b|\bin-toto-verify\b|\bgpgv?\b[^\n|;&]{0,200}--verify\b"
    r"|\bsha(?:256|512)sum\s{1,9}(?:-c|--check)|\bopenssl\b[^\n|;&]{0,200}-verify\b|\bminisign\s{1,9}-\w{0,9}V"
    r"|\brekor-cli\s{1,9}verify|\bjarsigner\s{1,9}-verify|\bhelm\s{1,9}verify",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:^|[-_ ])(?:(?:verify|check|validate)[-_ ])?(?:signatures?|attestations?|provenance|cosign)(?:$|[-_ ])"
    r"|(?:^|[-_ ])verify[-_ ](?:image|signed|signer|artifact)s?(?:$|[-_ ])",
    re.IGNORECASE,
)
"""Names of steps; `verify` alone is as often a test of a build."""
_TYPES = ("kubernetes:tekton.dev/", "kubernetes:argoproj.io/")
_LONGEST = 20_000
"""Characters of a script that are read."""


def check_ignored(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each step that verifies something, and whose failure nothing waits for."""
    if not resource.type.startswith(_TYPES):
        return
    for item in expand_list(resource):
        yield from _within(ObjectPart("", item.props).child("spec"), "")


def _within(part: ObjectPart, later: str) -> Iterator[Outcome]:
    """Yields the failures of a part and of what is in it. `later`: what the steps beside it say."""
    field = _ignores(part)
    name = part.data.get("name")
    is_read = isinstance(name, str) and bool(name) and re.search(rf"{re.escape(name)}\b[^\s]{{0,9}}exitCode", later)
    if field and _verifies(part) and not is_read:
        path = part.path_to(field)
        yield failed(f"{path}: what the step verifies may be wrong, and the next step runs", path)
    for key, value in part.data.items():
        if isinstance(value, dict):
            yield from _within(part.child(key), "")
        elif isinstance(value, list):
            beside = str(value)[:_LONGEST] if key == "steps" else ""
            yield from (outcome for inner in part.children(key) for outcome in _within(inner, beside))
            yield from _of_rows(part, key, value)


def _of_rows(part: ObjectPart, key: str, rows: list[Plain]) -> Iterator[Outcome]:
    """Yields the failures of lists in a list: the steps of Argo Workflows that run side by side."""
    for index, row in enumerate(rows):
        if isinstance(row, list):
            inner = ObjectPart(f"{part.path_to(key)}", {str(index): row})
            yield from (outcome for step in inner.children(str(index)) for outcome in _within(step, ""))


def _ignores(part: ObjectPart) -> str:
    """Returns the field that says that a failure is of no account; empty if none does."""
    if str(part.get("onError")).lower() == "continue":
        return "onError"
    going = part.child("continueOn")
    return "continueOn" if any(str(going.get(key)).lower() == "true" for key in ("failed", "error")) else ""


def _verifies(part: ObjectPart) -> bool:
    """Returns whether a step verifies a signature, by its command or by its name."""
    words = [text for key in ("command", "args") for text in texts_in(one_or_many(part.data.get(key)))]
    lines = " ".join([*words, *texts_in(one_or_many(part.data.get("script")))])[:_LONGEST]
    names = [part.get("name"), part.child("taskRef").get("name"), part.get("template"),
             part.child("templateRef").get("template")]  # fmt: skip
    is_named = any(isinstance(name, str) and len(name) < 300 and _NAMED.search(name) for name in names)
    return _VERIFIES.search(lines) is not None or is_named
