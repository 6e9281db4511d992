"""Steps of pipelines that verify who made something, or evaluate a plan, and after which the next step runs all the
same.

A step of Tekton with `onError: continue` may fail, and so may a task of a pipeline (tektoncd/pipeline 3ee1745ae,
docs/tasks.md and docs/pipelines.md), unless a later step reads its exit code; a step of Argo Workflows with
`continueOn` (argoproj/argo-workflows f016ad89eb, pkg/apis/workflow/v1alpha1, ContinueOn); read 2026-11-30.
Scans for known holes may fail: their reports are read later. A wrong signature has no later, nor has a plan that the
guardrails refuse. In texts, such as build specifications of CodeBuild (`on-failure`), components of EC2 Image Builder
(`onFailure`), workflows of GitHub (`continue-on-error`), jobs of GitLab (`allow_failure`), tasks of Azure Pipelines
(`continueOnError`) and of Ansible (`ignore_errors`), a word beside the commands says the same (aws-cdk,
aws-imagebuilder-alpha, ComponentOnFailure; awsdocs/aws-codebuild-user-guide a56def20 doc_source/build-spec-ref.md;
copies of GitLab's "CI/CD YAML syntax reference"; ansible/ansible-documentation ef72400c
docs/docsite/rst/playbook_guide/playbooks_error_handling.rst; `continue-on-error` in public workflows; MicrosoftDocs/
azure-devops-docs 056d95f6 docs/pipelines/process/tasks.md; read 2026-12-01), and in a shell what stands behind `||`.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.kubernetes_lists import expand_list
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, one_or_many, texts_in
from ..engine.verdicts import Outcome, failed
from ..readers.commands import command_texts
from ..readers.kubernetes_objects import ObjectPart
from ..readers.texts import read_texts

_VERIFIES = lazy_regex(
    r"\b(?:cosign|notation)\s{1,9}verify|\bslsa-verifier\b|\bin-toto-verify\b|\bgpgv?\b[^\n|;&]{0,200}--verify\b"
    r"|\bsha(?:256|512)sum\s{1,9}(?:-c|--check)|\bopenssl\b[^\n|;&]{0,200}-verify\b|\bminisign\s{1,9}-\w{0,9}V"
    r"|\brekor-cli\s{1,9}verify|\bjarsigner\s{1,9}-verify|\bhelm\s{1,9}verify"
    r"|\bpulumi\b[^\n|;&]{0,200}--policy-pack\b|\bfalaj\s{1,9}(?:check|preview|guardrails)\b|\bfalaj\.pipelines\b"
    r"|\bconftest\s{1,9}(?:test|verify)\b|\bgator\s{1,9}(?:test|verify)\b|\bkyverno\s{1,9}(?:apply|test)\b",
    re.IGNORECASE,
)
"""Commands that verify a signature or a sum, or evaluate the policies of a plan."""
_NAMED = lazy_regex(
    r"(?:^|[-_ ])(?:(?:verify|check|validate)[-_ ])?(?:signatures?|attestations?|provenance|cosign)(?:$|[-_ ])"
    r"|(?:^|[-_ ])verify[-_ ](?:image|signed|signer|artifact)s?(?:$|[-_ ])",
    re.IGNORECASE,
)
"""Names of steps; `verify` alone is as often a test of a build."""
_GOES_ON = {
    "on-failure": ("continue",), "onfailure": ("continue", "ignore"), "onerror": ("continue",),
    "continue-on-error": ("true",), "continueonerror": ("true",), "allow_failure": ("true",),
    "ignore_errors": ("true", "yes"), "ignoreerror": ("true",),
}  # fmt: skip
"""Key beside commands, in lower case -> the values by which a failure is of no account."""
_IN_SHELL = lazy_regex(r"[^\n;]{0,400}?\|\|\s{0,9}(?:true|:|echo|printf|logger|exit\s{1,9}0|/bin/true)(?![\w-])")
"""What follows a command whose failure is of no account."""
_STOPS = lazy_regex(r"\bexit\s{1,9}[1-9$]|\breturn\s{1,9}[1-9]|\bfalse\b")
_VARIABLES = {"PULUMI_OPTION_SKIP_PREVIEW": r"t(?:rue)?|1|y(?:es)?", "SKIP": r"[^\s]{0,200}\bfalaj-[^\s]{0,200}"}
"""Environment variable -> the values by which the guardrails are not asked: each flag of `pulumi` is one (a post on
PULUMI_OPTION_, and pulumi/pulumi, a test of PULUMI_OPTION_REFRESH; read 2026-12-01), policies of a whole stack are
evaluated in previews, and pre-commit leaves out the hooks that SKIP names (pre-commit/pre-commit.com a3ced3d4
sections/advanced.md, read 2026-12-01)."""
_ASSIGNED = lazy_regex(
    "|".join(rf"\b{name}=[\"']?(?:{values})(?![\w-])" for name, values in _VARIABLES.items()), re.IGNORECASE
)
_STATED = {name: lazy_regex(values, re.IGNORECASE) for name, values in _VARIABLES.items()}
_TYPES = ("kubernetes:tekton.dev/", "kubernetes:argoproj.io/")
_LONGEST = 20_000
"""Characters of a script that are read."""


def check_ignored(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each step that verifies something, and whose failure nothing waits for."""
    yield from _in_texts(resource)
    yield from _by_variables(resource)
    if not resource.type.startswith(_TYPES):
        return
    for item in expand_list(resource):
        yield from _within(ObjectPart("", item.props).child("spec"), "")


def _in_texts(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each command in a text that verifies something, and whose failure is of no account."""
    verifying = [(path, text) for path, text in command_texts(resource) if _VERIFIES.search(text[:_LONGEST])]
    if not verifying:
        return
    leaves = read_texts(resource).leaves
    single = {leaf.path for leaf in leaves}
    going = {
        leaf.path.rpartition(".")[0]: leaf.path for leaf in leaves
        if leaf.is_in_text and str(leaf.value).lower() in _GOES_ON.get(leaf.key.lower(), ())
    }  # fmt: skip
    # A list of texts may be one command or several: several are read one by one.
    beside = {_beside(path, going) for path, _ in verifying} - {""}
    for path in sorted(beside | {path for path, text in verifying if path in single and _is_ignored(text)}):
        yield failed(f"{path}: what a command verifies may be wrong, and the next one runs", path)


def _is_ignored(text: str) -> bool:
    """Returns whether a shell goes on after a command that verifies something."""
    ends = (_IN_SHELL.match(text, found.end()) for found in _VERIFIES.finditer(text[:_LONGEST]))
    return any(end and not _STOPS.search(text, end.end() - 9, end.end() + 200) for end in ends)


def _by_variables(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each environment variable by which the guardrails are not asked."""
    for leaf in read_texts(resource).leaves:
        pattern, text = _STATED.get(leaf.key), str(leaf.value)
        is_set = pattern is not None and len(text) < _LONGEST and pattern.fullmatch(text)
        if is_set or ("=" in text and _ASSIGNED.search(text[:_LONGEST])):
            yield failed(f"{leaf.path} must not be set: what is deployed is not evaluated before", leaf.path)


_BELOW = 3
"""Levels below a step at which its commands stand: `inputs.commands[0]`."""


def _beside(path: str, going: Mapping[str, str]) -> str:
    """Returns the path of the word that lets a failure pass, in the step in which a command is; empty if none does."""
    for _ in range(_BELOW):
        path = path.rpartition(".")[0]
        if path in going:
            return going[path]
    return ""


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
