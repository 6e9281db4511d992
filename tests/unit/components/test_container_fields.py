"""Secrets, pull secrets and plain variables of runs and services."""

from typing import Any

import pytest

from falaj.components.core.validation.args import BadArguments
from tests.unit.components.training_sample import container, pod, run

SECRETS: dict[str, Any] = {"secrets": {"HF_TOKEN": {"secret": "hub", "key": "token"}}}


def test_a_secret_is_referenced_and_never_written() -> None:
    [variable] = [item for item in container(**SECRETS)["env"] if item["name"] == "HF_TOKEN"]
    assert variable == {"name": "HF_TOKEN", "valueFrom": {"secretKeyRef": {"name": "hub", "key": "token"}}}


def test_pull_secrets_are_the_pods() -> None:
    assert pod(pull_secrets=["registry", "other"])["imagePullSecrets"] == [{"name": "registry"}, {"name": "other"}]
    assert "imagePullSecrets" not in pod()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_TOKEN", "abc123"),
        ("DB_PASSWORD", "hunter2"),
        ("SETTING", "hf_" + "a" * 34),
        ("DATABASE", "postgresql://user:word@host/db"),
    ],
)
def test_a_plaintext_secret_is_refused_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(BadArguments) as refused:
        run(environment={name: value})
    [problem] = refused.value.problems
    assert problem.path == f"environment.{name}"
    assert value not in str(refused.value)
    assert f"secrets.{name}" in problem.fix


@pytest.mark.parametrize(
    "plain", [{"NCCL_DEBUG": "WARN"}, {"TOKENIZERS_PARALLELISM": "false"}, {"TOKEN_PATH": "/var/run/token"}]
)
def test_plain_settings_pass(plain: dict[str, str]) -> None:
    run(environment=plain)


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"secrets": {"FALAJ_RUN": {"secret": "a", "key": "b"}}}, "secrets.FALAJ_RUN"),
        ({"environment": {"MODE": "a"}, "secrets": {"MODE": {"secret": "a", "key": "b"}}}, "secrets.MODE"),
        ({"secrets": {"MODE": {"secret": "Not A Name", "key": "b"}}}, "secrets.MODE.secret"),
        ({"secrets": {"MODE": {"secret": "a", "key": "a/b"}}}, "secrets.MODE.key"),
        ({"secrets": {"MODE": {"secret": "a"}}}, "secrets.MODE.key"),
        ({"pull_secrets": ["Not A Name"]}, "pull_secrets.0"),
        ({"pull_secrets": ["registry", "other", "registry"]}, "pull_secrets.2"),
        ({"architectures": []}, "architectures"),
        ({"architectures": ["x86_64"]}, "architectures.0"),
    ],
)
def test_what_is_refused(changed: dict[str, Any], path: str) -> None:
    with pytest.raises(BadArguments) as refused:
        run(**changed)
    assert path in {problem.path for problem in refused.value.problems}
