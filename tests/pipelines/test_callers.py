"""The files that another repository copies: short, on the page as they are, and of the version of this package."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from falaj import __version__
from tests.pipelines.components import COMPONENTS, component, included
from tests.pipelines.steps import PIPELINES, document

PAGE = PIPELINES.parent / "docs/pipelines.md"
CALLERS = sorted(file for file in PIPELINES.glob("*/callers/*") if file.suffix == ".yml" or file.name[0] == ".")


@pytest.mark.parametrize("file", CALLERS, ids=lambda file: file.parents[1].name + "/" + file.name)
def test_a_file_is_short_and_on_the_page(file: Path) -> None:
    text = file.read_text()
    assert len(text.splitlines()) <= 20
    assert f"```yaml\n{text}```" in PAGE.read_text()


def test_each_host_has_a_file() -> None:
    assert {file.parents[1].name for file in CALLERS} == {"azure", "github", "gitlab"}


def test_what_is_installed_is_this_version() -> None:
    header = next(yaml.safe_load_all((COMPONENTS / "check.yml").read_text()))
    azure = {parameter["name"]: parameter for parameter in document(PIPELINES / "azure/check.yml")["parameters"]}
    assert header["spec"]["inputs"]["falaj"]["default"] == azure["falaj"]["default"] == f"falaj=={__version__}"


def test_the_component_is_included_by_the_tag_of_a_release() -> None:
    """GitLab resolves a full version as it is written, by a tag or a commit (gitlabhq, lib/gitlab/ci/components/
    instance_path.rb, 2026-11-28): no `v` is added."""
    (include,) = document(PIPELINES / "gitlab/callers/.gitlab-ci.yml")["include"]
    assert include["component"].partition("@")[2] == f"v{__version__}"
    assert f"A release is a tag such as `v{__version__}`" in (PAGE.parent / "releasing.md").read_text()


@pytest.mark.parametrize("falaj", ["falaj==0.2.0", "https://packages.example.ae/falaj-0.2.0-py3-none-any.whl"])
def test_a_cache_has_a_key_that_gitlab_accepts(falaj: str) -> None:
    """A key has no slash, not even encoded, and is not made of full stops alone (GitLab's reference of `cache:key`, and
    gitlabhq, lib/gitlab/config/entry/validators.rb, KeyValidator, 2026-11-28)."""
    key = component("check", {"stacks": ["dev"], "falaj": falaj})["falaj check"]["cache"]["key"]
    assert "/" not in key
    assert "%2f" not in key.lower()
    assert key.strip(".")


def test_an_input_that_the_component_does_not_have_is_refused() -> None:
    with pytest.raises(AssertionError, match="unknown inputs"):
        component("check", {"stacks": ["dev"], "stakcs": []})
    with pytest.raises(AssertionError, match="requires"):
        component("check", {})


def test_the_component_has_no_credential() -> None:
    job = included()["falaj check"]
    assert job.keys() & {"id_tokens", "environment", "secrets", "tags"} == set()
    assert job["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
