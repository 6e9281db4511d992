"""Attacks on clusters by entries, meshes, identities, gateways and deliveries (2026-11-30, nineteenth set, blind).

Fields as in the sources named; 'read' is the day on which they were looked up, 'as known' what was not.
"""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = (*OPEN, "FJ-COST-")
READ = "read 2026-11-30"
CATALOG = "datreeio/CRDs-catalog"
RESOURCES = {"requests": {"cpu": "8", "memory": "64Gi"}, "limits": {"cpu": "8", "memory": "64Gi"}}


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object, **more: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **more), "spec": spec}, name)


def _text(name: str, namespace: str, data: object, **labels: str) -> Given:
    """Returns a ConfigMap."""
    return k8s("core/v1:ConfigMap", {
        "metadata": {"name": name, "namespace": namespace, "labels": {**TAGS, **labels}}, "data": data},
        name)  # fmt: skip


LINK = {
    "targetClusterName": "partner", "targetClusterDomain": "cluster.local", "targetClusterLinkerdNamespace": "linkerd",
    "clusterCredentialsSecret": "cluster-credentials-partner", "gatewayAddress": "gateway.published-by-somebody.io",
    "gatewayPort": "4143", "gatewayIdentity": "linkerd-gateway.linkerd-multicluster.serviceaccount.identity.linkerd."
    "cluster.local", "selector": {"matchLabels": {"mirror.linkerd.io/exported": "true"}}}  # fmt: skip
STAGED = {
    "order": 10, "selector": "app == 'ledger'", "types": ["Ingress", "Egress"], "stagedAction": "Set",
    "ingress": [{"action": "Allow", "source": {"selector": "app == 'teller'"}, "protocol": "TCP"}],
    "egress": [{"action": "Deny"}]}  # fmt: skip
MOVED = {
    "configuration": {"migrations": {"disableTLS": True, "parallelMigrationsPerCluster": 5},
                      "developerConfiguration": {"featureGates": ["LiveMigration"]}},
    "certificateRotateStrategy": {"selfSigned": {"ca": {"duration": "168h"}}}, "imagePullPolicy": "IfNotPresent",
    "workloadUpdateStrategy": {"workloadUpdateMethods": ["LiveMigrate"]}}  # fmt: skip
MACHINES = {
    "replicas": 400, "selector": {"matchLabels": {"app": "x"}}, "template": {
        "metadata": {"labels": {**TAGS, "app": "x"}}, "spec": {
            "domain": {"devices": {"gpus": [{"name": "gpu0", "deviceName": "nvidia.com/GA102GL_A10"}], "disks": []},
                       "resources": RESOURCES},
            "volumes": [], "networks": [{"name": "default", "pod": {}}]}}}  # fmt: skip
PEOPLE = {
    "issuer_url": "https://login.example.ae/realms/bank", "client_id": "teleport",
    "client_secret": "secret://teleport-oidc/secret", "redirect_url": ["https://access.example.ae/v1/webapi/oidc/cb"],
    "display": "bank", "scope": ["email", "groups"],
    "claims_to_roles": [{"claim": "email", "value": "*", "roles": ["editor", "access"]}]}  # fmt: skip
REALM = {
    "realm": "bank", "enabled": True, "sslRequired": "all", "bruteForceProtected": True, "registrationAllowed": False,
    "resetPasswordAllowed": False, "eventsEnabled": True, "adminEventsEnabled": True,
    "passwordPolicy": "length(14) and notUsername(undefined)"}  # fmt: skip
ADMINS = {**REALM, "defaultRole": {
    "name": "default-roles-bank", "composite": True,
    "composites": {"realm": ["offline_access"], "client": {"realm-management": ["realm-admin"]}}}}  # fmt: skip
LONG = {**REALM, "accessTokenLifespan": 315360000, "ssoSessionMaxLifespan": 315360000}
DEX = """issuer: https://login.example.ae
storage: {type: kubernetes, config: {inCluster: true}}
web: {https: 0.0.0.0:5556, tlsCert: /tls/tls.crt, tlsKey: /tls/tls.key}
connectors:
- type: ldap
  id: ldap
  name: bank
  config:
    host: ldap.example.ae:389
    insecureNoSSL: true
    bindDN: cn=dex,ou=services,dc=bank,dc=ae
    bindPW: $LDAP_PASSWORD
    userSearch: {baseDN: "ou=staff,dc=bank,dc=ae", username: uid, idAttr: uid, emailAttr: mail}
"""
ASKED = {
    "route_type": "llm/v1/chat", "auth": {"header_name": "Authorization", "header_value": "{vault://bank/model}"},
    "model": {"provider": "openai", "name": "gpt-4o"}}  # fmt: skip
TALKS = {
    "type": "conversation.openai",
    "version": "v1",
    "metadata": [
        {"name": "key", "secretKeyRef": {"name": "model", "key": "key"}},
        {"name": "model", "value": "gpt-4o"},
    ],
}
DOPPLER = {"provider": {"doppler": {
    "auth": {"secretRef": {"dopplerToken": {"name": "doppler", "key": "token"}}},
    "project": "payments", "config": "prd"}}}  # fmt: skip
LEDGER = {
    "refreshInterval": "1h",
    "secretStoreRef": {"kind": "SecretStore", "name": "doppler"},
    "target": {"name": "ledger"},
    "data": [{"secretKey": "password", "remoteRef": {"key": "LEDGER_PASSWORD"}}],
}
OIDC = """name: bank
issuer: https://login.example.ae/realms/bank
clientID: argocd
clientSecret: $oidc.clientSecret
skipAudienceCheckWhenTokenHasNoAudience: true
requestedScopes: [openid, profile, email, groups]
"""
BUILT = {
    "params": [{"name": "url", "type": "string"}], "workspaces": [{"name": "source"}], "tasks": [{
        "name": "build", "taskRef": {"resolver": "hub", "params": [
            {"name": "catalog", "value": "published-by-somebody"}, {"name": "type", "value": "artifact"},
            {"name": "kind", "value": "task"}, {"name": "name", "value": "build-and-push"},
            {"name": "version", "value": ">= 0.1.0"}]},
        "workspaces": [{"name": "source", "workspace": "source"}]}]}  # fmt: skip

ATTACKS = (
    Attack("the network of the cluster is a part of a vendor's network abroad", OPEN, (
        _top("tailscale.com/v1alpha1:Connector", "cluster", {
            "hostname": "cluster", "tags": ["tag:k8s"], "exitNode": False,
            "subnetRouter": {"advertiseRoutes": ["10.40.0.0/16", "10.96.0.0/12"]}}),),
        "critical", "each device of the tailnet reaches pods and Services past each firewall, and the vendor says who "
        f"is in it ({CATALOG}, tailscale.com/connector_v1alpha1.json, subnetRouter.advertiseRoutes, {READ})"),
    Attack("calls of the mesh go to services of a stranger's cluster", OPEN, (
        _in("linkerd-multicluster", "multicluster.linkerd.io/v1alpha3:Link", "partner", LINK),),
        "critical", "Services of his cluster appear in the bank's and their calls leave by his gateway (Linkerd, "
        "'Multi-cluster communication', Link.gatewayAddress, as known)"),
    Attack("the policy that closes the ledger is only tried", OPEN, (
        _top("projectcalico.org/v3:StagedGlobalNetworkPolicy", "ledger", STAGED),),
        "minor", "flows are compared with it and none is stopped (Calico, 'Staged network policies', as known)"),
    Attack("memory of virtual machines crosses the network in plaintext", OPEN, (
        _in("kubevirt", "kubevirt.io/v1:KubeVirt", "kubevirt", MOVED),),
        "major", "keys and data in memory are read while a machine moves (KubeVirt, 'Live migration', "
        "migrations.disableTLS, as known)"),
    Attack("four hundred virtual machines with an accelerator each", MONEY, (
        _in("team-a", "kubevirt.io/v1:VirtualMachineInstanceReplicaSet", "x", MACHINES),),
        "major", "machines for four hundred GPUs are paid (KubeVirt, 'VirtualMachineInstanceReplicaSet', replicas; "
        "'Host devices assignment', devices.gpus, as known)"),
    Attack("each employee who signs in is an editor of Teleport", OPEN, (
        _in("teleport", "resources.teleport.dev/v3:TeleportOIDCConnector", "bank", PEOPLE),),
        "critical", "an editor writes roles and users, so each employee administers each machine and cluster "
        f"({CATALOG}, resources.teleport.dev/teleportoidcconnector_v3.json, claims_to_roles, {READ})"),
    Attack("each user of a realm administers it", OPEN, (
        _in("keycloak", "k8s.keycloak.org/v2alpha1:KeycloakRealmImport", "bank", {
            "keycloakCRName": "keycloak", "realm": ADMINS}),),
        "critical", "default roles are each user's, and realm-admin makes users and resets passwords (Keycloak, "
        "Server Administration Guide, 'Default roles', 'Realm roles', as known)"),
    Attack("a stolen token of a realm is valid for ten years", OPEN, (
        _in("keycloak", "k8s.keycloak.org/v2alpha1:KeycloakRealmImport", "bank", {
            "keycloakCRName": "keycloak", "realm": LONG}),),
        "major", "access tokens are not looked up when they are used, so none ends before 2036 (Keycloak, Server "
        "Administration Guide, 'Session and token timeouts', as known)"),
    Attack("passwords of staff reach the directory in plaintext", OPEN, (
        _text("dex", "dex", {"config.yaml": DEX}),),
        "critical", "each password that somebody signs in with crosses the network as it is (Dex, 'Authentication "
        "through LDAP', insecureNoSSL, as known)"),
    Attack("questions of customers go to a model abroad by a plug-in of the gateway", OPEN, (
        k8s("configuration.konghq.com/v1:KongPlugin", {
            "metadata": meta("model"), "plugin": "ai-proxy", "config": ASKED}, "model"),),
        "critical", "the plug-in knows the address of the provider itself (developer.konghq.com, 'Set up AI Proxy with "
        f"OpenAI in Kong Gateway', {READ})"),
    Attack("programs talk to a model abroad by a component of Dapr", OPEN, (
        _in("team-a", "dapr.io/v1alpha1:Component", "model", TALKS),),
        "critical", "what programs ask goes to the provider without an address in the object (dapr/dapr, test of "
        f"conversation.openai, key and model, {READ})"),
    Attack("passwords of payments are kept by a vendor abroad", OPEN, (
        _in("payments", "external-secrets.io/v1:SecretStore", "doppler", DOPPLER),
        _in("payments", "external-secrets.io/v1:ExternalSecret", "ledger", LEDGER)),
        "critical", "the vendor has the password of the ledger (External Secrets, provider 'Doppler', as known)"),
    Attack("Argo CD takes sources from whoever answers for the forge", OPEN, (
        k8s("core/v1:Secret", {
            "metadata": {"name": "repo", "namespace": "argocd", "labels": {
                **TAGS, "argocd.argoproj.io/secret-type": "repository"}},
            "stringData": {"type": "git", "url": "https://git.example.ae/platform/apps.git", "insecure": "true"}},
            "repo"),),
        "critical", "whoever stands between decides what the cluster runs (Argo CD, Declarative Setup, 'Repositories', "
        "insecure, as known)"),
    Attack("Argo CD takes tokens that were made for nobody", OPEN, (
        _text("argocd-cm", "argocd", {"url": "https://argocd.example.ae", "oidc.config": OIDC},
              **{"app.kubernetes.io/part-of": "argocd"}),),
        "major", "a token that another program of the realm got without an audience signs in here (argo-cd, "
        f"util/oidc, skipAudienceCheckWhenTokenHasNoAudience, {READ})"),
    Attack("images of the bank are built by a task that a stranger publishes", OPEN, (
        _in("builds", "tekton.dev/v1:Pipeline", "build", BUILT),),
        "critical", "his steps read the sources and the keys of the registry, in whichever version he publishes next "
        f"(tekton.dev, 'Hub Resolver', catalog, version, {READ})"),
)  # fmt: skip
