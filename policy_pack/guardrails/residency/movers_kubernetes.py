"""Objects of Kubernetes whose controllers send or copy data to an address. The fields are those of the API of
Kubernetes and of the projects' CRDs, as their documentation describes them.
"""

import ipaddress
import re

from ..engine.conditions import IS_MISSING, none_of, one_of
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from ..readers.addresses import UNREADABLE, Address, addresses, urls
from ..readers.locations import AWS_UAE
from .movers import Mover

_REGION_OF_BUCKET = lazy_regex(r"s3://[^@/]+@([a-z0-9-]+)/")


def _objects(*kinds: str) -> tuple[str, ...]:
    """Returns the tokens of kinds: `velero.io:Schedule` is `kubernetes:velero.io/v1:Schedule`, whatever its version."""
    return tuple(f"kubernetes:{group}/v1:{kind}" for group, kind in (item.split(":") for item in kinds))


def _bucket(value: Plain) -> tuple[Address, ...]:
    return (Address(str(value), "s3"),)


def _vendor(_: Plain) -> tuple[Address, ...]:
    """Returns no host: the store of another vendor is named without an address."""
    return (UNREADABLE,)


def _another_cloud(value: Plain) -> tuple[Address, ...]:
    """Returns no host if a kind of store is that of a vendor without a region in the country."""
    return (UNREADABLE,) if str(value).lower() in ("gcs", "alibabacloud", "swift") else ()


def _backup_target(value: Plain) -> tuple[Address, ...]:
    """Returns the hosts of a backup target of Longhorn, which writes the region of a bucket as `s3://bucket@region/`."""
    region = _REGION_OF_BUCKET.match(str(value))
    return () if region and region[1] in AWS_UAE else addresses(value)


def _numbered(value: Plain) -> tuple[Address, ...]:
    """Returns the hosts that are given by their number: other rules read names."""
    return tuple(item for item in addresses(value) if _NUMBER.fullmatch(item.host))


_NUMBER = lazy_regex(r"[\d.]+|[0-9a-f.]*:[0-9a-f:.]*")
_VELERO = _objects("velero.io:BackupStorageLocation")
_KNATIVE_SINKS = _objects("sources.knative.dev:SinkBinding", "sources.knative.dev:ApiServerSource",
                          "sources.knative.dev:PingSource", "sources.knative.dev:ContainerSource",
                          "sources.knative.dev:KafkaSource")  # fmt: skip
_METRICS = _objects("monitoring.coreos.com:Prometheus", "monitoring.coreos.com:PrometheusAgent",
                    "monitoring.coreos.com:ThanosRuler", "operator.victoriametrics.com:VMAgent")  # fmt: skip
_WORKFLOWS = _objects("argoproj.io:Workflow", "argoproj.io:WorkflowTemplate", "argoproj.io:ClusterWorkflowTemplate")
_OUTPUTS = _objects("logging.banzaicloud.io:Output", "logging.banzaicloud.io:ClusterOutput",
                    "logging.banzaicloud.io:SyslogNGOutput", "logging.banzaicloud.io:SyslogNGClusterOutput",
                    "fluentbit.fluent.io:Output", "fluentbit.fluent.io:ClusterOutput",
                    "fluentd.fluent.io:Output", "fluentd.fluent.io:ClusterOutput",
                    "observability.openshift.io:ClusterLogForwarder")  # fmt: skip

_KYVERNO = _objects("kyverno.io:ClusterPolicy", "kyverno.io:Policy")
_KYVERNO_CEL = _objects(*(
    f"policies.kyverno.io:{scope}{kind}Policy"
    for kind in ("Validating", "Mutating", "Generating", "Deleting", "ImageValidating") for scope in ("", "Namespaced")
))  # fmt: skip
_SECRET_STORES = _objects("external-secrets.io:SecretStore", "external-secrets.io:ClusterSecretStore")
_CLOUD_VAULTS = tuple((f"spec.provider.{kind}", IS_MISSING) for kind in ("aws", "azurekv", "fake"))
"""Vaults of AWS and Azure name a region or a vault instead of an address, and rules of their own evaluate these."""
_POD_SPECS = {
    **dict.fromkeys(_objects("core:Pod"), "spec"),
    **dict.fromkeys(_objects("core:PodTemplate"), "template.spec"),
    **dict.fromkeys(_objects("apps:Deployment", "apps:StatefulSet", "apps:DaemonSet", "apps:ReplicaSet", "batch:Job",
                             "core:ReplicationController", "serving.knative.dev:Service"), "spec.template.spec"),
    **dict.fromkeys(_objects("batch:CronJob"), "spec.jobTemplate.spec.template.spec"),
}  # fmt: skip
_DNS_LINE = lazy_regex(
    r"^[ \t]*(?:(?:forward|proxy)[ \t]+\S+[ \t]+(?P<resolvers>.*)|(?:rewrite|name)[ \t].*[ \t](?P<name>\S+)[ \t]*"
    r"|(?P<address>[0-9a-fA-F.:]{7,})[ \t]+[a-z].*)$",
    re.MULTILINE,
)
"""Resolvers to which CoreDNS forwards questions, the name as which it asks for another, and the address that it gives a
name (CoreDNS, plugins `forward`, `rewrite` and `hosts`)."""


def _corefile(value: Plain) -> tuple[Address, ...]:
    """Returns the hosts to which a configuration of CoreDNS leads: resolvers, and names that replace others."""
    found: list[Address] = []
    for line in _DNS_LINE.finditer(str(value)):
        hosts = [*(line["resolvers"] or "").removesuffix("{").split(), line["name"] or "", line["address"] or ""]
        found += [item for host in hosts if re.search(r"^[^/]*[.:]", host) for item in addresses(host)]
    return tuple(found)


def _sign_in_proxy(value: Plain) -> tuple[Address, ...]:
    """Returns the host that ingress-nginx asks about each request; none for `$host`, the ingress itself."""
    return () if "://$" in str(value) else addresses(value)


_EVERY_ADDRESS = frozenset(str(network(0)) for network in (ipaddress.IPv4Address, ipaddress.IPv6Address))


def _cluster_host(value: Plain) -> tuple[Address, ...]:
    """Returns the hosts of an address of Envoy. The unspecified address is every address of the proxy itself."""
    return tuple(item for item in addresses(value) if item.host not in _EVERY_ADDRESS)


KUBERNETES_MOVERS = (
    *(Mover((token,), f"{path}.{field}") for token, path in _POD_SPECS.items()
      for field in ("hostAliases[*].ip", "dnsConfig.nameservers", "volumes[*].csi?.volumeAttributes?.server?",
                    "volumes[*].csi?.volumeAttributes?.source?")),
    *(Mover(_objects(f"sparkoperator.k8s.io:{kind}"), f"spec.{way}{part}?.hostAliases[*].ip")
      for kind, way in (("SparkApplication", ""), ("ScheduledSparkApplication", "template."))
      for part in ("driver", "executor")),
    *(Mover(_objects(f"argoproj.io:{kind}"), f"spec.{way}hostAliases[*].ip")
      for kind, above in (("Workflow", ""), ("WorkflowTemplate", ""), ("ClusterWorkflowTemplate", ""),
                          ("CronWorkflow", "workflowSpec?."))
      for way in (above, f"{above}templates[*].", f"{above}templateDefaults?.")),
    *(Mover(_objects("storage.k8s.io:StorageClass"), f"parameters?.{key}?")
      for key in ("server", "source", "mountTargetIp")),
    Mover(_objects("apiextensions.k8s.io:CustomResourceDefinition"), "spec.conversion.webhook.clientConfig.url"),
    Mover(_objects("externaldata.gatekeeper.sh:Provider"), "spec.url"),
    Mover(_objects("notification.toolkit.fluxcd.io:Provider", "flagger.app:AlertProvider"), "spec.address"),
    Mover(_objects("configuration.konghq.com:KongPlugin", "configuration.konghq.com:KongClusterPlugin"), "config.**"),
    Mover(_objects("cilium.io:CiliumEnvoyConfig", "cilium.io:CiliumClusterwideEnvoyConfig"),
          "spec.resources.**.address", read=_cluster_host),
    Mover(_objects("core:ConfigMap"), "data", read=_corefile,
          when=(("metadata.name", one_of("coredns", "coredns-custom", "node-local-dns")),)),
    *(Mover(_KYVERNO, f"spec.rules[*].{rule}context[*].apiCall.service.url")
      for rule in ("", "validate.foreach[*].", "mutate.foreach[*].", "mutate.targets[*].", "generate.foreach[*].")),
    Mover(_objects("kyverno.io:GlobalContextEntry"), "spec.apiCall.service.url"),
    Mover(_objects("kyverno.io:CleanupPolicy", "kyverno.io:ClusterCleanupPolicy"),
          "spec.context[*].apiCall.service.url"),
    *(Mover(_KYVERNO_CEL, f"spec.{part}", read=urls)
      for part in ("variables", "validations", "mutations", "generate", "conditions", "matchConditions")),
    *(Mover(_objects("networking.istio.io:EnvoyFilter"), f"spec.configPatches[*].patch.value.**.{key}",
            read=_cluster_host) for key in ("address", "target_uri", "uri")),
    Mover(_objects("traefik.io:Middleware", "traefik.containo.us:Middleware"), "spec.forwardAuth.address"),
    Mover(_objects("networking.k8s.io:Ingress"), "metadata.annotations.**.nginx.ingress.kubernetes.io/auth-url",
          read=_sign_in_proxy),
    Mover(_objects("grafana.integreatly.org:GrafanaContactPoint"), "spec.settings.**"),
    Mover(_objects("grafana.integreatly.org:GrafanaContactPoint"), "spec.receivers[*].**"),
    Mover(_objects("grafana.integreatly.org:GrafanaDatasource"), "spec.datasource.**"),
    Mover(_objects("sparkoperator.k8s.io:SparkApplication", "sparkoperator.k8s.io:ScheduledSparkApplication"),
          "spec.**.spark.eventLog.dir"),
    Mover(_objects("networking.k8s.io:Ingress"), "metadata.annotations.**.nginx.ingress.kubernetes.io/mirror-target"),
    Mover(_SECRET_STORES, "spec.provider.**", needs_address=True, when=_CLOUD_VAULTS),
    Mover(_objects("core:Service"), "spec.externalName", when=(("spec.type", one_of("ExternalName")),)),
    Mover(_objects("core:Endpoints"), "subsets[*].addresses[*].ip"),
    Mover(_objects("discovery.k8s.io:EndpointSlice"), "endpoints[*].addresses[*]"),
    Mover(_objects("core:PersistentVolume"), "spec.nfs?.server"),
    Mover(("kubernetes:helm.sh/v1:Release",), "values?.**.ip", read=_numbered),
    Mover(_objects("keda.sh:ScaledObject", "keda.sh:ScaledJob"), "spec.triggers[*].metadata?.**", read=_numbered),
    Mover(_objects("core:PersistentVolume"), "spec.csi?.volumeAttributes?.**"),
    *(Mover(_objects("core:PersistentVolume"), f"spec.csi?.volumeAttributes?.{key}?")
      for key in ("source", "mounttargetip")),
    Mover(_objects("admissionregistration.k8s.io:MutatingWebhookConfiguration",
                   "admissionregistration.k8s.io:ValidatingWebhookConfiguration"), "webhooks[*].clientConfig.url"),
    Mover(_VELERO, "spec.config?.**"),
    Mover(_VELERO, "spec.provider", when=(("spec.provider", none_of("aws", "azure", "velero.io/aws",
                                                                   "velero.io/azure")),), read=_vendor),
    Mover(_VELERO, "spec.config?.storageAccount", domain=".blob.core.windows.net"),
    # Velero asks S3 for the region of a bucket if none is set, and without a key of one's own its owner reads it.
    *(Mover(_VELERO, "spec.objectStorage.bucket", read=_bucket,
            when=(("spec.provider", one_of("aws", "velero.io/aws")), (f"spec.config?.{setting}", IS_MISSING),
                  ("spec.config?.s3Url", IS_MISSING))) for setting in ("region", "kmsKeyId")),
    # grafana/loki 65e30f84 operator/api/loki/v1/lokistack_types.go: azure, gcs, s3, swift, alibabacloud. Buckets of s3
    # and containers of azure are in the secret, with their region.
    Mover(_objects("loki.grafana.com:LokiStack", "tempo.grafana.com:TempoStack"), "spec.storage.**.type",
          read=_another_cloud),
    Mover(_objects("tempo.grafana.com:TempoMonolithic"), "spec.storage.traces.backend", read=_another_cloud),
    Mover(_METRICS, "spec.remoteWrite[*].url"),
    Mover(_METRICS, "spec.remoteWrite[*].proxyUrl"),
    Mover(_objects("monitoring.coreos.com:AlertmanagerConfig"), "spec.receivers[*].**"),
    Mover(_OUTPUTS, "spec.**"),
    Mover(_objects("opentelemetry.io:OpenTelemetryCollector"), "spec.config.exporters?.**"),
    Mover(_objects("networking.istio.io:ServiceEntry"), "spec.hosts[*]",
          when=(("spec.location", none_of("MESH_INTERNAL")),)),
    Mover(_objects("networking.istio.io:ServiceEntry"), "spec.endpoints[*].address"),
    Mover(_objects("networking.istio.io:WorkloadEntry"), "spec.address"),
    Mover(_objects("gateway.envoyproxy.io:Backend"), "spec.endpoints[*].fqdn?.hostname"),
    Mover(_objects("gateway.envoyproxy.io:Backend"), "spec.endpoints[*].ip?.address"),
    Mover(_objects("serving.kserve.io:InferenceService"), "spec.predictor?.logger?.url"),
    Mover(_objects("serving.kserve.io:InferenceGraph"), "spec.nodes.**.serviceUrl"),
    Mover(_objects("serving.kserve.io:InferenceService"), "spec.transformer?.logger?.url"),
    Mover(_objects("kafka.strimzi.io:KafkaMirrorMaker2"), "spec.clusters[*].bootstrapServers"),
    Mover(_objects("kafka.strimzi.io:KafkaMirrorMaker2"), "spec.target?.bootstrapServers"),
    Mover(_objects("kafka.strimzi.io:KafkaConnector"), "spec.config.**"),
    Mover(_objects("kafka.strimzi.io:KafkaConnect"), "spec.bootstrapServers"),
    Mover(_KNATIVE_SINKS, "spec.sink?.uri"),
    Mover(_objects("eventing.knative.dev:Trigger", "messaging.knative.dev:Subscription"), "spec.subscriber?.uri"),
    Mover(_objects("messaging.knative.dev:Subscription"), "spec.reply?.uri"),
    Mover(_objects("eventing.knative.dev:Broker", "eventing.knative.dev:Trigger"),
          "spec.delivery?.deadLetterSink?.uri"),
    Mover(_objects("postgresql.cnpg.io:Cluster"), "spec.backup?.barmanObjectStore?.endpointURL"),
    Mover(_objects("postgresql.cnpg.io:Cluster"), "spec.externalClusters[*].connectionParameters?.hostaddr"),
    Mover(_objects("postgresql.cnpg.io:Cluster"), "spec.backup?.barmanObjectStore?.destinationPath",
          when=(("spec.backup?.barmanObjectStore?.endpointURL", IS_MISSING),)),
    Mover(_objects("barmancloud.cnpg.io:ObjectStore"), "spec.configuration.endpointURL"),
    Mover(_objects("barmancloud.cnpg.io:ObjectStore"), "spec.configuration.destinationPath",
          when=(("spec.configuration.endpointURL", IS_MISSING),)),
    Mover(_objects("longhorn.io:BackupTarget"), "spec.backupTargetURL", read=_backup_target),
    Mover(_objects("k8up.io:Schedule", "k8up.io:Backup", "k8up.io:Archive"), "spec.backend?.**"),
    Mover(_WORKFLOWS, "spec.templates[*].http?.url"),
    Mover(_WORKFLOWS, "spec.templates[*].outputs?.artifacts[*].**"),
    Mover(_objects("argoproj.io:CronWorkflow"), "spec.workflowSpec.templates[*].http?.url"),
    Mover(_objects("argoproj.io:Sensor"), "spec.triggers[*].**"),
)  # fmt: skip
