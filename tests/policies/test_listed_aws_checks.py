"""What the mends for published lists of checks of AWS read: flows of networks, commands, workflows, regions and TLS."""

import json

import pytest
from guardrails.encryption.transit.glue import check_glue
from guardrails.engine.reading import Plain, Resource
from guardrails.engine.verdicts import Verdict
from guardrails.readers.command_secrets import has_secret_commands, secrets_of_workflow

from tests.processor_time import within

from .attacks.listed_aws_checks import BALANCER, connection, database, regions
from .blind import TAGS, aws
from .harness import UNKNOWN, Given, Pack, Report, rules

PACK = Pack()
RECORDS, SUPPORT, REGIONS = "FJ-RSL-118", "FJ-COST-127", "FJ-RES-103"
VPC = aws("ec2/Vpc", {"cidrBlock": "10.60.0.0/16", "enableDnsSupport": True, "tags": TAGS}, "vpc")
SUBNET = aws("ec2/Subnet", {"vpcId": UNKNOWN, "cidrBlock": "10.60.1.0/24"}, "subnet", links={"vpcId": ("vpc",)})


def flows(target: str, value: object, *links: str) -> Given:
    """Returns records of flows of a network or a subnet."""
    return aws("ec2/FlowLog", {target: value, "trafficType": "ALL"}, "flows", links={target: links} if links else {})


def records(*plan: Given) -> list[Report]:
    """Returns the findings about records of calls."""
    return [report for report in PACK.evaluate_plan(*plan) if report.rule == RECORDS]


def test_a_network_without_flows_is_reported_and_not_refused() -> None:
    found = records(VPC)
    assert [report.mandatory for report in found] == [False]
    assert records(VPC, flows("vpcId", "vpc-0123456789abcdef0"))
    assert not records(VPC, flows("vpcId", UNKNOWN, "vpc"))
    assert not records(VPC, SUBNET, flows("subnetId", UNKNOWN, "subnet"))
    assert records(VPC, SUBNET, flows("subnetId", UNKNOWN))


def test_stacks_of_development_need_no_records() -> None:
    balancer = aws("lb/LoadBalancer", BALANCER)
    assert records(balancer)
    assert not records(aws("lb/LoadBalancer", BALANCER, stack="dev"))
    assert not records(aws("lb/LoadBalancer", {**BALANCER, "loadBalancerType": "network"}))


ALARM = aws("cloudwatch/MetricAlarm", {
    "name": "sign-ins", "namespace": "AWS/Cognito", "metricName": "SignInThrottles", "statistic": "Sum", "period": 300,
    "evaluationPeriods": 1, "threshold": 10, "comparisonOperator": "GreaterThanThreshold", "tags": TAGS}, "alarm",
)  # fmt: skip


@pytest.mark.parametrize(
    ("reader", "is_heard"),
    [
        (aws("cloudwatch/CompositeAlarm", {"alarmName": "all", "alarmRule": 'ALARM("sign-ins")'}, "all"), True),
        (aws("cloudwatch/CompositeAlarm", {"alarmName": "all", "alarmRule": UNKNOWN}, "all"), True),
        (aws("cloudwatch/CompositeAlarm", {"alarmName": "all", "alarmRule": 'ALARM("others")'}, "all"), False),
        (aws("cloudwatch/EventRule", {"eventPattern": json.dumps({"source": ["aws.cloudwatch"]})}, "rule"), True),
        (aws("cloudwatch/EventRule", {"eventPattern": json.dumps({"source": ["aws.ec2"]})}, "rule"), False),
        (
            aws(
                "cloudwatch/CompositeAlarm",
                {
                    "alarmName": "all",
                    "alarmRule": "TRUE",
                    "actionsSuppressor": {"alarm": "sign-ins", "extensionPeriod": 60, "waitPeriod": 60},
                },
                "all",
            ),
            True,
        ),
        (aws("fis/ExperimentTemplate", {}, "try", links={"stopConditions": ("alarm",)}), True),
    ],
)
def test_alarms_that_nobody_hears(reader: Given, is_heard: bool) -> None:
    found = [report for report in PACK.evaluate_plan(ALARM, reader) if report.rule == "FJ-EXP-135"]
    assert (not found) is is_heard


@pytest.mark.parametrize(
    "line",
    [
        "PGPASSWORD=hunter2-ledger psql -h db", "export DB_PASSWORD='hunter2 x'; run", "enrol --password=hunter2!",
        "enrol --auth-token 'hunter2-x'", "enrol -api-key abc123def", "mysql -u a -phunter2! db",
        "mysqldump -p'hunter2!'",
        "sshpass -p hunter2! ssh host", "curl -s -u bank:hunter2! https://a", "curl --user=bank:hunter2! https://a",
    ],
)  # fmt: skip
def test_commands_with_a_secret(line: str) -> None:
    assert has_secret_commands(f"#!/bin/bash\n{line}\n")


@pytest.mark.parametrize(
    "line",
    [
        "PGPASSWORD=$(cat /run/x1) psql -h db", "REGION=me-central-1 ./run", 'mysql -u a -p"$PASS1" db', "mysql -p db1",
        "docker login --username AWS --password-stdin 123456789012.dkr.ecr.me-central-1.amazonaws.com",
        "enrol --token-file /run/secrets/t1", "enrol --password ${P1}", "psql --no-password db.bank.internal2",
        "enrol --token <token-2>", "enrol --token /run/t1", "curl -u $NAME:$TOKEN https://a1", "enrol --token `cat t1`",
        "enrol --token {{ token2 }}", "ssh -p 2222 host", "mkdir -p /opt/a1", "curl -u bank https://host:8443/a",
    ],
)  # fmt: skip
def test_commands_without_one(line: str) -> None:
    assert not has_secret_commands(f"#!/bin/bash\n{line}\n")


@pytest.mark.parametrize(
    ("field", "is_secret"),
    [
        ({"password": "hunter2!"}, True), ({"Parameters": {"ApiKey": "abc-123"}}, True),
        ({"password.$": "$.a1"}, False), ({"token": "{% $states.input.t1 %}"}, False), ({"clientToken": "a-1"}, False),
        ({"secretArn": "arn:aws:secretsmanager:me-central-1:1:secret:a"}, False), ({"password": "$.p1"}, False),
    ],
)  # fmt: skip
def test_workflows(field: object, is_secret: bool) -> None:
    assert bool(list(secrets_of_workflow(json.dumps({"States": {"a": field}})))) is is_secret


@pytest.mark.parametrize(
    ("condition", "is_open"),
    [
        ({"StringNotEquals": {"aws:RequestedRegion": ["me-central-1"]}}, False),
        ({"StringNotEquals": {"aws:RequestedRegion": ["me-central-1", "us-east-1"]}}, False),
        ({"StringNotLikeIfExists": {"aws:requestedregion": "me-*"}}, True),
        ({"StringNotLike": {"aws:RequestedRegion": "*"}}, True),
        ({"ForAnyValue:StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}, True),
        ({"StringEquals": {"aws:RequestedRegion": ["eu-west-1"]}}, False),
        ({"StringNotEquals": {"aws:PrincipalTag/region": ["eu-west-1x"]}}, False),
    ],
)  # fmt: skip
def test_regions_that_a_policy_leaves_open(condition: object, is_open: bool) -> None:
    assert (REGIONS in rules(PACK.evaluate_resource(regions(condition)))) is is_open


def test_a_policy_that_allows_a_region_opens_it() -> None:
    allowed = {"StringEquals": {"aws:RequestedRegion": ["eu-west-1"]}}
    assert REGIONS in rules(PACK.evaluate_resource(regions(allowed, Effect="Allow", NotAction=None, Action="*")))


@pytest.mark.parametrize(
    ("address", "more", "has_tls"),
    [
        ("jdbc:postgresql://a:5432/b", {}, False), ("jdbc:postgresql://a:5432/b?sslmode=verify-full", {}, True),
        ("jdbc:postgresql://a:5432/b?sslmode=prefer", {}, False),
        ("jdbc:mysql://a/b?useSSL=true&requireSSL=true", {}, True),
        ("jdbc:sqlserver://a:1433;encrypt=true;databaseName=b", {}, True),
        ("jdbc:oracle:thin:@tcps://a:2484/b", {}, True), ("jdbc:mysql://a/b", {"JDBC_ENFORCE_SSL": True}, True),
        ("jdbc:mysql://a/b", {"JDBC_ENFORCE_SSL": "true"}, True),
        ("jdbc:mysql://a/b?useSSL=true&requireSSL=true", {"JDBC_ENFORCE_SSL": "false"}, False),
        ("jdbc:mysql://a/b", {"JDBC_ENFORCE_SSL": UNKNOWN}, True),
        ("jdbc:mysql://a/b?useSSL=false&requireSSL=true", {}, False), ("jdbc:mysql://a/b?ssl=true", {}, False),
        ("jdbc:mysql://a/b?sslMode=VERIFY_CA&useSSL=false", {}, True), ("jdbc:mysql://a/b?requireSSL=yes", {}, True),
        ("jdbc:mysql://a/b?encrypt=true", {}, False), ("jdbc:mariadb://a/b?useSsl=true", {}, True),
        ("jdbc:postgresql://a/b?ssl=yes", {}, False), ("jdbc:postgresql://a/b?ssl=1", {}, False),
        ("jdbc:postgresql://a/b?ssl=true&user=c", {}, True), ("jdbc:postgresql://a/b?ssl", {}, True),
        ("jdbc:postgresql://a/b?ssl=true&sslmode=allow", {}, False), ("jdbc:postgresql://a/b?encrypt=true", {}, False),
        ("jdbc:redshift://a:5439/b;ssl=true", {}, True), ("jdbc:redshift://a:5439/b?ssl=1", {}, False),
        ("jdbc:sqlserver://a:1433;sslmode=require", {}, False), ("jdbc:sqlserver://a;encrypt=strict", {}, True),
        ("jdbc:sqlserver://a;encrypt=optional", {}, False), ("jdbc:db2://a:50000/b:sslConnection=true;", {}, True),
        ("jdbc:mysql://a/b?x=@tcps:", {}, False),
    ],
)  # fmt: skip
def test_connections_of_glue(address: str, more: dict[str, object], has_tls: bool) -> None:
    found = rules(PACK.evaluate_resource(connection(address, **more)))
    assert ("FJ-ENC-402" in found) is not has_tls


@pytest.mark.parametrize(
    ("engine", "version", "more", "is_paid"),
    [
        ("postgres", "13.22", {}, True), ("postgres", "14.19", {}, False),
        ("mysql", "8.0.43", {}, True), ("mysql", "8.4.6", {}, False), ("mariadb", "10.5.29", {}, False),
        ("mysql", "8.0.43", {"engineLifecycleSupport": "open-source-rds-extended-support-disabled"}, False),
        ("mysql", "8.0.43", {"engineLifecycleSupport": UNKNOWN}, False), ("mysql", UNKNOWN, {}, False),
    ],
)  # fmt: skip
def test_databases_that_pay_for_support(engine: str, version: str, more: dict[str, object], is_paid: bool) -> None:
    assert (SUPPORT in rules(PACK.evaluate_resource(database(engine, version, **more)))) is is_paid


@pytest.mark.parametrize(
    "text",
    ["mysql " * 4000, "mysql -" * 3000, "curl -u a" * 2500, "--a-" * 5000, "A=" * 10000, "A='" * 7000, "-token " * 3000,
     "--password=" * 2000, "a" * 20000, "PASSWORD=" + "x" * 20000, "curl " + "-u " * 7000],
)  # fmt: skip
def test_hostile_scripts_are_read_fast(text: str) -> None:
    with within(0.5):
        has_secret_commands(text)


@pytest.mark.parametrize("text", ["protocol=" * 2500, "?ssl" * 5000, "protocol " + " " * 20000, "@tcp" * 5000])
def test_hostile_addresses_are_read_fast(text: str) -> None:
    props: dict[str, Plain] = {"connectionProperties": {"JDBC_CONNECTION_URL": text}}
    resource = Resource("urn:a", "aws:glue/connection:Connection", "it", props)
    with within(0.5):
        assert {outcome.verdict for outcome in check_glue(resource)} == {Verdict.FAIL}
