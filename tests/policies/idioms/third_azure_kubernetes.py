"""What careful teams on Azure and in clusters add: written on 2026-11-28 before any of it was evaluated."""

from ..blind import GROUP, SUB, TAGS, az, crd, k8s, meta
from ..harness import Given
from . import Idiom, unpriced

RG = {"resourceGroupName": "rg-platform", "tags": TAGS}
RGN = {"resourceGroupName": "rg-platform"}
UAE = {"location": "uaenorth"}
NET = f"{GROUP}/providers/Microsoft.Network"
LEARN, K8S = "Microsoft Learn: ", "Kubernetes documentation: "


def internal_ingress(annotations: dict[str, str]) -> Given:
    """Returns an ingress of the site's internal class."""
    return k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(annotations=annotations), "spec": {
        "ingressClassName": "nginx-internal", "tls": [{"hosts": ["loans.example.ae"], "secretName": "tls"}],
        "rules": [{"host": "loans.example.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
            "service": {"name": "loans", "port": {"number": 8443}}}}]}}]}})  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Spoke whose traffic leaves through the firewall", (
        az("network:RouteTable", {**RG, **UAE, "routeTableName": "spoke", "disableBgpRoutePropagation": True,
            "routes": [
            {"name": "out", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
             "nextHopIpAddress": "10.0.1.4"}]}),
        az("network:Route", {**RGN, "routeTableName": "spoke", "routeName": "dc", "addressPrefix": "10.50.0.0/16",
            "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.1.4"})),
        f"{LEARN}Azure Firewall, 'Deploy in a hybrid network'"),
    Idiom("Private zone of blobs, linked to the network", (
        az("privatedns:PrivateZone", {**RG, "location": "Global",
                                      "privateZoneName": "privatelink.blob.core.windows.net"}),
        az("privatedns:VirtualNetworkLink", {**RG, "location": "Global", "virtualNetworkLinkName": "hub",
            "privateZoneName": "privatelink.blob.core.windows.net", "registrationEnabled": False,
            "virtualNetwork": {"id": f"{NET}/virtualNetworks/hub"}})), f"{LEARN}'Private endpoint DNS'"),
    Idiom("Lock on the group with the data", (
        az("authorization:ManagementLockAtResourceGroupLevel", {**RGN, "lockName": "keep", "level": "CanNotDelete",
                                                                "notes": "data of the bank"}),),
        f"{LEARN}'Lock your resources'"),
    Idiom("Policy of the organisation on locations", (
        az("authorization:PolicyAssignment", {"scope": SUB, "policyAssignmentName": "locations",
            "enforcementMode": "Default", "displayName": "Allowed locations", "policyDefinitionId":
            "/providers/Microsoft.Authorization/policyDefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c",
            "parameters": {"listOfAllowedLocations": {"value": ["uaenorth", "uaecentral"]}}}),),
        f"{LEARN}'Built-in policies: General'"),
    Idiom("Alerts of a cluster to the operators", (
        az("monitor:ActionGroup", {**RG, "location": "Global", "actionGroupName": "ops", "groupShortName": "ops",
            "enabled": True, "emailReceivers": [
                {"name": "ops", "emailAddress": "ops@example.ae", "useCommonAlertSchema": True}]}),
        az("monitor:MetricAlert", {**RG, "location": "global", "ruleName": "cpu", "severity": 2, "enabled": True,
            "scopes": [f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/prod"],
            "evaluationFrequency": "PT5M", "windowSize": "PT15M", "criteria": {
                "odataType": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", "allOf": [
                    {"name": "cpu", "metricName": "node_cpu_usage_percentage", "operator": "GreaterThan",
                     "threshold": 90, "timeAggregation": "Average", "criterionType": "StaticThresholdCriterion"}]}})),
        f"{LEARN}'Monitor AKS'"),
    Idiom("Identity of a workload and its federated credential", (
        az("managedidentity:UserAssignedIdentity", {**RG, **UAE, "resourceName": "scorer"}),
        az("managedidentity:FederatedIdentityCredential", {**RGN, "resourceName": "scorer",
            "federatedIdentityCredentialResourceName": "aks", "audiences": ["api://AzureADTokenExchange"],
            "issuer": "https://uaenorth.oic.prod-aks.azure.com/00000000-1111-2222-3333-444444444444/11111111/",
            "subject": "system:serviceaccount:team-a:scorer"})), f"{LEARN}AKS, 'Workload identity'"),
    Idiom("Upgrades of a cluster on Friday night", (
        az("containerservice:MaintenanceConfiguration", {**RGN, "resourceName": "prod",
            "configName": "aksManagedAutoUpgradeSchedule", "maintenanceWindow": {
                "durationHours": 4, "startTime": "01:00", "utcOffset": "+04:00",
                "schedule": {"weekly": {"dayOfWeek": "Friday", "intervalWeeks": 1}}}}),),
        f"{LEARN}AKS, 'Planned maintenance'"),
    Idiom("Product of APIs that asks for an approved subscription", (
        az("apimanagement:Product", {**RGN, "serviceName": "apim", "productId": "partners", "displayName": "Partners",
            "subscriptionRequired": True, "approvalRequired": True, "state": "published"}),
        az("apimanagement:ProductApi", {**RGN, "serviceName": "apim", "productId": "partners", "apiId": "loans"})),
        f"{LEARN}API Management, 'Create and publish a product'"),
    Idiom("App Service Environment with an internal address", (
        az("web:AppServiceEnvironment", {**RG, **UAE, "name": "ase", "kind": "ASEV3", "zoneRedundant": True,
            "internalLoadBalancingMode": "Web, Publishing",
            "virtualNetwork": {"id": f"{NET}/virtualNetworks/spoke/subnets/ase"}}),),
        f"{LEARN}'App Service Environment networking'", unpriced("azure-native:web:AppServiceEnvironment::it")),
    Idiom("Definition of a hardened image in the gallery", (
        az("compute:GalleryImage", {**RG, **UAE, "galleryName": "images", "galleryImageName": "ubuntu",
            "osType": "Linux",
            "osState": "Generalized", "hyperVGeneration": "V2", "identifier": {
                "publisher": "platform", "offer": "ubuntu", "sku": "24_04"}, "features": [
                {"name": "SecurityType", "value": "TrustedLaunch"}]}),), f"{LEARN}'Azure Compute Gallery'"),
    Idiom("Saved queries and a data collection association", (
        az("operationalinsights:SavedSearch", {**RGN, "workspaceName": "logs", "savedSearchId": "errors",
            "category": "platform", "displayName": "errors", "query": "ContainerLogV2 | where LogLevel == 'error'"}),
        az("monitor:DataCollectionRuleAssociation", {"associationName": "dcr", "resourceUri":
            f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/prod", "dataCollectionRuleId":
            f"{GROUP}/providers/Microsoft.Insights/dataCollectionRules/prod"})), f"{LEARN}'Container insights'"),
    Idiom("Private endpoint's zone group", (
        az("network:PrivateDnsZoneGroup", {**RGN, "privateEndpointName": "vault", "privateDnsZoneGroupName": "default",
            "privateDnsZoneConfigs": [{"name": "vault", "privateDnsZoneId":
                                       f"{NET}/privateDnsZones/privatelink.vaultcore.azure.net"}]}),),
        f"{LEARN}'Private endpoint DNS'"),
    Idiom("Lifecycle of blobs", (
        az("storage:ManagementPolicy", {**RGN, "accountName": "lake", "managementPolicyName": "default", "policy": {
            "rules": [{"enabled": True, "name": "cool", "type": "Lifecycle", "definition": {
                "filters": {"blobTypes": ["blockBlob"], "prefixMatch": ["raw/"]}, "actions": {"baseBlob": {
                    "tierToCool": {"daysAfterModificationGreaterThan": 30}}}}}]}}),),
        f"{LEARN}Blob Storage, 'Lifecycle management'"),
    Idiom("Administrators of PostgreSQL from Entra ID", (
        az("dbforpostgresql:Administrator", {**RGN, "serverName": "orders", "principalType": "Group",
            "objectId": "11111111-1111-1111-1111-111111111111", "principalName": "dba",
            "tenantId": "00000000-1111-2222-3333-444444444444"}),
        az("dbforpostgresql:Database", {**RGN, "serverName": "orders", "databaseName": "orders", "charset": "UTF8",
                                        "collation": "en_US.utf8"})),
        f"{LEARN}PostgreSQL, 'Microsoft Entra authentication'"),
    Idiom("Firewall policy of the hub with threat intelligence", (
        az("network:FirewallPolicy", {**RG, **UAE, "firewallPolicyName": "hub", "threatIntelMode": "Deny",
                                      "sku": {"tier": "Premium"}, "dnsSettings": {"enableProxy": True}}),),
        f"{LEARN}'Azure Firewall policy'"),
    Idiom("Queue of a tenant with its quota", (
        crd("kueue.x-k8s.io/v1beta1:ClusterQueue", {"namespaceSelector": {"matchLabels": {"tenant": "a"}},
            "resourceGroups": [{"coveredResources": ["cpu", "memory", "nvidia.com/gpu"], "flavors": [
                {"name": "spot", "resources": [{"name": "cpu", "nominalQuota": 32},
                                               {"name": "memory", "nominalQuota": "128Gi"},
                                               {"name": "nvidia.com/gpu", "nominalQuota": 4}]}]}]}),
        k8s("kueue.x-k8s.io/v1beta1:LocalQueue", {"metadata": meta("jobs"), "spec": {"clusterQueue": "x"}}, "lq")),
        "Kueue documentation: 'Cluster Queue'"),
    Idiom("Limits and quota of a namespace", (
        k8s("core/v1:LimitRange", {"metadata": meta("limits"), "spec": {"limits": [
            {"type": "Container", "default": {"memory": "512Mi"}, "defaultRequest": {"cpu": "100m"}}]}}),
        k8s("core/v1:ResourceQuota", {"metadata": meta("quota"), "spec": {"hard": {
            "requests.cpu": "32", "requests.memory": "128Gi", "requests.nvidia.com/gpu": "4"}}})),
        f"{K8S}'Resource Quotas'"),
    Idiom("Secret from the vault of the site", (
        crd("external-secrets.io/v1:ExternalSecret", {"refreshInterval": "1h", "secretStoreRef": {
            "kind": "ClusterSecretStore", "name": "vault"}, "target": {"name": "db"}, "data": [
            {"secretKey": "password", "remoteRef": {"key": "orders/db", "property": "password"}}]}),),
        "External Secrets documentation: 'ExternalSecret'"),
    Idiom("Policy of the cluster refuses latest tags", (
        crd("kyverno.io/v1:ClusterPolicy", {"validationFailureAction": "Enforce", "background": True, "rules": [
            {"name": "tag", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "validate": {
                "message": "use a digest", "pattern": {"spec": {"containers": [{"image": "!*:latest"}]}}}}]}),),
        "Kyverno policies: disallow-latest-tag"),
    Idiom("Metrics of a service and an alert on it", (
        crd("monitoring.coreos.com/v1:ServiceMonitor", {"selector": {"matchLabels": {"app": "x"}},
            "endpoints": [{"port": "metrics", "interval": "30s", "scheme": "https"}]}),
        k8s("monitoring.coreos.com/v1:PrometheusRule", {"metadata": meta("alerts"), "spec": {"groups": [
            {"name": "scorer", "rules": [{"alert": "Slow", "expr":
                "histogram_quantile(0.99, sum(rate(request_seconds_bucket[5m])) by (le)) > 1", "for": "10m",
                "labels": {"severity": "page"}, "annotations": {"summary": "slow"}}]}]}}, "rule")),
        "Prometheus Operator documentation: 'Alerting'"),
    Idiom("Traces stay in the cluster", (
        crd("opentelemetry.io/v1alpha1:Instrumentation", {"exporter": {
            "endpoint": "http://collector.observability.svc.cluster.local:4317"}, "propagators": ["tracecontext"],
            "sampler": {"type": "parentbased_traceidratio", "argument": "0.1"}}),),
        "OpenTelemetry documentation: 'Auto-instrumentation'",
        doubt="plain HTTP inside the cluster is the operator's own example"),
    Idiom("Internal ingress with TLS", (internal_ingress({}),), "ingress-nginx documentation: 'TLS/HTTPS'"),
    Idiom("Sign-in through the proxy of the cluster", (
        internal_ingress({
            "nginx.ingress.kubernetes.io/auth-url": "https://oauth2-proxy.auth.svc.cluster.local/oauth2/auth",
            "nginx.ingress.kubernetes.io/auth-signin": "https://login.example.ae/oauth2/start"}),),
        "ingress-nginx documentation: 'External OAUTH authentication'"),
    Idiom("Certificates of the site's own authority", (
        crd("cert-manager.io/v1:Issuer", {"ca": {"secretName": "site-ca"}}),
        k8s("cert-manager.io/v1:Certificate", {"metadata": meta("tls"), "spec": {"secretName": "tls",
            "dnsNames": ["loans.example.ae"], "issuerRef": {"kind": "Issuer", "name": "x"},
            "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"}}}, "cert")),
        "cert-manager documentation: 'CA'"),
    Idiom("Scaler of jobs on a queue of the site", (
        crd("keda.sh/v1alpha1:ScaledObject", {"scaleTargetRef": {"name": "scorer"}, "minReplicaCount": 0,
            "maxReplicaCount": 8, "triggers": [{"type": "prometheus", "metadata": {
                "serverAddress": "http://prometheus.monitoring.svc:9090", "query": "sum(queue)",
                "threshold": "10"}}]}),),
        "KEDA documentation: 'Prometheus'"),
    Idiom("Operators read and restart the workloads of one namespace", (
        k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta("operator"), "rules": [
            {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "list", "watch", "patch"]},
            {"apiGroups": [""], "resources": ["pods", "pods/log", "events"], "verbs": ["get", "list", "watch"]}]}),
        k8s("rbac.authorization.k8s.io/v1:RoleBinding", {"metadata": meta("operator"), "roleRef": {
            "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "operator"}, "subjects": [
            {"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "team-a-operators"}]}, "rb")),
        f"{K8S}'Using RBAC Authorization'"),
)  # fmt: skip
