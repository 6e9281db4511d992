"""Good idioms of clusters: rights of controllers and teams, certificates, gateways and routes (set 14, blind)."""

from ..blind import TAGS, k8s, meta, pod
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, role
from .eleventh_cluster import top
from .thirteenth_cluster_access import RBAC, READ, account, everywhere, subject, wide, within
from .twelfth_charts import CALLERS, POD, image, ours

LEASES = {"apiGroups": ["coordination.k8s.io"], "resources": ["leases"]}
PLACE = {"privileged_namespaces": {"node-problems": "agents that read the kernel's messages of each machine"}}
POLICY = """apiVersion: descheduler/v1alpha2
kind: DeschedulerPolicy
maxNoOfPodsToEvictPerNode: 2
maxNoOfPodsToEvictTotal: 20
profiles:
- name: platform
  pluginConfig:
  - name: DefaultEvictor
    args:
      nodeFit: true
      minReplicas: 2
  - name: RemovePodsViolatingTopologySpreadConstraint
    args:
      constraints: [DoNotSchedule]
  plugins:
    balance:
      enabled: [RemovePodsViolatingTopologySpreadConstraint]
"""
HOST = [{"name": "log", "hostPath": {"path": "/var/log", "type": "Directory"}},
        {"name": "kmsg", "hostPath": {"path": "/dev/kmsg", "type": "CharDevice"}}]  # fmt: skip
HOST_MOUNTS = [{"name": "log", "mountPath": "/var/log", "readOnly": True},
               {"name": "kmsg", "mountPath": "/dev/kmsg", "readOnly": True}]  # fmt: skip


def bound(name: str, who: str, namespace: str, target: str, kind: str, place: str = "") -> Given:
    """Returns the binding of a role of the system to a service account, in one namespace or in all."""
    cls = "RoleBinding" if place else "ClusterRoleBinding"
    metadata = meta(name, place) if place else {"name": name, "labels": TAGS}
    return k8s(f"{RBAC}/v1:{cls}", {
        "metadata": metadata, "subjects": [subject(who, namespace)],
        "roleRef": {"apiGroup": RBAC, "kind": kind, "name": target}}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("the server of metrics is an API of the cluster with a certificate, and reads figures alone", (
        account("metrics-server", "kube-system"),
        wide("metrics-server",
             {"apiGroups": [""], "resources": ["nodes/metrics"], "verbs": ["get"]},
             {"apiGroups": [""], "resources": ["pods", "nodes"], "verbs": READ}),
        everywhere("metrics-server", "kube-system"),
        wide("metrics-readers", {"apiGroups": ["metrics.k8s.io"], "resources": ["pods", "nodes"], "verbs": READ},
             **{"rbac.authorization.k8s.io/aggregate-to-view": "true"}),
        bound("metrics-delegator", "metrics-server", "kube-system", "system:auth-delegator", "ClusterRole"),
        bound("metrics-auth-reader", "metrics-server", "kube-system", "extension-apiserver-authentication-reader",
              "Role", "kube-system"),
        inside("core/v1:Service", "metrics-server", {
            "type": "ClusterIP", "selector": {"app": "metrics-server"}, "ports": [
                {"name": "https", "port": 443, "targetPort": 10250}]}, "kube-system"),
        k8s("apiregistration.k8s.io/v1:APIService", {
            "metadata": {"name": "v1beta1.metrics.k8s.io", "labels": TAGS, "annotations": {
                "cert-manager.io/inject-ca-from": "kube-system/metrics-server"}},
            "spec": {"group": "metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100,
                "versionPriority": 100,
                     "insecureSkipTLSVerify": False, "service": {
                         "name": "metrics-server", "namespace": "kube-system", "port": 443}}}, "api")),
        "github.com/kubernetes-sigs/metrics-server, manifests/base/rbac.yaml", ours()),
    Idiom("agents find broken machines and say so in the state of the machine, and nowhere else", (
        k8s("core/v1:Namespace", {"metadata": {"name": "node-problems", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "privileged"}}}, "node-problems"),
        account("node-problem-detector", "node-problems"),
        wide("node-problem-detector",
             {"apiGroups": [""], "resources": ["nodes"], "verbs": ["get"]},
             {"apiGroups": [""], "resources": ["nodes/status"], "verbs": ["patch"]},
             {"apiGroups": ["", "events.k8s.io"], "resources": ["events"], "verbs": ["create", "patch", "update"]}),
        everywhere("node-problem-detector", "node-problems"),
        k8s("apps/v1:DaemonSet", {"metadata": meta("node-problem-detector", "node-problems"), "spec": {
            "selector": {"matchLabels": {"app": "npd"}}, "updateStrategy": {"type": "RollingUpdate"}, "template": {
                "metadata": {"labels": {**TAGS, "app": "npd"}}, "spec": {
                    "serviceAccountName": "node-problem-detector", "priorityClassName": "system-node-critical",
                    "automountServiceAccountToken": True, "volumes": HOST, "containers": [{
                        "name": "npd", "image": image("node-problem-detector"), "resources": SMALL, "volumeMounts":
                        HOST_MOUNTS, "securityContext": {"privileged": True, "readOnlyRootFilesystem": True},
                        "command": ["/node-problem-detector", "--logtostderr",
                                    "--config.system-log-monitor=/config/kernel-monitor.json"],
                        "env": [{"name": "NODE_NAME", "valueFrom": {"fieldRef": {
                            "fieldPath": "spec.nodeName"}}}]}]}}}}, "agents")),
        "github.com/kubernetes/node-problem-detector, deployment/node-problem-detector.yaml", ours(kubernetes=PLACE),
        doubt="a privileged agent may change the state of any machine; upstream asks for both"),
    Idiom("pods that lie badly are evicted twice an hour, within the budgets of their owners", (
        account("descheduler", "kube-system"),
        wide("descheduler",
             {"apiGroups": [""], "resources": ["nodes", "namespaces", "pods"], "verbs": READ},
             {"apiGroups": [""], "resources": ["pods/eviction"], "verbs": ["create"]},
             {"apiGroups": ["policy"], "resources": ["poddisruptionbudgets"], "verbs": READ},
             {"apiGroups": ["scheduling.k8s.io"], "resources": ["priorityclasses"], "verbs": READ},
             {"apiGroups": ["events.k8s.io"], "resources": ["events"], "verbs": ["create", "update"]}),
        everywhere("descheduler", "kube-system"),
        k8s("core/v1:ConfigMap", {"metadata": meta("descheduler", "kube-system"), "data": {"policy.yaml": POLICY}},
            "policy"),
        k8s("batch/v1:CronJob", {"metadata": meta("descheduler", "kube-system"), "spec": {
            "schedule": "*/30 * * * *", "concurrencyPolicy": "Forbid", "successfulJobsHistoryLimit": 1,
            "jobTemplate": {"spec": {"activeDeadlineSeconds": 600, "backoffLimit": 0, "template": {
                "metadata": {"labels": TAGS}, "spec": {**pod({
                    "image": image("descheduler/descheduler"), "command": ["/bin/descheduler"], "resources": SMALL,
                    "args": ["--policy-config-file=/policy/policy.yaml"], "volumeMounts": [
                        {"name": "policy", "mountPath": "/policy", "readOnly": True}]},
                    volumes=[{"name": "policy", "configMap": {"name": "descheduler"}}], restartPolicy="Never"),
                    "serviceAccountName": "descheduler", "automountServiceAccountToken": True}}}}}}, "runs")),
        "github.com/kubernetes-sigs/descheduler, kubernetes/base/rbac.yaml", ours()),
    Idiom("the autoscaler of machines has the rights of upstream, and its lease and state by name", (
        account("cluster-autoscaler", "kube-system"),
        wide("cluster-autoscaler",
             {"apiGroups": ["", "events.k8s.io"], "resources": ["events"], "verbs": ["create", "patch"]},
             {"apiGroups": [""], "resources": ["pods/eviction"], "verbs": ["create"]},
             {"apiGroups": [""], "resources": ["pods/status"], "verbs": ["update"]},
             {"apiGroups": [""], "resources": ["nodes"], "verbs": [*READ, "update"]},
             {"apiGroups": [""], "verbs": READ, "resources": [
                 "namespaces", "pods", "services", "replicationcontrollers", "persistentvolumeclaims",
                 "persistentvolumes"]},
             {"apiGroups": ["policy"], "resources": ["poddisruptionbudgets"], "verbs": ["watch", "list"]},
             {"apiGroups": ["apps"], "resources": ["statefulsets", "replicasets", "daemonsets"], "verbs": READ},
             {"apiGroups": ["storage.k8s.io"], "verbs": READ, "resources": [
                 "storageclasses", "csinodes", "csidrivers", "csistoragecapacities", "volumeattachments"]},
             {"apiGroups": ["batch"], "resources": ["jobs", "cronjobs"], "verbs": READ}),
        everywhere("cluster-autoscaler", "kube-system"),
        *role("cluster-autoscaler", "kube-system",
              {**LEASES, "verbs": ["create"]},
              {**LEASES, "verbs": ["get", "update"], "resourceNames": ["cluster-autoscaler"]},
              {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["create"]},
              {"apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "update", "delete"],
               "resourceNames": ["cluster-autoscaler-status", "cluster-autoscaler-priority-expander"]})),
        "github.com/kubernetes/autoscaler, cluster-autoscaler/cloudprovider/aws/examples",
        {**ours(), "presets": ["cluster-autoscaler"]}),
    Idiom("developers look at their namespace, end a pod and change its number, and open no shell", (
        k8s(f"{RBAC}/v1:Role", {"metadata": meta("developers", "claims"), "rules": [
            {"apiGroups": [""], "verbs": READ, "resources": [
                "pods", "pods/log", "services", "events", "configmaps", "persistentvolumeclaims", "resourcequotas"]},
            {"apiGroups": [""], "resources": ["pods"], "verbs": ["delete"]},
            {"apiGroups": ["apps"], "resources": ["deployments", "replicasets", "statefulsets"], "verbs": READ},
            {"apiGroups": ["apps"], "resources": ["deployments/scale"], "verbs": ["get", "update", "patch"]},
            {"apiGroups": ["batch"], "resources": ["jobs", "cronjobs"], "verbs": READ},
            {"apiGroups": ["networking.k8s.io"], "resources": ["networkpolicies", "ingresses"], "verbs": READ},
            {"apiGroups": ["gateway.networking.k8s.io"], "resources": ["httproutes"], "verbs": READ}]}, "developers"),
        within("developers", "claims-developers", "claims", "Role")),
        "kubernetes.io/docs/reference/access-authn-authz/rbac", ours()),
    Idiom("certificates of a team are approved by a policy of names, and its use is one right", (
        top("policy.cert-manager.io/v1alpha1:CertificateRequestPolicy", "claims", {
            "allowed": {"dnsNames": {"required": True, "values": ["*.claims.svc", "claims.bank.ae"]},
                        "usages": ["server auth", "digital signature", "key encipherment"], "isCA": False,
                        "subject": {"organizations": {"required": False, "values": ["Bank"]}}},
            "constraints": {"maxDuration": "2160h", "minDuration": "24h", "privateKey": {
                "algorithm": "ECDSA", "minSize": 256, "maxSize": 384}},
            "selector": {"issuerRef": {"name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"},
                         "namespace": {"matchNames": ["claims"]}}}),
        wide("claims-policy", {"apiGroups": ["policy.cert-manager.io"], "resources": ["certificaterequestpolicies"],
                               "verbs": ["use"], "resourceNames": ["claims"]}),
        bound("claims-policy", "cert-manager", "cert-manager", "claims-policy", "ClusterRole", "claims"),
        inside("cert-manager.io/v1:Certificate", "claims", {
            "secretName": "claims-tls", "dnsNames": ["claims.bank.ae"], "duration": "2160h", "renewBefore": "720h",
            "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"}, "usages": [
                "server auth", "digital signature"], "issuerRef": {
                    "name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"}}, "claims")),
        "cert-manager.io/docs/policy/approval/approver-policy", ours()),
    Idiom("proxies of Envoy Gateway are two restricted pods with addresses of the cluster alone", (
        inside("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", "inner", {
            "provider": {"type": "Kubernetes", "kubernetes": {
                "envoyDeployment": {"replicas": 2, "pod": {"labels": TAGS, "securityContext": POD}, "container": {
                    "image": image("envoyproxy/envoy"), "resources": SMALL, "securityContext": CLOSED}},
                "envoyService": {"type": "ClusterIP"}, "envoyPDB": {"minAvailable": 1}}},
            "shutdown": {"drainTimeout": "60s"}, "logging": {"level": {"default": "warn"}}, "telemetry": {"accessLog": {
                "settings": [{"format": {"type": "JSON", "json": {
                    "method": "%REQ(:METHOD)%", "path": "%REQ(:PATH)%", "status": "%RESPONSE_CODE%"}},
                    "sinks": [{"type": "File", "file": {"path": "/dev/stdout"}}]}]}}}, "gateway"),
        top("gateway.networking.k8s.io/v1:GatewayClass", "inner", {
            "controllerName": "gateway.envoyproxy.io/gatewayclass-controller", "parametersRef": {
                "group": "gateway.envoyproxy.io", "kind": "EnvoyProxy", "name": "inner", "namespace": "gateway"}}),
        inside("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", "inner", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "inner"}],
            "tls": {"minVersion": "1.3", "clientValidation": {"optional": False, "caCertificateRefs": [
                {"kind": "ConfigMap", "name": "bank-authority"}]}},
            "path": {"escapedSlashesAction": "UnescapeAndRedirect"}, "connection": {"bufferLimit": "32Ki"}},
                "gateway")),
        "gateway.envoyproxy.io/docs/tasks/operations/customize-envoyproxy", ours(kubernetes=CALLERS, prices=(
            "gateway.envoyproxy.io/v1alpha1:EnvoyProxy::inner",))),
    Idiom("routers of the site learn addresses of services from Cilium, with a password of the session", (
        top("cilium.io/v2:CiliumBGPClusterConfig", "dc1", {
            "nodeSelector": {"matchLabels": {"bgp.bank.ae/speaks": "true"}}, "bgpInstances": [{
                "name": "dc1", "localASN": 64512, "peers": [
                    {"name": f"tor-{n}", "peerASN": 64500, "peerAddress": f"10.40.0.{n}", "peerConfigRef": {
                        "name": "tor"}} for n in (1, 2)]}]}),
        top("cilium.io/v2:CiliumBGPPeerConfig", "tor", {
            "authSecretRef": "bgp-tor", "ebgpMultihop": 1, "timers": {
                "holdTimeSeconds": 30, "keepAliveTimeSeconds": 10, "connectRetryTimeSeconds": 30},
            "gracefulRestart": {"enabled": True, "restartTimeSeconds": 60}, "families": [{
                "afi": "ipv4", "safi": "unicast", "advertisements": {"matchLabels": {"advertise": "services"}}}]}),
        k8s("cilium.io/v2:CiliumBGPAdvertisement", {
            "metadata": {"name": "services", "labels": {**TAGS, "advertise": "services"}}, "spec": {"advertisements": [{
                "advertisementType": "Service", "service": {"addresses": ["LoadBalancerIP"]}, "selector": {
                    "matchLabels": {"bgp.bank.ae/advertise": "inner"}}}]}}, "services"),
        top("cilium.io/v2:CiliumLoadBalancerIPPool", "inner", {
            "blocks": [{"start": "10.40.8.10", "stop": "10.40.8.60"}], "serviceSelector": {
                "matchLabels": {"bgp.bank.ae/advertise": "inner"}}})),
        "docs.cilium.io/en/stable/network/bgp-control-plane/bgp-control-plane-configuration", ours()),
)  # fmt: skip
