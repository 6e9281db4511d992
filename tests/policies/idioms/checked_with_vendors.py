"""Good idioms near what vendors' pages and sources said otherwise than tables and rules (2026-12-01)."""

from ..attacks.checked_with_vendors import (
    ALARM,
    audited,
    automates,
    broker,
    edge,
    flink,
    kibana,
    machine_log,
    postgresql,
    search,
    server,
    told,
)
from ..blind import aws
from . import Idiom, unpriced
from .eleventh_cluster import allowed, priced

READ = "read 2026-12-01"
ECK, PAGE = "elasticsearch.k8s.elastic.co", "kibana.k8s.elastic.co"
FLINK = allowed("flink.apache.org", **priced("flink.apache.org/v1:FlinkDeployment", "it"))
EDGE = unpriced("azure-native:frontdoor:Policy::it")
RULES = {"managedRuleSets": [{
    "ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1", "ruleSetAction": "Block"}]}  # fmt: skip

IDIOMS = (
    Idiom("an alarm tells those on duty that a metric is missing", (aws("cloudwatch/MetricAlarm", {
        **ALARM, "treatMissingData": "missing",
        "insufficientDataActions": ["arn:aws:sns:me-central-1:123456789012:duty"]}),),
        "docs.aws.amazon.com, Using Amazon CloudWatch alarms: each of three states has its actions"),
    Idiom("a firewall of the standard tier of Front Door has rules of its own alone", edge(
        sku={"name": "Standard_AzureFrontDoor"}, managedRules={"managedRuleSets": []}),
        f"MicrosoftDocs/azure-docs 03cb4979 articles/web-application-firewall/afds/afds-overview.md, {READ}", EDGE),
    Idiom("a firewall of the standard tier of Front Door states no managed rules", edge(
        sku={"name": "Standard_AzureFrontDoor"}), f"the same, {READ}", EDGE),
    Idiom("a firewall of Front Door without a tier has Microsoft's rules", edge(managedRules=RULES),
          f"the same, {READ}", EDGE),
    Idiom("passwords of devices are encrypted in the settings of a broker", broker(
        "stomp.default_pass = encrypted:cVbZ\nmqtt.default_pass = encrypted:cVbZ"),
        f"rabbitmq/rabbitmq-website 0acf2a42 docs/configure.md, Encrypted Values in rabbitmq.conf, {READ}",
        allowed("rabbitmq.com", **priced("rabbitmq.com/v1:RabbitmqCluster", "it"))),
    Idiom("who becomes superuser is recorded and bound", postgresql(
        block_copy_program="on", block_log_statement="on", block_alter_system="on"),
        f"pgaudit/set_user 000cd9ec README.md, {READ}", priced("postgresql.cnpg.io/v1:Cluster", "it")),
    Idiom("figures of Flink are read by Prometheus", flink(
        metrics__reporter__prom__factory__class="org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
        metrics__reporter__prom__port="9249-9260"),
        f"apache/flink docs/content/docs/deployment/metric_reporters.md, {READ}", FLINK),
    Idiom("figures of Flink are beans of its own process", flink(
        metrics__reporter__jmx__factory__class="org.apache.flink.metrics.jmx.JMXReporterFactory"), f"the same, {READ}",
        FLINK),
    Idiom("the key of what Kibana keeps encrypted comes from a variable", kibana(
        xpack={"encryptedSavedObjects": {"encryptionKey": "${ENCRYPTION_KEY}"}}),
        f"elastic/kibana 11c560cc docs/reference/configuration-reference, {READ}", allowed(PAGE)),
    Idiom("callers with a token have a secret of the keystore", search(
        {"xpack.security.authc.realms.jwt.bank.client_authentication.type": "shared_secret"}),
        f"elastic/elasticsearch, JwtRealmSettings.java, {READ}",
        allowed(ECK, **priced(f"{ECK}/v1:Elasticsearch", "it"))),
    Idiom("the log of machines leaves out handles, connections and new processes", machine_log(
        "source | where EventID !in (4656, 4658, 4688, 4690, 4703, 4985, 5156, 5158)"),
        f"MicrosoftDocs/windowsserverdocs 0239c8f4, Appendix L, {READ}"),
    Idiom("the audit of a database keeps what changes it", audited("action_id <> 'SL' AND class_type <> 'V '"),
          f"MicrosoftDocs, sys.fn_get_audit_file, {READ}"),
    Idiom("Oracle is set as its benchmark says", server(
        "oracle-ee-19", sec_max_failed_login_attempts="3", sec_protocol_error_trace_action="LOG",
        sec_protocol_error_further_action="(DROP,3)", resource_limit="TRUE"), "CIS Oracle Database 19c Benchmark, 2.2"),
    Idiom("SQL Server states a default that costs speed when it is on", server(
        "sqlserver-ee-16.0", **{"rds.force_ssl": "1"}, common_criteria_compliance_enabled="0"),
        f"Microsoft Learn, common criteria compliance enabled, {READ}"),
    Idiom("the password of a connector of Kibana comes from a variable", kibana(xpack={"actions": {"preconfigured": {
        "mail": {"secrets": {"user": "kibana", "password": "${MAIL_PASSWORD}"}}}, "ssl": {
            "proxyVerificationMode": "full"}}}),
        f"elastic/kibana, alerting-settings.yml, {READ}", allowed(PAGE)),
    Idiom("those on duty see and plan when runbooks of others start", automates(
        "*/read", "schedules/write"), "learn.microsoft.com/azure/automation/automation-role-based-access-control"),
    *(Idiom(f"events are told of amounts {what}", told(*filters), f"MicrosoftDocs/azure-docs, event-filtering, {READ}")
      for what, filters in (
          ("in a range but for a part of it", (("InRange", [[1, 10]]), ("NotInRange", [[2, 5]]))),
          ("in one of two ranges", (("InRange", [[1, 10], [20, 30]]), ("NotInRange", [[0, 15]]))),
          ("in two ranges that meet in one number", (("InRange", [[1, 10]]), ("InRange", [[10, 20]]))),
          ("from ten in a range", (("InRange", [[1, 10]]), ("GreaterThanOrEquals", 10))),
          ("of which one is above ten", (("In", [5, 15]), ("GreaterThan", 10))))),
)  # fmt: skip
