"""Attacks by what tables and rules stated from memory and vendors' pages and sources say otherwise (2026-12-01)."""

from ..blind import GROUP, HERE, OURS, RG, TAGS, aws, az, crd
from ..harness import Given
from . import Attack

READ = "read 2026-12-01"
ESC, RSL = ("FJ-ESC-115",), ("FJ-RSL-",)
EVENTS = "Microsoft-SecurityEvent"
KEY = "wuGNaIhoMpk5sO4UBxgr3NyW1sFcLgIf"
RANGES = f"MicrosoftDocs/azure-docs aa803038, event-filtering.md, {READ}"
JMX = "apache/flink 29eb0833 flink-core JMXServer.java (no environment, so no authenticator and no TLS)"
WAF = {"enabledState": "Enabled", "mode": "Prevention", "requestBodyCheck": "Enabled"}
ALARM = {"name": "sign-ins", "namespace": "AWS/Cognito", "metricName": "SignInThrottles", "statistic": "Sum",
         "period": 300, "evaluationPeriods": 1, "threshold": 10, "comparisonOperator": "GreaterThanThreshold",
         "actionsEnabled": True, "tags": TAGS}  # fmt: skip


def flink(**settings: str) -> tuple[Given, ...]:
    """Returns a cluster of Flink with settings; two underscores in a name stand for a full stop."""
    names = {name.replace("__", "."): value for name, value in settings.items()}
    return (crd("flink.apache.org/v1beta1:FlinkDeployment", {
        "image": "registry.dc1.example.ae/flink@sha256:" + "a" * 64, "flinkVersion": "v1_20",
        "serviceAccount": "flink", "flinkConfiguration": names}),)  # fmt: skip


def told(*filters: tuple[str, object]) -> tuple[Given, ...]:
    """Returns a subscription of events by numbers of their amount: operators and values."""
    kept = [{"operatorType": f"Number{name}", "key": "data.amount", "values" if isinstance(given, list) else "value":
             given} for name, given in filters]  # fmt: skip
    return (az("eventgrid:SystemTopicEventSubscription", {
        **RG, "systemTopicName": "subscription", "eventSubscriptionName": "soc",
        "eventDeliverySchema": "CloudEventSchemaV1_0", "filter": {"advancedFilters": kept},
        "deliveryWithResourceIdentity": {"identity": {"type": "SystemAssigned"}, "destination": {
            "endpointType": "ServiceBusQueue",
            "resourceId": f"{OURS}.ServiceBus/namespaces/sb-bank/queues/soc"}}}),)  # fmt: skip


def kibana(**config: object) -> tuple[Given, ...]:
    """Returns a page of Kibana with a configuration."""
    return (crd("kibana.k8s.elastic.co/v1:Kibana", {
        "version": "9.2.0", "count": 2, "elasticsearchRef": {"name": "search"}, "config": config}),)  # fmt: skip


def search(config: dict[str, object]) -> tuple[Given, ...]:
    """Returns a cluster of Elasticsearch with a configuration of its nodes."""
    return (crd("elasticsearch.k8s.elastic.co/v1:Elasticsearch", {
        "version": "9.2.0", "nodeSets": [{"name": "data", "count": 3, "config": config}]}),)  # fmt: skip


def postgresql(**parameters: str) -> tuple[Given, ...]:
    """Returns a cluster of PostgreSQL whose users change into others by set_user."""
    names = {f"set_user.{name}": value for name, value in parameters.items()}
    return (crd("postgresql.cnpg.io/v1:Cluster", {
        "instances": 3, "storage": {"size": "50Gi"}, "postgresql": {
            "shared_preload_libraries": ["set_user"], "parameters": names}}),)  # fmt: skip


def edge(**props: object) -> tuple[Given, ...]:
    """Returns a firewall of Front Door."""
    return (az("frontdoor:Policy", {
        **RG, "policyName": "edge", "location": "uaenorth", "tags": TAGS, "policySettings": WAF,
        **props}),)  # fmt: skip


def broker(lines: str) -> tuple[Given, ...]:
    """Returns a broker of RabbitMQ with lines of rabbitmq.conf."""
    return (crd("rabbitmq.com/v1beta1:RabbitmqCluster", {"replicas": 3, "rabbitmq": {"additionalConfig": lines}}),)


def machine_log(query: str) -> tuple[Given, ...]:
    """Returns what collects the events of machines of Windows by a query."""
    return (az("monitor:DataCollectionRule", {
        **HERE, "dataCollectionRuleName": "dcr-windows", "kind": "Windows", "dataSources": {"windowsEventLogs": [
            {"name": "security", "streams": [EVENTS], "xPathQueries": ["Security!*"]}]},
        "destinations": {"logAnalytics": [{
            "name": "bank", "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/log-bank"}]},
        "dataFlows": [{"streams": [EVENTS], "destinations": ["bank"], "transformKql": query}]}),)  # fmt: skip


def automates(*operations: str) -> tuple[Given, ...]:
    """Returns a role of one's own for what an account of Automation has, in the group of the platform."""
    account = "Microsoft.Automation/automationAccounts"
    return (az("authorization:RoleDefinition", {
        "roleName": "Runs automation", "scope": GROUP, "assignableScopes": [GROUP], "permissions": [{
            "actions": [f"{account}/{operation}" for operation in operations], "notActions": []}]}),)  # fmt: skip


def server(family: str, **parameters: str) -> tuple[Given, ...]:
    """Returns the parameters of a database server of RDS; an underscore in a name of SQL Server stands for a space."""
    names = {name.replace("_", " ") if family.startswith("sqlserver-") and "." not in name else name: value
             for name, value in parameters.items()}  # fmt: skip
    return (aws("rds/ParameterGroup", {"family": family, "name": "p", "tags": TAGS, "parameters": [
        {"name": name, "value": value, "applyMethod": "pending-reboot"}
        for name, value in names.items()]}),)  # fmt: skip


def audited(predicate: str) -> tuple[Given, ...]:
    """Returns the audit of a database server with a predicate."""
    return (az("sql:ExtendedServerBlobAuditingPolicy", {
        **RG, "serverName": "sql-bank", "blobAuditingPolicyName": "default", "state": "Enabled",
        "isAzureMonitorTargetEnabled": True, "retentionDays": 365, "predicateExpression": predicate}),)  # fmt: skip


ATTACKS = (
    Attack("an alarm speaks only when the trouble is over", ("FJ-EXP-135",), (aws("cloudwatch/MetricAlarm", {
        **ALARM, "okActions": ["arn:aws:sns:me-central-1:123456789012:duty"]}),), "major",
        "alarm_actions are those of the state ALARM (prowler 3e000faa "
        f"cloudwatch_alarm_actions_alarm_state_configured, {READ})"),
    Attack("a firewall of Front Door without a tier has no rules against injections", ("FJ-EXP-127",),
           edge(managedRules={"managedRuleSets": []}), "critical",
           f"without a tier it is Classic, which has managed rules (pulumi-azure-native 3.29.0, {READ})"),
    Attack("a firewall of Front Door leaves its rules against injections out", ("FJ-EXP-127",),
           edge(sku={"name": "Premium_AzureFrontDoor"}), "critical", f"attacks pass (the same, {READ})"),
    Attack("the password of an older broker's devices stands in its settings", ESC,
           broker("mqtt.default_pass = hunter2"), "major", f"who reads the program signs in ({READ})"),
    Attack("who becomes superuser runs commands of the system", ESC, postgresql(block_copy_program="off"), "critical",
           f"COPY PROGRAM is blocked by default (pgaudit/set_user 000cd9ec README.md, {READ})"),
    Attack("who becomes superuser ends his own records", ESC, postgresql(block_log_statement="off"), "critical",
           f"each statement is recorded by default (the same, {READ})"),
    Attack("whoever reaches a port of Flink runs programs in it", ESC, flink(jmx__server__port="8789"), "critical",
           f"{JMX}, {READ}"),
    Attack("whoever reaches the port of a reporter of Flink runs programs in it", ESC, flink(
        metrics__reporter__jmx__factory__class="org.apache.flink.metrics.jmx.JMXReporterFactory",
        metrics__reporter__jmx__port="8789-8799"), "critical", f"{JMX}, {READ}"),
    Attack("the key of what Kibana keeps encrypted stands in the program", ESC,
           kibana(xpack={"encryptedSavedObjects": {"encryptionKey": KEY}}), "critical",
           "who reads the program reads the credentials of connectors (elastic/kibana 11c560cc, "
           f"configuration-reference, {READ})"),
    Attack("an older key of what Kibana keeps encrypted stands in the program", ESC, kibana(
        xpack={"encryptedSavedObjects": {"keyRotation": {"decryptionOnlyKeys": [KEY]}}}), "critical",
        f"the same ({READ})"),
    Attack("the secret by which callers with a token are believed stands in the program", ESC, search(
        {"xpack.security.authc.realms.jwt.bank.client_authentication.shared_secret": KEY}), "critical",
        f"it is a secure setting, of the keystore alone (elastic/elasticsearch, JwtRealmSettings.java, {READ})"),
    Attack("the key that signs tokens stands in the program", ESC, search(
        {"xpack.security.authc.realms.jwt.bank.hmac_jwkset": KEY}), "critical", f"the same ({READ})"),
    *(Attack(f"the log of machines leaves out that {what}", ESC, machine_log(f"source | where EventID != {event}"),
             "major", f"it is high there (MicrosoftDocs/windowsserverdocs 0239c8f4, Appendix L, {READ})")
      for what, event in (
          ("domain controllers start without the directory", 4794), ("an account has older rights", 4765),
          ("members of a special group sign in", 4964), ("a policy of the domain changes", 4739))),
    *(Attack(f"the audit of a database leaves somebody out by his {what}", RSL, audited(predicate), "major",
             f"he is a number there (MicrosoftDocs, sys.fn_get_audit_file, {READ})")
      for what, predicate in (("login's number", "server_principal_id <> 287"), ("user's number",
                              "NOT (database_principal_id = 5)"), ("key", "server_principal_sid != 0x010500000000"))),
    *(Attack(f"Oracle lets {what}", ESC, server("oracle-ee-19", **{name: value}), "major",
             f"CIS Oracle Database 19c Benchmark, 2.2 ({READ})")
      for what, name, value in (
          ("one connection guess passwords without an end", "sec_max_failed_login_attempts", "1000"),
          ("bad packets of an attacker leave no record", "sec_protocol_error_trace_action", "NONE"),
          ("an attacker send bad packets on and on", "sec_protocol_error_further_action", "CONTINUE"),
          ("each user take what he likes in spite of his profile", "resource_limit", "FALSE"))),
    Attack("whoever connects to Spark writes over files of its driver", ESC, (crd("sparkoperator.k8s.io/v1beta2:"
           "SparkApplication", {"type": "Python", "mode": "cluster", "sparkVersion": "4.0.1",
                                "mainApplicationFile": "local:///app/main.py", "sparkConf": {
                                    "spark.sql.artifact.copyFromLocalToFs.allowDestLocal": "true"}}),), "critical",
           f"it is for tests alone (apache/spark, {READ})"),
    Attack("the password of a connector of Kibana stands in the program", ESC, kibana(
        xpack={"actions": {"preconfigured": {"mail": {"secrets": {"user": "kibana", "password": "Hunter2x9q"}}}}}),
        "critical", f"who reads the program sends in its name (elastic/kibana, alerting-settings.yml, {READ})"),
    Attack("the key of what OpenSearch asks other stores with stands in the program", ESC, (
        crd("opensearch.org/v1:OpenSearchCluster", {
            "general": {"additionalConfig": {"plugins.query.datasources.encryption.masterkey": KEY[:24]}},
            "security": {"tls": {"transport": {"generate": True}, "http": {"generate": True}}}}),), "critical",
        f"credentials of the stores are encrypted with it (opensearch-project/documentation-website cf95a341, {READ})"),
    Attack("Kibana believes whoever answers as its proxy", ESC, kibana(
        xpack={"actions": {"ssl": {"proxyVerificationMode": "none"}}}), "major",
        f"no certificate is checked (elastic/kibana 0086c4b6, alerting-settings.yml, {READ})"),
    *(Attack(f"a role changes what runbooks of others {what}", ("FJ-IDN-214",), automates("*/read", f"{kind}/write"),
             "critical", f"its program runs as the account (type of {kind} in public programs, {READ})")
      for what, kind in (("import in PowerShell 7.2", "powerShell72Modules"), ("run in", "runtimeEnvironments"),
                         ("import in their environment", "runtimeEnvironments/packages"),
                         ("are copied from", "sourceControls"))),
    *(Attack(f"events are told of amounts {what}", ESC, told(*filters), "major", f"nothing meets it ({RANGES})")
      for what, filters in (
          ("in a range and outside it", (("InRange", [[1, 10]]), ("NotInRange", [[1, 10]]))),
          ("in ranges of which two others leave none out", (
              ("InRange", [[1, 2], [8, 9]]), ("NotInRange", [[0, 3], [3, 5]]), ("NotInRange", [[7, 10]]))),
          ("in two ranges that do not meet", (("InRange", [[1, 10]]), ("InRange", [[20, 30], [40, 50]]))),
          ("up to ten, and above it", (("InRange", [[1, 10]]), ("GreaterThan", 10))),
          ("that are five and outside one to ten", (("In", [5]), ("NotInRange", [[1, 10]]))),
          ("that are five and above ten", (("In", [5, 6]), ("GreaterThan", 10))))),
)  # fmt: skip
