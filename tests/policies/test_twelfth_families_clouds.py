"""Families of the twelfth set of attacks on AWS and Azure: ciphers, tokens, roles of hosts, SQL, alarms and sources.

Each has the words of its vendor's document: Amazon RDS User Guide, SQLServer.Ciphers; IAM User Guide, outbound identity
federation; Systems Manager, "Default Host Management Configuration"; AWS DMS API, AfterConnectScript; PutCompositeAlarm
of CloudWatch; Container Apps, "Config Server for Spring"; Azure Container Registry, DockerBuildRequest; Microsoft
Learn, "Azure built-in roles".
"""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .attacks.read_in_sources import configured
from .blind import GROUP, ME, RG, SUB, TAGS, aws, az, policy, statement
from .exposure_cases import ON_EKS
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
HOST_ROLE = "AWSSystemsManagerDefaultEC2InstanceManagementRole"
LAST = "managed-instance/default-ec2-instance-management-role"
ADMIN_CENTER, VM_ADMIN = "a6333a3e-0164-44c3-b281-7a577aff287f", "1c0163c0-47e6-4577-8991-ea5c82e286e4"
VM_USER = "fb879df8-f326-4884-b1cf-06f3ad86be52"
TOKEN, AUDIENCE = "sts:GetWebIdentityToken", "sts:IdentityTokenAudience"


def refused(item: Given) -> set[str]:
    """Returns the rules that refuse a plan of one resource."""
    return blocking(PACK.evaluate_plan(item))


@pytest.mark.parametrize("name", ["rds.tls10", "rds.tls11", "rds.rc4", "rds.3des168", "RDS.RC4"])
@pytest.mark.parametrize(("value", "is_refused"), [("enabled", True), ("disabled", False), ("default", False)])
def test_sql_server_offers_no_broken_ciphers(name: str, value: str, is_refused: bool) -> None:
    parameters = [{"name": "rds.force_ssl", "value": "1"}, {"name": name, "value": value}]
    group = aws("rds/ParameterGroup", {"family": "sqlserver-ee-15.0", "parameters": parameters})
    assert ("FJ-ENC-404" in refused(group)) is is_refused


@pytest.mark.parametrize(
    ("condition", "is_refused"),
    [
        (None, True),
        ({"NumericLessThanEquals": {"sts:DurationSeconds": 300}}, True),
        ({"ForAllValues:StringEquals": {AUDIENCE: "https://api.partner.ae"}}, False),
        ({"ForAnyValue:StringEquals": {AUDIENCE: ["https://api.partner.ae"]}}, True),
        ({"StringEqualsIfExists": {AUDIENCE: "https://api.partner.ae"}}, True),
        ({"ForAllValues:StringLike": {AUDIENCE: "*"}}, True),
        ({"ForAllValues:StringEquals": {"aws:TagKeys": "team"}}, True),
    ],
)
def test_tokens_for_services_outside_are_for_listed_audiences(condition: Any, is_refused: bool) -> None:
    assert ("FJ-IDN-104" in refused(policy(statement(TOKEN, "*", condition)))) is is_refused
    assert "FJ-IDN-104" in refused(policy(statement([TOKEN, "kms:Decrypt"], "*", condition)))


@given(prefix=st.sampled_from(["/ssm/", f"arn:aws:ssm:me-central-1:{ME}:servicesetting/ssm/"]),
       role=st.from_regex(r"(?:service-role/)?[a-z][a-z-]{2,20}", fullmatch=True))  # fmt: skip
def test_the_role_of_hosts_is_that_of_aws(prefix: str, role: str) -> None:
    def setting(name: str, value: object) -> Given:
        return aws("ssm/ServiceSetting", {"settingId": prefix + name, "settingValue": value})

    assert "FJ-IDN-106" in refused(setting(LAST, role))
    assert not refused(setting(LAST, f"service-role/{HOST_ROLE}"))
    assert "FJ-IDN-106" not in refused(setting("automation/customer-script-log-destination", "CloudWatch"))


@pytest.mark.parametrize(
    ("script", "is_refused"),
    [
        ("CREATE USER a SUPERUSER PASSWORD 'x'", True),
        ("GRANT rds_superuser TO a;", True),
        ("ALTER ROLE a BYPASSRLS;", True),
        ("SET search_path TO sales;", False),
    ],
)
def test_what_a_migration_runs_makes_no_superuser(script: str, is_refused: bool) -> None:
    endpoint = aws("dms/Endpoint", {"postgresSettings": {"afterConnectScript": script}, "tags": TAGS})
    assert ("FJ-IDN-313" in refused(endpoint)) is is_refused


@pytest.mark.parametrize(
    ("rule", "is_refused"),
    [
        ('ALARM("a") AND FALSE', True),
        ("FALSE", True),
        ('(ALARM("a")) AND (NOT TRUE)', True),
        ("ALARM(a) and false", True),
        ('ALARM("a") OR ALARM("b")', False),
        ("ALARM(true-north) AND NOT OK(b)", False),
        ('ALARM("FALSE positives")', False),
        (UNKNOWN, False),
    ],
)
def test_no_constant_decides_an_alarm(rule: object, is_refused: bool) -> None:
    alarm = aws("cloudwatch/CompositeAlarm", {
        "alarmName": "x", "alarmRule": rule, "actionsEnabled": True, "alarmActions": ["arn:aws:sns:me-central-1:1:x"],
        "tags": TAGS})  # fmt: skip
    assert ("FJ-ESC-115" in refused(alarm)) is is_refused


@pytest.mark.parametrize(
    ("name", "value", "is_refused"),
    [
        ("spring.cloud.config.server.git.uri", "https://github.com/collector/a", True),
        ("SPRING_CLOUD_CONFIG_SERVER_GIT_REPOS_TEAM_URI", "git@github.com:collector/a", True),
        ("spring.cloud.config.server.vault.host", "vault.collector.example", True),
        ("spring.cloud.config.server.git.default-label", "main", False),
        ("eureka.server.enable-self-preservation", "true", False),
    ],
)
def test_settings_of_services_are_of_listed_repositories(name: str, value: str, is_refused: bool) -> None:
    component = az("app:JavaComponent", {**RG, "environmentName": "apps", "name": "c", "properties": {
        "componentType": "SpringCloudConfig", "configurations": [{"propertyName": name, "value": value}]}})  # fmt: skip
    assert ("FJ-ESC-111" in refused(component)) is is_refused


@pytest.mark.parametrize(("name", "value", "is_refused"), [
    ("skip-ssl-validation", "true", True), ("skip-ssl-validation", "false", False),
    ("strict-host-key-checking", "true", False), ("repos.team-a.strict-host-key-checking", "false", True),
])  # fmt: skip
def test_server_of_settings_checks_its_repositories(name: str, value: str, *, is_refused: bool) -> None:
    component = configured(f"spring.cloud.config.server.git.{name}", value)[0]
    assert ("FJ-ESC-115" in refused(component)) is is_refused


@pytest.mark.parametrize("kind", ["DockerBuildRequest", "FileTaskRunRequest", "EncodedTaskRunRequest"])
def test_quick_tasks_build_listed_repositories(kind: str) -> None:
    request = {"type": kind, "sourceLocation": "https://github.com/collector/portal.git#main"}
    run = az("containerregistry:TaskRun", {**RG, "registryName": "acr", "taskRunName": "a", "runRequest": request})
    assert "FJ-ESC-111" in refused(run)


@pytest.mark.parametrize(("kind", "place"), [("TaskRun", "runRequest"), ("Task", "step")])
@pytest.mark.parametrize(("form", "command", "is_refused"), [
    ("FileTask", "", True), ("EncodedTask", "acr purge --ago 30d", False), ("EncodedTask", "$Registry/run.sh", True),
    ("EncodedTask", UNKNOWN, True), ("Docker", "", False),
])  # fmt: skip
def test_tasks_of_a_registry_run_what_can_be_read(
    kind: str, place: str, form: str, command: str, *, is_refused: bool
) -> None:
    steps = base64.b64encode(f"steps: [{{cmd: {command}}}]".encode()).decode()
    content = command if command in ("", UNKNOWN) else steps
    suffix = "RunRequest" if kind == "TaskRun" and form != "Docker" else ""
    step = {"type": f"{form}{suffix}", **({"encodedTaskContent": content} if content else {})}
    given = az(f"containerregistry:{kind}", {**RG, "registryName": "acr", "taskName": "a", place: step})
    found = [item.text for item in PACK.evaluate_resource(given) if item.rule == "FJ-ESC-102"]
    assert bool(found) is is_refused
    assert all(text.split("'it': ")[1].startswith((f"{place} ", f"{place}.")) for text in found)


@pytest.mark.parametrize(
    ("role", "principal", "scope", "is_refused"),
    [
        (ADMIN_CENTER, "ServicePrincipal", GROUP, True),
        (VM_ADMIN, "ServicePrincipal", GROUP, True),
        (ADMIN_CENTER, None, GROUP, True),
        (VM_ADMIN, "Group", SUB, True),
        (ADMIN_CENTER, "User", GROUP, False),
        (VM_ADMIN, "Group", GROUP, False),
        (VM_ADMIN, "ServicePrincipal", f"{GROUP}/providers/Microsoft.Compute/virtualMachines/a", False),
        (VM_USER, "ServicePrincipal", GROUP, False),
    ],
)
def test_programs_administer_single_machines_only(role: str, principal: Any, scope: str, is_refused: bool) -> None:
    kind = {} if principal is None else {"principalType": principal}
    assignment = az("authorization:RoleAssignment", {
        "scope": scope, "principalId": "22222222-2222-3333-4444-555555555555", **kind,
        "roleDefinitionId": f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{role}"})  # fmt: skip
    assert ("FJ-IDN-201" in refused(assignment)) is is_refused


INTERNAL = {"service.beta.kubernetes.io/aws-load-balancer-internal": "true"}
OF_AZURE = {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"serviceType": "LoadBalancer", "serviceAnnotations": INTERNAL}, set()),
        ({"routerServiceType": "LoadBalancer", "routerServiceAnnotations": INTERNAL}, set()),
        ({"serviceType": "LoadBalancer", "serviceAnnotations": OF_AZURE}, {"FJ-EXP-332"}),
        ({"serviceType": "LoadBalancer", "serviceAnnotations": {"team": "a"}}, {"FJ-EXP-332"}),
        ({"serviceType": "LoadBalancer", "otherServiceAnnotations": INTERNAL}, {"FJ-ESC-107"}),
        ({"serviceType": "LoadBalancer", "serviceAnnotations": {}}, {"FJ-ESC-107"}),
        ({"serviceType": "NodePort", "serviceAnnotations": INTERNAL}, {"FJ-ESC-107"}),
    ],
)
def test_annotations_beside_the_type_of_a_service_count(values: dict[str, object], expected: set[str]) -> None:
    props = {"chart": "x", "values": {"routerSpec": [values]}}
    release = Given("kubernetes:helm.sh/v3:Release", props, provider=ON_EKS)
    assert refused(release) & {"FJ-ESC-107", "FJ-EXP-332"} == expected


@pytest.mark.parametrize(
    ("address", "is_refused"),
    [({"openaiBaseApiUrl": "https://models.bank.svc.cluster.local/v1"}, False),
     ({"openaiBaseApiUrls": ["https://models.bank.svc.cluster.local/v1"]}, False),
     ({}, True)],
)  # fmt: skip
def test_the_chart_of_open_webui_sets_the_address_by_its_own_keys(address: Any, is_refused: bool) -> None:
    key = {"name": "OPENAI_API_KEY", "valueFrom": {"secretKeyRef": {"name": "chat", "key": "key"}}}
    release = Given("kubernetes:helm.sh/v3:Release", {"chart": "open-webui", "values": {
        "enableOpenaiApi": True, "extraEnvVars": [key], "ollama": {"enabled": False}, **address}})  # fmt: skip
    assert bool(refused(release) & {"FJ-RES-114", "FJ-RES-120"}) is is_refused
