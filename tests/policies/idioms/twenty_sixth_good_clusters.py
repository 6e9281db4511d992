"""Good programs of clusters: ways in, certificates, secrets, delivery and policies (set 26, before any rule ran)."""

from ..blind import ME, TAGS
from ..harness import Given
from . import Idiom, unpriced
from .fourth import R
from .twentieth_goodb_charts import merged
from .twenty_fifth_good_clusters import ACR, AT_TMP, DIGEST, account, guarded, probe, served
from .twenty_fourth_good_clusters import head, named, on_eks, whole
from .twenty_third_azure import TENANT
from .twenty_third_azure_charts import CLIENT, closed, listed, made, sized, space

TOKENS = {"issuer": f"https://login.microsoftonline.com/{TENANT}/v2.0", "audiences": [CLIENT]}
SIGNERS = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8nXRh950IZbRj8Ra/N9sbqOPZrfM
5/KAQN0/KjHcorm/J5yctVd7iEcnessRQjU917hmKO6JWVGHpDguIyakZA==
-----END PUBLIC KEY-----"""


def route(name: str, namespace: str, host: str, **annotations: str) -> Given:
    """Returns an ingress of one host with the bank's certificate."""
    return made("networking.k8s.io/v1:Ingress", {
        "metadata": head(name, namespace, annotations=annotations), "spec": {
            "ingressClassName": "internal", "tls": [{"hosts": [host], "secretName": f"{host.split('.')[0]}-tls"}],
            "rules": [{"host": host, "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
                "service": {"name": name, "port": {"name": "https"}}}}]}}]}}, f"ingress-{name}")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Ingress: a new version gets a tenth of the calls, partners show certificates, and each caller has a limit", (
        space("rates"), closed("rates"), account("rates", "rates"), account("rates-next", "rates"),
        *(given for name, replicas in (("rates", 3), ("rates-next", 2)) for given in (
            served(name, "rates", {
                "image": f"{ACR}/{name}{DIGEST}", "ports": [{"name": "https", "containerPort": 8443}], "resources":
                sized("250m", "512Mi"), "readinessProbe": {**probe("/ready", 8443), "httpGet": {
                    "path": "/ready", "port": 8443, "scheme": "HTTPS"}}, "volumeMounts": [AT_TMP, {
                        "name": "tls", "mountPath": "/tls", "readOnly": True}]}, replicas=replicas, volumes=[
                    {"name": "tmp", "emptyDir": {"sizeLimit": "64Mi"}},
                    {"name": "tls", "secret": {"secretName": "rates-inner-tls", "defaultMode": 0o440}}]),
            *guarded(name, "rates", 8443, "ingress"))),
        *(route(name, "rates", "rates.apps.bank.ae", **{
            "nginx.ingress.kubernetes.io/backend-protocol": "HTTPS",
            "nginx.ingress.kubernetes.io/force-ssl-redirect": "true",
            "nginx.ingress.kubernetes.io/proxy-ssl-verify": "on",
            "nginx.ingress.kubernetes.io/proxy-ssl-secret": "rates/bank-ca",
            "nginx.ingress.kubernetes.io/proxy-ssl-name": f"{name}.rates.svc",
            "nginx.ingress.kubernetes.io/auth-tls-secret": "rates/partners-ca",
            "nginx.ingress.kubernetes.io/auth-tls-verify-client": "on",
            "nginx.ingress.kubernetes.io/auth-tls-verify-depth": "2",
            "nginx.ingress.kubernetes.io/limit-rps": "20", "nginx.ingress.kubernetes.io/limit-connections": "10",
            "nginx.ingress.kubernetes.io/proxy-body-size": "1m", "nginx.ingress.kubernetes.io/proxy-read-timeout": "30",
            **more}) for name, more in (("rates", {}), ("rates-next", {
                "nginx.ingress.kubernetes.io/canary": "true", "nginx.ingress.kubernetes.io/canary-weight": "10",
                "nginx.ingress.kubernetes.io/canary-by-header": "x-next"}))),
        named("cert-manager.io/v1:Certificate", "rates", "rates", {
            "secretName": "rates-tls", "dnsNames": ["rates.apps.bank.ae"], "duration": "2160h", "renewBefore": "360h",
            "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"}, "usages": ["server auth"],
            "issuerRef": {"name": "bank-ca", "kind": "ClusterIssuer", "group": "cert-manager.io"}}),
        named("autoscaling/v2:HorizontalPodAutoscaler", "rates", "rates", {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "rates"}, "minReplicas": 3,
            "maxReplicas": 9, "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {
                "type": "Utilization", "averageUtilization": 65}}}]})),
        "kubernetes/ingress-nginx docs/examples/canary; docs/user-guide/nginx-configuration/annotations.md, as known",
        listed()),
    Idiom("cert-manager: Vault signs what the cluster asks for, teams have names of their own, and all trust it", (
        space("cert-manager"), closed("cert-manager"),
        made("core/v1:ServiceAccount", {"metadata": head("vault-issuer", "cert-manager"),
                                        "automountServiceAccountToken": False}, "account"),
        made("rbac.authorization.k8s.io/v1:Role", {"metadata": head("vault-issuer", "cert-manager"), "rules": [
            {"apiGroups": [""], "resources": ["serviceaccounts/token"], "resourceNames": ["vault-issuer"], "verbs": [
                "create"]}]}, "role"),
        made("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": head("vault-issuer", "cert-manager"), "roleRef": {
                "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "vault-issuer"}, "subjects": [
                {"kind": "ServiceAccount", "name": "cert-manager", "namespace": "cert-manager"}]}, "binding"),
        whole("cert-manager.io/v1:ClusterIssuer", "bank-ca", {"vault": {
            "server": "https://vault.bank.ae:8200", "path": "pki_int/sign/cluster", "caBundleSecretRef": {
                "name": "vault-ca", "key": "ca.crt"}, "auth": {"kubernetes": {
                    "role": "cert-manager", "mountPath": "/v1/auth/kubernetes", "serviceAccountRef": {
                        "name": "vault-issuer"}}}}}),
        *(whole("policy.cert-manager.io/v1alpha1:CertificateRequestPolicy", team, {
            "allowed": {"dnsNames": {"values": [f"*.{team}.svc", f"{team}.apps.bank.ae"], "required": True}, "usages": [
                "server auth", "client auth", "digital signature", "key encipherment"], "isCA": False},
            "constraints": {"minDuration": "1h", "maxDuration": "2160h", "privateKey": {
                "algorithm": "ECDSA", "minSize": 256}}, "selector": {"issuerRef": {
                    "name": "bank-ca", "kind": "ClusterIssuer", "group": "cert-manager.io"}, "namespace": {
                        "matchNames": [team]}}}) for team in ("rates", "quotes")),
        whole("trust.cert-manager.io/v1alpha1:Bundle", "bank", {
            "sources": [{"secret": {"name": "bank-roots", "key": "ca.crt"}}], "target": {
                "configMap": {"key": "roots.pem"}, "namespaceSelector": {"matchLabels": {"trust": "bank"}}}}),
        named("monitoring.coreos.com/v1:PrometheusRule", "certificates", "cert-manager", {"groups": [{
            "name": "certificates", "rules": [{
                "alert": "CertificateEndsSoon", "expr":
                "certmanager_certificate_expiration_timestamp_seconds - time() < 7 * 86400", "for": "1h", "labels": {
                    "severity": "warning"}, "annotations": {"summary": "{{ $labels.name }} ends within a week"}}]}]})),
        "cert-manager.io/docs/configuration/vault; .../policy/approval/approver-policy; .../trust/trust-manager, as "
        "known", listed()),
    Idiom("External Secrets: a store of AWS for chosen namespaces, and passwords that the cluster makes", on_eks(
        space("shop"), closed("shop"), account("secrets", "shop"),
        whole("external-secrets.io/v1:ClusterSecretStore", "secrets-manager", {
            "conditions": [{"namespaceSelector": {"matchLabels": {"secrets": "aws"}}}], "provider": {"aws": {
                "service": "SecretsManager", "region": R, "role": f"arn:aws:iam::{ME}:role/eso-shop", "auth": {"jwt": {
                    "serviceAccountRef": {"name": "secrets", "namespace": "shop"}}}}}, "retrySettings": {
                        "maxRetries": 5, "retryInterval": "10s"}}),
        named("external-secrets.io/v1:ExternalSecret", "db", "shop", {
            "refreshInterval": "1h", "refreshPolicy": "Periodic", "secretStoreRef": {
                "name": "secrets-manager", "kind": "ClusterSecretStore"}, "target": {
                "name": "db", "creationPolicy": "Owner", "deletionPolicy": "Retain", "template": {
                    "engineVersion": "v2", "mergePolicy": "Replace", "data": {
                        "url": "postgresql://{{ .user }}:{{ .password }}@db.shop.svc:5432/shop?sslmode=verify-full"}}},
            "data": [{"secretKey": key, "remoteRef": {"key": "shop/db", "property": key}} for key in (
                "user", "password")]}),
        named("generators.external-secrets.io/v1alpha1:Password", "session-key", "shop", {
            "length": 48, "digits": 8, "symbols": 0, "noUpper": False, "allowRepeat": True}),
        named("external-secrets.io/v1:ExternalSecret", "session-key", "shop", {
            "refreshInterval": "720h", "target": {"name": "session-key", "creationPolicy": "Owner"}, "dataFrom": [{
                "sourceRef": {"generatorRef": {"apiVersion": "generators.external-secrets.io/v1alpha1", "kind":
                                               "Password", "name": "session-key"}}}]}),
        named("external-secrets.io/v1alpha1:PushSecret", "session-key", "shop", {
            "refreshInterval": "1h", "updatePolicy": "IfNotExists", "deletionPolicy": "None", "secretStoreRefs": [
                {"name": "secrets-manager", "kind": "ClusterSecretStore"}], "selector": {"secret": {
                    "name": "session-key"}}, "data": [{"match": {"secretKey": "password", "remoteRef": {
                        "remoteKey": "shop/session-key"}}}]})),
        "external-secrets.io/latest/provider/aws-secrets-manager; .../api/generator/password; .../guides/pushsecrets, "
        "as known", merged(listed(), unpriced(
            "kubernetes:external-secrets.io/v1:PushSecret::session-key-PushSecret"))),
    Idiom("Argo CD: teams have projects with own repositories and namespaces, and apps come by their folders", (
        space("argocd"), closed("argocd"),
        *(named("argoproj.io/v1alpha1:AppProject", team, "argocd", {
            "description": f"Apps of {team}", "sourceRepos": [f"https://github.com/bank-ae/{team}-apps"],
            "destinations": [{"server": "https://kubernetes.default.svc", "namespace": f"{team}-*"}],
            "clusterResourceWhitelist": [], "namespaceResourceBlacklist": [
                {"group": "", "kind": "ResourceQuota"}, {"group": "", "kind": "LimitRange"}, {
                    "group": "networking.k8s.io", "kind": "NetworkPolicy"}], "orphanedResources": {"warn": True},
            "signatureKeys": [{"keyID": "4AEE18F83AFDEB23"}], "syncWindows": [{
                "kind": "deny", "schedule": "0 14 * * 5", "duration": "10h", "applications": ["*"], "timeZone":
                "Asia/Dubai", "manualSync": True}], "roles": [{
                    "name": "viewers", "policies": [f"p, proj:{team}:viewers, applications, get, {team}/*, allow"],
                    "groups": ["22222222-3333-4444-5555-666666666666"]}]}) for team in ("retail", "risk")),
        named("argoproj.io/v1alpha1:ApplicationSet", "retail", "argocd", {
            "goTemplate": True, "goTemplateOptions": ["missingkey=error"], "generators": [{"git": {
                "repoURL": "https://github.com/bank-ae/retail-apps", "revision": "main", "directories": [
                    {"path": "apps/*"}, {"path": "apps/old", "exclude": True}]}}], "syncPolicy": {
                        "preserveResourcesOnDeletion": True, "applicationsSync": "create-update"}, "template": {
                "metadata": {"name": "{{ .path.basename }}", "labels": TAGS}, "spec": {
                    "project": "retail", "source": {"repoURL": "https://github.com/bank-ae/retail-apps",
                                                    "targetRevision": "main", "path": "{{ .path.path }}"},
                    "destination": {"server": "https://kubernetes.default.svc", "namespace":
                                    "retail-{{ .path.basename }}"}, "syncPolicy": {
                        "automated": {"prune": True, "selfHeal": True}, "syncOptions": ["ServerSideApply=true"],
                        "retry": {"limit": 3, "backoff": {"duration": "30s", "factor": 2, "maxDuration": "5m"}}}}}}),
        made("core/v1:ConfigMap", {"metadata": head("argocd-rbac-cm", "argocd"), "data": {
            "policy.default": "", "scopes": "[groups]", "policy.csv":
            "g, 22222222-3333-4444-5555-666666666666, role:readonly\n"}}, "rbac")),
        "argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Git; .../user-guide/projects, as "
        "known", listed(escape={
            "allowed_types": {"kubernetes:argoproj.io/*": "bank-ae, reviewed by the platform team"},
            "code_sources": {"https://github.com/bank-ae": "our own organisation"}})),
    Idiom("Kyverno: images carry the bank's signature, labels of costs are there, and pods that ended go", (
        whole("kyverno.io/v1:ClusterPolicy", "signed-images", {
            "validationFailureAction": "Enforce", "failurePolicy": "Fail", "background": False, "webhookTimeoutSeconds":
            20, "rules": [{
                "name": "signature", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "verifyImages": [{
                    "imageReferences": [f"{ACR}/*"], "mutateDigest": True, "verifyDigest": True, "required": True,
                    "failureAction": "Enforce", "attestors": [{"count": 1, "entries": [{"keys": {
                        "publicKeys": SIGNERS, "signatureAlgorithm": "sha256", "rekor": {"ignoreTlog": True},
                        "ctlog": {"ignoreSCT": True}}}]}]}]}]}),
        whole("kyverno.io/v1:ClusterPolicy", "own-registry", {
            "validationFailureAction": "Enforce", "background": True, "rules": [{
                "name": "registry", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "exclude": {"any": [
                    {"resources": {"namespaces": ["kube-system", "gatekeeper-system"]}}]}, "validate": {
                    "failureAction": "Enforce", "message": "Images come from the bank's registry", "foreach": [{
                        "list": "request.object.spec.[ephemeralContainers, initContainers, containers][]",
                        "pattern": {"image": f"{ACR}/*"}}]}}]}),
        whole("kyverno.io/v1:ClusterPolicy", "cost-labels", {
            "validationFailureAction": "Enforce", "background": True, "rules": [{
                "name": "labels", "match": {"any": [{"resources": {"kinds": ["Namespace"], "operations": [
                    "CREATE", "UPDATE"]}}]}, "validate": {"failureAction": "Enforce", "message":
                    "A namespace has a cost centre", "pattern": {"metadata": {"labels": {"cost-centre": "?*"}}}}}]}),
        whole("kyverno.io/v1:ClusterPolicy", "small-tokens", {
            "rules": [{
                "name": "token", "match": {"any": [{"resources": {"kinds": ["ServiceAccount"], "names": ["default"]}}]},
                "mutate": {"patchStrategicMerge": {"automountServiceAccountToken": False}}}]}),
        whole("kyverno.io/v2:ClusterCleanupPolicy", "ended-pods", {
            "schedule": "0 * * * *", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "conditions": {"all": [
                {"key": "{{ target.status.phase }}", "operator": "AnyIn", "value": ["Succeeded", "Failed"]},
                {"key": "{{ time_since('', '{{ target.metadata.creationTimestamp }}', '') }}", "operator":
                 "GreaterThan", "value": "24h"}]}})),
        "kyverno/policies best-practices, other/verify-image.yaml; kyverno.io/docs/policy-types/cleanup-policy, "
        "as known",
        listed()),
)  # fmt: skip
