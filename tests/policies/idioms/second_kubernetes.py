"""Objects and charts of clusters: operators, models, batch work and policies, second blind set."""

from ..blind import GROUP, KEY, ME, TAGS, Props, crd, k8s, meta, pod, workload
from . import Idiom
from .kubernetes import BUDGET, PROBES, RBAC, RESOURCES, SPREAD, bound, chart, on_aks, on_eks

REGION = "me-central-1"
BLUEPRINT = {"presets": ["eks-blueprint"]}
LABELS = {**TAGS, "app": "x"}
GPU = {"resources": {"requests": {"cpu": "4", "memory": "32Gi", "nvidia.com/gpu": "1"},
                     "limits": {"cpu": "8", "memory": "32Gi", "nvidia.com/gpu": "1"}}}  # fmt: skip
TO_DNS = {
    "toEndpoints": [{"matchLabels": {"k8s:io.kubernetes.pod.namespace": "kube-system", "k8s-app": "kube-dns"}}],
    "toPorts": [{"ports": [{"port": "53", "protocol": "ANY"}], "rules": {"dns": [{"matchPattern": "*"}]}}],
}
VALIDATION = "admissionregistration.k8s.io/v1"
PUBLIC_KEY = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----"


def template(container: Props, **spec: object) -> dict[str, object]:
    """Returns the template of pods with the cost labels."""
    return {"metadata": {"labels": LABELS}, "spec": pod(container, **spec)}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("certificate of the bank's authority for a service", (crd("cert-manager.io/v1:Certificate", {
        "secretName": "orders-tls", "dnsNames": ["orders.team-a.svc"], "duration": "2160h", "renewBefore": "360h",
        "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"}, "usages": ["server auth"],
        "issuerRef": {"name": "bank", "kind": "ClusterIssuer"}}),
        k8s("trust.cert-manager.io/v1alpha1:Bundle", {"metadata": {"name": "bank", "labels": TAGS}, "spec": {
            "sources": [{"secret": {"name": "bank-ca", "key": "ca.crt"}}],
            "target": {"configMap": {"key": "ca.crt"}}}}, "bundle")), "cert-manager.io/docs/trust/trust-manager"),
    Idiom("external-dns for a private zone, by its chart", (chart(
        "external-dns", "https://kubernetes-sigs.github.io/external-dns", "1.19.0", {
            "provider": {"name": "aws"}, "policy": "upsert-only", "registry": "txt", "txtOwnerId": "platform",
            "domainFilters": ["platform.internal"], "extraArgs": ["--aws-zone-type=private"],
            "sources": ["service", "ingress"], "env": [{"name": "AWS_DEFAULT_REGION", "value": REGION}],
            "commonLabels": TAGS, "resources": RESOURCES}, "external-dns"),),
        "kubernetes-sigs/external-dns charts/external-dns", BLUEPRINT),
    Idiom("Karpenter by its chart, and its class of nodes", on_eks(
        k8s("helm.sh/v3:Release", {"chart": "oci://public.ecr.aws/karpenter/karpenter", "version": "1.8.1",
                                   "namespace": "kube-system", "values": {
                                       "settings": {"clusterName": "platform",
                                           "interruptionQueue": "Karpenter-platform"},
                                       "additionalLabels": TAGS, "controller": {"resources": RESOURCES}}}, "karpenter"),
        k8s("karpenter.k8s.aws/v1:EC2NodeClass", {"metadata": {"name": "general", "labels": TAGS}, "spec": {
            "role": "KarpenterNodeRole-platform", "tags": TAGS, "amiSelectorTerms": [{"alias": "bottlerocket@v1.49.0"}],
            "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "platform"}}],
            "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "platform"}}],
            "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1, "httpEndpoint": "enabled"},
            "blockDeviceMappings": [{"deviceName": device, "ebs": {
                "encrypted": True, "kmsKeyID": KEY, "volumeType": "gp3", "volumeSize": size,
                "deleteOnTermination": True}} for device, size in (("/dev/xvda", "4Gi"), ("/dev/xvdb", "80Gi"))]}},
            "class")), "karpenter.sh/docs/getting-started", {"presets": ["karpenter"]}),
    Idiom("metrics server by its chart", (chart(
        "metrics-server", "https://kubernetes-sigs.github.io/metrics-server", "3.13.0", {
            "replicas": 2, "commonLabels": TAGS, "resources": RESOURCES, "tls": {"type": "cert-manager"},
            "apiService": {"insecureSkipTLSVerify": False}, "podDisruptionBudget": {"enabled": True,
                "minAvailable": 1}},
        "kube-system"),), "kubernetes-sigs/metrics-server charts/metrics-server", BLUEPRINT),
    Idiom("cluster autoscaler by its chart", (chart(
        "cluster-autoscaler", "https://kubernetes.github.io/autoscaler", "9.50.1", {
            "awsRegion": REGION, "autoDiscovery": {"clusterName": "platform"}, "additionalLabels": TAGS,
            "rbac": {"serviceAccount": {"annotations": {"eks.amazonaws.com/role-arn": f"arn:aws:iam::{ME}:role/ca"}}},
            "resources": RESOURCES}, "kube-system"),), "kubernetes/autoscaler charts/cluster-autoscaler"),
    Idiom("policy of Kyverno that verifies signatures of images", (k8s("kyverno.io/v1:ClusterPolicy", {
        "metadata": {"name": "signed", "labels": TAGS}, "spec": {
            "validationFailureAction": "Enforce", "background": False, "webhookTimeoutSeconds": 30, "rules": [{
                "name": "signed", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "verifyImages": [{
                    "imageReferences": [f"{ME}.dkr.ecr.{REGION}.amazonaws.com/*"], "mutateDigest": True,
                    "required": True, "attestors": [{"entries": [{"keys": {
                        "publicKeys": PUBLIC_KEY, "rekor": {"ignoreTlog": True},
                        "ctlog": {"ignoreSCT": True}}}]}]}]}]}}),),
                            "kyverno.io/docs/policy-types/cluster-policy/verify-images"),
    Idiom("Gatekeeper: a template and its constraint", (
        k8s("templates.gatekeeper.sh/v1:ConstraintTemplate", {
            "metadata": {"name": "k8srequiredlabels", "labels": TAGS}, "spec": {
                "crd": {"spec": {"names": {"kind": "K8sRequiredLabels"}}}, "targets": [{
                    "target": "admission.k8s.gatekeeper.sh", "rego":
                        'package k8srequiredlabels\nviolation[{"msg": m}] { not '
                        'input.review.object.metadata.labels.owner;'
                        ' m := "owner is missing" }'}]}}, "t"),
        k8s("constraints.gatekeeper.sh/v1beta1:K8sRequiredLabels", {
            "metadata": {"name": "owner", "labels": TAGS}, "spec": {"enforcementAction": "deny", "match": {
                "kinds": [{"apiGroups": ["apps"], "kinds": ["Deployment"]}]}}}, "c")),
        "open-policy-agent.github.io/gatekeeper/website/docs/howto"),
    Idiom("Gatekeeper: templates that read fields that an object may lack, in Rego and in CEL", (
        k8s("templates.gatekeeper.sh/v1:ConstraintTemplate", {
            "metadata": {"name": "hostpaths", "labels": TAGS}, "spec": {
                "crd": {"spec": {"names": {"kind": "HostPaths"}}}, "targets": [{
                    "target": "admission.k8s.gatekeeper.sh", "rego":
                        'package hostpaths\nviolation[{"msg": "a path of the node"}] {\n'
                        '  volume := object.get(input.review.object.spec, "volumes", [])[_]\n  volume.hostPath\n}\n'
                        'violation[{"msg": "a path of the node"}] {\n  not input.review.object.spec.containers\n'
                        '  input.review.object.spec.template.spec.volumes[_].hostPath\n}\n'}]}}, "paths"),
        k8s("templates.gatekeeper.sh/v1:ConstraintTemplate", {
            "metadata": {"name": "hostnetworks", "labels": TAGS}, "spec": {
                "crd": {"spec": {"names": {"kind": "HostNetworks"}}}, "targets": [{
                    "target": "admission.k8s.gatekeeper.sh", "code": [{"engine": "K8sNativeValidation", "source": {
                        "failurePolicy": "Fail", "matchCondition": [
                            {"name": "pods", "expression": "has(variables.anyObject.spec)"}],
                        "validations": [{"message": "the network of the node", "expression":
                                         "variables.anyObject.spec.?hostNetwork.orValue(false) == false"}]}}]}]}},
            "networks")),
        "open-policy-agent.github.io/gatekeeper/website/docs/validating-admission-policy"),
    Idiom("Cilium: names in the country only, and DNS", (crd("cilium.io/v2:CiliumNetworkPolicy", {
        "endpointSelector": {"matchLabels": {"app": "x"}}, "egress": [TO_DNS, {
            "toFQDNs": [{"matchName": f"s3.{REGION}.amazonaws.com"}],
            "toPorts": [{"ports": [{"port": "443", "protocol": "TCP"}]}]}],
        "ingress": [{"fromEndpoints": [{"matchLabels": {"app": "gateway"}}]}]}),),
        "docs.cilium.io/en/stable/security/dns"),
    Idiom("Kueue: a flavour, a queue of the cluster and a queue of a team", (
        k8s("kueue.x-k8s.io/v1beta2:ResourceFlavor", {"metadata": {"name": "cpu", "labels": TAGS}, "spec": {
            "nodeLabels": {"workload": "batch"}}}, "flavour"),
        k8s("kueue.x-k8s.io/v1beta2:ClusterQueue", {"metadata": {"name": "batch", "labels": TAGS}, "spec": {
            "namespaceSelector": {"matchLabels": {"team": "research"}}, "queueingStrategy": "BestEffortFIFO",
            "resourceGroups": [{"coveredResources": ["cpu", "memory"], "flavors": [{"name": "cpu", "resources": [
                {"name": "cpu", "nominalQuota": "40"}, {"name": "memory", "nominalQuota": "160Gi"}]}]}]}}, "cq"),
        k8s("kueue.x-k8s.io/v1beta2:LocalQueue", {"metadata": meta("team"), "spec": {"clusterQueue": "batch"}}, "lq")),
        "kueue.sigs.k8s.io/docs/tasks/manage/administer_cluster_quotas",
        {"cost": {"unpriced": {"kubernetes:kueue.x-k8s.io/v1beta2:ResourceFlavor::flavour": {
            "aed_per_month": 4000, "reason": "machines of the pool that the platform pays"}}}}),
    Idiom("model of KServe in a pod of one's own", (crd("serving.kserve.io/v1beta1:InferenceService", {"predictor": {
        "minReplicas": 2, "maxReplicas": 4, "labels": TAGS, **pod({**PROBES, **GPU})}}),),
        "kserve.github.io/website/docs"),
    Idiom("training of PyTorch with two workers", (crd("kubeflow.org/v1:PyTorchJob", {
        "runPolicy": {"activeDeadlineSeconds": 86400, "cleanPodPolicy": "All", "backoffLimit": 2},
        "pytorchReplicaSpecs": {kind: {"replicas": count, "restartPolicy": "OnFailure", "template": template(GPU)}
                                for kind, count in (("Master", 1), ("Worker", 2))}}),),
        "kubeflow.org/docs/components/trainer/legacy-v1"),
    Idiom("Argo Rollout by steps, behind a service of the cluster", (crd("argoproj.io/v1alpha1:Rollout", {
        "replicas": 3, "selector": {"matchLabels": {"app": "x"}}, "template": template(
            PROBES, topologySpreadConstraints=SPREAD), "strategy": {"canary": {
                "canaryService": "x-canary", "stableService": "x",
                "steps": [{"setWeight": 20}, {"pause": {"duration": "10m"}}]}}}),
        *(k8s("core/v1:Service", {"metadata": meta(name), "spec": {"selector": {"app": "x"}, "type": "ClusterIP",
                                                                   "ports": [{"port": 8080, "targetPort": 8080}]}},
                                                                       name)
          for name in ("x", "x-canary")), BUDGET), "argo-rollouts.readthedocs.io/en/stable/features/canary",
        doubt="a workload of the cluster has no price of its own: its machines are priced"),
    Idiom("PostgreSQL of CloudNativePG with backups in the country", on_eks(crd("postgresql.cnpg.io/v1:Cluster", {
        "instances": 3, "imageName": f"{ME}.dkr.ecr.{REGION}.amazonaws.com/postgresql:17.6",
            "enableSuperuserAccess": False,
        "storage": {"size": "50Gi", "storageClass": "gp3"}, "resources": RESOURCES,
            "inheritedMetadata": {"labels": TAGS},
        "postgresql": {"parameters": {"ssl_min_protocol_version": "TLSv1.3"},
                       "pg_hba": ["hostssl all all 10.0.0.0/8 scram-sha-256"]},
        "backup": {"retentionPolicy": "30d", "barmanObjectStore": {
            "destinationPath": "s3://platform-pg-backups/orders", "s3Credentials": {"inheritFromIAMRole": True},
            "data": {"encryption": "aws:kms"}, "wal": {"encryption": "aws:kms"}}}})),
        "cloudnative-pg.io/documentation/current/backup",
        {"residency": {"known": {"platform-pg-backups": "bucket of the platform in me-central-1"}}},
        "the class of its volumes is in another stack, so that their price is not known"),
    Idiom("Kafka of Strimzi with TLS inside the cluster, and a user", (crd("kafka.strimzi.io/v1beta2:Kafka", {
        "kafka": {"version": "4.1.0", "replicas": 3, "authorization": {"type": "simple"}, "listeners": [
            {"name": "tls", "port": 9093, "type": "internal", "tls": True, "authentication": {"type": "tls"}}],
            "storage": {"type": "persistent-claim", "size": "50Gi", "class": "gp3", "deleteClaim": False},
            "template": {"pod": {"metadata": {"labels": TAGS}}}}}),
        k8s("kafka.strimzi.io/v1beta2:KafkaUser", {"metadata": meta("orders"), "spec": {
            "authentication": {"type": "tls"}, "authorization": {"type": "simple", "acls": [{
                "resource": {"type": "topic", "name": "orders", "patternType": "literal"},
                "operations": ["Read", "Describe"]}]}}}, "user")), "strimzi.io/docs/operators/latest/configuring"),
    Idiom("alerts by mail to the team, through the bank's relay",
        (crd("monitoring.coreos.com/v1beta1:AlertmanagerConfig", {
        "route": {"receiver": "team", "groupBy": ["alertname"]}, "receivers": [{"name": "team", "emailConfigs": [{
            "to": "ops@example.ae", "from": "alerts@example.ae", "smarthost": "smtp.example.ae:587",
            "requireTLS": True}]}]}),), "prometheus-operator.dev/docs/developer/alerting",
        {"residency": {"known": {"smtp.example.ae": "the bank's relay in its data centre"}}}),
    Idiom("secrets of a team from Secrets Manager, by the CSI driver",
        (crd("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", {
        "provider": "aws", "parameters": {"region": REGION, "objects":
                                          '- objectName: "orders/db"\n  objectType: "secretsmanager"\n'}}),
        workload("apps/v1:Deployment", {**PROBES, "volumeMounts": [
            {"name": "secrets", "mountPath": "/secrets", "readOnly": True}]}, topologySpreadConstraints=SPREAD,
                volumes=[{
                "name": "secrets", "csi": {"driver": "secrets-store.csi.k8s.io", "readOnly": True,
                                           "volumeAttributes": {"secretProviderClass": "x"}}}]), BUDGET),
        "docs.aws.amazon.com/secretsmanager/latest/userguide/integrating_csi_driver.html"),
    Idiom("store of External Secrets in a vault of the stack's cloud", on_aks(crd("external-secrets.io/v1:SecretStore",
        {
        "provider": {"azurekv": {"authType": "WorkloadIdentity", "vaultUrl": "https://kv-platform.vault.azure.net",
                                 "serviceAccountRef": {"name": "orders"}}}})),
        "external-secrets.io/latest/provider/azure-key-vault",
        {"residency": {"known": {"kv-platform.vault.azure.net": "the platform's vault in UAE North"}}}),
    Idiom("job with a GPU, a deadline and a queue", (k8s("batch/v1:Job", {
        "metadata": {**meta(), "labels": {**TAGS, "kueue.x-k8s.io/queue-name": "team"}}, "spec": {
            "suspend": True, "backoffLimit": 2, "activeDeadlineSeconds": 21600, "ttlSecondsAfterFinished": 86400,
            "template": template(GPU, restartPolicy="Never", tolerations=[
                {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}])}}),),
        "kueue.sigs.k8s.io/docs/tasks/run/jobs"),
    Idiom("classes of storage of AKS and EKS with keys", (
        *on_aks(k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "premium-cmk", "labels": TAGS}, "provisioner": "disk.csi.azure.com",
            "reclaimPolicy": "Retain", "volumeBindingMode": "WaitForFirstConsumer", "allowVolumeExpansion": True,
            "parameters": {"skuName": "Premium_ZRS", "tags": ",".join(f"{k}={v}" for k, v in TAGS.items()),
                           "diskEncryptionSetID": f"{GROUP}/providers/Microsoft.Compute/diskEncryptionSets/des"}})),),
        "learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys"),
    Idiom("deployer of a namespace, by a role of its own", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("deployer"), "automountServiceAccountToken": False}, "sa"),
        k8s(f"{RBAC}:Role", {"metadata": meta("deployer"), "rules": [
            {"apiGroups": ["apps"], "resources": ["deployments"], "verbs": ["get", "list", "watch", "patch", "update"]},
            {"apiGroups": [""], "resources": ["services", "configmaps"], "verbs": ["get", "list", "patch", "update"]}]},
            "role"), bound("Role", "deployer", {"kind": "ServiceAccount", "name": "deployer", "namespace": "team-a"})),
        "kubernetes.io/docs/concepts/security/rbac-good-practices",
        doubt="who may change deployments may run pods with any service account of the namespace"),
    Idiom("admission policy that requires limits, and its binding", (
        k8s(f"{VALIDATION}:ValidatingAdmissionPolicy", {"metadata": {"name": "limits", "labels": TAGS}, "spec": {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                "resources": ["deployments"]}]}, "validations": [{
                    "expression": "object.spec.template.spec.containers.all(c, has(c.resources.limits))"}]}}, "p"),
        k8s(f"{VALIDATION}:ValidatingAdmissionPolicyBinding", {"metadata": {"name": "limits", "labels": TAGS}, "spec": {
            "policyName": "limits", "validationActions": ["Deny"]}}, "b")),
        "kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy"),
    Idiom("Istio: the store in the country is reached by TLS", (
        crd("networking.istio.io/v1:ServiceEntry", {"hosts": [f"s3.{REGION}.amazonaws.com"],
                "location": "MESH_EXTERNAL",
                                                    "ports": [{"number": 443, "name": "tls", "protocol": "TLS"}],
                                                    "resolution": "DNS"}),
        k8s("networking.istio.io/v1:DestinationRule", {"metadata": meta("orders"), "spec": {
            "host": "orders.team-a.svc.cluster.local", "trafficPolicy": {"tls": {"mode": "ISTIO_MUTUAL"},
                "outlierDetection": {"consecutive5xxErrors": 5}}}},
            "dr")), "istio.io/latest/docs/tasks/traffic-management/egress/egress-control"),
    Idiom("model on two machines by LeaderWorkerSet", (crd("leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", {
        "replicas": 1, "leaderWorkerTemplate": {"size": 2, "workerTemplate": template({**PROBES, **GPU})}}),),
        "docs.vllm.ai/en/latest/deployment/frameworks/lws.html"),
    Idiom("Traefik on the entry point with TLS", (crd("traefik.io/v1alpha1:IngressRoute", {
        "entryPoints": ["websecure"], "tls": {"secretName": "orders-tls", "options": {"name": "modern"}}, "routes": [{
            "kind": "Rule", "match": "Host(`orders.example.ae`)", "services": [{"name": "x", "port": 8080}]}]}),
        k8s("traefik.io/v1alpha1:TLSOption", {"metadata": meta("modern"), "spec": {"minVersion": "VersionTLS13"}},
            "o")),
        "doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd"),
    Idiom("OpenCost and the chart of the GPU operator", (
        chart("opencost", "https://opencost.github.io/opencost-helm-chart", "2.2.7", {
            "opencost": {"prometheus": {"internal": {"enabled": True, "serviceName": "prometheus-operated",
                                                     "namespaceName": "monitoring", "port": 9090}},
                         "exporter": {"resources": RESOURCES}}, "commonLabels": TAGS}, "opencost"),
        chart("gpu-operator", "https://helm.ngc.nvidia.com/nvidia", "v25.3.4", {
            "driver": {"enabled": False}, "toolkit": {"enabled": False}, "dcgmExporter": {"serviceMonitor": {
                "enabled": True}}}, "gpu-operator")), "opencost.io/docs/installation/helm",
        {"presets": ["gpu-operator"]}),
)  # fmt: skip
