"""Plaintext secrets in the variables and scripts of every service are reported, and never repeated in a message."""

import base64
import json

import pytest
from guardrails.exposure.plaintext_addresses import REPOSITORIES
from guardrails.exposure.plaintext_locations import FURTHER_SCRIPTS, FURTHER_SETTINGS

from .cases import put
from .exposure_cases import all_reports, reported
from .harness import UNKNOWN, named

SECRET = "hunter2"
RULE = "FJ-EXP-114"
BATCH_PATHS = (
    "containerProperties.environment",
    "ecsProperties.taskProperties[*].containers[*].environment",
    "nodeProperties.nodeRangeProperties[*].container.environment",
    "nodeProperties.nodeRangeProperties[*].ecsProperties.taskProperties[*].containers[*].environment",
)
SETTINGS = [(token, path) for token, paths in FURTHER_SETTINGS.items() for path in paths]
SETTINGS += [("aws:batch/jobDefinition:JobDefinition", path) for path in BATCH_PATHS]
SCRIPTS = [(token, path) for token, paths in FURTHER_SCRIPTS.items() for path in paths]
FORMS = (
    {"DB_PASSWORD": SECRET},
    [{"name": "DB_PASSWORD", "value": SECRET}],
    [{"key": "DB_PASSWORD", "value": SECRET}],
    {"DB_PASSWORD": {"type": "local", "value": SECRET}},
)
HARMLESS = ({"LOG_LEVEL": "info"}, [{"name": "DB_PASSWORD", "secretRef": "db"}], {"DB_PASSWORD": "{{resolve:x}}"}, {})


def _with(path: str, value: object) -> dict[str, object]:
    props: dict[str, object] = {}
    put(props, path, value)
    return props


@pytest.mark.parametrize(("token", "path"), SETTINGS)
def test_a_secret_in_variables_is_reported(token: str, path: str) -> None:
    for form in FORMS:
        reports = all_reports(token, _with(path, form))
        assert RULE in {item.rule for item in reports if item.mandatory}, form
        assert not any(SECRET in item.text for item in reports)
    for form in HARMLESS:
        assert RULE not in reported(token, _with(path, form)), form


@pytest.mark.parametrize(("token", "path"), SCRIPTS)
def test_a_secret_in_a_script_is_reported(token: str, path: str) -> None:
    script = f"export DB_PASSWORD={SECRET}\nServer=a;Password={SECRET};"
    for text in (script, base64.b64encode(script.encode()).decode()):
        reports = all_reports(token, _with(path, text))
        assert RULE in {item.rule for item in reports if item.mandatory}
        assert not any(SECRET in item.text for item in reports)
    assert RULE not in reported(token, _with(path, "echo ready"))


ADDRESSES = [(token, path) for token, paths in REPOSITORIES.items() for path in paths]


@pytest.mark.parametrize(("token", "path"), ADDRESSES)
def test_credentials_in_the_address_of_a_repository_are_reported(token: str, path: str) -> None:
    """After the cases of the AWS Guard rules registry, codebuild_project_source_repo_url_check (2024-03)."""
    for host in (f"octocat:{SECRET}@github.com", f"gho_{SECRET}@github.com", f"oauth2:{SECRET}@git.example.ae"):
        reports = all_reports(token, _with(path, f"https://{host}/owner/name.git"))
        assert RULE in {item.rule for item in reports if item.mandatory}, host
        assert not any(SECRET in item.text for item in reports)


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/owner/name.git",
        "ssh://git@github.com/owner/name.git",
        "git@github.com:owner/name.git",
        "https://organisation@dev.azure.com/organisation/project/_git/name",
        "https://user@bitbucket.org/user/name.git",
        "https://[bad",
        "falaj-sources/build.zip",
        UNKNOWN,
        None,
        ["https://github.com/owner/name.git"],
    ],
    ids=named,
)
def test_an_address_without_credentials_passes(address: object) -> None:
    for token, path in ADDRESSES:
        assert RULE not in reported(token, _with(path, address))


def test_json_text_of_batch_jobs_is_parsed() -> None:
    containers = [{"image": "a", "environment": [{"name": "API_KEY", "value": SECRET}]}]
    properties = json.dumps({"taskProperties": [{"containers": containers}]})
    assert RULE in reported("aws:batch/jobDefinition:JobDefinition", {"ecsProperties": properties})
    assert RULE not in reported("aws:batch/jobDefinition:JobDefinition", {"ecsProperties": "not json"})
