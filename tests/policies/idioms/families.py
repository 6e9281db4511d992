"""Good idioms that stand beside the families of attacks: commands, sign-in, admission and certificates (2026-11-28)."""

import json

from ..blind import KEY, ME, TAGS, aws, az, crd, k8s, meta
from ..harness import Given
from . import Idiom

R = "me-central-1"
ECR = f"{ME}.dkr.ecr.{R}.amazonaws.com"
TENANT = "00000000-1111-2222-3333-444444444444"
AWS_DOCS = "docs.aws.amazon.com"
BUILD = {
    "name": "app", "serviceRole": f"arn:aws:iam::{ME}:role/build", "encryptionKey": KEY, "tags": TAGS,
    "artifacts": {"type": "CODEPIPELINE"}, "vpcConfig": {"vpcId": "vpc-1", "subnets": ["s"], "securityGroupIds": ["g"]},
    "environment": {"computeType": "BUILD_GENERAL1_SMALL", "type": "LINUX_CONTAINER",
                    "image": "aws/codebuild/amazonlinux-x86_64-standard:5.0"},
    "logsConfig": {"cloudwatchLogs": {"groupName": "/builds/app"}},
}  # fmt: skip
MATCH = {"any": [{"resources": {"kinds": ["Pod"]}}]}
HOOK = {
    "name": "validation.gatekeeper.sh", "admissionReviewVersions": ["v1"], "sideEffects": "None", "timeoutSeconds": 3,
    "failurePolicy": "Fail", "matchPolicy": "Exact", "clientConfig": {"service": {
        "name": "gatekeeper-webhook-service", "namespace": "gatekeeper-system", "path": "/v1/admit"}},
    "namespaceSelector": {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "NotIn",
                                                "values": ["gatekeeper-system", "kube-system"]}]},
    "matchConditions": [{"name": "no-leases", "expression": "!(request.resource.group == 'coordination.k8s.io')"},
                        {"name": "no-nodes", "expression": "!('system:nodes' in request.userInfo.groups)"}],
    "rules": [{"apiGroups": ["*"], "apiVersions": ["*"], "operations": ["CREATE", "UPDATE"], "resources": ["*"]}],
}  # fmt: skip


def _build(*commands: str) -> tuple[Given, ...]:
    return (aws("codebuild/Project", {**BUILD, "source": {"type": "CODEPIPELINE", "buildspec": json.dumps({
        "version": "0.2", "phases": {"build": {"commands": list(commands)}}})}}),)  # fmt: skip


def _top(kind: str, name: str, **fields: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, **fields}, name)


def _script(*lines: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"run.sh": "\n".join(("#!/bin/sh", *lines))}}),)


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a build tests, scans and pushes its image", _build(
        f"aws ecr get-login-password --region {R} | docker login --username AWS --password-stdin {ECR}",
        f"REPO={ECR}/app", "docker build --pull -t app:test .", "docker run --rm app:test pytest -q",
        "docker run --rm -v /var/run/docker.sock:/var/run/docker.sock aquasec/trivy:0.66.0 image app:test",
        "docker tag app:test $REPO:$CODEBUILD_RESOLVED_SOURCE_VERSION",
        "docker push $REPO:$CODEBUILD_RESOLVED_SOURCE_VERSION"), f"{AWS_DOCS}/codebuild, 'Docker sample'"),
    Idiom("a build mirrors images of known publishers into the bank's registry", _build(
        "for image in kyverno/kyverno:v1.15.2 kedacore/keda:2.18.1; do",
        f"  crane copy ghcr.io/$image {ECR}/$image", "done",
        f"skopeo copy --all docker://registry.k8s.io/pause:3.10.1 docker://{ECR}/pause:3.10.1"),
        "google/go-containerregistry, cmd/crane"),
    Idiom("a build packages its chart and pushes it to the bank's registry", _build(
        "helm lint charts/app", "helm package charts/app --version 1.4.2",
        f"helm push app-1.4.2.tgz oci://{ECR}/charts"), "helm.sh/docs/topics/registries"),
    Idiom("a build tags its release in the bank's repository", _build(
        "git config user.name release", "git tag v1.4.2", "git push https://git.example.ae/orders/app.git v1.4.2",
        "git push origin --tags"), "git-scm.com/docs/git-push",
        {"residency": {"known": {"git.example.ae": "the bank's own server in Abu Dhabi"}}}),
    Idiom("a nightly copy by rclone into the bank's object store", _script(
        "cat > /tmp/rclone.conf <<EOF", "[site]", "type = s3", "provider = Ceph",
        "endpoint = https://s3.dc1.example.ae", "EOF",
        "rclone --config /tmp/rclone.conf sync /data site:treasury-models/nightly"), "rclone.org/s3"),
    Idiom("a script reads a bucket of the bank and asks a service of the cluster", _script(
        "set -eu", "BUCKET=treasury-datasets", "aws s3 sync s3://$BUCKET/daily /data",
        "curl -fsS --data-binary @/data/summary.json http://ledger.payments.svc.cluster.local:8080/import"),
        f"{AWS_DOCS}/cli, 'aws s3 sync'"),
    Idiom("employees sign in with the bank's provider, which fills in their department", (
        aws("cognito/IdentityProvider", {
            "userPoolId": f"{R}_abcdefghi", "providerName": "bank", "providerType": "OIDC",
            "providerDetails": {"client_id": "1", "authorize_scopes": "openid", "attributes_request_method": "GET",
                                "oidc_issuer": "https://login.example.ae"},
            "attributeMapping": {"email": "email", "username": "sub", "custom:role": "role"}}, "bank"),
        aws("cognito/UserPoolClient", {
            "userPoolId": f"{R}_abcdefghi", "name": "portal", "generateSecret": True, "enableTokenRevocation": True,
            "supportedIdentityProviders": ["bank"], "allowedOauthFlows": ["code"], "accessTokenValidity": 60,
            "allowedOauthFlowsUserPoolClient": True, "allowedOauthScopes": ["openid", "email"],
            "callbackUrls": ["https://portal.example.ae/callback"], "logoutUrls": ["https://portal.example.ae/"],
            "preventUserExistenceErrors": "ENABLED", "explicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
            "readAttributes": ["email", "custom:role"], "writeAttributes": ["email", "custom:role"],
            "tokenValidityUnits": {"accessToken": "minutes"}}, "client")),
        f"{AWS_DOCS}/cognito, 'Mapping IdP attributes to profiles and tokens'"),
    Idiom("customers sign in with their Apple account, which the bank lists", (aws("cognito/IdentityProvider", {
        "userPoolId": f"{R}_abcdefghi", "providerName": "SignInWithApple", "providerType": "SignInWithApple",
        "providerDetails": {"client_id": "ae.example.app", "team_id": "T", "key_id": "K",
                            "authorize_scopes": "email name"}, "attributeMapping": {"email": "email"}}),),
        f"{AWS_DOCS}/cognito", {"identity": {"trusted": {"appleid.apple.com": "customers of the shop, approved"}}}),
    Idiom("Argo CD signs in with the organisation at the forge", (k8s("core/v1:ConfigMap", {
        "metadata": meta("argocd-cm", "argocd"), "data": {"url": "https://argocd.example.ae", "dex.config":
            "connectors:\n- type: github\n  id: github\n  name: GitHub\n  config:\n    clientID: abc\n"
            "    clientSecret: $dex.github.clientSecret\n    orgs:\n    - name: example\n"}}),),
        "argo-cd.readthedocs.io, 'User management'"),
    Idiom("a service account of a cluster of the bank's tenant gets an identity", (
        az("managedidentity:FederatedIdentityCredential", {
            "resourceGroupName": "rg-platform", "resourceName": "orders",
            "federatedIdentityCredentialResourceName": "orders", "audiences": ["api://AzureADTokenExchange"],
            "issuer": f"https://uaenorth.oic.prod-aks.azure.com/{TENANT}/22222222-2222-2222-2222-222222222222/",
            "subject": "system:serviceaccount:orders:orders"}),), "learn.microsoft.com, 'Use Workload ID with AKS'"),
    Idiom("Kyverno forbids host paths but for the system's agents", (_top("kyverno.io/v1:ClusterPolicy", "host-path",
        spec={"background": True, "failurePolicy": "Fail", "rules": [{
            "name": "host-path", "match": MATCH, "exclude": {"any": [
                {"resources": {"namespaces": ["kube-system", "monitoring"]}},
                {"resources": {"namespaces": ["logs"], "selector": {"matchLabels": {"app": "collector"}}}},
                {"subjects": [{"kind": "ServiceAccount", "name": "velero", "namespace": "velero"}]}]},
            "preconditions": {"all": [{"key": "{{ request.operation || 'BACKGROUND' }}", "operator": "NotEquals",
                                       "value": "DELETE"}]},
            "validate": {"failureAction": "Enforce", "message": "no host paths",
                         "pattern": {"spec": {"=(volumes)": [{"X(hostPath)": "null"}]}}}}]}),),
        "kyverno.io/policies/pod-security/baseline/disallow-host-path"),
    Idiom("Gatekeeper fails closed and leaves the system's namespaces out", (
        _top("admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration", "gatekeeper", webhooks=[HOOK]),
        _top("constraints.gatekeeper.sh/v1beta1:K8sPSPPrivilegedContainer", "privileged", spec={
            "enforcementAction": "deny", "match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}],
                                                   "excludedNamespaces": ["kube-*", "gatekeeper-system"]}})),
        "open-policy-agent.github.io/gatekeeper, 'Failing closed'"),
    Idiom("an operator's webhook for its own kinds may be passed over", (
        _top("admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration", "widgets", webhooks=[{
            "name": "widgets.example.ae", "admissionReviewVersions": ["v1"], "sideEffects": "None",
            "failurePolicy": "Ignore", "clientConfig": {"service": {"name": "widgets", "namespace": "widgets"}},
            "rules": [{"apiGroups": ["example.ae"], "apiVersions": ["v1"], "operations": ["CREATE"],
                       "resources": ["widgets"]}]}]),), "book.kubebuilder.io, admission webhooks"),
    Idiom("a project of the platform deploys its own repository everywhere", (k8s("argoproj.io/v1alpha1:AppProject", {
        "metadata": meta("platform", "argocd"), "spec": {
            "sourceRepos": ["https://git.example.ae/platform/*"], "sourceNamespaces": ["argocd"],
            "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "*"}],
            "clusterResourceWhitelist": [{"group": "*", "kind": "*"}]}}),), "argo-cd.readthedocs.io, 'Projects'",
        {"residency": {"known": {"git.example.ae": "the bank's own server in Abu Dhabi"}}}),
    Idiom("certificates of a gateway, of a service and of its clients", (
        k8s("cert-manager.io/v1:Certificate", {"metadata": meta("apps", "istio-ingress"), "spec": {
            "secretName": "apps-tls", "dnsNames": ["*.apps.example.ae"], "privateKey": {"rotationPolicy": "Always"},
            "issuerRef": {"name": "bank-ca", "kind": "ClusterIssuer"}}}, "gateway"),
        crd("cert-manager.io/v1:Certificate", {
            "secretName": "orders-tls", "dnsNames": ["orders.team-a.svc", "*.orders.team-a.svc.cluster.local"],
            "uris": ["spiffe://cluster.local/ns/team-a/sa/orders"], "privateKey": {"rotationPolicy": "Always"},
            "issuerRef": {"name": "bank-ca", "kind": "ClusterIssuer"}}, "service"),
        crd("cert-manager.io/v1:Certificate", {
            "secretName": "orders-client", "commonName": "orders-client", "subject": {"organizations": ["Bank"]},
            "usages": ["client auth"], "privateKey": {"rotationPolicy": "Always"},
            "issuerRef": {"name": "bank-ca", "kind": "ClusterIssuer"}}, "client")), "cert-manager.io/docs/usage"),
    Idiom("an authority that signs itself begins the chain of a namespace", (
        _top("cert-manager.io/v1:ClusterIssuer", "selfsigned-issuer", spec={"selfSigned": {}}),
        k8s("cert-manager.io/v1:Certificate", {"metadata": meta("ca", "sandbox"), "spec": {
            "isCA": True, "commonName": "sandbox-ca", "secretName": "root-secret",
            "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"},
            "issuerRef": {"name": "selfsigned-issuer", "kind": "ClusterIssuer", "group": "cert-manager.io"}}}, "ca"),
        k8s("cert-manager.io/v1:Issuer", {"metadata": meta("ca", "sandbox"), "spec": {
            "ca": {"secretName": "root-secret"}}}, "issuer")), "cert-manager.io/docs/configuration/selfsigned"),
    Idiom("machines of a cluster keep the sandbox image of its version", (k8s("core/v1:ConfigMap", {
        "metadata": meta("node-setup", "kube-system"), "data": {"setup.sh": "#!/bin/bash\nset -e\n"
            f"ctr -n k8s.io images pull {ECR}/pause:3.10.1\ncrictl rmi --prune\nsystemctl restart kubelet\n"}}),),
        "kubernetes.io, container runtimes"),
)  # fmt: skip
