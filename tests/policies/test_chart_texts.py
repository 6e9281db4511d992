"""Texts and variables in the values of charts: secrets, access to the host and images that stand in them."""

import pytest

from .chart_values import release
from .exposure_cases import refused


def _refused(**values: object) -> set[str]:
    given = release("app", values)
    return set(refused(given.type, dict(given.props)))


@pytest.mark.parametrize(
    "values",
    [
        {"extraEnv": [{"name": "DB_PASSWORD", "value": "hunter22"}]},
        {"extraEnv": {"DB_PASSWORD": {"value": "hunter22"}}},
        {"extraEnv": "- name: DB_PASSWORD\n  value: hunter22\n"},
        {"config": {"app.yml": "store:\n  user: a\n  password: hunter22\n"}},
        {"template": "spec:\n  hostNetwork: true\n"},
        {"code": {"a": "c.Spawner.extra_pod_config = {'hostNetwork': True}\n"}},
    ],
)
def test_secrets_and_hosts_in_texts_are_refused(values: dict[str, object]) -> None:
    assert "FJ-ESC-107" in _refused(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"extraEnv": [{"name": "DB_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}]},
        {"extraEnv": [{"name": "REQUIRE_PASSWORD", "value": "true"}]},
        {"extraEnv": [{"name": "MAX_TOKEN", "value": "4096"}]},
        {"extraEnv": [{"name": "DB_PASSWORD", "value": "$(PASSWORD)"}]},
        {"config": {"app.yml": "store:\n  password: ${DB_PASSWORD}\n"}},
        {"config": {"app.yml": "store:\n  password: '{{ .Values.x }}'\n"}},
        {"proxy_config": {"model_list": [{"litellm_params": {"api_key": "os.environ/KEY"}}]}},
        {"template": "spec:\n  hostNetwork: false\n"},
        {"rules": {"a": "- rule: shell\n  condition: spawned and container.privileged=true\n"}},
    ],
)
def test_what_is_read_elsewhere_passes(values: dict[str, object]) -> None:
    assert "FJ-ESC-107" not in _refused(**values)


def test_images_in_texts_and_by_name_are_read() -> None:
    text = "- name: theme\n  image: docker.io/someone/theme:1\n"
    assert "FJ-ESC-113" in _refused(extraInitContainers=text)
    assert "FJ-ESC-113" in _refused(gateway={"image": {"name": "docker.io/someone/gateway", "tag": "1"}})
    assert "FJ-ESC-113" in _refused(**{"global": {"dockerRegistry": "docker.io/someone"}})
    assert "FJ-ESC-113" not in _refused(gateway={"image": {"name": "gateway", "tag": "1"}})
