"""What excuses a setting stands beside it, in time and in the same element; limits of durations; unknown steps."""

import pytest
from guardrails.engine.verdicts import Verdict
from guardrails.readers.beside import is_beside
from guardrails.unverifiable.switch_rows import condition, read_rows

from tests.processor_time import within

from .blind import HERE, az, crd
from .harness import UNKNOWN, Pack, blocking

PACK = Pack()
SAFE = {(row.type, row.path): row.safe for rows in read_rows().values() for row in rows}
PIM = ("azure-native:authorization:PimRoleEligibilitySchedule", "scheduleInfo.expiration.duration")
SESSION = ("aws:ssoadmin/permissionSet:PermissionSet", "sessionDuration")
WAITS = ("azure-native:alertsmanagement:PrometheusRuleGroup", "rules.for")
MUTED = ("azure-native:alertsmanagement:SmartDetectorAlertRule", "throttling.duration")
REPLACED = ("azure-native:keyvault:Key", "properties.rotationPolicy.lifetimeActions.trigger.timeAfterCreate")


@pytest.mark.parametrize(
    ("path", "other", "beside"),
    [
        ("spec.containers[0].env[0].value", "spec.containers[0].env[1].value", True),
        ("spec.containers[0].env[0].value.auth.open", "spec.containers[0].env[1].value.auth.door", True),
        ("spec.containers[0].env[0].value", "spec.containers[0].args[1]", True),
        ("spec.containers[0].env[0].value", "spec.containers[0].volumeMounts[1].mountPath", True),
        ("spec.containers[0].args[0].auth.open", "spec.containers[0].args[1].auth.door", True),
        ("spec.containers[0].env[0].value", "spec.containers[1].env[1].value", False),
        ("spec.containers[0].env[0].value", "spec.initContainers[0].env[1].value", False),
        ("spec.hostname.strict", "spec.additionalOptions[2].value", True),
        ("data.config.listeners[0].tls.off", "data.config.listeners[1].tls.ca", False),
        ("items[0].data.config.open", "items[1].data.config.door", False),
        ("values.config.open", "values.extraEnv[3].value", True),
        ("spec.options[0].value", "spec.options[10].value", True),
        ("", "spec", True),
    ],
)
def test_what_stands_beside_a_setting(path: str, other: str, *, beside: bool) -> None:
    assert is_beside(path, other) is beside
    assert is_beside(other, path) is beside


def test_long_paths_cost_no_time() -> None:
    with within(1):
        for text in ("a." * 10_000, "[0]" * 7_000, "[" * 20_000, "]." * 10_000):
            is_beside(text, text[:-1])


@pytest.mark.parametrize(
    ("row", "bad", "good"),
    [(PIM, "P367D", "P12M"), (PIM, "PT9000H", "PT8760H"), (PIM, "P1Y12M", "P0Y180DT12H"), (SESSION, "PT721M", "PT12H"),
     (SESSION, "P1D", "PT43200S"), (WAITS, "P1W2D", "PT15M"), (WAITS, "P3DT200H", "P7DT12H"), (MUTED, "P8D", "PT30M"),
     (REPLACED, "P2Y500D", "P36M"), (REPLACED, "P99Y", "P365D")],
)  # fmt: skip
def test_limits_of_durations(row: tuple[str, str], bad: str, good: str) -> None:
    assert condition(SAFE[row]).judge(bad) is Verdict.FAIL
    assert condition(SAFE[row]).judge(good) is Verdict.PASS


@pytest.mark.parametrize("more", [{"step": UNKNOWN}, {"step": {"type": UNKNOWN, "dockerFilePath": "Dockerfile"}}])
def test_unknown_steps_of_a_registry_are_reported(more: dict[str, object]) -> None:
    reports = PACK.evaluate_resource(az("containerregistry:Task", {**HERE, "registryName": "cr", **more}))
    assert [report.rule for report in reports if "not known before deployment" in report.text] == ["FJ-ESC-102"]


@pytest.mark.parametrize(
    "line", ["host " + '"' * 20_000, "a," * 10_000, "host all all " + "1." * 10_000, "hostssl a b c ldap " * 1_000]
)
def test_hostile_rules_of_postgresql_cost_no_time(line: str) -> None:
    with within(3):
        PACK.evaluate_resource(crd("acid.zalan.do/v1:postgresql", {"patroni": {"pg_hba": [line]}}))


@pytest.mark.parametrize("value", [None, True, 3.0, [], [[]], [{}], {}, {"rules": 4}, [{"hba": 5}], [{"method": []}]])
def test_odd_rules_of_postgresql_are_read(value: object) -> None:
    spec = {"authentication": {"rules": value}, "patroni": {"dynamicConfiguration": {"postgresql": {"pg_hba": value}}}}
    kind = "postgres-operator.crunchydata.com/v1beta1:PostgresCluster"
    assert "FJ-PACK-001" not in blocking(PACK.evaluate_resource(crd(kind, spec)))
