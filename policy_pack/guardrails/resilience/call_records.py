"""Records of calls, queries and traffic in production, which a service writes only if a program says so.

They are those that Security Hub asks for: APIGateway.1 and 9, AppSync.2, EC2.6, ELB.5, MQ.2, NetworkFirewall.2, RDS.9
and 34, Redshift.4 and StepFunctions.1 (turbot/steampipe-mod-aws-compliance a1d0b446 foundational_security), and
prowler and ScoutSuite (`tests/policies/outside`, read 2026-12-01). Gateway load balancers write none, and network load
balancers only of TLS, so those of HTTP count; a standard workflow has a history of its own, and a replica is read as
its source is. Property names checked against pulumi-aws 7.51.1.
"""

from collections.abc import Iterator

from ..engine.conditions import NOT_FALSE, SET, TRUE, UNSET, one_of
from ..engine.families import resilience_rule
from ..engine.plan import Plan, linked_by
from ..engine.reading import Resource
from ..engine.rows import Check, Guardrail, Severity, aws
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.environments import is_production, rows_where, types_of
from ..readers.related_resources import related_to
from ..readers.task_containers import TASK, containers
from .related_resources import RelatedProtection, check_protection

_NETWORKS, _SUBNETS, _FLOWS = aws("ec2/Vpc"), aws("ec2/Subnet", "ec2/DefaultSubnet"), aws("ec2/FlowLog")
CALL_ROWS = (
    Check(aws("lb/LoadBalancer", "alb/LoadBalancer"), "accessLogs.enabled", TRUE,
          when=("loadBalancerType", one_of("application", missing=Verdict.PASS))),
    Check(aws("elb/LoadBalancer"), "accessLogs.bucket", SET),
    Check(aws("elb/LoadBalancer"), "accessLogs?.enabled", NOT_FALSE),
    Check(aws("apigateway/Stage", "apigatewayv2/Stage"), "accessLogSettings.destinationArn", SET),
    Check(aws("appsync/GraphQLApi"), "logConfig.fieldLogLevel", one_of("ALL", "ERROR", "INFO", "DEBUG")),
    Check(aws("sfn/StateMachine"), "loggingConfiguration.level", one_of("ALL", "ERROR", "FATAL"),
          when=("type", one_of("EXPRESS"))),
    Check(aws("rds/Instance"), "enabledCloudwatchLogsExports", SET, when=("replicateSourceDb", UNSET)),
    Check(aws("rds/Cluster"), "enabledCloudwatchLogsExports", SET, when=("replicationSourceIdentifier", UNSET)),
    Check(aws("mq/Broker"), "logs.general", TRUE),
)  # fmt: skip


def _has_flows_of_subnets(resource: Resource, plan: Plan) -> bool:
    """Returns whether flows of a subnet of the network are recorded."""
    recorded = plan.by_key(linked_by(_FLOWS, "subnetId"))
    return any(subnet.urn in recorded for subnet in related_to(resource, plan, _SUBNETS, "vpcId", ("id",)))


def _check_calls(resource: Resource) -> Iterator[Outcome]:
    """Checks the rows, and that a container of a task writes its log: without a driver what it prints stays on the
    machine, and is lost on Fargate (awsdocs/amazon-ecs-developer-guide 49232cf doc_source/using_awslogs.md; prowler
    3e000faa ecs_task_definitions_logging_enabled; read 2026-12-01). One may collect what the others write (as
    known)."""
    yield from _ROWS(resource)
    found = [item for _, item in containers(resource)] if resource.type == TASK and is_production(resource) else []
    if found:
        has_log = any(item.get("logConfiguration") is not None for item in found)
        yield passed() if has_log else failed("no container has a logConfiguration", "containerDefinitions")


_ROWS = rows_where(is_production, CALL_ROWS)
_RELATED = tuple(
    RelatedProtection(types=aws(kind), related=aws(log), link=link, names=names, path=link, condition=bool,
                      sentence=f"nothing in the stack records {what}", alternative=alternative)
    for kind, log, link, names, what, alternative in (
        ("ec2/Vpc", "ec2/FlowLog", "vpcId", ("id",), "who talks to whom in it", _has_flows_of_subnets),
        ("networkfirewall/Firewall", "networkfirewall/LoggingConfiguration", "firewallArn", ("arn",),
         "what it lets through and drops", None),
        ("redshift/Cluster", "redshift/Logging", "clusterIdentifier", ("clusterIdentifier", "id"),
         "who connects and asks", None),
    )
)  # fmt: skip
_BY_TYPE = {kind: check_protection(rule) for rule in _RELATED for kind in rule.types}


def _check_related(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Checks what records a resource. Flows of a network are often recorded for all networks by those who watch over
    the account, so that a stack without them is reported and not refused."""
    for outcome in _BY_TYPE[resource.type](resource, plan) if resource.type in _BY_TYPE else ():
        is_reported = resource.type in _NETWORKS and outcome.verdict is Verdict.FAIL
        yield undetermined(outcome.sentence) if is_reported else outcome


CALL_RECORDS: tuple[Guardrail, ...] = (
    resilience_rule(118, Severity.MEDIUM, "Gateways, tasks, databases and networks in production record calls",
                    "an intrusion is found, and its extent known, by records that were written before",
                    "Set access_logs, access_log_settings, log_config, logging_configuration, logs or "
                    "enabled_cloudwatch_logs_exports; add an aws.ec2.FlowLog, an aws.networkfirewall."
                    "LoggingConfiguration or an aws.redshift.Logging",
                    predicate=_check_calls, plan_predicate=_check_related,
                    types=tuple(dict.fromkeys((*types_of(CALL_ROWS), *_BY_TYPE, TASK)))),
)  # fmt: skip
