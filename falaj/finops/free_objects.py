"""Custom resources of operators that cost nothing themselves: settings, rules and references.

Other kinds of the same API groups start pods or storage, and are not listed: a PushSecret creates secrets in the store
of a cloud, which charges for them (External Secrets, "Push Secrets", read 2026-11-27). The others are judged by what
they are for, not read in each project's reference.
"""

from collections.abc import Mapping

EVERY_KIND = "*"
"""Stands for all kinds of a group: users define them themselves, or all are settings of agents that run anyway."""
_CALICO = (
    "BGPConfiguration", "BGPFilter", "BGPPeer", "CalicoNodeStatus", "ClusterInformation", "FelixConfiguration",
    "GlobalNetworkPolicy", "GlobalNetworkSet", "HostEndpoint", "IPPool", "IPReservation",
    "KubeControllersConfiguration", "NetworkPolicy", "NetworkSet", "StagedGlobalNetworkPolicy",
    "StagedKubernetesNetworkPolicy", "StagedNetworkPolicy", "Tier",
)  # fmt: skip
"""Kinds that the agents and controllers of Calico read (projectcalico/calico, libcalico-go/config/crd, read
2026-11-28). Calico Enterprise adds others to projectcalico.org."""
FREE_OBJECTS: Mapping[str, tuple[str, ...]] = {
    "acme.cert-manager.io": ("Challenge", "Order"),
    # Routes to models; what answers them runs anyway (envoyproxy/ai-gateway, manifests/charts, read 2026-11-29).
    "aigateway.envoyproxy.io": (
        "AIGatewayRoute", "AIServiceBackend", "BackendSecurityPolicy", "MCPRoute", "QuotaPolicy",
    ),
    "apisix.apache.org": (
        "ApisixConsumer", "ApisixGlobalRule", "ApisixPluginConfig", "ApisixRoute", "ApisixTls", "ApisixUpstream",
        "BackendTrafficPolicy", "Consumer", "HTTPRoutePolicy", "PluginConfig",
    ),
    # Reports of scans that the operator itself writes (aquasecurity/trivy-operator, deploy/helm/crds, read 2026-11-28).
    "aquasecurity.github.io": (EVERY_KIND,),
    # Workflows start the pods of their templates (argoproj/argo-workflows f016ad89, its CRDs, read 2026-11-28).
    "argoproj.io": (
        "AnalysisTemplate", "AppProject", "Application", "ApplicationSet", "ClusterAnalysisTemplate",
        "ClusterWorkflowTemplate", "WorkflowTemplate",
    ),
    # Who signs in, and by which issuer (datreeio/CRDs-catalog 7b1e26ef, read 2026-11-29).
    "authentication.concierge.pinniped.dev": ("JWTAuthenticator", "WebhookAuthenticator"),
    "authorino.kuadrant.io": ("AuthConfig",),
    "autoscaling.k8s.io": ("VerticalPodAutoscaler",),
    "awspca.cert-manager.io": ("AWSPCAClusterIssuer", "AWSPCAIssuer"),
    "barmancloud.cnpg.io": ("ObjectStore",),
    "bitnami.com": ("SealedSecret",),
    # Rules of namespaces and their ceilings (projectcapsule/capsule 65a4e19e, charts/capsule/crds, read 2026-11-29).
    "capsule.clastix.io": (EVERY_KIND,),
    # Parts of a cluster of Ceph, whose disks are the cluster's; stores, file systems and exports start pods (rook/rook,
    # Documentation/CRDs, read 2026-11-29).
    "ceph.rook.io": (
        "CephBlockPool", "CephBlockPoolRadosNamespace", "CephClient", "CephFilesystemSubVolumeGroup",
        "CephObjectRealm", "CephObjectStoreUser", "CephObjectZoneGroup",
    ),
    # Issuers of an authority that runs elsewhere (smallstep/step-issuer, config/crd/bases, read 2026-11-29).
    "certmanager.step.sm": ("StepClusterIssuer", "StepIssuer"),
    # Settings of agents of Cilium and Tetragon (cilium/cilium, pkg/k8s/apis/cilium.io/client/crds, read 2026-11-28).
    "cilium.io": (EVERY_KIND,),
    "clickhouse.altinity.com": ("ClickHouseInstallationTemplate", "ClickHouseOperatorConfiguration"),
    "config.gatekeeper.sh": ("Config",),
    "config.supervisor.pinniped.dev": ("FederationDomain", "OIDCClient"),
    "configuration.konghq.com": (
        "KongClusterPlugin", "KongConsumer", "KongConsumerGroup", "KongIngress", "KongPlugin", "KongUpstreamPolicy",
        "TCPIngress", "UDPIngress",
    ),
    "constraints.gatekeeper.sh": (EVERY_KIND,),
    # Settings of the mesh; gateways start pods (hashicorp/consul-k8s, control-plane/config/crd/bases, read 2026-11-29).
    "consul.hashicorp.com": (
        "ControlPlaneRequestLimit", "ExportedServices", "JWTProvider", "Mesh", "MeshService", "PeeringAcceptor",
        "PeeringDialer", "ProxyDefaults", "SamenessGroup", "ServiceDefaults", "ServiceIntentions", "ServiceResolver",
        "ServiceRouter", "ServiceSplitter",
    ),
    "crd.k8s.amazonaws.com": ("ENIConfig",),
    "crd.projectcalico.org": (*_CALICO, "IPAMConfig"),
    "dapr.io": ("Component", "Configuration", "HTTPEndpoint", "Resiliency", "Subscription"),
    # A Broker of RabbitMQ's class, sources and transformations start pods (knative/eventing, config/core/resources).
    "eventing.knative.dev": ("EventPolicy", "EventType", "Trigger"),
    "extensions.istio.io": ("WasmPlugin",),
    "external-secrets.io": (
        "ClusterExternalSecret", "ClusterSecretStore", "ExternalSecret", "SecretStore",
    ),
    "externaldns.k8s.io": ("DNSEndpoint",),
    # What a canary asks; a Canary starts a second set of pods (datreeio/CRDs-catalog 7b1e26ef, read 2026-11-29).
    "flagger.app": ("AlertProvider", "MetricTemplate"),
    "fluentbit.fluent.io": (
        "ClusterFilter", "ClusterFluentBitConfig", "ClusterInput", "ClusterMultilineParser", "ClusterOutput",
        "ClusterParser", "Filter", "FluentBitConfig", "MultilineParser", "Output", "Parser",
    ),
    # Addresses behind a route and rules for routes (envoyproxy/gateway d32f2829 charts, CRDs, read 2026-11-29); an
    # EnvoyProxy starts pods.
    "gateway.envoyproxy.io": (
        "Backend", "BackendTrafficPolicy", "ClientTrafficPolicy", "EnvoyExtensionPolicy", "EnvoyPatchPolicy",
        "HTTPRouteFilter", "SecurityPolicy",
    ),
    "gateway.kgateway.dev": (
        "Backend", "BackendConfigPolicy", "DirectResponse", "GatewayExtension", "HTTPListenerPolicy", "TrafficPolicy",
    ),
    # Experimental kinds of Gateway API: backends, their traffic and meshes (kubernetes-sigs/gateway-api 4564255a,
    # config/crd/experimental, read 2026-11-30), and the ListenerSet before it was standard.
    "gateway.networking.x-k8s.io": ("XBackend", "XBackendTrafficPolicy", "XListenerSet", "XMesh"),
    "gateway.nginx.org": (
        "ClientSettingsPolicy", "ObservabilityPolicy", "SnippetsFilter", "UpstreamSettingsPolicy",
    ),
    # Generators of tokens and passwords (external-secrets/external-secrets, config/crds/bases, read 2026-11-28).
    "generators.external-secrets.io": (EVERY_KIND,),
    "grafana.integreatly.org": (
        "GrafanaAlertRuleGroup", "GrafanaContactPoint", "GrafanaDashboard", "GrafanaDatasource", "GrafanaFolder",
        "GrafanaLibraryPanel", "GrafanaMuteTiming", "GrafanaNotificationPolicy", "GrafanaNotificationPolicyRoute",
        "GrafanaNotificationTemplate", "GrafanaServiceAccount",
    ),
    "hnc.x-k8s.io": ("HierarchicalResourceQuota", "HierarchyConfiguration", "SubnamespaceAnchor"),
    "idp.supervisor.pinniped.dev": (
        "ActiveDirectoryIdentityProvider", "GitHubIdentityProvider", "LDAPIdentityProvider", "OIDCIdentityProvider",
    ),
    # What is in a registry, and which is the newest (fluxcd/image-reflector-controller 15a1b096, read 2026-12-02).
    # An ImageUpdateAutomation writes to a repository, which nothing in the plan shows.
    "image.toolkit.fluxcd.io": ("ImagePolicy", "ImageRepository"),
    # Weights of models and routes to them (kubernetes-sigs/gateway-api-inference-extension, config/crd/bases).
    "inference.networking.x-k8s.io": (
        "InferenceModel", "InferenceModelRewrite", "InferenceObjective", "InferencePool", "InferencePoolImport",
    ),
    "jetstream.nats.io": ("Account", "Consumer", "KeyValue", "ObjectStore", "Stream"),
    "k8s.cni.cncf.io": ("NetworkAttachmentDefinition",),
    "k8s.mariadb.com": ("Connection", "Database", "Grant", "User"),
    "k8s.nginx.org": ("GlobalConfiguration", "Policy", "TransportServer", "VirtualServer", "VirtualServerRoute"),
    "kafka.strimzi.io": ("KafkaConnector", "KafkaRebalance", "KafkaTopic", "KafkaUser"),
    # Which version is where (datreeio/CRDs-catalog 7b1e26ef, read 2026-11-29).
    "kargo.akuity.io": (
        "ClusterConfig", "ClusterPromotionTask", "Freight", "Project", "ProjectConfig", "Promotion", "PromotionTask",
        "Stage", "Warehouse",
    ),
    "kuadrant.io": ("AuthPolicy", "RateLimitPolicy", "TLSPolicy", "TokenRateLimitPolicy"),
    # Settings of the mesh; a MeshGatewayInstance starts pods (kumahq/kuma, deployments/charts/kuma/crds, 2026-11-29).
    "kuma.io": (
        "HostnameGenerator", "Mesh", "MeshAccessLog", "MeshCircuitBreaker", "MeshExternalService",
        "MeshFaultInjection", "MeshHTTPRoute", "MeshHealthCheck", "MeshIdentity", "MeshLoadBalancingStrategy",
        "MeshMetric", "MeshMultiZoneService", "MeshPassthrough", "MeshRateLimit", "MeshRetry",
        "MeshService", "MeshTCPRoute", "MeshTLS", "MeshTimeout", "MeshTrace", "MeshTrafficPermission", "MeshTrust",
    ),
    # What it applies is in a repository, as with Argo CD: no plan has it (datreeio/CRDs-catalog 7b1e26ef).
    "kustomize.toolkit.fluxcd.io": ("Kustomization",),
    "kyverno.io": (
        "CleanupPolicy", "ClusterCleanupPolicy", "ClusterPolicy", "GlobalContextEntry", "Policy", "PolicyException",
    ),
    "linkerd.io": ("ServiceProfile",),
    # Routes of logs; Logging and the agents start pods and volumes (kube-logging/logging-operator, config/crd/bases).
    "logging.banzaicloud.io": (
        "ClusterFlow", "ClusterOutput", "Flow", "LoggingRoute", "Output", "SyslogNGClusterFlow",
        "SyslogNGClusterOutput", "SyslogNGFlow", "SyslogNGOutput",
    ),
    # Rules; a LokiStack starts pods and volumes (grafana/loki, operator/config/crd/bases, read 2026-11-28).
    "loki.grafana.com": ("AlertingRule", "RecordingRule", "RulerConfig"),
    "longhorn.io": ("BackupTarget", "RecurringJob", "Setting"),
    "mellanox.com": ("HostDeviceNetwork", "IPoIBNetwork", "MacvlanNetwork"),
    # Addresses in the cluster's own network (metallb/metallb, config/crd/bases, read 2026-11-28).
    "metallb.io": (EVERY_KIND,),
    "multicluster.x-k8s.io": ("ServiceExport", "ServiceImport"),
    "mutations.gatekeeper.sh": ("Assign", "AssignImage", "AssignMetadata", "ModifySet"),
    "networking.k8s.aws": ("ApplicationNetworkPolicy", "ClusterNetworkPolicy", "PolicyEndpoint"),
    # Features of nodes (kubernetes-sigs/node-feature-discovery, deployment/base/nfd-crds, read 2026-11-28).
    "nfd.k8s-sigs.io": (EVERY_KIND,),
    "nodeinfo.volcano.sh": ("Numatopology",),
    "notification.toolkit.fluxcd.io": ("Alert", "Provider", "Receiver"),
    "nv-ipam.nvidia.com": ("CIDRPool", "IPPool"),
    "opensearch.opster.io": (
        "OpenSearchISMPolicy", "OpensearchActionGroup", "OpensearchComponentTemplate", "OpensearchIndexTemplate",
        "OpensearchRole", "OpensearchSnapshotPolicy", "OpensearchTenant", "OpensearchUser", "OpensearchUserRoleBinding",
    ),
    "opentelemetry.io": ("Instrumentation",),
    # Rules and what is measured; databases, agents and VMAuth start pods (VictoriaMetrics/operator, config/crd/bases).
    "operator.victoriametrics.com": (
        "VMAlertmanagerConfig", "VMNodeScrape", "VMPodScrape", "VMProbe", "VMRule", "VMScrapeConfig", "VMServiceScrape",
        "VMStaticScrape", "VMUser",
    ),
    # Rules; a PolicyServer starts pods (kubewarden/kubewarden-controller, config/crd/bases, read 2026-11-29).
    "policies.kubewarden.io": (
        "AdmissionPolicy", "AdmissionPolicyGroup", "ClusterAdmissionPolicy", "ClusterAdmissionPolicyGroup",
    ),
    "policies.kyverno.io": (
        "DeletingPolicy", "ImageValidatingPolicy", "MutatingPolicy", "NamespacedDeletingPolicy",
        "NamespacedImageValidatingPolicy", "NamespacedMutatingPolicy", "NamespacedValidatingPolicy", "PolicyException",
        "ValidatingPolicy",
    ),
    # Limits of what may be signed (cert-manager/approver-policy, deploy/crds, read 2026-11-29).
    "policy.cert-manager.io": ("CertificateRequestPolicy",),
    "policy.linkerd.io": (
        "AuthorizationPolicy", "EgressNetwork", "HTTPLocalRateLimitPolicy", "HTTPRoute", "MeshTLSAuthentication",
        "NetworkAuthentication", "Server", "ServerAuthorization",
    ),
    "policy.networking.k8s.io": ("AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"),
    "policy.sigstore.dev": ("ClusterImagePolicy", "TrustRoot"),
    # Objects in a cluster's databases, and lists of images; a Cluster and a Pooler start pods
    # (cloudnative-pg/cloudnative-pg a95a534d, config/crd/bases, read 2026-11-28).
    "postgresql.cnpg.io": (
        "Backup", "ClusterImageCatalog", "Database", "DatabaseRole", "ImageCatalog", "Publication", "ScheduledBackup",
        "Subscription",
    ),
    "projectcalico.org": (*_CALICO, "IPAMConfiguration"),
    "projectcontour.io": ("ExtensionService", "HTTPProxy", "TLSCertificateDelegation"),
    "pyrra.dev": ("ServiceLevelObjective",),
    # What lies in a broker; a RabbitmqCluster starts pods (rabbitmq/messaging-topology-operator, config/crd/bases).
    "rabbitmq.com": (
        "Binding", "Exchange", "Federation", "OperatorPolicy", "Permission", "Policy", "Queue", "SchemaReplication",
        "Shovel", "SuperStream", "TopicPermission", "User", "Vhost",
    ),
    "resource.nvidia.com": ("ComputeDomain",),
    "scheduling.run.ai": ("BindRequest", "PodGroup", "Queue"),
    # Queues, and groups and reservations of pods that other objects start (volcano-sh/volcano, config/crd, 2026-11-28).
    "scheduling.volcano.sh": (EVERY_KIND,),
    "scheduling.x-k8s.io": ("ElasticQuota", "PodGroup"),
    "secrets-store.csi.x-k8s.io": ("SecretProviderClass",),
    # Copies of secrets of a Vault, and how to reach it; HCP is a service that is paid for
    # (hashicorp/vault-secrets-operator, config/crd/bases, read 2026-11-29).
    "secrets.hashicorp.com": (
        "CSISecrets", "SecretTransformation", "VaultAuth", "VaultAuthGlobal", "VaultConnection", "VaultDynamicSecret",
        "VaultPKISecret", "VaultStaticSecret",
    ),
    "security-profiles-operator.x-k8s.io": (
        "AppArmorProfile", "ProfileBinding", "ProfileRecording", "SeccompProfile",
        "SelinuxProfile",
    ),
    # Rules of agents that run anyway (kubearmor/KubeArmor, deployments/CRD, read 2026-11-29).
    "security.kubearmor.com": ("KubeArmorClusterPolicy", "KubeArmorHostPolicy", "KubeArmorPolicy"),
    "sloth.slok.dev": ("PrometheusServiceLevel",),
    "source.toolkit.fluxcd.io": (
        "Bucket", "ExternalArtifact", "GitRepository", "HelmChart", "HelmRepository", "OCIRepository",
    ),
    # Which workloads get which identity (spiffe/spire-controller-manager, config/crd/bases, read 2026-11-29).
    "spire.spiffe.io": ("ClusterFederatedTrustDomain", "ClusterSPIFFEID", "ClusterStaticEntry"),
    "sriovnetwork.openshift.io": (
        "OVSNetwork", "SriovIBNetwork", "SriovNetwork", "SriovNetworkNodePolicy", "SriovNetworkPoolConfig",
    ),
    "stackconfigpolicy.k8s.elastic.co": ("StackConfigPolicy",),
    # Definitions; runs of them start pods (tektoncd/pipeline, pkg/apis/pipeline/v1, read 2026-11-28).
    "tekton.dev": ("Pipeline", "StepAction", "Task"),
    "telemetry.istio.io": ("Telemetry",),
    "templates.gatekeeper.sh": ("ConstraintTemplate",),
    "topology.volcano.sh": ("HyperNode",),
    "traefik.io": (
        "IngressRoute", "IngressRouteTCP", "IngressRouteUDP", "Middleware", "MiddlewareTCP", "ServersTransport",
        "ServersTransportTCP", "TLSOption", "TLSStore", "TraefikService",
    ),
    # How to reach an array of the data centre (datreeio/CRDs-catalog 7b1e26ef, read 2026-11-29).
    "trident.netapp.io": ("TridentBackendConfig", "TridentMirrorRelationship"),
    "triggers.tekton.dev": (
        "ClusterInterceptor", "ClusterTriggerBinding", "Interceptor", "Trigger", "TriggerBinding", "TriggerTemplate",
    ),
    "trust.cert-manager.io": ("Bundle",),
    "velero.io": ("Backup", "BackupStorageLocation", "Schedule", "VolumeSnapshotLocation"),
    "vpcresources.k8s.aws": ("CNINode", "SecurityGroupPolicy"),
    "wgpolicyk8s.io": ("ClusterPolicyReport", "PolicyReport"),
    "workload.linkerd.io": ("ExternalWorkload",),
}  # fmt: skip
"""API group -> kinds. What a backup stores is charged at its bucket and snapshots."""


def is_free_object(group: str, name: str) -> bool:
    """Returns whether an object of a kind, or a patch of it, costs nothing itself."""
    kinds = FREE_OBJECTS.get(group, ())
    return EVERY_KIND in kinds or name.removesuffix("Patch") in kinds
