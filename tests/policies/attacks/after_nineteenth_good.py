"""Attacks that come closest to what rules were softened for after the good idioms of set 19."""

from collections.abc import Mapping

from ..blind import ME, TAGS, aws, az, k8s, meta
from ..harness import Given
from ..idioms.eleventh_cluster import top
from ..idioms.fourth import HERE, OURS, RG, VNET
from ..idioms.ninth_aws import GROUPS, SUBNETS, role_arn
from ..idioms.sixteenth_stores import HASH
from ..idioms.twelfth_charts import mirrored
from . import Attack

READ = "read 2026-11-30"
OWN = f"{ME}.dkr.ecr.me-central-1.amazonaws.com"
ENVOY = "gateway.envoyproxy.io"
AUTHORITY = {"caCertificateRefs": [{"kind": "ConfigMap", "group": "", "name": "bank-authority"}]}
ASKS = {"tls": {"clientValidation": AUTHORITY}}


def job(**arguments: str) -> tuple[Given, ...]:
    """Returns a job of Glue whose script is in a bucket of the stack."""
    return (
        aws("s3/Bucket", {"bucket": "bank-jobs", "tags": TAGS}, "jobs"),
        aws("glue/Job", {
            "name": "features", "roleArn": role_arn("features"), "glueVersion": "5.0", "workerType": "G.1X",
            "numberOfWorkers": 2, "command": {"scriptLocation": "s3://bank-jobs/features.py"}, "defaultArguments": {
                f"--{name.replace('_', '-')}": value for name, value in arguments.items()}, "tags": TAGS}, "features"),
    )  # fmt: skip


def batch(tags: dict[str, str]) -> Given:
    """Returns machines of jobs by a launch template of others, with tags."""
    return aws("batch/ComputeEnvironment", {
        "name": "gpus", "type": "MANAGED", "serviceRole": role_arn("batch"), "tags": TAGS, "computeResources": {
            "type": "EC2", "minVcpus": 0, "maxVcpus": 8, "instanceTypes": ["g5.xlarge"], "subnets": SUBNETS,
            "securityGroupIds": GROUPS, "instanceRole": role_arn("node"), "launchTemplate": {
                "launchTemplateId": "lt-0123456789abcdef0", "version": "1"}, "tags": tags}}, "gpus")  # fmt: skip


def hub(account: str) -> Given:
    """Returns a hub of events whose copies go to an account."""
    return az("eventhub:EventHub", {
        **RG, "namespaceName": "evhns-trades", "eventHubName": "trades", "captureDescription": {
            "enabled": True, "encoding": "Avro", "destination": {
                "name": "EventHubArchive.AzureBlockBlob", "blobContainer": "x", "storageAccountResourceId":
                account}}}, "hub")  # fmt: skip


def apis(kind: str) -> Given:
    """Returns a service of APIs in a kind of network, with its public entry."""
    return az("apimanagement:ApiManagementService", {
        **HERE, "serviceName": "apim-bank", "publisherEmail": "apis@bank.ae", "publisherName": "Bank", "sku": {
            "name": "Premium", "capacity": 1}, "virtualNetworkType": kind, "publicNetworkAccess": "Enabled",
        "virtualNetworkConfiguration": {"subnetResourceId": f"{VNET}/subnets/apim"}}, "apis")  # fmt: skip


def gateway(controller: str, protocol: str, *policies: Given) -> tuple[Given, ...]:
    """Returns a gateway of a class of the stack, with policies."""
    tls = {"tls": {"mode": "Terminate", "certificateRefs": [{"name": "tls"}]}} if protocol == "HTTPS" else {}
    return (
        top("gateway.networking.k8s.io/v1:GatewayClass", "envoy", {"controllerName": controller}),
        k8s("gateway.networking.k8s.io/v1:Gateway", {"metadata": meta("apps", "gateway"), "spec": {
            "gatewayClassName": "envoy", "infrastructure": {"annotations": {"metallb.io/address-pool": "inner"}},
            "listeners": [{
                "name": "in", "port": 443, "protocol": protocol, **tls}]}}, "apps"),
        *policies,
    )  # fmt: skip


def clients(name: str, spec: Mapping[str, object], namespace: str = "gateway", **target: str) -> Given:
    """Returns a policy on the clients of the gateway."""
    return k8s(f"{ENVOY}/v1alpha1:ClientTrafficPolicy", {"metadata": meta(name, namespace), "spec": {
        "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "apps", **target}], **spec}},
        name)  # fmt: skip


CONTROLLER = f"{ENVOY}/gatewayclass-controller"
ANYBODY = "whoever reaches the gateway has the models behind it"

ATTACKS = (
    Attack("a job adds Python files from a bucket that holds data of everybody", ("FJ-ESC-111",), job(
        extra_py_files="s3://bank-datasets/x/helpers"),
        "critical", f"they run with its role (AWS Glue, Using job parameters, --extra-py-files, {READ})"),
    Attack("a job is told the address of a program in a bucket of data", ("FJ-ESC-111",), job(
        plugin="s3://bank-datasets/x/plugin.whl"),
        "critical", f"the job installs and runs it (AWS Glue, Using job parameters, {READ})"),
    Attack("a job's settings of Spark name jars below a folder of data", ("FJ-ESC-111",), job(
        conf="spark.jars=s3://bank-datasets/x/"),
        "critical", "they run with its role (Apache Spark, Configuration, spark.jars, as known)"),
    Attack("a job keeps its temporary files in a bucket of unknown owner", ("FJ-RES-",), job(
        TempDir="s3://spark-tmp-eu/x/"),
        "critical", f"what it reads of the bank lies there (AWS Glue, Using job parameters, --TempDir, {READ})"),
    Attack("machines of jobs by a template of others have tags without the cost centre", ("FJ-TAG-003",), (
        batch({"Name": "gpus"}),),
        "minor", f"nobody is charged for them (AWS Batch, Tag your resources, {READ})"),
    Attack("copies of trades go to an account whose name begins as the bank's", ("FJ-RES-208",), (
        hub(f"{OURS}.Storage/storageAccounts/stbankcopies"),),
        "critical", "the account may be anywhere and anybody's (Event Hubs capture, as known)"),
    Attack("APIs in a network are open at their public entry", ("FJ-EXP-201",), (apis("External"),),
        "critical", f"the gateway is reached from the internet (Azure API Management, external mode, {READ})"),
    Attack("an image of a chart is of Docker Hub, beside a registry that the chart does not read", ("FJ-ESC-113",), (
        mirrored("qdrant", "1.15.5", {"global": {"imageRegistry": OWN, "security": {"allowInsecureImages": True}},
                                      "image": {"repository": "stranger/qdrant", "tag": f"v1@{HASH}"}}),),
        "critical", "a stranger's program has the vectors (qdrant/qdrant-helm, templates, as known)"),
    Attack("an image of another's ClickHouse is of Docker Hub, beside a registry that Bitnami's chart reads", (
        "FJ-ESC-113",), (mirrored("clickhouse", "0.3.5", {
            "global": {"imageRegistry": OWN}, "image": {"repository": "stranger/clickhouse", "tag": f"v1@{HASH}"}}),),
        "critical", "a stranger's program has the figures (Altinity/helm-charts, charts/clickhouse, as known)"),
    Attack("the global registry of a broker's chart is a stranger's", ("FJ-ESC-113", "FJ-ESC-116"), (
        mirrored("rabbitmq", "16.0.14", {
            "global": {"imageRegistry": "registry.stranger.example", "security": {"allowInsecureImages": True}},
            "image": {"repository": "rabbitmq/rabbitmq", "digest": HASH}}, "orders"),),
        "critical", f"the image is his (bitnami/charts, bitnami/common/templates/_images.tpl, {READ})"),
    Attack("a policy of Envoy Gateway takes clients without certificates too", ("FJ-EXP-331",), gateway(
        CONTROLLER, "HTTPS", clients("some", {"tls": {"clientValidation": {**AUTHORITY, "optional": True}}})),
        "critical", f"{ANYBODY} (envoyproxy/gateway, ClientValidationContext, optional, {READ})"),
    Attack("one listener's own policy takes clients without certificates", ("FJ-EXP-331",), gateway(
        CONTROLLER, "HTTPS", clients("all", ASKS), clients("one", {"tls": {"minVersion": "1.2"}}, sectionName="in")),
        "critical", f"{ANYBODY} (envoyproxy/gateway, ProcessClientTrafficPolicies, {READ})"),
    Attack("a policy of Envoy Gateway is in another namespace than the gateway", ("FJ-EXP-331",), gateway(
        CONTROLLER, "HTTPS", clients("all", ASKS, "apps")),
        "critical", f"{ANYBODY} (envoyproxy/gateway, resolveCTPolicyTargetRef, {READ})"),
    Attack("a gateway of another controller has a policy that this does not read", ("FJ-EXP-331",), gateway(
        "k8s.nginx.org/nginx-gateway-controller", "HTTPS", clients("all", ASKS)),
        "critical", f"{ANYBODY} (Gateway API, GatewayClass, controllerName, as known)"),
    Attack("a gateway without TLS has a policy that asks for certificates", ("FJ-EXP-331",), gateway(
        CONTROLLER, "HTTP", clients("all", ASKS)),
        "critical", f"{ANYBODY} (envoyproxy/gateway, buildListenerTLSParameters, {READ})"),
)  # fmt: skip
