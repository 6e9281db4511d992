"""Good idioms beside weaknesses that were mended last: databases by operators, realms, Oracle (2026-11-29)."""

import json

from ..blind import GROUP, RG, TAGS, aws, az, k8s, meta, pod
from . import Idiom, unpriced
from .eleventh_charts import inside
from .fourteenth_charts import MIRROR, mirrored
from .fourteenth_operators import ACID
from .twelfth_charts import LARGE, SMALL, image, ours

CRUNCHY = "postgres-operator.crunchydata.com/v1beta1"

WATCH = {
    "image": {"registry": MIRROR, "repository": "falcosecurity/falco", "tag": "0.42.1"}, "podLabels": TAGS,
    "driver": {"enabled": True, "kind": "modern_ebpf", "modernEbpf": {"leastPrivileged": True},
               "loader": {"enabled": False}},
    "falcoctl": {"artifact": {"install": {"enabled": False}, "follow": {"enabled": False}}},
    "falcosidekick": {"enabled": False}, "resources": SMALL}  # fmt: skip


def two_doors() -> dict[str, object]:
    """Returns a pod of two programs that ask who their callers are, and for whose members they are."""
    spec = pod({"env": [{"name": "OAUTH2_PROXY_EMAIL_DOMAINS", "value": "*"},
                        {"name": "OAUTH2_PROXY_GITHUB_ORG", "value": "bank"}]})  # fmt: skip
    containers = spec["containers"]
    assert isinstance(containers, list)
    other = {**containers[0], "name": "other", "env": [
        {"name": "OAUTH2_PROXY_PROVIDER", "value": "keycloak-oidc"},
        {"name": "OAUTH2_PROXY_OIDC_ISSUER_URL", "value": "https://login.id.svc.cluster.local/realms/bank"},
        {"name": "OAUTH2_PROXY_EMAIL_DOMAINS", "value": "*"}]}  # fmt: skip
    return {**spec, "containers": [*containers, other]}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("PostgreSQL of Zalando's operator keeps the rules of its image, and refuses who comes without TLS", (inside(
        f"{ACID}:postgresql", "scores", {
            "teamId": "risk", "numberOfInstances": 3, "dockerImage": image("zalando/spilo-17"),
            "postgresql": {"version": "17"}, "volume": {"size": "50Gi", "storageClass": "encrypted"},
            "resources": LARGE, "patroni": {"pg_hba": [
                "local   all             all                                   trust",
                "hostssl all             +zalandos    127.0.0.1/32       pam",
                "host    all             all                127.0.0.1/32       md5",
                "host    all             all                ::1/128            md5",
                "local   replication     standby                    trust",
                "hostssl replication     standby all                md5",
                "hostnossl all           all                all                reject",
                "hostssl all             +zalandos    all                pam",
                "hostssl all             all                all                scram-sha-256"]},
            "podAnnotations": {"bank.ae/owner": "risk"}}, "data"),),
        "github.com/zalando/spilo, postgres-appliance/scripts/configure_spilo.py", ours(
            "acid.zalan.do", prices=(f"{ACID}:postgresql::scores",))),
    Idiom("rules of Crunchy's operator refuse who has no TLS, and ask the directory over TLS", (inside(
        f"{CRUNCHY}:PostgresCluster", "ledger", {
            "postgresVersion": 17, "image": image("crunchydata/crunchy-postgres"), "metadata": {"labels": TAGS},
            "instances": [{"name": "pg", "replicas": 2, "resources": LARGE, "dataVolumeClaimSpec": {
                "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted", "resources": {
                    "requests": {"storage": "50Gi"}}}}],
            "authentication": {"rules": [
                {"connection": "hostnossl", "method": "reject"}, {"hba": "hostssl ledger app 10.40.0.0/16 cert"},
                {"connection": "hostssl", "users": ["app"], "method": "scram-sha-256"},
                {"connection": "hostssl", "method": "ldap", "options": {
                    "ldapserver": "ad.bank.ae", "ldaptls": 1, "ldapbasedn": "o=bank"}}]}}, "data"),),
        "access.crunchydata.com/documentation/postgres-operator/latest/references/crd", ours(
            "postgres-operator.crunchydata.com", prices=(f"{CRUNCHY}:PostgresCluster::ledger",))),
    Idiom("a file of a realm that exists adds a client to it", (k8s("core/v1:ConfigMap", {
        "metadata": meta("clients", "identity"), "data": {"notebooks.json": json.dumps({"realm": "bank", "clients": [{
            "clientId": "notebooks", "enabled": True, "publicClient": False, "standardFlowEnabled": True}]})}}),),
        "github.com/adorsys/keycloak-config-cli, docs"),
    Idiom("options of a database of SQL Server are none of Oracle's", (aws("rds/OptionGroup", {
        "name": "reports", "engineName": "sqlserver-se", "majorEngineVersion": "16.00", "tags": TAGS,
        "options": []}),), "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.SQLServer.Options.html"),
    Idiom("a database of Oracle is reached by TLS on a port of its own", (aws("rds/OptionGroup", {
        "name": "core", "engineName": "oracle-ee", "majorEngineVersion": "19", "tags": TAGS, "options": [
            {"optionName": "SSL", "port": 2484, "vpcSecurityGroupMemberships": ["sg-0123456789abcdef0"],
             "optionSettings": [{"name": "SQLNET.SSL_VERSION", "value": "1.2"}]}]}),),
        "docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.SSL.html"),
    Idiom("secrets in the repository are encrypted by SOPS, and their operator writes them", (inside(
        "isindir.github.com/v1alpha3:SopsSecret", "ledger", {"secretTemplates": [{"name": "ledger", "stringData": {
            "password": "ENC[AES256_GCM,data:Zm9vYmFy,iv:aXY=,tag:dGFn,type:str]", "username": "ledger",
            "api-token": "ENC[AES256_GCM,data:YmF6,iv:aXY=,tag:dGFn,type:str]"}}]}, "ledger"),),
        "github.com/isindir/sops-secrets-operator", ours("isindir.github.com", prices=(
            "isindir.github.com/v1alpha3:SopsSecret::ledger",))),
    Idiom("an application of Argo CD names the Secret with the password of its chart", (inside(
        "argoproj.io/v1alpha1:Application", "ledger", {
            "project": "ledger", "destination": {"name": "in-cluster", "namespace": "ledger"}, "source": {
                "repoURL": "https://git.bank.ae/charts", "path": "ledger",
                "targetRevision": "4f2a9c1e0b7d6a5f8e3c2b1a0f9e8d7c6b5a4f3e", "helm": {
                    "values": "database:\n  existingSecret: ledger-db\n  passwordKey: password\n",
                    "parameters": [{"name": "database.existingSecret", "value": "ledger-db"}]}}}, "argocd"),),
        "argo-cd.readthedocs.io/en/stable/user-guide/helm", ours("argoproj.io", prices=(
            "argoproj.io/v1alpha1:Application::ledger",))),
    Idiom("a policy writes a password of chance into each namespace", (k8s("kyverno.io/v1:ClusterPolicy", {
        "metadata": {"name": "seeds"}, "spec": {"rules": [{
            "name": "seed", "match": {"any": [{"resources": {"kinds": ["Namespace"]}}]}, "generate": {
                "apiVersion": "v1", "kind": "Secret", "name": "seed", "namespace": "{{request.object.metadata.name}}",
                "synchronize": False, "data": {"stringData": {
                    "password": "{{ random('[0-9a-z]{32}') }}", "purpose": "seed"}}}}]}}),),
        "kyverno.io/docs/policy-types/cluster-policy/generate", ours("kyverno.io")),
    Idiom("Falco has the stable rules alone, chosen by their tag", (mirrored("falco", "7.0.0", {
        **WATCH, "falco": {"json_output": True, "priority": "notice", "rules": [
            {"disable": {"rule": "*"}}, {"enable": {"tag": "maturity_stable"}},
            {"disable": {"tag": "maturity_sandbox"}}, {"disable": {"rule": "Contact K8S API Server From Container"}}]},
        }),), "falco.org/docs/concepts/rules/controlling-rules", ours(kubernetes={
            "privileged_namespaces": {"falco": "reads calls of the kernel on each machine"}}), charts=("falco",)),
    Idiom("an account has more buckets and more addresses of its network, and no more machines", (
        aws("servicequotas/ServiceQuota", {"serviceCode": "s3", "quotaCode": "L-DC2B2D3D", "value": 12000}, "buckets"),
        aws("servicequotas/ServiceQuota", {"serviceCode": "vpc", "quotaCode": "L-F678F1CE", "value": 10}, "networks")),
        "docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html"),
    Idiom("a constraint denies at admission and warns of what is there already", (k8s(
        "constraints.gatekeeper.sh/v1beta1:K8sPSPPrivilegedContainer", {"metadata": {"name": "closed"}, "spec": {
            "enforcementAction": "scoped", "scopedEnforcementActions": [
                {"action": "warn", "enforcementPoints": [{"name": "audit.gatekeeper.sh"}]},
                {"action": "deny", "enforcementPoints": [{"name": "vap.k8s.io"}, {
                    "name": "validation.gatekeeper.sh"}]}],
            "match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]}}}),),
        "open-policy-agent.github.io/gatekeeper/website/docs/enforcement-points"),
    Idiom("a firewall guards all paths of two domains, in two associations", (az("cdn:SecurityPolicy", {
        **RG, "profileName": "edge", "securityPolicyName": "guard", "parameters": {
            "type": "WebApplicationFirewall", "wafPolicy": {
                "id": f"{GROUP}/providers/Microsoft.Network/FrontDoorWebApplicationFirewallPolicies/bank"},
            "associations": [
                {"domains": [{"id": f"{GROUP}/providers/Microsoft.Cdn/profiles/edge/customDomains/pay"}],
                 "patternsToMatch": ["/*"]},
                {"domains": [{"id": f"{GROUP}/providers/Microsoft.Cdn/profiles/edge/customDomains/app"}],
                 "patternsToMatch": ["/login", "/*"]}]}}),),
        "learn.microsoft.com/azure/frontdoor/standard-premium/how-to-configure-waf"),
    Idiom("two programs of a pod have doors of their own, each for its members", (k8s("core/v1:Pod", {
        "metadata": meta("doors"), "spec": two_doors()}, "doors"),), "oauth2-proxy.github.io/oauth2-proxy"),
    Idiom("the firewall at the edge leaves out one rule that an app meets, and keeps those of its class", (az(
        "frontdoor:Policy", {
            **RG, "policyName": "edge", "location": "uaenorth", "tags": TAGS, "sku": {
                "name": "Premium_AzureFrontDoor"}, "policySettings": {
                "mode": "Prevention", "enabledState": "Enabled", "requestBodyCheck": "Enabled"},
            "managedRules": {"managedRuleSets": [{
                "ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1", "ruleSetAction": "Block",
                "ruleGroupOverrides": [{"ruleGroupName": "SQLI", "rules": [
                    {"ruleId": "942440", "enabledState": "Disabled"}]}]}]}}),),
        "learn.microsoft.com/azure/web-application-firewall/afds/waf-front-door-tuning",
        unpriced("azure-native:frontdoor:Policy::it")),
)  # fmt: skip
