"""Attacks by settings of search servers, brokers, document stores and Spark that operators pass on (2026-11-30, not
blind).

What each does by its product's documentation, as `data/parameters.csv` names it; fields by datreeio/CRDs-catalog
7b1e26ef. Each stands beside settings that do no harm, so that nothing but the one is refused.
"""

import json

from ..blind import ME, TAGS, aws, crd
from ..harness import Given
from . import Attack

ESC = ("FJ-ESC-115",)


def _search(**settings: object) -> tuple[Given, ...]:
    named = {name.replace("__", "."): value for name, value in settings.items()}
    return (crd("elasticsearch.k8s.elastic.co/v1:Elasticsearch", {"version": "9.2.0", "nodeSets": [
        {"name": "default", "count": 3, "config": {"node.store.allow_mmap": False, **named}}]}),)  # fmt: skip


def _page(settings: dict[str, object]) -> tuple[Given, ...]:
    config = {"telemetry.optIn": False, **settings}
    return (crd("kibana.k8s.elastic.co/v1:Kibana", {
        "version": "9.2.0", "count": 2, "elasticsearchRef": {"name": "search"}, "config": config}),)  # fmt: skip


def _opensearch(settings: dict[str, str], *, of_pool: bool = False) -> tuple[Given, ...]:
    added = {"additionalConfig": settings}
    pool = {"component": "data", "replicas": 3, "roles": ["cluster_manager", "data"], **(added if of_pool else {})}
    general = {"version": "2.19.0", "serviceName": "search", **({} if of_pool else added)}
    return (crd("opensearch.opster.io/v1:OpenSearchCluster", {
        "general": general, "nodePools": [pool],
        "security": {"tls": {"http": {"generate": True}, "transport": {"generate": True}}}}),)  # fmt: skip


def _broker(lines: str) -> tuple[Given, ...]:
    return (crd("rabbitmq.com/v1beta1:RabbitmqCluster", {"replicas": 3, "rabbitmq": {
        "additionalConfig": f"cluster_partition_handling = pause_minority\n{lines}\n"}}),)  # fmt: skip


def _terms(application: str) -> tuple[Given, ...]:
    terms = f"[%% tuned\n {{ra, [{{wal_max_size_bytes, 64000000}}]}},\n {application}\n]."
    return (crd("rabbitmq.com/v1beta1:RabbitmqCluster", {"replicas": 3, "rabbitmq": {"advancedConfig": terms}}),)


def _documents(settings: dict[str, object]) -> tuple[Given, ...]:
    return (crd("mongodbcommunity.mongodb.com/v1:MongoDBCommunity", {
        "members": 3, "type": "ReplicaSet", "version": "8.0.12", "additionalMongodConfig": settings}),)  # fmt: skip


def _percona(configuration: str) -> tuple[Given, ...]:
    return (crd("psmdb.percona.com/v1:PerconaServerMongoDB", {"replsets": [
        {"name": "rs0", "size": 3, "configuration": configuration}]}),)  # fmt: skip


def _spark(settings: dict[str, str]) -> tuple[Given, ...]:
    part = {"cores": 1, "memory": "2g", "serviceAccount": "spark"}
    return (crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {
        "type": "Python", "mode": "cluster", "sparkVersion": "4.0.1", "mainApplicationFile": "local:///app/main.py",
        "sparkConf": {"spark.authenticate": "true", **settings}, "driver": part,
        "executor": {**part, "instances": 2}}),)  # fmt: skip


def _flink(settings: dict[str, str]) -> tuple[Given, ...]:
    part = {"resource": {"memory": "2048m", "cpu": 1}}
    return (crd("flink.apache.org/v1beta1:FlinkDeployment", {
        "image": f"{ME}.dkr.ecr.me-central-1.amazonaws.com/flink@sha256:" + "a" * 64, "flinkVersion": "v2_0",
        "serviceAccount": "flink", "flinkConfiguration": {"taskmanager.numberOfTaskSlots": "2", **settings},
        "jobManager": part, "taskManager": part}),)  # fmt: skip


SEARCH = 'Elastic, "Auditing settings"'
SEARCHES = (
    Attack("refused calls of a search cluster are left out of its records", ESC, _search(
        xpack__security__audit__logfile__events__exclude=["access_granted", "access_denied", "authentication_failed"]),
        "major", f"nobody notices who guesses passwords ({SEARCH}, events.exclude)"),
    Attack("a search cluster records only who signed in", ESC, _search(
        xpack__security__audit__logfile__events__include="authentication_success"),
        "major", f"refused calls and changes of users leave no record ({SEARCH}, events.include)"),
    Attack("what anybody does in a search cluster is left out of its records", ESC, _search(
        xpack={"security": {"audit": {"logfile": {"events": {"ignore_filters": {"all": {"users": ["*"]}}}}}}}),
        "major", f"a filter of every user leaves each event out ({SEARCH}, ignore_filters)"),
    Attack("what the superuser of a search cluster does is left out of its records", ESC, _search(
        xpack__security__audit__logfile__events__ignore_filters__noise__users=["kibana_system", "elastic"]),
        "major", f"the one who may do everything does it unseen ({SEARCH}, ignore_filters)"),
    Attack("each group of the directory is a role of the search cluster", ESC, _search(
        xpack__security__authc__realms__ldap__bank__unmapped_groups_as_roles=True),
        "critical", "whoever makes a group named superuser is one (Elastic, 'Security settings', "
        "unmapped_groups_as_roles)"),
    Attack("whoever has a token of the bank calls the search cluster from any program", ESC, _search(
        xpack__security__authc__realms__jwt__bank__client_authentication__type="none"),
        "major", "a token that leaked is enough (Elastic, 'Security settings', jwt, client_authentication.type)"),
    Attack("passwords of a search cluster are hashed in sixteen rounds", ESC, _search(
        xpack__security__authc__password_hashing__algorithm="bcrypt4"),
        "minor", "whoever reads a hash finds the password (Elastic, 'Security settings', password hashing)"),
    Attack("one call deletes every index", ESC, _search(action__destructive_requires_name=False),
        "major", "a mistaken or hostile DELETE takes all records (Elastic, action.destructive_requires_name)"),
    Attack("a search server has a setting that nobody has read", ESC, _search(xpack__security__new_door=True),
        "minor", "what it opens is not known"),
    Attack("pages of others send requests to Kibana in the name of its users", ESC, _page(
        {"server.xsrf.disableProtection": True}), "critical",
        "a page that an employee opens deletes dashboards (Elastic, 'General settings', server.xsrf)"),
    Attack("sessions of Kibana never end", ESC, _page({"xpack.security.session.idleTimeout": "0"}),
        "minor", "a cookie that leaked lets in for good (Elastic, 'Security settings', session.idleTimeout)"),
    Attack("the cookie of Kibana goes through the network in plain text", ESC, _page(
        {"xpack.security.secureCookies": False}), "major",
        "whoever is in between is signed in (Elastic, 'Security settings', secureCookies)"),
    Attack("what a team does in Kibana is told to its vendor", ESC, _page({"telemetry.optIn": True}),
        "minor", "figures of use leave the country (Elastic, 'Telemetry settings', telemetry.optIn)"),
    Attack("failed sign-ins to Kibana are left out of its records", ESC, _page(
        {"xpack.security.audit.ignore_filters": [{"outcomes": ["failure"]}]}), "major",
        "nobody notices who guesses passwords (Elastic, 'Security settings', audit.ignore_filters)"),
)  # fmt: skip
OPEN = 'OpenSearch, "Security settings"'
OPENSEARCHES = (
    Attack("failed sign-ins to OpenSearch leave no record", ESC, _opensearch({
        "plugins.security.audit.config.disabled_rest_categories": "AUTHENTICATED,FAILED_LOGIN,MISSING_PRIVILEGES"}),
        "major", "nobody notices who guesses passwords (opensearch-project/documentation-website cf95a341, audit)"),
    Attack("what the administrator of OpenSearch does leaves no record", ESC, _opensearch({
        "plugins.security.audit.ignore_users": "kibanaserver,admin"}), "major", f"{OPEN}, audit.ignore_users"),
    Attack("every user of OpenSearch changes its users and roles", ESC, _opensearch({
        "plugins.security.restapi.roles_enabled": "all_access,own_index"}, of_pool=True), "critical",
        f"each has the role own_index ({OPEN}, restapi.roles_enabled)"),
    Attack("whoever administers OpenSearch by its interface changes how it checks them", ESC, _opensearch({
        "plugins.security.unsupported.restapi.allow_securityconfig_modification": "true"}), "major",
        f"anonymous access is a PUT away ({OPEN})"),
    Attack("any certificate of the authority is the super administrator", ESC, _opensearch({
        "plugins.security.authcz.admin_dn": '["CN=*,O=bank"]'}), "critical", f"{OPEN}, authcz.admin_dn"),
    Attack("system indices of OpenSearch are those of every user", ESC, _opensearch({
        "plugins.security.system_indices.enabled": "false"}), "major", f"{OPEN}, system_indices.enabled"),
    Attack("OpenSearch encrypts and asks nobody who he is", ESC, _opensearch({"plugins.security.ssl_only": "true"}),
        "critical", "only TLS is left of the plug-in (OpenSearch, 'TLS', ssl_only)"),
    Attack("a restore of OpenSearch writes where the user may not", ESC, _opensearch({
        "plugins.security.check_snapshot_restore_write_privileges": "false"}), "major", f"{OPEN}, snapshots"),
)  # fmt: skip
RABBIT = "rabbitmq/rabbitmq-server 5b09e556"
BROKERS = (
    Attack("whoever knows a queue of MQTT needs no name", ESC, _broker("mqtt.allow_anonymous=true"), "critical",
           f"each pod reads and sends messages ({RABBIT}, rabbitmq_mqtt.schema)"),
    Attack("passwords of a broker are hashed with MD5", ESC, _broker(
        "password_hashing_module = rabbit_password_hashing_md5"), "major", f"{RABBIT}, rabbit.schema"),
    Attack("tokens for a broker are good for ever", ESC, _broker("auth_oauth2.require_exp = false"), "major",
           f"a token that leaked lets in for good ({RABBIT}, rabbitmq_auth_backend_oauth2.schema)"),
    Attack("sign-ins and their passwords stand in the log of a broker", ESC, _broker(
        "auth_ldap.log = network_unsafe"), "critical", f"{RABBIT}, rabbitmq_auth_backend_ldap.schema"),
    Attack("each account of the directory administers the broker", ESC, _broker(
        "auth_ldap.queries.tags = '''\n[{administrator, {constant, true}}]\n'''"), "critical", f"{RABBIT}, ldap"),
    Attack("a module of one's own says who may sign in to a broker", ESC, _broker(
        "auth_backends.1 = rabbit_auth_backend_dummy"), "critical", f"{RABBIT}, rabbit.schema, auth_backends"),
    Attack("a broker says of nobody that he came", ESC, _broker("log.connection.level = none"), "major",
           f"sign-ins leave no record ({RABBIT}, rabbit.schema, log.connection.level)"),
    Attack("old versions of TLS are good enough for a broker", ESC, _broker(
        "ssl_options.versions.1 = tlsv1.2\nssl_options.versions.2 = tlsv1"), "major", f"{RABBIT}, rabbit.schema"),
    Attack("pages of others use the management of a broker", ESC, _broker(
        "management.cors.allow_origins.1 = *"), "major", f"{RABBIT}, rabbitmq_management.schema"),
    Attack("a broker of Amazon MQ takes tokens that never end", ESC, (aws("mq/Configuration", {
        "name": "core", "engineType": "RabbitMQ", "engineVersion": "3.13", "tags": TAGS,
        "data": "consumer_timeout = 1800000\nauth_oauth2.require_exp = false\n"}),), "major",
        f"{RABBIT}, rabbitmq_auth_backend_oauth2.schema"),
    Attack("terms of Erlang let a module of one's own say who may sign in", ESC, _terms(
        "{rabbit, [{auth_backends, [rabbit_auth_backend_internal, com_acme_backend]}]}"), "critical",
        f"{RABBIT}, advanced.config.example"),
    Attack("terms of Erlang let whoever says nothing send by MQTT", ESC, _terms(
        "{rabbitmq_mqtt, [{allow_anonymous, true}]}"), "critical", f"{RABBIT}, rabbitmq_mqtt.schema"),
    Attack("terms of Erlang believe whoever is in between", ESC, _terms(
        "{rabbit, [{ssl_options, [{verify, verify_none}]}]}"), "major", f"{RABBIT}, rabbit.schema"),
    Attack("the password of a broker's first user stands in terms of Erlang", ESC, _terms(
        '{rabbit, [{default_pass, <<"hunter2hunter2">>}]}'), "critical", f"{RABBIT}, rabbit.schema"),
    Attack("the password of a broker's user stands in its settings", ESC, _broker(
        "default_users.app.password = hunter2hunter2"), "critical", f"{RABBIT}, rabbit.schema"),
    Attack("a shell runs what stands in the environment of a broker", ESC, (
        crd("rabbitmq.com/v1beta1:RabbitmqCluster", {"replicas": 3, "rabbitmq": {
            "envConfig": "CONSOLE_LOG=new\n$(cat /proc/1/environ > /var/lib/rabbitmq/e)\n"}}),),
        "critical", "rabbitmq-env.conf is a script (rabbitmq-website 0acf2a4, docs/configure.md)"),
)  # fmt: skip
MONGO = "mongodb/docs 009abe2, configuration-options.txt"
DOCUMENTS = (
    Attack("whoever is on the machine needs no password of MongoDB", ESC, _documents(
        {"setParameter": {"enableLocalhostAuthBypass": True}}), "major", "mongodb/docs, parameters"),
    Attack("MongoDB does not write who connects", ESC, _documents({"systemLog.quiet": True}), "major",
           f"connections leave no record ({MONGO}, systemLog.quiet)"),
    Attack("passwords of the directory cross the network from MongoDB as they are", ESC, _percona(
        "security:\n  ldap:\n    transportSecurity: none\n    bind:\n      method: simple\n"), "critical",
        f"{MONGO}, security.ldap.transportSecurity"),
    Attack("records of MongoDB leave one user out", ESC, _percona(
        "auditLog:\n  destination: file\n  filter: '{\"users.user\": {\"$nin\": [\"dba\"]}}'\n"), "major",
        f"{MONGO}, auditLog.filter"),
    Attack("MongoDB has commands that are for its developers", ESC, _documents(
        {"setParameter.enableTestCommands": 1}), "critical", "mongodb/docs, parameters"),
    Attack("MongoDB still speaks TLS of twenty years ago", ESC, _documents({"net.tls.disabledProtocols": "none"}),
           "major", f"{MONGO}, net.tls.disabledProtocols"),
)  # fmt: skip
SPARK = 'Apache Spark, "Security"'
SPARKS = (
    Attack("programs of Spark take parts that nobody authenticated", ESC, _spark({"spark.authenticate": "false"}),
           "major", f"whoever reaches the port runs code ({SPARK}, spark.authenticate)"),
    Attack("every user stops the program of Spark", ESC, _spark({"spark.modify.acls": "*"}), "major", f"{SPARK}, ACLs"),
    Attack("a listener of nobody knows whom reads each query of Spark", ESC, _spark({
        "spark.sql.queryExecutionListeners": "com.acme.Copy"}), "critical", "Apache Spark, 'Configuration'"),
    Attack("a template that nobody has read makes the pods of Spark", ESC, _spark({
        "spark.kubernetes.executor.podTemplateFile": "s3a://bank-models/template.yaml"}), "major",
        "it may be privileged (Apache Spark, 'Running on Kubernetes', podTemplateFile)"),
    Attack("what Spark sorts lies on the disk of the node", ("FJ-ESC-115", "FJ-EXP-304"), _spark({
        "spark.kubernetes.executor.volumes.hostPath.spark-local-dir-1.mount.path": "/data",
        "spark.kubernetes.executor.volumes.hostPath.spark-local-dir-1.options.path": "/"}), "critical",
        "executors write into the node (Apache Spark, 'Running on Kubernetes', hostPath)"),
    Attack("Spark downloads a metastore from the web", ESC, _spark({"spark.sql.hive.metastore.jars": "maven"}),
           "major", "its code runs with the rights of the program (Apache Spark, 'Hive Tables')"),
)  # fmt: skip
FLINK = "apache/flink, kubernetes_config_configuration.html 0d77a1af and web_configuration.html 31f01fe2"
JOBS = (
    Attack("whoever reaches the page of Flink runs programs of his own", ESC, _flink({"web.submit.enable": "true"}),
           "critical", f"{FLINK}, web.submit.enable"),
    Attack("the page of Flink has an address outside the cluster", ESC, _flink({
        "kubernetes.rest-service.exposed.type": "LoadBalancer"}), "critical", f"{FLINK}, exposed.type"),
    Attack("jobs of Flink are in the network of their node", ESC, _flink({"kubernetes.hostnetwork.enabled": "true"}),
           "critical", f"they reach what only the node may ({FLINK}, hostnetwork)"),
    Attack("jobs of Flink run in the namespace of another team", ESC, _flink({"kubernetes.namespace": "payments"}),
           "critical", f"they mount its secrets ({FLINK}, kubernetes.namespace)"),
    Attack("a reporter of nobody knows whom reads the figures of Flink", ESC, _flink({
        "metrics.reporter.copy.factory.class": "com.acme.Copy"}), "major", "Apache Flink, 'Metric Reporters'"),
    Attack("parts of Flink talk in plain text", ESC, _flink({"security.ssl.internal.enabled": "false"}), "major",
           "apache/flink, security_configuration.html 198c92f0"),
    Attack("a machine of Flink runs a command as soon as it fails", ESC, _flink({
        "env.java.opts.taskmanager": "-XX:OnError=/data/run.sh"}), "major", "Java SE, 'The java Command', OnError"),
    Attack("clusters of EMR run Spark whose parts nobody authenticates", ESC, (aws("emr/Cluster", {
        "name": "work", "releaseLabel": "emr-7.10.0", "serviceRole": f"arn:aws:iam::{ME}:role/emr", "tags": TAGS,
        "configurationsJson": json.dumps([{"Classification": "spark-defaults", "Properties": {
            "spark.authenticate": "false"}}])}),), "major", f"{SPARK}, spark.authenticate"),
    Attack("an application of EMR Serverless has a listener of nobody knows whom", ESC, (aws(
        "emrserverless/Application", {"name": "work", "releaseLabel": "emr-7.10.0", "type": "spark", "tags": TAGS,
            "runtimeConfigurations": [{"classification": "spark-defaults", "properties": {
                "spark.extraListeners": "com.acme.Copy"}}]}),), "critical", "it reads each query"),
    Attack("a job of Glue asks nobody who its parts are", ESC, (aws("glue/Job", {
        "name": "work", "roleArn": f"arn:aws:iam::{ME}:role/glue", "glueVersion": "5.0", "timeout": 60, "tags": TAGS,
        "command": {"scriptLocation": "s3://bank-models/work.py"}, "defaultArguments": {
            "--conf": "spark.sql.adaptive.enabled=true --conf spark.network.crypto.enabled=false"}}),), "major",
        f"{SPARK}, spark.network.crypto.enabled"),
)  # fmt: skip
ATTACKS: tuple[Attack, ...] = (*SEARCHES, *OPENSEARCHES, *BROKERS, *DOCUMENTS, *SPARKS, *JOBS)
