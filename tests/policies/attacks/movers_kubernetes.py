"""Kubernetes objects whose controllers send or copy data to a host that nobody knows."""

from typing import Any

from ...samples import COST_TAGS as TAGS
from . import Attack
from .grants import k8s

RULES = ("FJ-RES-312",)


def _attack(name: str, kind: str, spec: dict[str, Any], **fields: Any) -> Attack:
    metadata = {"name": "x", "namespace": "data", "labels": TAGS}
    return Attack(name, RULES, (k8s(kind, {"metadata": metadata, "spec": spec, **fields}),))


def _service(host: str) -> dict[str, Any]:
    return {"type": "ExternalName", "externalName": host}


def _velero(**spec: Any) -> dict[str, Any]:
    return {"provider": "aws", "objectStorage": {"bucket": "stranger"}, **spec}


_VELERO = "velero.io/v1:BackupStorageLocation"

ATTACKS = (
    _attack("Service named after a host abroad", "core/v1:Service", _service("db.example.de")),
    _attack("Service named after a host of another region inside a private domain", "core/v1:Service",
            _service("ip-10-0-0-1.eu-west-1.compute.internal")),
    _attack("Service named after a bucket of another vendor", "core/v1:Service",
            _service("storage.googleapis.com")),
    Attack("Service named after a host abroad in a list", RULES,
           (k8s("core/v1:List", {"items": [{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"},
                                            "spec": _service("db.example.de")}]}),)),
    _attack("slice of endpoints on the internet", "discovery.k8s.io/v1:EndpointSlice", {},
            addressType="IPv4", endpoints=[{"addresses": ["10.0.0.3"]}, {"addresses": ["203.0.113.7"]}]),
    _attack("volume on a file server abroad", "core/v1:PersistentVolume",
            {"nfs": {"server": "nfs.example.de", "path": "/"}, "capacity": {"storage": "1Gi"}}),
    _attack("volume of a bucket of another vendor", "core/v1:PersistentVolume",
            {"csi": {"driver": "s3.csi.aws.com", "volumeHandle": "v",
                     "volumeAttributes": {"endpointURL": "https://s3.wasabisys.com", "bucketName": "b"}}}),
    _attack("admission webhook on the web", "admissionregistration.k8s.io/v1:MutatingWebhookConfiguration", {},
            webhooks=[{"name": "a.example.ae", "clientConfig": {"url": "https://hooks.example.de/mutate"}}]),
    _attack("backups at another vendor", _VELERO, _velero(config={
        "region": "me-central-1", "s3Url": "https://s3.eu-central-1.wasabisys.com"})),
    _attack("backups in a bucket whose region nobody states", _VELERO, _velero()),
    _attack("backups in a stranger's account", _VELERO,
            {"provider": "azure", "objectStorage": {"bucket": "b"}, "config": {"storageAccount": "stranger"}}),
    _attack("metrics are written to a partner", "monitoring.coreos.com/v1:Prometheus",
            {"remoteWrite": [{"url": "http://thanos.monitoring.svc/api"}, {"url": "https://prom.example.de/write"}]}),
    _attack("alerts are sent to the web", "monitoring.coreos.com/v1beta1:AlertmanagerConfig",
            {"receivers": [{"name": "r", "webhookConfigs": [{"url": "https://hooks.example.de"}]}]}),
    _attack("logs are written to Elasticsearch abroad", "logging.banzaicloud.io/v1beta1:ClusterOutput",
            {"elasticsearch": {"host": "es.example.de", "port": 9200}}),
    _attack("logs are written to a vendor", "fluentbit.fluent.io/v1alpha2:ClusterOutput",
            {"http": {"host": "intake.example.com", "port": 443}}),
    _attack("traces are exported to a vendor", "opentelemetry.io/v1beta1:OpenTelemetryCollector",
            {"config": {"receivers": {"otlp": {"protocols": {"grpc": {"endpoint": "0.0.0.0:4317"}}}},
                        "exporters": {"otlp/vendor": {"endpoint": "ingest.example.com:443"}}}}),
    _attack("mesh opens a host on the web", "networking.istio.io/v1:ServiceEntry",
            {"hosts": ["api.openai.com"], "ports": [{"number": 443, "name": "tls", "protocol": "TLS"}]}),
    _attack("mesh opens every host of a domain", "networking.istio.io/v1beta1:ServiceEntry",
            {"hosts": ["*.example.com"], "location": "MESH_EXTERNAL"}),
    _attack("mesh opens a private name at an address on the internet", "networking.istio.io/v1:ServiceEntry",
            {"hosts": ["db.internal"], "endpoints": [{"address": "203.0.113.7"}], "resolution": "STATIC"}),
    _attack("prompts of a served model are logged on the web", "serving.kserve.io/v1beta1:InferenceService",
            {"predictor": {"logger": {"mode": "all", "url": "https://log.example.com"},
                           "model": {"modelFormat": {"name": "sklearn"}}}}),
    _attack("topics are mirrored to Kafka abroad", "kafka.strimzi.io/v1beta2:KafkaMirrorMaker2",
            {"clusters": [{"alias": "a", "bootstrapServers": "kafka-bootstrap.kafka-prod.svc:9092"},
                          {"alias": "b", "bootstrapServers": "kafka.example.de:9094"}]}),
    _attack("connector writes to a database abroad", "kafka.strimzi.io/v1beta2:KafkaConnector",
            {"class": "io.aiven.JdbcSink", "config": {"connection.url": "jdbc:postgresql://db.example.de/x"}}),
    _attack("events go to a sink on the web", "sources.knative.dev/v1:SinkBinding",
            {"sink": {"uri": "https://hooks.example.de"}}),
    _attack("database is backed up to another vendor", "postgresql.cnpg.io/v1:Cluster",
            {"instances": 3, "backup": {"barmanObjectStore": {"destinationPath": "s3://b/",
                                                             "endpointURL": "https://s3.wasabisys.com"}}}),
    _attack("database is backed up to a store of Google", "postgresql.cnpg.io/v1:Cluster",
            {"instances": 3, "backup": {"barmanObjectStore": {"destinationPath": "gs://stranger/"}}}),
    _attack("database is backed up to a bucket of a stranger", "barmancloud.cnpg.io/v1:ObjectStore",
            {"configuration": {"destinationPath": "s3://stranger/x"}}),
    _attack("volumes are backed up to a bucket of a stranger", "longhorn.io/v1beta2:BackupTarget",
            {"backupTargetURL": "s3://stranger@eu-west-1/"}),
    _attack("workflow calls the web", "argoproj.io/v1alpha1:Workflow",
            {"templates": [{"name": "a", "http": {"url": "https://hooks.example.de"}}]}),
)  # fmt: skip
