"""Schedules that are never due, queries that find nothing, and statements that grant, by pattern (FJ-ESC-115)."""

import pytest
from guardrails.engine.verdicts import Verdict
from guardrails.unverifiable.switch_rows import condition, read_rows
from hypothesis import given
from hypothesis import strategies as st

from tests.processor_time import seconds_of, within

SAFE = {(row.type, row.path): row.safe for rows in read_rows().values() for row in rows}
BACKUP = ("aws:backup/plan:Plan", "rules.schedule")
ROTATION = ("aws:secretsmanager/secretRotation:SecretRotation", "rotationRules.scheduleExpression")
WINDOW = ("aws:ssm/maintenanceWindow:MaintenanceWindow", "schedule")
POLICY = ("azure-native:dataprotection:BackupPolicy", "properties.policyRules.trigger.schedule.repeatingTimeIntervals")
PATCHES = ("azure-native:maintenance:MaintenanceConfiguration", "startDateTime")
ALERT = ("azure-native:securityinsights:ScheduledAlertRule", "query")
STEP = ("azure-native:sql:JobStep", "action.value")
GUARD = ("aws:organizations/policy:Policy", "content")
HEADER = ("azure-native:network:ApplicationGateway",
          "rewriteRuleSets.rewriteRules.actionSet.requestHeaderConfigurations.headerValue")  # fmt: skip
MAPPED = ("aws:apigateway/integration:Integration", "requestParameters.*")
NODES = ("azure-native:containerservice:MaintenanceConfiguration", "maintenanceWindow.notAllowedDates.end")
SELECTOR = ("azure-native:authorization:PolicyAssignment", "resourceSelectors.selectors.in")
FIREWALL = ("aws:networkfirewall/firewallPolicy:FirewallPolicy", "firewallPolicy.statefulDefaultActions")
GRAFANA = ("aws:grafana/workspace:Workspace", "configuration")

TOPICS = ("azure-native:eventgrid:TopicSpace", "topicTemplates")
AUTHORITY = ("azure-native:healthcareapis:FhirService", "authenticationConfiguration.authority")
REDIRECTS = ("azure-native:web:WebAppAuthSettings", "allowedExternalRedirectUrls")
MASKED = ("azure-native:sql:DataMaskingPolicy", "exemptPrincipals")
MAP = ("azure-native:logic:IntegrationAccountMap", "content")
MODE = ("azure-native:netapp:CapacityPoolVolume", "unixPermissions")
MUTED = ("azure-native:monitor:ScheduledQueryRule", "muteActionsDuration")
OPENED = ("azure-native:security:JitNetworkAccessPolicy", "virtualMachines.ports.maxRequestAccessDuration")
UPLOADS = ("azure-native:iothub:IotHubResource", "*.sasTtlAsIso8601")
RECURS = ("azure-native:maintenance:MaintenanceConfiguration", "recurEvery")
NOTEBOOK = ("azure-native:machinelearningservices:Compute", "properties.properties.idleTimeBeforeShutdown")
TIMEFRAME = ("azure-native:security:GovernanceRule", "remediationTimeframe")
EXTENSION = ("azure-native:web:WebAppAuthSettings", "tokenRefreshExtensionHours")
IDLE = ("azure-native:machinelearningservices:Compute", "*.nodeIdleTimeBeforeScaleDown")
REPLACED = ("azure-native:keyvault:Key", "properties.rotationPolicy.lifetimeActions.trigger.timeAfterCreate")
QUERIED = ("azure-native:securityinsights:ScheduledAlertRule", "queryFrequency")
SPARK = ("azure-native:synapse:BigDataPool", "sparkConfigProperties.content")
ALLOWED = ("azure-native:cognitiveservices:ManagedNetworkSetting", "*.destination")
STATEMENTS = ("aws:dms/endpoint:Endpoint", "*.afterConnectScript")
HOSTS = ("azure-native:kusto:Cluster", "allowedFqdnList")
PATTERNS = sorted({safe for safe in SAFE.values() if safe.lstrip("=+!").startswith("~")})
LONG = ("0" * 5000, "0" * 5000 + "x", "P" + "0" * 5000, "P" + "1" * 5000, "PT" + "0" * 5000, "p" + "-" * 5000 + " x",
        "-" * 5000 + " x y", "a" * 5000, "/" * 5000 + "x", "<" * 5000, "<a" * 2500, "://" * 1700, "(" * 5000,
        "a-" * 2500, "a." * 2500 + "!", "spark.ssl" + ".a" * 5000, "set " * 5000, "set/**/" * 2500,
        "do" + " " * 20000, "/*" * 5000, "drop" + "/**/" * 5000, "copy t to " * 2000,
        "*.azure.com/" * 1500 + "x", "*" + "/" * 9000 + "x")  # fmt: skip


def is_refused(row: tuple[str, str], value: str) -> bool:
    return condition(SAFE[row]).judge(value) is Verdict.FAIL


@pytest.mark.parametrize(
    ("row", "bad", "good"),
    [
        (BACKUP, "cron(0 5 1 1 ? 2099)", "cron(0 5 ? * * *)"),
        (BACKUP, "cron(0 5 31 2 ? *)", "cron(0 5 1 2 ? *)"),
        (BACKUP, "cron(0 5 30 FEB ? *)", "cron(0 5 28 FEB ? *)"),
        (BACKUP, "cron(0 5 1 1 ? 2031-2040)", "rate(12 hours)"),
        (ROTATION, "rate(999 days)", "rate(30 days)"),
        (ROTATION, "rate(9999 hours)", "rate(72 hours)"),
        (ROTATION, "cron(0 0 1 1 ? 2040)", "cron(0 4 1 * ? *)"),
        (WINDOW, "at(2099-01-01T00:00:00)", "at(2027-03-01T02:00:00)"),
        (WINDOW, "cron(0 0 3 ? * SUN 2099)", "cron(0 0 3 ? * SUN *)"),
        (POLICY, "R/2099-01-01T02:00:00+04:00/P1D", "R/2026-11-29T02:00:00+04:00/P1D"),
        (POLICY, "R/2026-11-29T02:00:00+00:00/P10Y", "R/2026-11-29T02:00:00+00:00/PT4H"),
        (PATCHES, "2199-01-01 00:00", "2026-12-01 02:00"),
        (ALERT, "SigninLogs | where 1 == 2", "SigninLogs | where ResultType != 0 | take 100"),
        (ALERT, "AzureActivity | take 0", "AzureActivity | where ActivityStatus == 'Succeeded'"),
        (ALERT, "union * | where false", "SigninLogs | where isInteractive == false"),
        (STEP, "GRANT CONTROL TO [x]", "EXEC sys.sp_updatestats"),
        (STEP, "create  user [x] with password = 'y'", "DELETE FROM dbo.Created WHERE Age > 30"),
        (STEP, "alter server role sysadmin add member [x]", "ALTER INDEX ALL ON dbo.Orders REBUILD"),
        (STEP, "exec sp_addrolemember 'db_owner','x'", "CREATE TABLE dbo.Users (Id int)"),
        (STEP, "GRANT SELECT ON[dbo].[x] TO[y]", "select id from research.grant where amount > 1 order by id"),
        (STEP, "exec('grant \n alter any login to bob')", "UPDATE r SET s = 'x' WHERE kind = 'grant review'"),
        (STEP, "grant /* why */ select (a), insert on x to y", "select g.id from research.grant g join x on x.id = 1"),
        (STEP, 'grant "owner role" to "y"', "select grant from dbo.loans l join x on x.id = l.id"),
        (STEP, "REVOKE ALL FROM y", "insert into t values ('deny', 'from the start')"),
        (STEP, "EXEC('GRANT ' + @right + ' ON SCHEMA::dbo TO ' + @u)", "select 'the grant' + x"),
        (STEP, "EXEC(N'revoke '+@p)", "select grant from t"),
        (STEP, "@concat('GRANT ', pipeline().parameters.p, ' TO b')", "select 'grant' as kind"),
        (STEP, "REVOKE GRANT OPTION FOR SELECT ON a FROM b", "select 1"),
        (STEP, "EXEC xp_cmdshell 'dir'", "UPDATE STATISTICS dbo.Grants"),
        (STEP, "SELECT * FROM OPENROWSET(BULK 'a')", "MERGE dbo.A AS t USING dbo.B AS s ON t.Id = s.Id"),
        (GUARD, '{"Condition": {"DateLessThan": {"aws:CurrentTime": "2024-01-01"}}}',
         '{"Condition": {"DateLessThan": {"aws:TokenIssueTime": "2024-01-01"}}}'),
        (GUARD, '{"Condition":{"DateLessThanEquals":{"aws:EpochTime":"1"}}}', '{"Condition": {"Bool": {"a": "true"}}}'),
        (HEADER, "Basic b3BlcmF0b3I6", "{http_req_Authorization}"),
        (HEADER, " bearer eyJ", "max-age=31536000; includeSubDomains"),
        (MAPPED, "'Basic b3BlcmF0b3I6'", "method.request.header.Authorization"),
        (MAPPED, "'Bearer eyJ'", "'application/json'"),
        (NODES, "2099-12-31", "2027-01-05"),
        (SELECTOR, "Microsoft.Network/dnsZones", "uaenorth"),
        (SELECTOR, "westus", "UAE Central"),
        (FIREWALL, "aws:alert_strict", "aws:drop_established"),
        (TIMEFRAME, "400.00:00:00", "0030.00:00:00"),
        (EXTENSION, "200", "0072"),
        (EXTENSION, "1000.0", "00000072.0"),
        (IDLE, "PT00100H", "PT0024H"),
        (IDLE, "P002D", "P1D"),
        (IDLE, "PT0010000M", "PT00030M"),
        (IDLE, "PT1441M", "PT1440M"),
        (IDLE, "PT090000S", "PT86400S"),
        (IDLE, "PT23H9999M", "PT23H60M"),
        (NOTEBOOK, "PT999999S", "PT3600S"),
        (NOTEBOOK, "P1DT99H", "P1DT12H"),
        (NOTEBOOK, "PT2880M", "PT2879M"),
        (NOTEBOOK, "PT4320M", "PT30M"),
        (UPLOADS, "PT2880M", "PT60M"),
        (UPLOADS, "PT172800S", "PT3600S"),
        (UPLOADS, "PT23H3600M", "P1D"),
        (OPENED, "PT86400S", "P0DT3H"),
        (OPENED, "PT23H600M", "PT1H30M"),
        (OPENED, "PT24H", "PT3H"),
        (OPENED, "PT1440M", "PT180M"),
        (MUTED, "PT500H", "PT12H"),
        (MUTED, "P0DT9999H", "P0DT12H"),
        (MUTED, "PT192H", "PT168H"),
        (MUTED, "P10W", "P1W"),
        (MUTED, "PT999999S", "1.00:00:00"),
        (MUTED, "8.00:00:00", "7.00:00:00"),
        (QUERIED, "P0DT336H", "P0DT5M"),
        (SPARK, "spark.ssl.ui.enabled=false", "spark.ssl.enabled true"),
        (SPARK, "spark.network.crypto.enabled  false", "spark.authenticate : true"),
        *((ALLOWED, bad, good) for bad, good in (
            ("*.s3.amazonaws.com", "bank.s3.me-central-1.amazonaws.com"),
            ("*.blob.core.windows.net:443", "*.bank.ae:443"),
            ("*.vault.azure.net/", "kv-bank.vault.azure.net/"), ("*.azurewebsites.net", "portal.azurewebsites.net"),
            ("*.azurecr.io", "bank.azurecr.io:443"), ("*.azure-api.net.", "*.mybankazure.com"),
            (" *.azurefd.net:443/", "*.ourazurecr.io"))),
        *((STATEMENTS, bad, good) for bad, good in (
            ("COPY t TO PROGRAM 'curl x'", "COPY t TO STDOUT"), ("copy t from/**/program$$x$$", "select from program"),
            ("ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC", "SET search_path = core"),
            ("MERGE INTO t USING s ON t.i = s.i", "select merged from t"), ("REASSIGN OWNED BY a TO b", "select owned"),
            ("DROP OWNED BY a", "SET statement_timeout = 5"), ("select lo_export (1, '/x')", "select lo_exported"),
            ("do$$begin end$$", "select 'done'"), ("SET/**/ROLE admin", "SET TIME ZONE 'UTC'"),
            ("truncate/**/t", "select truncated from t"), ("drop/* x */table t", "select 1 /* drop */"))),
        (MUTED, "PT20000M", "PT30M"),
        (RECURS, "180Days", "3Days"),
        (RECURS, "49 days", "1Month Second Tuesday"),
        (TOPICS, "+/+/#", "devices/+/#"),
        (TOPICS, "/#", "${client.authenticationName}/#"),
        (AUTHORITY, "https://login.microsoftonline.com/common/v2.0", "https://login.microsoftonline.com/0-1"),
        (AUTHORITY, "https://login.microsoftonline.com// organizations", "https://login.microsoftonline.com/commons"),
        (REDIRECTS, "https://*.example.ae/done", "https://portal.example.ae/*"),
        (REDIRECTS, "*", "ms-app://s-1-15"),
        (MASKED, "[public] ; reports", "public_reports;dbo"),
        (MAP, '<x:script language="C#">', "<xsl:value-of select=\"description\"/>"),
        (MODE, "777", "0770"),
        (MODE, "0702", "1777"),
        (REPLACED, "P0100M", "P0012M"),
        (REPLACED, "P0010000D", "P00365D"),
        (HOSTS, "*.com", "*.bank.ae"),
        (HOSTS, " -my-host- ", "my-host.bank.ae"),
        (HOSTS, "", "a.b"),
        (GRAFANA, '{"plugins": {"pluginAdminEnabled": true}}', '{"plugins": {"pluginAdminEnabled": false}}'),
    ],
)  # fmt: skip
def test_examples_of_patterns(row: tuple[str, str], bad: str, good: str) -> None:
    assert is_refused(row, bad)
    assert not is_refused(row, good)


@given(
    minute=st.integers(0, 59), hour=st.sampled_from(["*", "5", "0/4", "1-3"]), day=st.sampled_from(["?", "1", "*/2"]),
    month=st.sampled_from(["*", "1", "JAN-JUN"]), weekday=st.sampled_from(["?", "MON", "2#1"]),
    year=st.sampled_from(["*", "2027", "2099", "2050-2060", "2030/2"]), space=st.sampled_from([" ", "  "]),
)  # fmt: skip
def test_a_plan_of_backups_has_no_year(
    minute: int, hour: str, day: str, month: str, weekday: str, year: str, space: str
) -> None:
    expression = f"cron({space.join((str(minute), hour, day, month, weekday, year))})"
    assert is_refused(BACKUP, expression) == (year != "*")


@given(
    verb=st.sampled_from(["grant", "Revoke", "DENY", "create login", "ALTER  USER", "create\nserver role"]),
    before=st.sampled_from(["", "BEGIN ", "if 1=1\n", "/* x */ ", "SELECT 1; "]),
    rest=st.text("abcXYZ_ ", min_size=1),
)
def test_a_job_of_sql_grants_nothing(verb: str, before: str, rest: str) -> None:
    assert is_refused(STEP, f"{before}{verb} x{rest} to [y]")


@pytest.mark.parametrize("unit", ["grant ", "deny a ", "revoke x", "grant '"])
def test_texts_of_sql_are_read_in_time(unit: str) -> None:
    with within(1):
        is_refused(STEP, unit * (20_000 // len(unit)))


@pytest.mark.parametrize("safe", PATTERNS)
def test_long_texts_are_read_in_time(safe: str) -> None:
    """Less than 0.1 s of processor time for 5,000 characters, the better of two readings."""

    def seconds(text: str) -> float:
        return seconds_of(lambda: condition(safe).judge(text))

    assert max(min(seconds(text), seconds(text)) for text in LONG) < 0.1
