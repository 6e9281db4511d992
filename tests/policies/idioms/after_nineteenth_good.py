"""Good idioms that come close to what the good programs of set 19 made the rules read."""

from ..attacks.after_nineteenth_good import ASKS, CONTROLLER, batch, clients, gateway
from ..blind import TAGS, aws, az
from . import Idiom, unpriced
from .fourth import AWS_DOCS, HERE, ID, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET, BUDGET
from .ninth_aws import role_arn
from .sixteenth_stores import HASH
from .thirteenth_aws import OURS as BANK
from .twelfth_azure_platform import OWN, audit
from .twelfth_charts import MIRROR, mirrored, ours

PLACES = {
    "--TempDir": "s3://bank-datasets/tmp/", "--spark-event-logs-path": "s3://bank-datasets/spark/", "--input-path":
    "s3://bank-datasets/sales/2026-11/", "--output-path": "s3://bank-datasets/features/v=3/", "--extra-py-files":
    "s3://bank-models/jobs/helpers-1.8.0.zip"}  # fmt: skip
GATEWAY = "gateway.networking.k8s.io/v1:Gateway::apps"
CLIENTS = "gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a job is told where its data are, and loads its helpers from the bucket of reviewed programs", (
        BUDGET,
        aws("glue/Job", {
            "name": "sales", "roleArn": role_arn("sales"), "glueVersion": "5.0", "workerType": "G.1X",
            "numberOfWorkers": 4, "timeout": 60, "securityConfiguration": "bank", "command": {
                "scriptLocation": "s3://bank-models/jobs/sales-1.8.0.py"}, "defaultArguments": PLACES, "tags": TAGS},
            "sales"),
        aws("glue/Trigger", {"name": "nightly", "type": "SCHEDULED", "schedule": "cron(0 1 * * ? *)", "tags": TAGS,
                             "actions": [{"jobName": "sales", "securityConfiguration": "bank", "arguments": {
                                 "--TempDir": "s3://bank-datasets/tmp/night/"}}]}, "nightly")),
        f"{AWS_DOCS}/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html",
        {**BANK, "escape": {"code_sources": {"bank-models": "our own jobs, pushed by the pipeline"}}}),
    Idiom("machines of jobs by the template of the platform team have the tags of the compute environment", (
        BUDGET, batch(TAGS)),
        f"{AWS_DOCS}/batch/latest/userguide/tag-resources.html",
        {**BANK, **unpriced("aws:batch/computeEnvironment:ComputeEnvironment::gpus")}),
    Idiom("copies of events go to the account of the lake, which is listed by its host", (
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evhns-trades", "eventHubName": "trades", "captureDescription": {
                "enabled": True, "encoding": "Avro", "destination": {
                    "name": "EventHubArchive.AzureBlockBlob", "blobContainer": "trades", "storageAccountResourceId":
                    f"{OURS}.Storage/storageAccounts/stbank"}}}, "hub"),),
        f"{LEARN}/event-hubs/event-hubs-capture-overview", OWN),
    Idiom("APIs are offered in the network alone, and the property of the public entry has its default", (
        AZURE_BUDGET,
        az("apimanagement:ApiManagementService", {
            **HERE, "serviceName": "apim-inner", "publisherEmail": "apis@bank.ae", "publisherName": "Bank", "sku": {
                "name": "Premium", "capacity": 1}, "virtualNetworkType": "Internal", "publicNetworkAccess": "Enabled",
            "virtualNetworkConfiguration": {"subnetResourceId": f"{VNET}/subnets/apim"}, "apiVersionConstraint": {
                "minApiVersion": "2021-08-01"}, "identity": {
                    "type": "UserAssigned", "userAssignedIdentities": {ID: {}}}}, "apis"),
        audit("apis", f"{OURS}.ApiManagement/service/apim-inner")),
        f"{LEARN}/api-management/api-management-using-with-internal-vnet",
        {**OWN, **unpriced("azure-native:apimanagement:ApiManagementService::apis")}),
    Idiom("images of exporters are those of the mirror, whose registry stands in the global values of each chart", (
        mirrored("prometheus-node-exporter", "4.49.1", {
            "global": {"imageRegistry": MIRROR}, "image": {"repository": "prometheus/node-exporter", "digest": HASH},
            "kubeRBACProxy": {"enabled": True, "image": {"repository": "brancz/kube-rbac-proxy", "sha": HASH[7:]}},
            "hostNetwork": False, "hostPID": False, "hostRootFsMount": {"enabled": False}}, "monitoring"),
        mirrored("prometheus-blackbox-exporter", "11.4.1", {
            "global": {"imageRegistry": MIRROR}, "image": {"repository": "prometheus/blackbox-exporter"}},
            "monitoring")),
        "prometheus-community/helm-charts cf408a29, charts",
        ours(kubernetes={"privileged_namespaces": {"monitoring": "agents that read figures of each node"}})),
    Idiom("a gateway asks each client for a certificate, by a policy on its one listener and one on all", gateway(
        CONTROLLER, "HTTPS", clients("all", ASKS),
        clients("in", {"tls": {**ASKS["tls"], "minVersion": "1.3"}}, sectionName="in")),
        "envoyproxy/gateway 013bfe83, internal/gatewayapi/clienttrafficpolicy.go",
        ours("gateway.envoyproxy.io", prices=(GATEWAY, f"{CLIENTS}::all", f"{CLIENTS}::in"))),
)  # fmt: skip
