"""Places abroad in texts of Kubernetes objects and in values of charts.

All were silent on 92e0a0ba, except addresses of AWS that are a whole value.
"""

import base64
import json

from ..harness import Given
from . import Attack

ABROAD = "eu-west-1"
SERVER = "https://1A.gr7.me-central-1.eks.amazonaws.com"
CLUSTER = {"kubeconfig": json.dumps({"clusters": [{"cluster": {"server": SERVER}}]})}
META = {"name": "it", "namespace": "team"}
CHART = {"chart": "keda", "version": "2.19.0", "repositoryOpts": {"repo": "https://kedacore.github.io/charts"}}


def kubernetes(kind: str, attack: str, /, **props: object) -> Attack:
    """A Kubernetes object, in a cluster in the UAE."""
    return Attack(
        attack, ("FJ-RES-302",), (Given(f"kubernetes:{kind}", {"metadata": META, **props}, provider=CLUSTER),)
    )


def config(name: str, text: str) -> Attack:
    """A ConfigMap with one text."""
    return kubernetes("core/v1:ConfigMap", name, data={"settings": text})


def pod(attack: str, /, **container: object) -> Attack:
    """A pod of one container."""
    return kubernetes("core/v1:Pod", attack, spec={"containers": [{"name": "app", "image": "app:1", **container}]})


def chart(name: str, values: object) -> Attack:
    """A chart of a listed source with values."""
    given = Given("kubernetes:helm.sh/v3:Release", {**CHART, "values": values}, provider=CLUSTER)
    return Attack(name, ("FJ-RES-302",), (given,))


def encoded(text: str) -> str:
    """The text as base64."""
    return base64.b64encode(text.encode()).decode()


ATTACKS: tuple[Attack, ...] = (
    kubernetes("velero.io/v1:BackupStorageLocation", "backups of Velero are stored abroad",
               spec={"provider": "aws", "objectStorage": {"bucket": "b"}, "config": {"region": ABROAD}}),
    kubernetes("external-secrets.io/v1:SecretStore", "secrets come from a store abroad",
               spec={"provider": {"aws": {"service": "SecretsManager", "region": ABROAD}}}),
    kubernetes("keda.sh/v1alpha1:ScaledObject", "KEDA reads a queue abroad",
               spec={"triggers": [{"type": "aws-sqs-queue", "metadata": {"awsRegion": ABROAD}}]}),
    kubernetes("core/v1:Secret", "a secret holds credentials for a region abroad",
               data={"credentials": encoded(f"[default]\nregion = {ABROAD}\n")}),
    kubernetes("core/v1:Secret", "a secret holds a bucket's settings in YAML",
               stringData={"objstore.yml": f"type: S3\nconfig:\n  endpoint: s3.{ABROAD}.amazonaws.com\n"}),
    kubernetes("core/v1:ServiceAccount", "a token is exchanged abroad",
               metadata={**META, "annotations": {"example.ae/sts": f"https://sts.{ABROAD}.amazonaws.com"}}),
    kubernetes("core/v1:PersistentVolume", "a volume lies in a zone abroad by its ID",
               spec={"csi": {"volumeAttributes": {"zoneId": "euw1-az1"}}}),
    kubernetes("core/v1:PersistentVolume", "a volume of Google Cloud lies abroad",
               spec={"csi": {"volumeAttributes": {"location": "europe-west4"}}}),
    pod("a pod has a region abroad", env=[{"name": "AWS_REGION", "value": ABROAD}]),
    pod("a pod's argument names a region abroad", args=["--storage", f"--s3-region={ABROAD}"]),
    pod("a pod's script names a region abroad", command=["sh", "-c", f"aws s3 sync /data s3://x --region '{ABROAD}'"]),
    pod("a pod has a location of Azure abroad", env=[{"name": "AZURE_LOCATION", "value": "West Europe"}]),
    pod("a pod has a location of an on-premises cloud abroad", env=[{"name": "OCI_REGION", "value": "eu-frankfurt-1"}]),
    config("settings in YAML name a region abroad", f"s3:\n  region: {ABROAD}\n"),
    config("settings in YAML name it with an escape", 's3:\n  region: "\\x65u-west-1"\n'),
    config("settings in YAML name it through an alias", f"x: &r {ABROAD}\ns3:\n  place: *r\n"),
    config("settings in YAML list it", f"targets:\n- me-central-1\n- {ABROAD}\n"),
    config("settings in properties name it", f"# store\ns3.region={ABROAD}\ns3.bucket=b\n"),
    config("settings in XML name it", f"<store><region>{ABROAD}</region></store>"),
    config("settings of Azure name it", "<location>westeurope</location>"),
    config("settings have an address of Azure abroad", "endpoint = https://westeurope.api.cognitive.microsoft.com/\n"),
    config("settings have an address of another vendor abroad", "endpoint=https://s3.eu-central-1.wasabisys.com\n"),
    config("JSON in YAML in a ConfigMap", f"job: |\n  {{\"cfg\": \"{{\\\"region\\\": \\\"{ABROAD}\\\"}}\"}}\n"),
    pod("a command has the region as its next argument",
        command=["aws", "s3", "cp", "/a", "s3://b", "--region", ABROAD]),
    pod("a program has the region as an argument", command=["python", "-c", f"boto3.client('s3', '{ABROAD}')"]),
    pod("a command of Azure has a short option", command=["sh", "-c", "az storage account create -l westeurope -n x"]),
    pod("a cache abroad by its short name", env=[{"name": "CACHE", "value": "x.abc.euw1.cache.amazonaws.com:6379"}]),
    config("settings of Terraform have a display name", 'resource "a" "b" { location = "West Europe" }\n'),
    config("settings of Fluent Bit name it", f"[OUTPUT]\n    Name s3\n    region {ABROAD}\n"),
    config("settings in HCL name it", f'storage "s3" {{\n  region     = "{ABROAD}"\n}}\n'),
    config("settings in several documents name it", f"a: 1\n---\nregion: {ABROAD}\n"),
    config("settings in a template name it", f"{{{{- if true }}}}\nregion: {ABROAD}\n{{{{- end }}}}\n"),
    kubernetes("storage.k8s.io/v1:StorageClass", "volumes lie in zones abroad", provisioner="ebs.csi.aws.com",
               parameters={"zones": "eu-west-1a,eu-west-1b"}),
    chart("values of a chart name a region abroad", {"config": {"region": ABROAD}}),
    chart("values of a chart hold YAML with an address abroad",
          {"config": "storage:\n  endpoint: https://s3.eu-central-1.wasabisys.com\n"}),
    chart("values of a chart hold variables", {"extraEnv": [{"name": "AWS_DEFAULT_REGION", "value": ABROAD}]}),
    chart("values of a chart hold a local zone abroad", {"zones": ["me-central-1a", "us-west-2-lax-1a"]}),
)  # fmt: skip
