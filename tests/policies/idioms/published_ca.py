"""Good idioms of clusters whose settings stand in programs that others published (2026-11-30)."""

from ..attacks.after_sixteenth_objects import annotated_pods
from ..blind import k8s, meta
from . import Idiom
from .eleventh_charts import inside, listed
from .fourth_kubernetes import release
from .sixteenth_platform import CERTS
from .sixteenth_stores import owned

READ = "read 2026-11-30"
USERS = """#!/bin/bash
set -eu
mysql -uroot -p"$MYSQL_ROOT_PASSWORD" -e "CREATE USER '"$APP_USER"'@'%' IDENTIFIED BY '"$APP_PASSWORD"';"
mysql -uroot -p"$MYSQL_ROOT_PASSWORD" -e "CHANGE REPLICATION SOURCE TO SOURCE_PASSWORD='"$COPY_PASSWORD"';"
"""

IDIOMS: tuple[Idiom, ...] = (
    Idiom("a registry keeps its images in a volume, beside the examples of the other drivers", (release(
        "harbor", "https://helm.goharbor.io", "1.18.0", {
            "externalURL": "https://registry.example.ae", "existingSecretAdminPassword": "harbor-admin",
            "existingSecretSecretKey": "harbor-key", "registry": {"credentials": {"existingSecret": "harbor-registry"}},
            "expose": {"type": "ingress", "tls": {"enabled": True, "certSource": "secret", "secret": {
                "secretName": "registry-tls"}}, "ingress": {"className": "nginx-internal",
                                                            "hosts": {"core": "registry.example.ae"}}},
            "internalTLS": {"enabled": True, "strong_ssl_ciphers": True, "certSource": "auto"},
            "persistence": {"resourcePolicy": "keep", "persistentVolumeClaim": {
                "registry": {"storageClass": "encrypted", "size": "500Gi"},
                "jobservice": {"jobLog": {"storageClass": "encrypted", "size": "5Gi"}}},
                "imageChartStorage": {
                    "type": "filesystem", "filesystem": {"rootdirectory": "/storage"},
                    "azure": {"accountname": "accountname", "container": "containername"}}},
            "database": {"type": "external", "external": {
                "host": "registry-db.platform.svc.cluster.local", "port": "5432", "coreDatabase": "registry",
                "username": "harbor", "existingSecret": "harbor-db", "sslmode": "verify-full"}},
            "redis": {"type": "external", "external": {"addr": "cache.platform.svc.cluster.local:6379",
                                                       "tlsOptions": {"enable": True},
                                                       "existingSecret": "harbor-redis"}},
            "trivy": {"enabled": False}, "metrics": {"enabled": True}, "updateStrategy": {"type": "Recreate"}}),),
        f"goharbor/harbor c50c7dd src/pkg/chart/testdata/harbor-schema1/values.yaml, {READ}",
        listed("https://helm.goharbor.io"), charts=("harbor",)),
    Idiom("a script makes a user of a database with the password of a variable between its quotes", (
        k8s("core/v1:ConfigMap", {"metadata": meta("users"), "data": {"users.sh": USERS}}, "users"),),
        f"scripts in public repositories, such as GRANT with MYSQL_ROOT_PASSWORD, found as strings, {READ}"),
    owned("Gravitee calls a model of the cluster that asks for no key", (
        inside("gravitee.io/v1alpha1:ApiV4Definition", "chat", {
            "name": "chat", "version": "1.0", "type": "LLM_PROXY", "state": "STARTED", "visibility": "PRIVATE",
            "contextRef": {"name": "bank", "namespace": "chat"}, "definitionContext": {
                "origin": "KUBERNETES", "syncFrom": "MANAGEMENT"}, "listeners": [{
                    "type": "HTTP", "paths": [{"host": "api.bank.ae", "path": "/chat"}], "entrypoints": [
                        {"type": "llm-proxy", "qos": "AUTO"}]}],
            "endpointGroups": [{"name": "models", "type": "llm-proxy", "endpoints": [{
                "name": "llama", "type": "llm-proxy", "inheritConfiguration": False, "secondary": False,
                "configuration": {"provider": "OPEN_AI_COMPATIBLE", "models": [{"name": "llama-3.1-8b"}], "target":
                                  "https://llama.models.svc.cluster.local:8443/v1",
                                  "authentication": {"type": "NONE"}}}]}],
            "plans": {"staff": {
                "name": "staff", "mode": "STANDARD", "status": "PUBLISHED", "validation": "MANUAL", "security": {
                    "type": "JWT", "configuration": {
                        "signature": "RSA_RS256", "publicKeyResolver": "JWKS_URL", "resolverParameter": CERTS}}}},
            "analytics": {"enabled": True, "logging": {"mode": {"endpoint": False, "entrypoint": False}}}}, "chat"),),
        f"gravitee-io/gravitee-kubernetes-operator 5c55586f api-v4-llm-proxy.yml (authentication), {READ}",
        "gravitee.io"),
    Idiom("a program of one copy exempts itself from the check of copies", annotated_pods({
        "polaris.fairwinds.com/deploymentMissingReplicas-exempt": "true"}),
        f"FairwindsOps/rbac-manager 14c1018f deploy/3_deployment.yaml, {READ}"),
    owned("a route of NGINX says that it speaks plain HTTP to a service of its namespace, as by default", (
        inside("k8s.nginx.org/v1:VirtualServer", "rates", {
            "ingressClassName": "nginx", "host": "rates.bank.ae", "tls": {"secret": "rates-tls", "redirect": {
                "enable": True}}, "upstreams": [{"name": "rates", "service": "rates", "port": 8080, "tls": {
                    "enable": False}}], "routes": [{"path": "/", "action": {"pass": "rates"}}]}, "rates"),),
        f"nginx/documentation static/examples/nginx-ingress-controller/target-vs-internal-route.yaml, {READ}",
        "k8s.nginx.org"),
    owned("agentgateway refuses each call of a gateway that is closed", (
        inside("agentgateway.dev/v1alpha1:AgentgatewayPolicy", "closed", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "closed"}],
            "traffic": {"authorization": {"action": "Deny", "policy": {"matchExpressions": ["true"]}}}}, "tools"),),
        f"agentgateway/agentgateway 75b4e6ce controller/pkg/agentgateway/plugins/testdata (ai.yaml), {READ}",
        "agentgateway.dev"),
)  # fmt: skip
