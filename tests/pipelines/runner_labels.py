"""The labels of the runners on which GitHub's workflows run their jobs."""

from __future__ import annotations

from tests.pipelines.expressions import evaluate
from tests.pipelines.steps import PIPELINES, document

RUN = {"github.run_id": "20", "github.run_attempt": "1"}


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
