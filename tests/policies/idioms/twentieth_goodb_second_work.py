"""Good idioms of on-premises clusters beside those of set 20, by operators and charts (set 20, second part)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, secret_variable
from .eleventh_cluster import top
from .fifteenth_work import SCRATCH, SCRATCH_MOUNTS, pod
from .sixteenth_stores import LABELS, owned, password, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LARGE, LOGIN, MIRROR, POD, mirrored, ours
from .twentieth_goodb_charts import approved, namespace

IDIOMS: tuple[Idiom, ...] = approved(
    owned("apps of the shop reach one host of a partner by its name, and routes of the site come by BGP of Cilium", (
        inside("cilium.io/v2:CiliumNetworkPolicy", "partner", {
            "endpointSelector": {"matchLabels": {"app": "shop"}}, "egress": [
                {"toEndpoints": [{"matchLabels": {"k8s:io.kubernetes.pod.namespace": "kube-system", "k8s-app":
                    "kube-dns"}}],
                 "toPorts": [{"ports": [{"port": "53", "protocol": "ANY"}], "rules": {"dns": [
                     {"matchPattern": "*.bank.ae"}, {"matchName": "api.partner.ae"}]}}]},
                {"toFQDNs": [{"matchName": "api.partner.ae"}], "toPorts": [{"ports": [
                    {"port": "443", "protocol": "TCP"}]}]},
                {"toEndpoints": [{"matchLabels": {"app": "orders"}}], "toPorts": [{"ports": [
                    {"port": "8443", "protocol": "TCP"}]}]}],
            "ingress": [{"fromEndpoints": [{"matchLabels": {"app": "gateway", "k8s:io.kubernetes.pod.namespace":
                                                            "gateway"}}], "toPorts": [{"ports": [
                                                                {"port": "8443", "protocol": "TCP"}]}],
                         "authentication": {"mode": "required"}}]}, "shop"),
        top("cilium.io/v2:CiliumLoadBalancerIPPool", "inner", {
            "blocks": [{"cidr": "10.30.41.0/27"}], "serviceSelector": {"matchLabels": {"entry": "inner"}}}),
        top("cilium.io/v2:CiliumBGPClusterConfig", "rack", {
            "nodeSelector": {"matchLabels": {"rack": "one"}}, "bgpInstances": [{"name": "one", "localASN": 64512,
                "peers": [
                {"name": "switch", "peerASN": 64513, "peerAddress": "10.30.0.1", "peerConfigRef": {"name":
                    "switch"}}]}]}),
        top("cilium.io/v2:CiliumBGPPeerConfig", "switch", {
            "authSecretRef": "bgp-password", "timers": {"holdTimeSeconds": 9, "keepAliveTimeSeconds": 3},
            "gracefulRestart": {"enabled": True, "restartTimeSeconds": 15}, "families": [{"afi": "ipv4", "safi":
                "unicast",
                "advertisements": {"matchLabels": {"advertise": "inner"}}}]}),
        k8s("cilium.io/v2:CiliumBGPAdvertisement", {"metadata": {"name": "inner", "labels": {**TAGS, "advertise":
            "inner"}},
            "spec": {"advertisements": [{"advertisementType": "Service", "service": {"addresses": ["LoadBalancerIP"]},
                                         "selector": {"matchLabels": {"entry": "inner"}}}]}}, "inner-routes")),
        "docs.cilium.io/en/stable/network/bgp-control-plane; .../security/policy/language, as known", "cilium.io",
        residency={"known": {"bank.ae": "our own domain, in our data centre in Abu Dhabi",
                             "api.partner.ae": "our partner in Dubai"}}),
    owned("a virtual machine of an old program runs in the cluster from the bank's image, on a sealed disk", (
        inside("kubevirt.io/v1:VirtualMachine", "ledger", {
            "runStrategy": "RerunOnFailure", "dataVolumeTemplates": [{"metadata": {"name": "ledger-root", "labels":
                TAGS},
                "spec": {"storage": {"storageClassName": "encrypted", "resources": {"requests": {"storage": "80Gi"}}},
                         "source": {"registry": {"url": f"docker://{MIRROR}/vms/rhel9@sha256:{'f' * 64}", "secretRef":
                                                 "mirror-reader", "certConfigMap": "bank-authority"}}}}],
            "template": {"metadata": {"labels": LABELS}, "spec": {
                "evictionStrategy": "LiveMigrate", "terminationGracePeriodSeconds": 180, "domain": {
                    "cpu": {"cores": 4, "model": "host-model"}, "memory": {"guest": "16Gi"}, "firmware":
                        {"bootloader": {
                        "efi": {"secureBoot": True}}}, "features": {"smm": {"enabled": True}}, "devices": {
                            "disks": [{"name": "root", "disk": {"bus": "virtio"}}], "interfaces": [
                                {"name": "default", "masquerade": {}, "ports": [{"port": 8443}]}], "rng": {}},
                    "resources": {"requests": {"cpu": "4", "memory": "16Gi"}}},
                "networks": [{"name": "default", "pod": {}}], "volumes": [
                    {"name": "root", "dataVolume": {"name": "ledger-root"}}]}}}, "ledger"),
        reached("ledger", "ledger", {"tier": "store"}, 8443, "payments")),
        "kubevirt.io/user-guide/user_workloads/lifecycle; .../storage/disks_and_volumes, as known", "kubevirt.io"),
    owned("images of teams are built by a pipeline of Tekton that a push to the bank's forge starts", (
        account("builder", "builds"),
        inside("tekton.dev/v1:Pipeline", "build", {
            "params": [{"name": "revision", "type": "string"}], "workspaces": [{"name": "source"}], "tasks": [
                {"name": "fetch", "taskRef": {"name": "git-clone"}, "params": [
                    {"name": "url", "value": "https://git.bank.ae/payments/api.git"},
                    {"name": "revision", "value": "$(params.revision)"}, {"name": "sslVerify", "value": "true"}],
                 "workspaces": [{"name": "output", "workspace": "source"}]},
                {"name": "test", "runAfter": ["fetch"], "taskRef": {"name": "go-test"}, "timeout": "20m",
                    "workspaces": [
                    {"name": "source", "workspace": "source"}]},
                {"name": "image", "runAfter": ["test"], "taskRef": {"name": "buildah"}, "params": [
                    {"name": "IMAGE", "value": f"{MIRROR}/apps/api:$(params.revision)"}, {
                        "name": "TLSVERIFY", "value": "true"}], "workspaces": [{"name": "source", "workspace":
                            "source"}]}],
            "finally": [{"name": "tell", "taskRef": {"name": "status"}, "params": [
                {"name": "address", "value": "https://git.bank.ae/api/v4"}]}]}, "builds"),
        inside("triggers.tekton.dev/v1beta1:EventListener", "pushes", {
            "serviceAccountName": "builder", "namespaceSelector": {"matchNames": ["builds"]}, "triggers": [{
                "name": "push", "interceptors": [{"ref": {"name": "gitlab", "kind": "ClusterInterceptor"}, "params": [
                    {"name": "secretRef", "value": {"secretName": "hook", "secretKey": "token"}},
                    {"name": "eventTypes", "value": ["Push Hook"]}]}, {"ref": {"name": "cel"}, "params": [
                        {"name": "filter", "value": "body.ref == 'refs/heads/main'"}]}], "bindings": [{"ref": "push"}],
                "template": {"ref": "build"}}], "resources": {"kubernetesResource": {
                    "serviceType": "ClusterIP", "spec": {"template": {"metadata": {"labels": TAGS}, "spec": {
                        "securityContext": POD, "containers": [{"resources": SMALL, "securityContext": CLOSED}]}}}}}},
            "builds"),
        reached("pushes", "builds", {"eventlistener": "pushes"}, 8080, "gateway")),
        "tekton.dev/docs/triggers/eventlisteners; tekton.dev/docs/pipelines/pipelines, as known", "tekton.dev",
        "triggers.tekton.dev"),
    Idiom("a small database of a tool is one pod with its own disk, saved each night into the bank's bucket", (
        account("tool", "tools"), password("tool", "tools", "password", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        k8s("apps/v1:StatefulSet", {"metadata": meta("tool", "tools"), "spec": {
            "replicas": 1, "serviceName": "tool", "selector": {"matchLabels": {"app": "tool"}},
            "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
            "volumeClaimTemplates": [{"metadata": {"name": "data", "labels": TAGS}, "spec": {
                "storageClassName": "encrypted", "accessModes": ["ReadWriteOnce"], "resources": {"requests": {
                    "storage": "20Gi"}}}}], "template": {"metadata": {"labels": {**TAGS, "app": "tool"}}, "spec": pod(
                        "tool", LARGE, args=["-c", "ssl=on", "-c", "ssl_cert_file=/tls/tls.crt", "-c",
                                             "ssl_key_file=/tls/tls.key", "-c", "log_connections=on", "-c",
                                             "password_encryption=scram-sha-256"], env=[
                            {"name": "POSTGRES_PASSWORD_FILE", "value": "/secrets/password"},
                            {"name": "POSTGRES_INITDB_ARGS", "value": "--auth-host=scram-sha-256 --data-checksums"},
                            {"name": "PGDATA", "value": "/var/lib/postgresql/data/pgdata"}], ports=[
                                {"containerPort": 5432, "name": "postgres"}], readinessProbe={"exec": {"command": [
                                    "pg_isready", "-U", "postgres"]}}, volumeMounts=[
                                        *SCRATCH_MOUNTS, {"name": "data", "mountPath": "/var/lib/postgresql/data"},
                                        {"name": "run", "mountPath": "/var/run/postgresql"},
                                        {"name": "secrets", "mountPath": "/secrets", "readOnly": True},
                                        {"name": "tls", "mountPath": "/tls", "readOnly": True}], pod={"volumes": [
                                            *SCRATCH, {"name": "run", "emptyDir": {}},
                                            {"name": "secrets", "secret": {"secretName": "tool"}},
                                            {"name": "tls", "secret": {"secretName": "tool-tls", "defaultMode":
                                                288}}]})}}},
            "tool"),
        k8s("core/v1:Service", {"metadata": meta("tool", "tools"), "spec": {
            "clusterIP": "None", "selector": {"app": "tool"}, "publishNotReadyAddresses": False, "ports": [
                {"port": 5432, "targetPort": "postgres"}]}}, "tool-service"),
        k8s("batch/v1:CronJob", {"metadata": meta("tool-save", "tools"), "spec": {
            "schedule": "15 22 * * *", "timeZone": "Asia/Dubai", "concurrencyPolicy": "Forbid", "jobTemplate":
                {"spec": {
                "backoffLimit": 1, "activeDeadlineSeconds": 3600, "template": {"metadata": {"labels": TAGS}, "spec": {
                    **pod("tool-save", SMALL, command=["/bin/bash", "-ceu", "-o", "pipefail"], args=[
                        "pg_dump --format=custom --host=tool.tools.svc --username=postgres tool "
                        "| aws s3 cp - s3://bank-backups/tools/tool.dump --endpoint-url https://objects.bank.ae"
                        " --sse aws:kms"], env=[{"name": "PGSSLMODE", "value": "verify-full"}, {
                            "name": "PGSSLROOTCERT", "value": "/ca/ca.crt"},
                            secret_variable("PGPASSWORD", "tool", "password"),
                            secret_variable("AWS_ACCESS_KEY_ID", "tool", "AWS_ACCESS_KEY_ID"),
                            secret_variable("AWS_SECRET_ACCESS_KEY", "tool", "AWS_SECRET_ACCESS_KEY")], volumeMounts=[
                                *SCRATCH_MOUNTS, {"name": "ca", "mountPath": "/ca", "readOnly": True}],
                                    pod={"volumes": [
                                    *SCRATCH, {"name": "ca", "secret": {"secretName": "bank-authority"}}]}),
                    "restartPolicy": "Never"}}}}}}, "tool-save"),
        reached("tool", "tools", {"app": "tool"}, 5432, "tools")),
        "hub.docker.com/_/postgres; kubernetes.io/docs/concepts/workloads/controllers/statefulset, as known", ours()),
    Idiom("Harbor of the bank scans images, with its database and cache elsewhere, behind the inner ingress", (
        *namespace("harbor"), password("harbor", "harbor", "HARBOR_ADMIN_PASSWORD", "secretKey", "password",
                                       "REGISTRY_PASSWD", "REGISTRY_HTPASSWD"),
        mirrored("harbor", "1.18.0", {
            "expose": {"type": "ingress", "tls": {"enabled": True, "certSource": "secret", "secret": {
                "secretName": "harbor-web"}}, "ingress": {"hosts": {"core": "images.bank.ae"}, "className": "inner",
                                                          "annotations": {
                    "cert-manager.io/cluster-issuer": "bank", "nginx.ingress.kubernetes.io/proxy-body-size": "0"}}},
            "externalURL": "https://images.bank.ae", "internalTLS": {"enabled": True, "certSource": "secret", "core": {
                "secretName": "harbor-core-tls"}, "registry": {"secretName": "harbor-registry-tls"}, "portal": {
                    "secretName": "harbor-portal-tls"}, "jobservice": {"secretName": "harbor-jobservice-tls"},
                        "trivy": {
                        "secretName": "harbor-trivy-tls"}},
            "existingSecretAdminPassword": "harbor", "existingSecretAdminPasswordKey": "HARBOR_ADMIN_PASSWORD",
            "existingSecretSecretKey": "harbor", "updateStrategy": {"type": "RollingUpdate"}, "persistence": {
                "enabled": True, "resourcePolicy": "keep", "imageChartStorage": {
                    "disableredirect": True, "type": "s3", "s3": {
                        "region": "me-central-1", "bucket": "bank-models", "regionendpoint": "https://objects.bank.ae",
                        "existingSecret": "harbor-s3", "encrypt": True, "secure": True, "v4auth": True,
                        "skipverify": False}}}, "database": {"type": "external", "external": {
                            "host": "db.bank.ae", "port": "5432", "username": "harbor", "coreDatabase": "registry",
                            "existingSecret": "harbor", "sslmode": "verify-full"}},
            "redis": {"type": "external", "external": {"addr": "cache.harbor.svc:6380", "existingSecret":
                "harbor-cache",
                                                       "tlsOptions": {"enable": True}}},
            "core": {"replicas": 2, "existingSecret": "harbor-core", "secretName": "harbor-token", "existingXsrfSecret":
                     "harbor-xsrf", "existingXsrfSecretKey": "CSRF_KEY", "podLabels": TAGS, "resources": LARGE,
                     "configureUserSettings": "{\"auth_mode\": \"oidc_auth\", \"oidc_name\": \"Staff\", "
                     f"\"oidc_endpoint\": \"{LOGIN}\", \"oidc_verify_cert\": true, \"self_registration\": false, "
                     "\"project_creation_restriction\": \"adminonly\"}"},
            "jobservice": {"replicas": 2, "existingSecret": "harbor-jobs", "existingSecretKey": "JOBSERVICE_SECRET",
                           "jobLoggers": ["stdout"], "podLabels": TAGS, "resources": SMALL}, "registry": {
                               "replicas": 2, "existingSecret": "harbor-http", "credentials": {
                                   "username": "harbor_registry", "existingSecret": "harbor"}, "podLabels": TAGS,
                               "upload_purging": {"enabled": True, "age": "168h", "interval": "24h", "dryrun": False}},
            "trivy": {"enabled": True, "offlineScan": True, "skipUpdate": True, "skipJavaDBUpdate": True, "insecure":
                False,
                      "severity": "UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL", "podLabels": TAGS}, "metrics": {
                          "enabled": True, "serviceMonitor": {"enabled": True}}, "portal": {"replicas": 2, "podLabels":
                                                                                            TAGS}}),
        reached("harbor", "harbor", {"app": "harbor"}, 8443, "ingress-nginx")),
        "goharbor.io/docs/2.14.0/install-config/harbor-ha-helm; goharbor/harbor-helm, values.yaml, as known", ours()),
)  # fmt: skip
