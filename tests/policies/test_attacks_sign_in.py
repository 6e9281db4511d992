"""Settings that switch the sign-in of programs off, in each form in which programs read them."""

from typing import Any

import pytest
from guardrails.identity import sign_in

from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()


def is_refused(token: str, props: dict[str, Any]) -> bool:
    return "FJ-IDN-308" in blocking(PACK.evaluate_resource(Given(token, props)))


def config(**data: object) -> tuple[str, dict[str, Any]]:
    return "kubernetes:core/v1:ConfigMap", {"data": data}


def container(**fields: object) -> tuple[str, dict[str, Any]]:
    return "kubernetes:core/v1:Pod", {"spec": {"containers": [fields]}}


def postgres(line: str) -> tuple[str, dict[str, Any]]:
    return "kubernetes:postgresql.cnpg.io/v1:Cluster", {"spec": {"postgresql": {"pg_hba": [line]}}}


@pytest.mark.parametrize(
    ("off", "on"),
    [
        (config(**{"users.anonymous.enabled": "true"}), config(**{"users.anonymous.enabled": "false"})),
        (config(**{"policy.default": "role:admin"}), config(**{"policy.default": "role:readonly"})),
        (config(**{"server.disable.auth": "true"}), config(**{"server.disable.auth": UNKNOWN})),
        (config(**{"grafana.ini": "[auth.anonymous]\nenabled = true\n"}),
         config(**{"grafana.ini": "[auth.anonymous]\nenabled = false\n[auth]\nenabled = true\n"})),
        (config(**{"pg_hba.conf": "local all all peer\nhost all all 10.0.0.0/8 trust\n"}),
         config(**{"pg_hba.conf": "local all all trust\nhost all all 10.0.0.0/8 scram-sha-256\n"})),
        (config(**{"elasticsearch.yml": "xpack.security.enabled: false\n"}),
         config(**{"elasticsearch.yml": "xpack.security.enabled: true\n"})),
        (container(env=[{"name": "GF_AUTH_ANONYMOUS_ENABLED", "value": "true"}]),
         container(env=[{"name": "GF_AUTH_ANONYMOUS_ENABLED", "value": "false"}])),
        (container(env=[{"name": "POSTGRES_HOST_AUTH_METHOD", "value": "trust"}]),
         container(env=[{"name": "POSTGRES_HOST_AUTH_METHOD", "value": "scram-sha-256"}])),
        (container(args=["server", "--auth-mode=server"]), container(args=["server", "--auth-mode=sso"])),
        (container(args=["--ServerApp.token=''"]), container(args=["--ServerApp.token=$(TOKEN)"])),
        (postgres("hostssl all all all trust"), postgres("hostssl all all all cert")),
        (("kubernetes:helm.sh/v3:Release", {"values": {"grafana.ini": {"auth.anonymous": {"enabled": True}}}}),
         ("kubernetes:helm.sh/v3:Release", {"values": {"grafana.ini": {"auth.anonymous": {"enabled": False}}}})),
        (("aws:ecs/taskDefinition:TaskDefinition", {"containerDefinitions":
            '[{"environment": [{"name": "MYSQL_ALLOW_EMPTY_PASSWORD", "value": "yes"}]}]'}),
         ("aws:ecs/taskDefinition:TaskDefinition", {"containerDefinitions":
            '[{"environment": [{"name": "MYSQL_ROOT_HOST", "value": "yes"}]}]'})),
    ],
)  # fmt: skip
def test_programs_without_sign_in_are_refused(off: tuple[str, dict[str, Any]], on: tuple[str, dict[str, Any]]) -> None:
    assert is_refused(*off)
    assert not is_refused(*on)


EXAMPLES = {"true|yes|on|1": "true", "false|no|off|0": "off", ".+": "x"}
"""Values of the table that are patterns -> one that has the pattern."""


@pytest.mark.parametrize("name", sign_in._SETTINGS)
def test_every_setting_of_the_table_is_refused_as_a_variable_and_in_a_file(name: str) -> None:
    pattern = sign_in._SETTINGS[name]
    value = EXAMPLES.get(pattern, pattern)
    assert is_refused(*container(env=[{"name": name.upper(), "value": value}]))
    assert is_refused(*config(**{name: value.upper()}))
    if pattern != ".+":
        assert not is_refused(*container(env=[{"name": name.upper(), "value": f"not-{value}"}]))
