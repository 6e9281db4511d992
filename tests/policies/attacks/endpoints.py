"""Endpoints and proxies abroad, clusters behind an allowed name, and deployments of models that leave the region.

All but the deployment in batches were silent on 92e0a0ba.
"""

import json

from tests.samples import COST_TAGS as TAGS

from ..harness import Given
from . import Attack

OWN = "123456789012"
GROUP = {"resourceGroupName": "ai"}
SERVER = "https://1A.gr7.me-central-1.eks.amazonaws.com"
CLUSTER = {"kubeconfig": json.dumps({"clusters": [{"cluster": {"server": SERVER}}]})}
LISTED = "https://kubernetes.dc1.example.ae:6443"
CHART = {"chart": "keda", "version": "2.19.0", "repositoryOpts": {"repo": "https://kedacore.github.io/charts"}}
MODEL = {"model": {"name": "gpt-4o", "version": "2024-11-20", "format": "OpenAI"}}


def provider(cloud: str, rule: str, attack: str, **props: object) -> Attack:
    """An explicit provider."""
    return Attack(attack, (f"FJ-RES-{rule}",), (Given(f"pulumi:providers:{cloud}", props),))


def cluster(attack: str, rule: str, context: str = "", **entry: str) -> Attack:
    """A provider of Kubernetes with one cluster in its kubeconfig."""
    kubeconfig = json.dumps({"clusters": [{"name": "c", "cluster": entry}]})
    return provider("kubernetes", rule, attack, kubeconfig=kubeconfig, **({"context": context} if context else {}))


def function(attack: str, **variables: str) -> Attack:
    """A function with variables."""
    props = {"role": f"arn:aws:iam::{OWN}:role/it", "environment": {"variables": variables}, "tags": TAGS}
    return Attack(attack, ("FJ-RES-002",), (Given("aws:lambda/function:Function", props),))


def kubernetes(kind: str, attack: str, /, **props: object) -> Attack:
    """A Kubernetes object, in a cluster in the UAE."""
    given = Given(f"kubernetes:{kind}", {"metadata": {"name": "it", "namespace": "team"}, **props}, provider=CLUSTER)
    return Attack(attack, ("FJ-RES-002",), (given,))


def config(attack: str, text: str) -> Attack:
    """A ConfigMap with one text."""
    return kubernetes("core/v1:ConfigMap", attack, data={"settings": text})


def pod(attack: str, name: str, value: str) -> Attack:
    """A pod with one variable."""
    container = {"name": "app", "image": "app:1", "env": [{"name": name, "value": value}]}
    return kubernetes("core/v1:Pod", attack, spec={"containers": [container]})


def azure(kind: str, rule: str, attack: str, /, **props: object) -> Attack:
    """An Azure resource in the UAE."""
    return Attack(attack, (f"FJ-RES-{rule}",), (Given(f"azure-native:{kind}", {**GROUP, **props}),))


def deployment(attack: str, sku: str = "", **properties: object) -> Attack:
    """A deployment of a model."""
    terms = {"sku": {"name": sku, "capacity": 1}} if sku else {}
    return azure("cognitiveservices:Deployment", "205", attack, accountName="ai", properties={**MODEL, **properties},
                 **terms)  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    provider("aws", "002", "a provider sends S3 to another vendor", region="me-central-1",
             endpoints=json.dumps([{"s3": "https://s3.wasabisys.com"}])),
    provider("aws", "002", "a provider has a proxy abroad", region="me-central-1",
             httpsProxy="http://proxy.example.de:3128"),
    provider("aws", "002", "a provider has a proxy abroad, with a user", region="me-central-1",
             httpProxy="http://me-central-1.amazonaws.com@proxy.example.de"),
    provider("aws", "103", "a provider signs in abroad", region="me-central-1", stsRegion="eu-west-1"),
    provider("azure-native", "201", "a provider calls the cloud of another metadata host", location="uaenorth",
             metadataHost="management.example.de"),
    cluster("a cluster abroad under an allowed context", "301", LISTED,
            server="https://A.gr7.eu-west-1.eks.amazonaws.com"),
    cluster("a proxy abroad before a listed cluster", "002",
            **{"server": LISTED, "proxy-url": "https://proxy.example.de"}),
    function("a function sends S3 to another vendor", AWS_ENDPOINT_URL_S3="https://s3.wasabisys.com"),
    function("a function sends all calls to another vendor", AWS_ENDPOINT_URL="https://gateway.storjshare.io"),
    function("a function exports traces to a vendor", OTEL_EXPORTER_OTLP_ENDPOINT="https://api.honeycomb.io"),
    function("a function has a proxy abroad", HTTPS_PROXY="http://proxy.example.de:3128"),
    function("a function calls a model of a vendor", OPENAI_BASE_URL="https://api.openai.com/v1"),
    function("a function sends S3 to an address", S3_ENDPOINT="203.0.113.7:9000"),
    pod("a pod stores experiments at another vendor", "MLFLOW_S3_ENDPOINT_URL", "https://fra1.digitaloceanspaces.com"),
    pod("a pod calls a model of a vendor", "OPENAI_API_BASE", "https://api.openai.com/v1"),
    pod("a pod has a proxy abroad", "https_proxy", "proxy.example.de:3128"),
    pod("a pod calls a stranger's AI account", "AZURE_OPENAI_ENDPOINT", "https://stranger.openai.azure.com/"),
    config("Loki stores logs at another vendor", "storage_config:\n  aws:\n    endpoint: https://s3.wasabisys.com\n"),
    config("Prometheus writes to a vendor", "remote_write:\n- url: https://prometheus-prod-01.grafana.net/api/prom/push\n"),
    config("a collector exports to a vendor", "exporters:\n  otlphttp:\n    endpoint: https://otlp.nr-data.net\n"),
    config("settings in JSON have an endpoint of a vendor", '{"s3": {"endpointUrl": "https://storage.googleapis.com"}}'),
    config("rclone copies to another vendor", "[remote]\ntype = s3\nendpoint = s3.wasabisys.com\n"),
    config("a profile of AWS has an endpoint of a vendor", "[default]\nendpoint_url = https://s3.wasabisys.com\n"),
    config("a connection string names a stranger's namespace",
           "bus=Endpoint=sb://stranger.servicebus.windows.net/;SharedAccessKeyName=all"),
    config("a script names an endpoint of a vendor",
           "#!/bin/sh\naws --endpoint-url=https://s3.wasabisys.com s3 sync /data s3://x\n"),
    kubernetes("core/v1:Pod", "a command names an endpoint of a vendor", spec={"containers": [{
        "name": "app", "image": "app:1",
        "command": ["aws", "--endpoint-url", "https://s3.wasabisys.com", "s3", "cp", "/data", "s3://x"]}]}),
    kubernetes("core/v1:PersistentVolume", "a volume is mounted from another vendor", spec={
        "mountOptions": ["endpoint-url https://s3.wasabisys.com"], "csi": {"driver": "s3.csi.aws.com"}}),
    pod("a pod sends errors to a vendor", "SENTRY_DSN", "https://key@o1.ingest.sentry.io/1"),
    pod("a pod tracks experiments abroad", "MLFLOW_TRACKING_URI", "https://mlflow.example.de"),
    Attack("values of a chart have an endpoint of a vendor", ("FJ-RES-002",), (
        Given("kubernetes:helm.sh/v3:Release", {**CHART, "values": {"loki": {"storage": {"s3": {
            "endpoint": "s3.wasabisys.com"}}}}}, provider=CLUSTER),)),
    Attack("values of a chart have YAML with an endpoint of a vendor", ("FJ-RES-002",), (
        Given("kubernetes:helm.sh/v3:Release", {**CHART, "values": {
            "config": "thanos:\n  objstore:\n    endpoint: s3.wasabisys.com\n"}}, provider=CLUSTER),)),
    deployment("a deployment without a SKU"),
    deployment("a deployment of the developer tier", "DeveloperTier"),
    deployment("a deployment in batches of the world", "GlobalBatch"),
    deployment("requests spill over to a deployment outside the stack", "Standard", spilloverDeploymentName="global"),
    azure("network:PublicIPAddress", "202", "an address in an edge zone", location="uaenorth",
          extendedLocation={"name": "microsoftlosangeles1", "type": "EdgeZone"}),
    azure("cosmosdb:DatabaseAccount", "202", "a replica in a region that no list has", location="uaenorth",
          databaseAccountOfferType="Standard", locations=[{"locationName": "kenyanorth"}]),
    azure("cosmosdb:DatabaseAccount", "202", "a replica in a sovereign cloud",
          location="uaenorth", databaseAccountOfferType="Standard",
          locations=[{"locationName": "Bleu France Central"}]),
    Attack("a policy deploys a template abroad", ("FJ-RES-202",), (Given(
        "azure-native:authorization:PolicyDefinition", {
        "policyDefinitionName": "p", "mode": "All", "policyRule": {
            "if": {"field": "type", "equals": "Microsoft.Storage/storageAccounts"},
            "then": {"effect": "deployIfNotExists", "details": {"deployment": {
                "location": "westeurope", "properties": {"mode": "incremental", "template": {"resources": []}}}}}}}),)),
)  # fmt: skip
