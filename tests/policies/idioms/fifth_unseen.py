"""Good idioms that name hosts, written after the exceptions of the other three files to measure them (2026-11-28)."""

import base64
import json

from ..blind import ME, TAGS, aws, az, crd, k8s, meta, workload
from ..harness import UNKNOWN
from . import Idiom
from .fifth_aws import OWN, REASON, TENANT
from .fifth_azure import GLOBAL
from .fifth_kubernetes import DISRUPTIONS, release
from .fourth import AWS_DOCS, LEARN, OURS, RG, R

LOKI = """
auth_enabled: false
common: {storage: {s3: {endpoint: s3.me-central-1.amazonaws.com, bucketnames: bank-loki, region: me-central-1}}}
schema_config: {configs: [{from: "2026-01-01", store: tsdb, object_store: s3, schema: v13}]}
ruler: {alertmanager_url: "http://alertmanager.monitoring.svc:9093"}
"""
ALERTMANAGER = """
global: {smtp_smarthost: "smtp.example.ae:587", smtp_from: alerts@example.ae, smtp_require_tls: true}
templates: [/etc/alertmanager/templates/*.tmpl]
route: {receiver: oncall, routes: [{matchers: ['severity="page"'], receiver: oncall}]}
receivers:
  - name: oncall
    email_configs: [{to: oncall@example.ae, headers: {Subject: '{{ template "email.subject" . }}'}}]
"""
REDIS = "maxmemory 2gb\nmaxmemory-policy allkeys-lru\nappendonly yes\ndir /data\naclfile /etc/redis/users.acl\n"
POSTGRES = "shared_preload_libraries = 'pg_stat_statements'\nlog_line_prefix = '%m %q%u@%d '\nlc_messages = 'C.UTF-8'\n"
SPRING = """spring.application.name=orders
spring.datasource.hikari.maximum-pool-size=10
spring.jpa.properties.hibernate.dialect=org.hibernate.dialect.PostgreSQLDialect
management.endpoints.web.exposure.include=health,prometheus
logging.level.org.springframework.security=INFO
server.error.include-message=never
spring.kafka.consumer.value-deserializer=org.springframework.kafka.support.serializer.JsonDeserializer
spring.security.oauth2.resourceserver.jwt.issuer-uri=https://login.example.ae/realms/bank
"""
OPENAPI = {"openapi": "3.0.3", "info": {
    "title": "Orders", "version": "1.2.0", "contact": {"name": "Platform", "email": "platform@example.ae",
                                                       "url": "https://portal.example.ae"},
    "license": {"name": "Apache 2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0.html"}},
    "servers": [{"url": "https://api.example.ae/orders"}], "paths": {}}  # fmt: skip
CRON = """#!/bin/bash
set -eu
pg_dump --host db.abcdefgh.me-central-1.rds.amazonaws.com --format custom orders > /tmp/orders.dump
aws s3 cp /tmp/orders.dump "s3://bank-archive/orders/$(date +%F).dump" --region me-central-1
"""
STATES = {"StartAt": "Check", "States": {
    "Check": {"Type": "Choice", "Default": "Pay", "Choices": [{
        "Variable": "$.order.total", "NumericGreaterThan": 10000, "Next": "Pay"}]},
    "Pay": {"Type": "Task", "Resource": f"arn:aws:states:{R}:{ME}:activity:pay", "End": True, "Parameters": {
        "customer.$": "$.order.customer.id", "mail.$": "$.order.contact.email"}}}}  # fmt: skip
KEYCLOAK = {"KC_HOSTNAME": "login.example.ae", "KC_DB_URL": f"jdbc:postgresql://kc.abcdefgh.{R}.rds.amazonaws.com/kc",
            "KC_PROXY_HEADERS": "xforwarded", "JAVA_OPTS_APPEND": "-Djgroups.dns.query=kc.team-a.svc.cluster.local",
            "KC_LOG_LEVEL": "INFO,org.keycloak.events:DEBUG"}  # fmt: skip
QUEUE_ARN = f"arn:aws:sqs:{R}:{ME}:orders"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("settings of Loki in a bucket of the region", (k8s("core/v1:ConfigMap", {
        "metadata": meta("loki"), "data": {"loki.yaml": LOKI}}),), "grafana.com/docs/loki"),
    Idiom("settings of Alertmanager with the bank's mail server", (k8s("core/v1:ConfigMap", {
        "metadata": meta("alerts"), "data": {"alertmanager.yml": ALERTMANAGER}}),), "prometheus.io/docs", OWN),
    Idiom("settings of Redis and PostgreSQL", (k8s("core/v1:ConfigMap", {
        "metadata": meta("db"), "data": {"redis.conf": REDIS, "postgresql.conf": POSTGRES}}),), "postgresql.org/docs"),
    Idiom("settings of Spring Boot", (k8s("core/v1:ConfigMap", {
        "metadata": meta("orders"), "data": {"application.properties": SPRING}}),), "docs.spring.io", OWN),
    Idiom("an API by its OpenAPI document", (az("apimanagement:Api", {
        **RG, "serviceName": "apim-bank", "apiId": "orders", "path": "orders", "protocols": ["https"],
        "displayName": "Orders", "format": "openapi+json", "value": json.dumps(OPENAPI), "subscriptionRequired": True,
        "contact": {"name": "Platform", "email": "platform@example.ae"}, "license": {
            "name": "Apache 2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0.html"}}),), "swagger.io", OWN),
    Idiom("a workflow with paths of its input", (aws("sfn/StateMachine", {
        "name": "orders", "roleArn": f"arn:aws:iam::{ME}:role/sfn", "definition": json.dumps(STATES), "tags": TAGS,
        "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": UNKNOWN},
        "loggingConfiguration": {"level": "ERROR", "logDestination": f"arn:aws:logs:{R}:{ME}:log-group:/sfn:*"}}),),
        f"{AWS_DOCS}/step-functions"),
    Idiom("a nightly copy of a database into the listed archive", (k8s("core/v1:ConfigMap", {
        "metadata": meta("backup"), "data": {"backup.sh": CRON}}),), "postgresql.org/docs",
        {"residency": {"known": {"bank-archive": "our archive, in me-central-1"}}}),
    Idiom("the server of sign-in of the bank", (workload("apps/v1:Deployment", {
        "args": ["start", "--optimized", "--http-enabled=false"],
        "env": [{"name": name, "value": value} for name, value in KEYCLOAK.items()]}), DISRUPTIONS),
        "keycloak.org", OWN),
    Idiom("secrets of the bank's own vault", (crd("external-secrets.io/v1:SecretStore", {"provider": {"vault": {
        "server": "https://vault.example.ae:8200", "path": "kv", "version": "v2", "auth": {"kubernetes": {
            "mountPath": "kubernetes", "role": "orders", "serviceAccountRef": {"name": "orders"}}}}}}),),
        "external-secrets.io", OWN),
    Idiom("a host of the mesh routes to two versions", (crd("networking.istio.io/v1:VirtualService", {
        "hosts": ["orders.example.ae"], "gateways": ["istio-ingress/portal"], "http": [{"route": [
            {"destination": {"host": "orders-v1.shop.svc.cluster.local", "port": {"number": 8443}}, "weight": 90},
            {"destination": {"host": "orders-v2", "port": {"number": 8443}}, "weight": 10}]}]}),), "istio.io/docs"),
    Idiom("probes of the bank's own pages", (crd("monitoring.coreos.com/v1:Probe", {
        "prober": {"url": "blackbox.monitoring.svc:9115"}, "module": "http_2xx", "targets": {"staticConfig": {
            "static": ["https://portal.example.ae/health"]}}}),), "github.com/prometheus/blackbox_exporter", OWN),
    Idiom("metrics server with the image of its project", (release(
        "metrics-server", "https://kubernetes-sigs.github.io/metrics-server", "3.13.0", {
            "image": {"repository": "registry.k8s.io/metrics-server/metrics-server"}, "replicas": 2,
            "args": ["--kubelet-preferred-address-types=InternalIP"],
            "apiService": {"insecureSkipTLSVerify": False}}),),
        "github.com/kubernetes-sigs/metrics-server", {"presets": ["eks-blueprint"]}),
    Idiom("a pool of users with pages of the bank's domain", (aws("cognito/UserPoolClient", {
        "userPoolId": UNKNOWN, "name": "portal", "callbackUrls": ["https://portal.example.ae/callback",
                                                                  "http://localhost:3000/callback"],
        "logoutUrls": ["https://portal.example.ae/"], "allowedOauthFlows": ["code"], "generateSecret": True,
        "allowedOauthFlowsUserPoolClient": True, "allowedOauthScopes": ["openid", "orders.example.ae/orders.read"],
        "explicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "preventUserExistenceErrors": "ENABLED", "supportedIdentityProviders": ["COGNITO"]}),),
        f"{AWS_DOCS}/cognito", OWN),
    Idiom("a listener redirects to the name of the portal", (aws("lb/Listener", {
        "loadBalancerArn": UNKNOWN, "port": 80, "protocol": "HTTP", "tags": TAGS, "defaultActions": [{
            "type": "redirect", "redirect": {"host": "portal.example.ae", "port": "443", "protocol": "HTTPS",
                                             "statusCode": "HTTP_301"}}]}),), f"{AWS_DOCS}/elasticloadbalancing", OWN),
    Idiom("options of DHCP with the bank's domain", (aws("ec2/VpcDhcpOptions", {
        "domainName": "corp.example.ae", "domainNameServers": ["AmazonProvidedDNS"], "tags": TAGS,
        "ntpServers": ["169.254.169.123"]}),), f"{AWS_DOCS}/vpc", OWN),
    Idiom("a queue takes events of a bucket", (aws("s3/BucketNotification", {
        "bucket": UNKNOWN, "queues": [{"queueArn": QUEUE_ARN, "events": ["s3:ObjectCreated:*"],
                                       "filterSuffix": ".csv"}]}),), f"{AWS_DOCS}/s3"),
    Idiom("a private endpoint registers its name", (az("network:PrivateDnsZoneGroup", {
        **RG, "privateEndpointName": "kv", "privateDnsZoneGroupName": "default", "privateDnsZoneConfigs": [{
            "name": "privatelink-vaultcore-azure-net", "privateDnsZoneId":
                f"{OURS}.Network/privateDnsZones/privatelink.vaultcore.azure.net"}]}),), f"{LEARN}/private-link"),
    Idiom("an alert of the activity log", (az("monitor:ActivityLogAlert", {
        **GLOBAL, "activityLogAlertName": "policy", "enabled": True, "scopes": [OURS.partition("/resourceGroups")[0]],
        "description": "See https://learn.microsoft.com/azure/governance and the wiki",
        "condition": {"allOf": [{"field": "category", "equals": "Administrative"}, {
            "field": "operationName", "equals": "Microsoft.Authorization/policyAssignments/delete"}]},
        "actions": {"actionGroups": [{"actionGroupId": f"{OURS}.Insights/actionGroups/oncall"}]}}),),
        f"{LEARN}/azure-monitor"),
    Idiom("settings of a program by App Configuration", (az("appconfiguration:KeyValue", {
        **RG, "configStoreName": "ac-bank", "keyValueName": "Orders:Settings$prod", "contentType":
            "application/vnd.microsoft.appconfig.keyvaultref+json;charset=utf-8",
        "value": json.dumps({"uri": "https://kv-bank.vault.azure.net/secrets/orders"}), "tags": TAGS}),),
        f"{LEARN}/azure-app-configuration", {"escape": {"allowed_types": {
            "azure-native:appconfiguration:KeyValue": "a setting, whose texts the rules of names read"}}}),
    Idiom("a workload with hostnames and files of its program", (workload("apps/v1:Deployment", {
        "command": ["/bin/sh", "-c", "python manage.py migrate && exec gunicorn --config gunicorn.conf.py orders.wsgi"],
        "env": [{"name": "SMTP_HOST", "value": "smtp.example.ae"}, {"name": "SENTRY_ENVIRONMENT", "value": "prod"},
                {"name": "OIDC_ISSUER", "value": f"https://login.microsoftonline.com/{TENANT}/v2.0"},
                {"name": "FEATURE_FLAGS", "value": base64.b64encode(b'{"orders.export.pdf": true}').decode()},
                {"name": "LOG_FORMAT", "value": "%(asctime)s %(name)s.%(funcName)s %(message)s"}]}), DISRUPTIONS),
        "docs.djangoproject.com", {**OWN, "identity": {"trusted": {f"login.microsoftonline.com/{TENANT}": REASON}}}),
)  # fmt: skip
