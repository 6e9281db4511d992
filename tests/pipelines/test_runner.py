"""The label and the time limit of jobs inside the network fit the runner that the landing zone makes."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.pipelines.expressions import evaluate
from tests.pipelines.runner_labels import inside, runner_label
from tests.pipelines.steps import PIPELINES, document

EXAMPLE = Path(__file__).parents[2] / "examples" / "landing-zone" / "aws" / "__main__.py"


def constant(name: str) -> object:
    """Returns the value of a constant of the example."""
    for node in ast.parse(EXAMPLE.read_text()).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name:
            return ast.literal_eval(node.value)
    raise AssertionError(name)


def test_the_label_names_the_project_and_the_run() -> None:
    """CodeBuild user guide, action-runner: `codebuild-PROJECT-RUN_ID-RUN_ATTEMPT`."""
    assert runner_label(project="falaj-runner-uae") == "codebuild-falaj-runner-uae-20-1"
    assert runner_label(project="falaj-runner-uae", label="in-network") == "codebuild-falaj-runner-uae-20-1"
    assert runner_label(label="in-network") == "in-network"
    assert runner_label() == ""


def test_an_expression_in_a_variable_is_a_text() -> None:
    """https://docs.github.com/actions/learn-github-actions/contexts: the value of a variable is not evaluated."""
    text = "codebuild-p-${{ github.run_id }}"
    assert evaluate("${{ vars.LABEL }}", {"vars.LABEL": text, "github.run_id": "20"}) == text


def test_the_runner_lets_the_longest_job_end() -> None:
    limits = [
        job["timeout-minutes"]
        for file in PIPELINES.glob("github/*.yml")
        for name, job in document(file)["jobs"].items()
        if (file.name, name) in inside()
    ]
    assert max(limits) == 120
    minutes = constant("JOB_MINUTES")
    assert isinstance(minutes, int)
    assert max(limits) + 15 <= minutes <= 480
    assert "build_timeout=JOB_MINUTES" in EXAMPLE.read_text()
