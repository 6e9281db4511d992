"""Evaluates `runs-on` of GitHub's workflows, once, as GitHub does: values are not evaluated again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.pipelines.steps import EXPRESSION, PIPELINES, document

_CALL = re.compile(r"format\('([^']*)',(.*)\)")
RUN = {"github.run_id": "20", "github.run_attempt": "1"}


def evaluate(text: str, values: Mapping[str, str]) -> str:
    """Returns the value of an expression of names, `format`, `&&` and `||`; an unknown name is empty."""
    match = EXPRESSION.fullmatch(text)
    if match is None:
        return text
    result = ""
    for alternative in match[1].split("||"):
        result = ""
        for operand in alternative.split("&&"):
            result = _operand(operand.strip(), values)
            if not result:
                break
        if result:
            break
    return result


def _operand(text: str, values: Mapping[str, str]) -> str:
    if call := _CALL.fullmatch(text):
        arguments = [values.get(name.strip(), "") for name in call[2].split(",")]
        return call[1].format(*arguments)
    return values.get(text, "")


def runner_label(project: str = "", label: str = "") -> str:
    """Returns the label of the jobs inside the network, of all workflows, with the repository's variables."""
    values = {**RUN, "vars.FALAJ_CODEBUILD_PROJECT": project, "vars.FALAJ_RUNNER_LABEL": label}
    (found,) = {evaluate(text, values) for text in inside().values()}
    return found


def inside() -> dict[tuple[str, str], str]:
    """Returns `runs-on` of the jobs with an identity in the accounts, by file and job."""
    return {
        (file.name, name): job["runs-on"]
        for file in sorted(PIPELINES.glob("github/*.yml"))
        for name, job in document(file)["jobs"].items()
        if job.get("permissions", {}).get("id-token") == "write"
    }
