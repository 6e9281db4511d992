"""Good idioms of clusters that name hosts, written to test the rules of names (2026-11-28)."""

import json

from ..blind import KEY, ME, TAGS, crd, k8s, meta, workload
from ..harness import Given
from . import Idiom, unpriced
from .fifth_aws import ISSUER, OWN, REASON, TENANT
from .fourth import R
from .fourth_kubernetes import TOP, release

K8S, CNCF, LETSENCRYPT = "kubernetes.io/docs", "github.com/prometheus-operator", "letsencrypt.org/docs"
MIRROR = f"{ME}.dkr.ecr.{R}.amazonaws.com"
NGINX = """
resolver kube-dns.kube-system.svc.cluster.local valid=10s;
gzip_types text/plain application/javascript;
server {
  listen 8443 ssl;
  server_name portal.example.ae;
  include /etc/nginx/mime.types;
  ssl_certificate /tls/tls.crt;
  ssl_protocols TLSv1.2 TLSv1.3;
  add_header Content-Security-Policy "default-src 'self'; img-src 'self' https://static.example.ae";
  location / { proxy_pass https://app.team-a.svc.cluster.local:8443; proxy_set_header Host $host; }
  location = /favicon.ico { access_log off; }
}
"""
FLUENT_BIT = """
[INPUT]
    Name              tail
    Tag               kube.*
    Path              /var/log/containers/*.log
    DB                /var/fluent-bit/state/flb_container.db
    storage.type      filesystem
[FILTER]
    Name              kubernetes
    Kube_URL          https://kubernetes.default.svc:443
    Kube_CA_File      /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
    Kube_Tag_Prefix   kube.var.log.containers.
[OUTPUT]
    Name              cloudwatch_logs
    Match             kube.*
    region            me-central-1
    log_group_name    /eks/bank/containers
@INCLUDE output-metrics.conf
"""
COLLECTOR = """
receivers:
  otlp: {protocols: {grpc: {endpoint: 0.0.0.0:4317}}}
processors:
  batch: {}
  k8sattributes:
    extract:
      metadata: [k8s.namespace.name, k8s.pod.name, k8s.node.name, k8s.deployment.name, k8s.pod.start_time]
      labels: [{tag_name: app.label.team, key: team, from: pod}]
  resource:
    attributes: [{key: deployment.environment.name, value: prod, action: upsert}]
exporters:
  otlp: {endpoint: tempo.monitoring.svc.cluster.local:4317, tls: {ca_file: /tls/ca.crt}}
  awsemf: {region: me-central-1, namespace: orders}
service: {pipelines: {traces: {receivers: [otlp], processors: [k8sattributes, batch], exporters: [otlp]}}}
"""
LOG4J = """<?xml version="1.0" encoding="UTF-8"?>
<Configuration status="WARN" xmlns="http://logging.apache.org/log4j/2.0/config">
  <Appenders><Console name="Console" target="SYSTEM_OUT"><PatternLayout pattern="%d %p %c{1.} %m%n"/></Console>
  </Appenders>
  <Loggers><Logger name="org.springframework.web" level="info"/><Logger name="com.bank.orders.data" level="debug"/>
    <Root level="info"><AppenderRef ref="Console"/></Root></Loggers>
</Configuration>
"""
MAVEN = """<settings xmlns="http://maven.apache.org/SETTINGS/1.2.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://maven.apache.org/SETTINGS/1.2.0 https://maven.apache.org/xsd/settings-1.2.0.xsd">
  <mirrors><mirror><id>nexus</id><mirrorOf>*</mirrorOf><url>https://nexus.example.ae/maven</url></mirror></mirrors>
</settings>
"""
DASHBOARD = {
    "title": "Orders", "uid": "orders", "schemaVersion": 39, "pluginVersion": "11.2.0",
    "links": [{"title": "Manual", "type": "link", "url": "https://grafana.com/docs/grafana/latest/", "icon": "doc"}],
    "annotations": {"list": [{"builtIn": 1, "datasource": {"type": "grafana", "uid": "-- Grafana --"}}]},
    "templating": {"list": [{"name": "namespace", "query": "label_values(kube_pod_info, namespace)"}]},
    "panels": [{"type": "timeseries", "title": "Errors", "targets": [{
        "expr": 'sum(rate(http_requests_total{host="www.example.ae"}[5m]))', "legendFormat": "{{pod}}"}],
        "links": [{"title": "Runbook", "url": "https://github.com/example-bank/runbooks/blob/main/orders.md"}]}],
}  # fmt: skip
OIDC = {"issuer": ISSUER, "authorizationEndpoint": f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/authorize",
        "tokenEndpoint": f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token",
        "userInfoEndpoint": "https://graph.microsoft.com/oidc/userinfo", "secretName": "oidc"}  # fmt: skip
TRUSTED = {"identity": {"trusted": {f"login.microsoftonline.com/{TENANT}": REASON}}}
EKS_BLUEPRINT = {"presets": ["eks-blueprint"]}
DISRUPTIONS = k8s("policy/v1:PodDisruptionBudget", {"metadata": meta(), "spec": {
    "maxUnavailable": 1, "selector": {"matchLabels": {"app": "x"}}}}, "pdb")  # fmt: skip


def _config(name: str, file: str, text: str) -> Given:
    return k8s("core/v1:ConfigMap", {"metadata": meta(name), "data": {file: text}}, name)


def _env(**variables: str) -> dict[str, object]:
    return {"env": [{"name": name, "value": value} for name, value in variables.items()]}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("ExternalDNS writes the records of the team's zone", (release(
        "external-dns", "https://kubernetes-sigs.github.io/external-dns", "1.19.0", {
            "provider": {"name": "aws"}, "policy": "upsert-only", "registry": "txt", "txtOwnerId": "bank",
            "domainFilters": ["example.ae"], "sources": ["service", "ingress"], "env": [
                {"name": "AWS_DEFAULT_REGION", "value": R}],
            "extraArgs": ["--aws-zone-type=public", "--annotation-filter=external-dns.alpha.kubernetes.io/managed"],
            "image": {"repository": "registry.k8s.io/external-dns/external-dns"}}),),
        "kubernetes-sigs.github.io/external-dns", {**OWN, **EKS_BLUEPRINT}),
    Idiom("certificates of Let's Encrypt for the team's zone", (
        k8s("cert-manager.io/v1:ClusterIssuer", {"metadata": {"name": "letsencrypt", **TOP}, "spec": {"acme": {
            "server": "https://acme-v02.api.letsencrypt.org/directory", "email": "platform@example.ae",
            "privateKeySecretRef": {"name": "letsencrypt"}, "solvers": [{
                "selector": {"dnsZones": ["example.ae"]}, "dns01": {"route53": {
                    "region": R, "hostedZoneID": "Z0123456789ABCDEFGHIJ"}}}]}}}, "issuer"),
        crd("cert-manager.io/v1:Certificate", {
            "secretName": "portal-tls", "dnsNames": ["portal.example.ae"], "privateKey": {"rotationPolicy": "Always"},
            "issuerRef": {"name": "letsencrypt", "kind": "ClusterIssuer"}}, "portal")), LETSENCRYPT, OWN),
    Idiom("an ingress of an internal load balancer with sign-in", (k8s("networking.k8s.io/v1:Ingress", {
        "metadata": meta("portal", annotations={
            "alb.ingress.kubernetes.io/scheme": "internal", "alb.ingress.kubernetes.io/target-type": "ip",
            "alb.ingress.kubernetes.io/certificate-arn": f"arn:aws:acm:{R}:{ME}:certificate/11111111",
            "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS":443}]',
            "alb.ingress.kubernetes.io/auth-type": "oidc",
            "alb.ingress.kubernetes.io/auth-idp-oidc": json.dumps(OIDC),
            "alb.ingress.kubernetes.io/backend-protocol": "HTTPS",
            "alb.ingress.kubernetes.io/tags": ",".join(f"{key}={value}" for key, value in TAGS.items()),
            "external-dns.alpha.kubernetes.io/hostname": "portal.example.ae"}),
        "spec": {"ingressClassName": "alb", "tls": [{"hosts": ["portal.example.ae"]}], "rules": [{
            "host": "portal.example.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
                "service": {"name": "portal", "port": {"number": 8443}}}}]}}]}}, "portal"),),
        "kubernetes-sigs.github.io/aws-load-balancer-controller",
        {**OWN, **TRUSTED, **unpriced("kubernetes:networking.k8s.io/v1:Ingress::portal")}),
    Idiom("settings of nginx in front of an app", (_config("nginx", "default.conf", NGINX),), "nginx.org", OWN),
    Idiom("settings of a log agent that stays in the region", (_config("fluent-bit", "fluent-bit.conf", FLUENT_BIT),),
          "docs.fluentbit.io"),
    Idiom("settings of a collector that adds attributes of pods", (_config("otel", "collector.yaml", COLLECTOR),),
          "opentelemetry.io/docs"),
    Idiom("settings of logs of a Java program", (_config("log4j", "log4j2.xml", LOG4J),), "logging.apache.org"),
    Idiom("settings of Maven with the bank's own mirror", (_config("maven", "settings.xml", MAVEN),),
          "maven.apache.org", OWN),
    Idiom("a dashboard of Grafana with links to manuals", (_config("orders", "orders.json", json.dumps(DASHBOARD)),),
          "grafana.com/docs"),
    Idiom("rules of alerts as the project publishes them", (crd("monitoring.coreos.com/v1:PrometheusRule", {"groups": [{
        "name": "kubernetes-apps", "rules": [{
            "alert": "KubePodCrashLooping", "expr": "max_over_time(kube_pod_container_status_waiting_reason[5m]) >= 1",
            "for": "15m", "labels": {"severity": "warning"}, "annotations": {
                "description": "Pod {{ $labels.namespace }}/{{ $labels.pod }} is restarting.",
                "runbook_url": "https://runbooks.prometheus-operator.dev/runbooks/kubernetes/kubepodcrashlooping",
                "dashboard_url": "https://grafana.example.ae/d/orders"}}]}]}),), f"{CNCF}/kube-prometheus", OWN),
    Idiom("alerts are sent by the bank's own mail server", (crd("monitoring.coreos.com/v1alpha1:AlertmanagerConfig", {
        "route": {"receiver": "oncall", "groupBy": ["alertname", "namespace"]}, "receivers": [{
            "name": "oncall", "emailConfigs": [{
                "to": "oncall@example.ae", "from": "alerts@example.ae", "smarthost": "smtp.example.ae:587",
                "requireTLS": True, "html": '{{ template "email.default.html" . }}'}]}]}),), CNCF, OWN),
    Idiom("Prometheus and Grafana with sign-in of the tenant", (release(
        "kube-prometheus-stack", "https://prometheus-community.github.io/helm-charts", "79.1.0", {
            "prometheus": {"prometheusSpec": {"retention": "15d", "externalUrl": "https://prometheus.example.ae",
                                              "image": {"registry": "quay.io", "repository": "prometheus/prometheus"}}},
            "grafana": {"image": {"registry": "docker.io", "repository": "grafana/grafana"}, "grafana.ini": {
                "server": {"root_url": "https://grafana.example.ae", "domain": "grafana.example.ae"},
                "analytics": {"reporting_enabled": False, "check_for_updates": False},
                "auth.azuread": {"enabled": True, "allow_sign_up": False, "scopes": "openid email profile",
                                 "auth_url": OIDC["authorizationEndpoint"], "token_url": OIDC["tokenEndpoint"]}}},
            "kube-state-metrics": {"image": {"registry": "registry.k8s.io"}}}),), CNCF, {**OWN, **TRUSTED}),
    Idiom("the autoscaler's image from the bank's mirror", (release(
        "cluster-autoscaler", "https://kubernetes.github.io/autoscaler", "9.52.0", {
            "awsRegion": R, "autoDiscovery": {"clusterName": "bank"}, "image": {
                "repository": f"{MIRROR}/k8s/autoscaling/cluster-autoscaler", "tag": "v1.34.0"},
            "extraArgs": {"expander": "least-waste", "skip-nodes-with-system-pods": "false"}}),),
        "github.com/kubernetes/autoscaler"),
    Idiom("the controller of nginx with the headers that it trusts", (release(
        "ingress-nginx", "https://kubernetes.github.io/ingress-nginx", "4.13.3", {"controller": {
            "image": {"registry": "registry.k8s.io", "image": "ingress-nginx/controller"},
            "ingressClassResource": {"name": "nginx", "controllerValue": "k8s.io/ingress-nginx"},
            "config": {"use-forwarded-headers": "true", "proxy-real-ip-cidr": "10.0.0.0/8", "ssl-protocols": "TLSv1.3",
                       "custom-http-errors": "503"}, "replicaCount": 2, "service": {"type": "ClusterIP"}}}),),
        "kubernetes.github.io/ingress-nginx", EKS_BLUEPRINT),
    Idiom("a service of Java with its database in the region", (workload("apps/v1:Deployment", _env(
        SPRING_DATASOURCE_URL=f"jdbc:postgresql://db.abcdefgh.{R}.rds.amazonaws.com:5432/orders?sslmode=verify-full",
        SPRING_DATASOURCE_DRIVER_CLASS_NAME="org.postgresql.Driver", LOGGING_GROUP_WEB="org.springframework.web",
        OTEL_EXPORTER_OTLP_ENDPOINT="http://otel.monitoring.svc:4317", MAIN_PACKAGE="ae.bank.orders.app",
        OTEL_RESOURCE_ATTRIBUTES="service.name=orders,service.namespace=shop,deployment.environment=prod",
        JAVA_TOOL_OPTIONS="-Djava.security.egd=file:/dev/urandom -Duser.timezone=Asia/Dubai")), DISRUPTIONS),
        f"{K8S}/tasks"),
    Idiom("a service of Python with its modules by name", (workload("apps/v1:Deployment", {
        "command": ["python"], "args": ["-m", "orders.jobs.run", "--settings=orders.settings.prod"],
        **_env(DJANGO_SETTINGS_MODULE="orders.settings.prod", CELERY_APP="orders.tasks.app", PYTHONUNBUFFERED="1",
               ALLOWED_HOSTS="orders.example.ae")}), DISRUPTIONS), "docs.djangoproject.com", OWN),
    Idiom("a proxy that asks for sign-in before an app", (workload("apps/v1:Deployment", {"args": [
        "--provider=oidc", f"--oidc-issuer-url={ISSUER}", "--email-domain=example.ae",
        "--redirect-url=https://portal.example.ae/oauth2/callback", "--cookie-domain=.example.ae",
        "--upstream=http://127.0.0.1:8080", "--scope=openid email profile"]}), DISRUPTIONS), "oauth2-proxy.github.io",
        {**OWN, **TRUSTED}),
    Idiom("machines of Karpenter for general work", (
        k8s("karpenter.sh/v1:NodePool", {"metadata": {"name": "general", **TOP}, "spec": {
            "limits": {"cpu": "200"}, "disruption": {"consolidationPolicy": "WhenEmptyOrUnderutilized"},
            "template": {"metadata": {"labels": {**TAGS, "falaj.io/workload-profile": "general"}}, "spec": {
                "expireAfter": "720h", "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass",
                                                        "name": "general"},
                "requirements": [{"key": key, "operator": "In", "values": values} for key, values in (
                    ("karpenter.sh/capacity-type", ["spot", "on-demand"]), ("kubernetes.io/arch", ["arm64"]),
                    ("karpenter.k8s.aws/instance-category", ["m", "r"]))]}}}}, "pool"),
        k8s("karpenter.k8s.aws/v1:EC2NodeClass", {"metadata": {"name": "general", **TOP}, "spec": {
            "role": "bank-node", "amiSelectorTerms": [{"alias": "al2023@v20261101"}], "tags": TAGS,
            "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}],
            "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}],
            "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1}, "blockDeviceMappings": [{
                "deviceName": "/dev/xvda", "ebs": {"encrypted": True, "kmsKeyID": KEY, "volumeSize": "80Gi",
                                                   "volumeType": "gp3"}}]}}, "class")), "karpenter.sh/docs",
        unpriced("kubernetes:karpenter.sh/v1:NodePool::pool")),
    Idiom("a policy that admits images that the bank's pipeline signed", (k8s("kyverno.io/v1:ClusterPolicy", {
        "metadata": {"name": "signed", **TOP, "annotations": {
            "policies.kyverno.io/title": "Signed images", "policies.kyverno.io/subject": "Pod"}},
        "spec": {"validationFailureAction": "Enforce", "background": False, "rules": [{
            "name": "signed", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "verifyImages": [{
                "imageReferences": [f"{MIRROR}/*"], "attestors": [{"entries": [{"keyless": {
                    "subject": "https://github.com/example-bank/*/.github/workflows/build.yml@refs/heads/main",
                    "issuer": "https://token.actions.githubusercontent.com"}}]}]}]}]}}, "signed"),),
        "kyverno.io/docs"),
    Idiom("an autoscaler that reads a queue and metrics", (crd("keda.sh/v1alpha1:ScaledObject", {
        "scaleTargetRef": {"name": "x"}, "minReplicaCount": 1, "maxReplicaCount": 10, "triggers": [
            {"type": "aws-sqs-queue", "metadata": {
                "queueURL": f"https://sqs.{R}.amazonaws.com/{ME}/orders", "queueLength": "20", "awsRegion": R}},
            {"type": "prometheus", "metadata": {
                "serverAddress": "http://prometheus.monitoring.svc:9090", "threshold": "50",
                "query": 'sum(rate(http_requests_total{host="orders.example.ae"}[2m]))'}}]}),), "keda.sh/docs", OWN),
)  # fmt: skip
