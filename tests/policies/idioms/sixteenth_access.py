"""Good idioms of clusters: secrets, rights, sign-in and admission that no other idiom has (set 16, blind)."""

from ..blind import KEY, TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside, stored
from .eleventh_cluster import top
from .sixteenth_stores import owned, password
from .twelfth_charts import POD, image

TELEPORT, GATEKEEPER, KEYCLOAK = "resources.teleport.dev", "mutations.gatekeeper.sh", "v1.edp.epam.com"
NOT_SYSTEM = {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": [
    "kube-system", "gatekeeper-system", "falaj-system"]}]}  # fmt: skip
PODS = [{"groups": [""], "versions": ["v1"], "kinds": ["Pod"]}]
TEAM = {"matchLabels": {"tier": "team"}}
READ = ["get", "list", "watch"]


IDIOMS: tuple[Idiom, ...] = (
    owned("engineers ask for production in Teleport, somebody agrees, sessions are recorded and lists renewed", (
        top(f"{TELEPORT}/v1:TeleportRoleV7", "production-reader", {
            "allow": {"kubernetes_labels": {"env": "prod"}, "kubernetes_groups": ["readers"], "kubernetes_resources": [
                {"kind": "pod", "namespace": "payments", "name": "*", "verbs": READ}]},
            "deny": {"kubernetes_resources": [{"kind": "secret", "namespace": "*", "name": "*", "verbs": ["*"]}]},
            "options": {"max_session_ttl": "4h0m0s", "client_idle_timeout": "15m0s", "disconnect_expired_cert": True,
                        "forward_agent": False, "port_forwarding": False, "require_session_mfa": 1, "lock": "strict",
                        "record_session": {"default": "strict"}, "permit_x11_forwarding": False}}),
        top(f"{TELEPORT}/v1:TeleportRoleV7", "production-requester", {
            "allow": {"request": {"roles": ["production-reader"], "max_duration": "4h", "thresholds": [
                {"approve": 2, "deny": 1}], "reason": {"mode": "required"}}},
            "options": {"max_session_ttl": "8h0m0s"}}),
        top(f"{TELEPORT}/v1:TeleportAccessList", "payments-engineers", {
            "title": "Engineers of payments", "description": "May ask for production", "owners": [
                {"name": "lead@bank.ae", "description": "Lead of payments"}], "grants": {
                    "roles": ["production-requester"]}, "membership_requires": {"roles": ["engineer"]},
            "audit": {"recurrence": {"frequency": 3, "day_of_month": 1}}})),
        "goteleport.com/docs/reference/infrastructure-as-code/operator-resources", TELEPORT),
    owned("a pipeline of the cluster gets certificates of one hour by the token of its own account", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("deployer", "ci"), "automountServiceAccountToken": False},
            "deployer"),
        top(f"{TELEPORT}/v1:TeleportBotV1", "deployer", {"roles": ["deployer"], "max_session_ttl": "1h"}),
        top(f"{TELEPORT}/v2:TeleportProvisionToken", "deployer", {
            "roles": ["Bot"], "bot_name": "deployer", "join_method": "kubernetes", "kubernetes": {
                "type": "in_cluster", "allow": [{"service_account": "ci:deployer"}]}})),
        "goteleport.com/docs/machine-workload-identity/deployment/kubernetes", TELEPORT),
    owned("apps sign in at the bank's Keycloak by a client of the operator, with PKCE and short tokens", (
        password("portal-client", "sign-in", "clientSecret"),
        inside(f"{KEYCLOAK}/v1:KeycloakRealm", "staff", {
            "realmName": "staff", "keycloakRef": {"kind": "ClusterKeycloak", "name": "bank"}, "passwordPolicy": [
                {"type": "length", "value": "14"}, {"type": "passwordHistory", "value": "12"}],
            "browserSecurityHeaders": {"strictTransportSecurity": "max-age=31536000; includeSubDomains"},
            "realmEventConfig": {"adminEventsEnabled": True, "adminEventsDetailsEnabled": True, "eventsEnabled": True,
                                 "eventsExpiration": 31536000}, "tokenSettings": {
                "accessTokenLifespan": 300, "revokeRefreshToken": True, "refreshTokenMaxReuse": 0,
                "defaultSignatureAlgorithm": "PS256", "accessToken": 300}}, "sign-in"),
        inside(f"{KEYCLOAK}/v1:KeycloakClient", "portal", {
            "clientId": "portal", "realmRef": {"kind": "KeycloakRealm", "name": "staff"}, "public": False, "secret":
            "$portal-client:clientSecret", "standardFlowEnabled": True, "implicitFlowEnabled": False, "directAccess":
            False, "fullScopeAllowed": False, "redirectUris": ["https://portal.bank.ae/oauth2/callback"],
            "webOrigins": ["https://portal.bank.ae"], "attributes": {
                "pkce.code.challenge.method": "S256", "post.logout.redirect.uris": "https://portal.bank.ae/"}},
            "sign-in"),
        inside(f"{KEYCLOAK}/v1:KeycloakRealmGroup", "tellers", {
            "name": "tellers", "realmRef": {"kind": "KeycloakRealm", "name": "staff"}, "realmRoles": ["teller"]},
            "sign-in")),
        "github.com/epam/edp-keycloak-operator, docs/api.md", KEYCLOAK),
    owned("rights of a team are written once by RBAC Manager, for namespaces with its label alone", (
        k8s("rbacmanager.reactiveops.io/v1beta1:RBACDefinition", {
            "metadata": {"name": "payments", "labels": TAGS}, "rbacBindings": [
                {"name": "readers", "subjects": [{"kind": "Group", "name": "payments-engineers"}], "roleBindings": [
                    {"clusterRole": "view", "namespaceSelector": {"matchLabels": {"team": "payments"}}}]},
                {"name": "deployer", "subjects": [
                    {"kind": "ServiceAccount", "name": "deployer", "namespace": "payments",
                     "automountServiceAccountToken": False}], "roleBindings": [
                         {"clusterRole": "edit", "namespace": "payments"}]}]}, "payments"),),
        "rbac-manager.docs.fairwinds.com/rbacdefinitions", "rbacmanager.reactiveops.io"),
    owned("a secret of the vault in UAE North becomes one of a namespace, by the namespace's own identity", (
        inside("spv.no/v2beta1:AzureKeyVaultSecret", "ledger-db", {
            "vault": {"name": "kv-bank", "object": {"name": "ledger-db", "type": "secret"}, "azureIdentity": {
                "name": "ledger"}}, "output": {"secret": {
                    "name": "ledger-db", "dataKey": "password", "type": "Opaque"}}}, "ledger"),
        inside("spv.no/v2beta1:AzureKeyVaultSecret", "ledger-tls", {
            "vault": {"name": "kv-bank", "object": {"name": "ledger-tls", "type": "certificate"}}, "output": {
                "secret": {"name": "ledger-tls", "type": "kubernetes.io/tls", "chainOrder": "ensureserverfirst"}}},
            "ledger")), "akv2k8s.io/reference/azure-key-vault-secret", "spv.no"),
    owned("secrets of the bank's own Infisical are copied to a namespace by the token of its account", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("infisical", "cards"), "automountServiceAccountToken": False},
            "infisical"),
        inside("secrets.infisical.com/v1alpha1:InfisicalSecret", "cards", {
            "hostAPI": "https://secrets.bank.ae/api", "resyncInterval": 300, "tls": {"caRef": {
                "secretName": "bank-authority", "secretNamespace": "cards", "key": "ca.crt"}},
            "authentication": {"kubernetesAuth": {
                "identityId": "6b1f2a9e-2c1d-4f3b-9d62-0d9b2f5f4a10", "autoCreateServiceAccountToken": True,
                "serviceAccountTokenAudiences": ["https://secrets.bank.ae"], "serviceAccountRef": {
                    "name": "infisical", "namespace": "cards"}, "secretsScope": {
                        "projectSlug": "cards", "envSlug": "prod", "secretsPath": "/app", "recursive": False}}},
            "managedKubeSecretReferences": [{"secretName": "cards", "secretNamespace": "cards", "secretType": "Opaque",
                                             "creationPolicy": "Owner"}]}, "cards")),
        "infisical.com/docs/integrations/platforms/kubernetes/infisical-secret-crd", "secrets.infisical.com"),
    owned("Vault of three pods is run by the Bank-Vaults operator, opened by the bank's key, with audit on", (
        inside("vault.banzaicloud.com/v1alpha1:Vault", "vault", {
            "size": 3, "image": image("hashicorp/vault"), "bankVaultsImage": image("bank-vaults/bank-vaults"),
            "serviceAccount": "vault", "serviceType": "ClusterIP", "existingTlsSecretName": "vault-tls",
            "vaultLabels": TAGS, "podAntiAffinity": "kubernetes.io/hostname", "statsdDisabled": True,
            "serviceRegistrationEnabled": True, "resources": {"vault": SMALL, "bankVaults": SMALL},
            "securityContext": POD, "volumeClaimTemplates": [
                {"metadata": {"name": "vault-raft", "labels": TAGS}, **stored("10Gi")}],
            "volumeMounts": [{"name": "vault-raft", "mountPath": "/vault/file"}],
            "unsealConfig": {"options": {"preFlightChecks": True, "storeRootToken": False}, "aws": {
                "kmsKeyId": KEY, "kmsRegion": "me-central-1", "s3Bucket": "bank-backups", "s3Prefix": "vault/",
                "s3Region": "me-central-1", "s3SSE": "aws:kms"}},
            "config": {"ui": False, "disable_mlock": True, "api_addr": "https://vault.vault.svc.cluster.local:8200",
                       "cluster_addr": "https://${.Env.POD_NAME}:8201", "storage": {"raft": {"path": "/vault/file"}},
                       "listener": {"tcp": {"address": "0.0.0.0:8200", "tls_cert_file": "/vault/tls/server.crt",
                                            "tls_key_file": "/vault/tls/server.key", "tls_min_version": "tls12"}}},
            "externalConfig": {
                "audit": [{"type": "file", "options": {"file_path": "stdout"}}],
                "policies": [{"name": "ledger", "rules": 'path "kv/data/ledger/*" { capabilities = ["read"] }'}],
                "auth": [{"type": "kubernetes", "roles": [{
                    "name": "ledger", "bound_service_account_names": ["ledger"],
                    "bound_service_account_namespaces": ["ledger"], "policies": ["ledger"], "ttl": "1h"}]}]}},
            "vault"),),
        "bank-vaults.dev/docs/operator", "vault.banzaicloud.com"),
    owned("Elastic's stack keeps indices for thirty days and copies them, as a policy for all clusters of a label", (
        inside("stackconfigpolicy.k8s.elastic.co/v1alpha1:StackConfigPolicy", "records", {
            "resourceSelector": {"matchLabels": {"stack": "records"}}, "elasticsearch": {
                "clusterSettings": {"action.auto_create_index": "logs-*", "action.destructive_requires_name": True},
                "indexLifecyclePolicies": {"logs": {"phases": {
                    "hot": {"actions": {"rollover": {"max_age": "1d", "max_primary_shard_size": "50gb"}}},
                    "delete": {"min_age": "30d", "actions": {"delete": {}}}}}},
                "snapshotRepositories": {"bank": {"type": "s3", "settings": {
                    "bucket": "bank-backups", "base_path": "records", "server_side_encryption": True}}},
                "snapshotLifecyclePolicies": {"night": {
                    "schedule": "0 0 22 * * ?", "name": "<night-{now/d}>", "repository": "bank", "config": {
                        "indices": ["logs-*"]}, "retention": {"expire_after": "14d", "min_count": 7}}},
                "securityRoleMappings": {"auditors": {
                    "enabled": True, "roles": ["viewer"], "rules": {"field": {
                        "groups": "cn=auditors,dc=bank,dc=ae"}}}}}}, "records"),),
        "elastic.co/docs/deploy-manage/deploy/cloud-on-k8s/elastic-stack-configuration-policies",
        "stackconfigpolicy.k8s.elastic.co"),
    owned("Gatekeeper sets a seccomp profile and closed tokens where a pod says nothing, but in the system's names", (
        top(f"{GATEKEEPER}/v1:Assign", "seccomp", {
            "applyTo": PODS, "match": {"scope": "Namespaced", "kinds": [{"apiGroups": [""], "kinds": ["Pod"]}],
                                       "namespaceSelector": NOT_SYSTEM},
            "location": "spec.securityContext.seccompProfile.type", "parameters": {
                "pathTests": [{"subPath": "spec.securityContext.seccompProfile", "condition": "MustNotExist"}],
                "assign": {"value": "RuntimeDefault"}}}),
        top(f"{GATEKEEPER}/v1:Assign", "no-token", {
            "applyTo": PODS, "match": {"scope": "Namespaced", "kinds": [{"apiGroups": [""], "kinds": ["Pod"]}],
                                       "namespaceSelector": NOT_SYSTEM},
            "location": "spec.automountServiceAccountToken", "parameters": {
                "pathTests": [{"subPath": "spec.automountServiceAccountToken", "condition": "MustNotExist"}],
                "assign": {"value": False}}}),
        top(f"{GATEKEEPER}/v1:AssignMetadata", "owner", {
            "match": {"scope": "Namespaced", "namespaceSelector": NOT_SYSTEM, "kinds": [
                {"apiGroups": [""], "kinds": ["Pod"]}]},
            "location": "metadata.labels.namespace-of-origin", "parameters": {"assign": {"fromMetadata": {
                "field": "namespace"}}}})),
        "open-policy-agent.github.io/gatekeeper/website/docs/mutation", GATEKEEPER),
    owned("pods of Deployments are checked when the Deployment comes, not when its pods fail", (
        top("expansion.gatekeeper.sh/v1beta1:ExpansionTemplate", "workloads", {
            "applyTo": [{"groups": ["apps"], "versions": ["v1"], "kinds": ["Deployment", "StatefulSet", "DaemonSet"]},
                        {"groups": ["batch"], "versions": ["v1"], "kinds": ["Job"]}],
            "templateSource": "spec.template", "enforcementAction": "deny", "generatedGVK": {
                "kind": "Pod", "group": "", "version": "v1"}}),),
        "open-policy-agent.github.io/gatekeeper/website/docs/expansion", "expansion.gatekeeper.sh"),
    owned("what a pod does against its profile raises an alarm of Kubescape in the teams' namespaces", (
        top("kubescape.io/v1:RuntimeRuleAlertBinding", "teams", {
            "namespaceSelector": NOT_SYSTEM, "rules": [
                {"ruleName": "Unexpected process launched", "severity": "high"},
                {"ruleName": "Unexpected service account token access", "severity": "high"},
                {"ruleTags": ["escape"]}]}),),
        "kubescape.io/docs/operator/runtime-threat-detection", "kubescape.io"),
    owned("pods of teams never reach the metadata service, by a policy of the cluster, and the ledger has its group", (
        top("networking.k8s.aws/v1alpha1:ClusterNetworkPolicy", "no-metadata", {
            "tier": "Admin", "priority": 10, "subject": {"namespaces": TEAM}, "egress": [
                {"name": "metadata", "action": "Deny", "to": [{"networks": ["169.254.169.254/32"]}]},
                {"name": "names", "action": "Accept", "to": [{"pods": {
                    "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
                    "podSelector": {"matchLabels": {"k8s-app": "kube-dns"}}}}], "ports": [
                        {"portNumber": {"protocol": "UDP", "port": 53}}]}]}),
        inside("vpcresources.k8s.aws/v1beta1:SecurityGroupPolicy", "ledger", {
            "podSelector": {"matchLabels": {"app": "ledger"}}, "securityGroups": {"groupIds": [
                "sg-0a1b2c3d4e5f60718"]}}, "ledger")),
        "docs.aws.amazon.com/eks/latest/userguide/security-groups-pods-deployment.html", "networking.k8s.aws",
        "vpcresources.k8s.aws"),
    owned("an app reads one bucket of MinIO by the token of its own account, and old files expire by a job", (
        k8s("core/v1:ServiceAccount", {"metadata": meta("reports", "reports"), "automountServiceAccountToken": False},
            "reports"),
        inside("sts.min.io/v1beta1:PolicyBinding", "reports", {
            "application": {"namespace": "reports", "serviceaccount": "reports"}, "policies": ["reports-reader"]},
            "store"),
        inside("job.min.io/v1alpha1:MinIOJob", "buckets", {
            "serviceAccountName": "buckets", "tenant": {"name": "store", "namespace": "store"}, "mcImage": image(
                "minio/mc"), "execution": "sequential", "failureStrategy": "stopOnFailure", "insecure": False,
            "securityContext": POD, "containerSecurityContext": CLOSED, "commands": [
                {"op": "make-bucket", "args": {"name": "reports"}}]}, "store")),
        "github.com/minio/operator, docs/policybinding_crd.adoc and job.min.io", "sts.min.io", "job.min.io"),
    owned("tables of the ledger change by Atlas, forwards and in order alone, over verified TLS", (
        password("ledger-owner", "ledger", "password"),
        k8s("core/v1:ConfigMap", {"metadata": meta("ledger-migrations", "ledger"), "data": {
            "20261101090000_limits.sql": "ALTER TABLE accounts ADD COLUMN limit_aed numeric(14,2);\n",
            "atlas.sum": "h1:vFJ0Zt0b6mMOvXyyLEJEQxk1mZ5Qh3Qv1n4n4pW4mQY=\n"}}, "migrations"),
        inside("db.atlasgo.io/v1alpha1:AtlasMigration", "ledger", {
            "credentials": {"scheme": "postgres", "host": "ledger-rw.data.svc.cluster.local", "port": 5432, "user":
                            "ledger_owner", "database": "ledger", "passwordFrom": {"secretKeyRef": {
                                "name": "ledger-owner", "key": "password"}}, "parameters": {"sslmode": "verify-full"}},
            "dir": {"configMapRef": {"name": "ledger-migrations"}}, "execOrder": "linear", "backoffLimit": 3,
            "protectedFlows": {"migrateDown": {"allow": False, "autoApprove": False}}, "revisionsSchema": "atlas"},
            "ledger")), "atlasgo.io/integrations/kubernetes/operator", "db.atlasgo.io"),
)  # fmt: skip
