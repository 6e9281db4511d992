"""Good programs of clusters: GitOps, meshes, gateways and tenants (set 24, before any rule ran)."""

import json
from dataclasses import replace

from ..blind import TAGS
from ..harness import Given
from . import Idiom, unpriced
from .twentieth_goodb_charts import merged
from .twenty_third_azure_charts import CONTAINER, MONITOR, POD, chart, closed, listed, made, sized, space

EKS = {"kubeconfig": json.dumps({"clusters": [{"name": "apps", "cluster": {
    "server": "https://0123456789ABCDEF0123456789ABCDEF.gr7.me-central-1.eks.amazonaws.com"}}]})}  # fmt: skip
USER = {**CONTAINER, "runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}}
ISTIO = "https://istio-release.storage.googleapis.com/charts"
LINKERD = "https://helm.linkerd.io/edge"


def on_eks(*plan: Given) -> tuple[Given, ...]:
    """Returns objects and charts of the cluster of AWS in place of that of Azure."""
    return tuple(replace(given, provider=EKS) for given in plan)


def head(name: str, namespace: str, **more: object) -> dict[str, object]:
    """Returns the metadata of an object with the labels of costs."""
    return {"name": name, "namespace": namespace, "labels": TAGS, **more}


def named(kind: str, name: str, namespace: str, spec: dict[str, object], **more: object) -> Given:
    """Returns an object with a spec."""
    return made(kind, {"metadata": head(name, namespace, **more), "spec": spec}, f"{name}-{kind.rpartition(':')[2]}")


def whole(kind: str, name: str, spec: dict[str, object]) -> Given:
    """Returns an object of the whole cluster."""
    return made(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, f"{name}-{kind.rpartition(':')[2]}")


IDIOMS: tuple[Idiom, ...] = (
    Idiom("Flux: the bank's signed repository of apps is read each ten minutes, and teams act by their accounts", (
        space("flux-system"), closed("flux-system"),
        chart("flux2", "https://fluxcd-community.github.io/helm-charts", "2.17.1", "flux-system", {
            "multitenancy": {"enabled": True, "defaultServiceAccount": "default", "privileged": False},
            "policies": {"create": True}, "imageAutomationController": {"create": False}, "imageReflectionController":
            {"create": False}, "notificationController": {"resources": sized("50m", "128Mi"), "labels": TAGS},
            "helmController": {"resources": sized("100m", "512Mi"), "labels": TAGS, "container": {
                "additionalArgs": ["--feature-gates=OOMWatch=true"]}}, "kustomizeController": {
                "resources": sized("100m", "512Mi"), "labels": TAGS}, "sourceController": {
                "resources": sized("100m", "512Mi"), "labels": TAGS}, "prometheus": {"podMonitor": {"create": True}}}),
        named("source.toolkit.fluxcd.io/v1:GitRepository", "apps", "flux-system", {
            "interval": "10m", "url": "https://github.com/bank-ae/apps", "ref": {"branch": "main"}, "secretRef": {
                "name": "apps-token"}, "timeout": "60s", "verify": {"mode": "HEAD", "secretRef": {"name": "signers"}},
            "ignore": "/*\n!/clusters\n"}),
        named("kustomize.toolkit.fluxcd.io/v1:Kustomization", "quotes", "flux-system", {
            "interval": "10m", "retryInterval": "2m", "timeout": "5m", "path": "./clusters/prod/quotes", "prune": True,
            "wait": True, "targetNamespace": "quotes", "serviceAccountName": "quotes-deployer", "sourceRef": {
                "kind": "GitRepository", "name": "apps"}, "deletionPolicy": "Orphan"}),
        named("notification.toolkit.fluxcd.io/v1beta3:Provider", "duty", "flux-system", {
            "type": "generic-hmac", "address": "https://duty.bank.ae/flux", "secretRef": {"name": "duty"}}),
        named("notification.toolkit.fluxcd.io/v1beta3:Alert", "failed", "flux-system", {
            "eventSeverity": "error", "providerRef": {"name": "duty"}, "eventSources": [
                {"kind": "Kustomization", "name": "*"}]})),
        "fluxcd-community/helm-charts charts/flux2/values.yaml; fluxcd.io/flux/installation/configuration/"
        "multitenancy, as known",
        listed("https://fluxcd-community.github.io/helm-charts", escape={
            "allowed_types": {f"kubernetes:{group}.toolkit.fluxcd.io/*": "bank-ae/apps, reviewed by the platform team"
                              for group in ("source", "kustomize", "notification")},
            "code_sources": {"https://github.com/bank-ae": "our own organisation"}}), charts=("flux2",)),
    Idiom("Istio ambient: ztunnel seals what pods say, a waypoint checks who calls, and names of teams decide", (
        space("istio-system", "privileged"),
        *(chart(name, ISTIO, "1.27.3", "istio-system", values) for name, values in (
            ("base", {"defaultRevision": "default"}),
            ("istiod", {"profile": "ambient", "pilot": {
                "replicaCount": 2, "autoscaleMin": 2, "resources": sized("500m", "2Gi"), "podLabels": TAGS, "env": {
                    "PILOT_ENABLE_AMBIENT": "true"}}, "meshConfig": {
                "accessLogFile": "/dev/stdout", "accessLogEncoding": "JSON", "outboundTrafficPolicy": {
                    "mode": "REGISTRY_ONLY"}}}),
            ("cni", {"profile": "ambient", "ambient": {"dnsCapture": True}, "resources": sized("100m", "128Mi"),
                     "podLabels": TAGS}),
            ("ztunnel", {"resources": sized("200m", "512Mi"), "podLabels": TAGS, "terminationGracePeriodSeconds":
                         60}))),
        made("core/v1:Namespace", {"metadata": {"name": "lending", "labels": {
            **TAGS, "istio.io/dataplane-mode": "ambient", "istio.io/use-waypoint": "waypoint",
            "pod-security.kubernetes.io/enforce": "restricted"}}}, "ns-lending"), closed("lending"),
        made("gateway.networking.k8s.io/v1:Gateway", {"metadata": head("waypoint", "lending", labels={
            **TAGS, "istio.io/waypoint-for": "service"}), "spec": {
                "gatewayClassName": "istio-waypoint", "listeners": [{"name": "mesh", "port": 15008, "protocol":
                                                                     "HBONE"}]}}, "waypoint"),
        named("security.istio.io/v1:PeerAuthentication", "strict", "istio-system", {"mtls": {"mode": "STRICT"}}),
        named("security.istio.io/v1:AuthorizationPolicy", "scores", "lending", {
            "targetRefs": [{"kind": "Service", "group": "", "name": "scores"}], "action": "ALLOW", "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/lending/sa/offers"]}}], "to": [{
                    "operation": {"methods": ["POST"], "paths": ["/v1/scores"]}}]}]}),
        named("networking.k8s.io/v1:NetworkPolicy", "hbone", "lending", {
            "podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{"ports": [{"port": 15008, "protocol":
                                                                                  "TCP"}]}]})),
        "istio.io/latest/docs/ambient/install/helm; .../ambient/usage/l4-policy; istio/istio, as known",
        merged(listed(ISTIO, kubernetes={"privileged_namespaces": {
            "istio-system": "ztunnel and the CNI of the mesh run on each node"}}),
               unpriced("kubernetes:gateway.networking.k8s.io/v1:Gateway::waypoint"))),
    Idiom("Linkerd: three controllers with the bank's own trust anchor, pods that refuse strangers, and limits", (
        space("linkerd", "privileged"),
        chart("linkerd-crds", LINKERD, "2025.11.1", "linkerd", {"installGatewayAPI": False}),
        named("cert-manager.io/v1:Certificate", "linkerd-identity-issuer", "linkerd", {
            "secretName": "linkerd-identity-issuer", "duration": "48h", "renewBefore": "25h", "isCA": True,
            "commonName": "identity.linkerd.cluster.local", "dnsNames": ["identity.linkerd.cluster.local"],
            "privateKey": {"algorithm": "ECDSA", "rotationPolicy": "Always"}, "usages": [
                "cert sign", "crl sign", "server auth", "client auth"], "issuerRef": {
                "name": "bank-trust-anchor", "kind": "ClusterIssuer"}}),
        chart("linkerd-control-plane", LINKERD, "2025.11.1", "linkerd", {
            "identity": {"externalCA": True, "issuer": {"scheme": "kubernetes.io/tls"}}, "controllerReplicas": 3,
            "enablePodAntiAffinity": True, "enablePodDisruptionBudget": True, "podLabels": TAGS, "highAvailability":
            True, "disableHeartBeat": True, "proxy": {"defaultInboundPolicy": "all-authenticated", "resources": {
                "cpu": {"request": "100m"}, "memory": {"request": "64Mi", "limit": "250Mi"}}},
            "proxyInit": {"runAsRoot": False}, "cniEnabled": True, "webhookFailurePolicy": "Fail", "podMonitor": {
                "enabled": True}}),
        made("core/v1:Namespace", {"metadata": {"name": "cards", "annotations": {
            "linkerd.io/inject": "enabled", "config.linkerd.io/default-inbound-policy": "deny"}, "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted"}}}, "ns-cards"), closed("cards"),
        named("policy.linkerd.io/v1beta3:Server", "api", "cards", {
            "podSelector": {"matchLabels": {"app": "cards"}}, "port": "https", "proxyProtocol": "HTTP/2",
            "accessPolicy": "deny"}),
        named("policy.linkerd.io/v1alpha1:MeshTLSAuthentication", "portal", "cards", {
            "identities": ["portal.portal.serviceaccount.identity.linkerd.cluster.local"]}),
        named("policy.linkerd.io/v1alpha1:AuthorizationPolicy", "portal", "cards", {
            "targetRef": {"group": "policy.linkerd.io", "kind": "Server", "name": "api"},
            "requiredAuthenticationRefs": [{"group": "policy.linkerd.io", "kind": "MeshTLSAuthentication", "name":
                                            "portal"}]}),
        named("policy.linkerd.io/v1alpha1:HTTPLocalRateLimitPolicy", "slow", "cards", {
            "targetRef": {"group": "policy.linkerd.io", "kind": "Server", "name": "api"}, "total": {
                "requestsPerSecond": 200}, "identity": {"requestsPerSecond": 50}})),
        "linkerd.io/2/tasks/automatically-rotating-control-plane-tls-credentials; linkerd/linkerd2 "
        "charts/linkerd-control-plane/values-ha.yaml, as known",
        listed(LINKERD, kubernetes={"privileged_namespaces": {"linkerd": "its CNI works on each node"}}, escape={
            "allowed_types": {"kubernetes:policy.linkerd.io/*": "rules of who may call, which open nothing else"}}),
        charts=("linkerd-crds",)),
    Idiom("Envoy Gateway: an inner gateway asks for tokens of Entra, limits callers and calls pods by TLS", on_eks(
        space("envoy-gateway-system"),
        replace(chart("gateway-helm", "", "v1.6.0", "envoy-gateway-system", {}), props={
            "name": "gateway-helm", "chart": "oci://docker.io/envoyproxy/gateway-helm", "version": "v1.6.0",
            "namespace": "envoy-gateway-system", "atomic": True, "values": {
                "deployment": {"replicas": 2, "envoyGateway": {"resources": sized("100m", "512Mi")}, "pod": {
                    "labels": TAGS}}, "podDisruptionBudget": {"minAvailable": 1}, "config": {"envoyGateway": {
                    "provider": {"type": "Kubernetes"}, "logging": {"level": {"default": "info"}},
                    "extensionApis": {"enableEnvoyPatchPolicy": False, "enableBackend": False}}}}}),
        space("edge"), closed("edge"),
        whole("gateway.networking.k8s.io/v1:GatewayClass", "inner", {
            "controllerName": "gateway.envoyproxy.io/gatewayclass-controller", "parametersRef": {
                "group": "gateway.envoyproxy.io", "kind": "EnvoyProxy", "name": "inner", "namespace": "edge"}}),
        named("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", "inner", "edge", {
            "provider": {"type": "Kubernetes", "kubernetes": {"envoyService": {
                "type": "LoadBalancer", "externalTrafficPolicy": "Local", "annotations": {
                    "service.beta.kubernetes.io/aws-load-balancer-type": "external",
                    "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
                    "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip"}}, "envoyDeployment": {
                "replicas": 3, "pod": {"labels": TAGS, "securityContext": POD}, "container": {
                    "securityContext": CONTAINER, "resources": sized("500m", "1Gi")}}}}, "logging": {"level": {
                        "default": "warn"}}, "shutdown": {"drainTimeout": "60s"}}),
        made("gateway.networking.k8s.io/v1:Gateway", {"metadata": head("inner", "edge"), "spec": {
            "gatewayClassName": "inner", "infrastructure": {"annotations": {
                "service.beta.kubernetes.io/aws-load-balancer-type": "external",
                "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"}}, "listeners": [{
                "name": "https", "port": 443, "protocol": "HTTPS", "hostname": "*.apps.bank.ae", "tls": {
                    "mode": "Terminate", "certificateRefs": [{"name": "apps-bank-ae"}]}, "allowedRoutes": {
                    "namespaces": {"from": "Selector", "selector": {"matchLabels": {"gateway": "inner"}}}}}]}},
            "gateway"),
        named("gateway.networking.k8s.io/v1:HTTPRoute", "quotes", "edge", {
            "parentRefs": [{"name": "inner", "sectionName": "https"}], "hostnames": ["quotes.apps.bank.ae"], "rules": [{
                "matches": [{"path": {"type": "PathPrefix", "value": "/v1"}}], "timeouts": {"request": "15s"},
                "backendRefs": [{"name": "quotes", "port": 8443}]}]}),
        named("gateway.networking.k8s.io/v1:BackendTLSPolicy", "quotes", "edge", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "quotes"}], "validation": {
                "hostname": "quotes.edge.svc", "caCertificateRefs": [{"group": "", "kind": "ConfigMap", "name":
                                                                      "bank-ca"}]}}),
        named("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", "tls", "edge", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "inner"}], "tls": {
                "minVersion": "1.2", "alpnProtocols": ["h2", "http/1.1"]}, "headers": {
                "withUnderscoresAction": "RejectRequest"}, "connection": {"bufferLimit": "32Ki"}}),
        named("gateway.envoyproxy.io/v1alpha1:SecurityPolicy", "tokens", "edge", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "quotes"}], "jwt": {
                "providers": [{"name": "bank", "issuer": "https://login.bank.ae/", "audiences": ["quotes"],
                               "remoteJWKS": {"uri": "https://login.bank.ae/keys"}}]}, "authorization": {
                "defaultAction": "Deny", "rules": [{"name": "callers", "action": "Allow", "principal": {"jwt": {
                    "provider": "bank", "scopes": ["quotes.read"]}}}]}}),
        named("gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy", "limits", "edge", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "quotes"}], "rateLimit":
            {"type": "Local", "local": {"rules": [{"limit": {"requests": 100, "unit": "Second"}}]}}, "circuitBreaker": {
                "maxConnections": 512}, "timeout": {"tcp": {"connectTimeout": "5s"}}})),
        "gateway.envoyproxy.io/docs/tasks/security/jwt-authentication; envoyproxy/gateway, as known",
        merged(listed("oci://docker.io/envoyproxy", identity={"trusted": {"login.bank.ae": "our own sign-in"}},
                      kubernetes={"authenticated_gateways": {"edge/inner":
                          "a SecurityPolicy of each route asks for tokens"}}),
               unpriced("kubernetes:gateway.networking.k8s.io/v1:Gateway::gateway",
                        "kubernetes:gateway.envoyproxy.io/v1:EnvoyProxy::inner-EnvoyProxy"))),
    Idiom("Capsule: teams make their own namespaces within quotas, classes and registries that the platform sets", (
        space("capsule-system"),
        chart("capsule", "https://projectcapsule.github.io/charts", "0.10.9", "capsule-system", {
            "replicaCount": 2, "manager": {"options": {"forceTenantPrefix": True, "capsuleUserGroups": [
                "22222222-3333-4444-5555-666666666666"], "protectedNamespaceRegex": "^(kube|capsule|flux)-.*"},
                "resources": sized("200m", "256Mi"), "securityContext": CONTAINER}, "podSecurityContext": {
                    "enabled": True, **POD}, "podLabels": TAGS, "webhooks": {"hooks": {"namespaces": {
                        "failurePolicy": "Fail"}, "config": {"failurePolicy": "Fail"}}},
                            "monitoring": {"enabled": True}}),
        whole("capsule.clastix.io/v1beta2:Tenant", "retail", {
            "owners": [{"kind": "Group", "name": "33333333-4444-5555-6666-777777777777", "clusterRoles": ["admin"]}],
            "namespaceOptions": {"quota": 5, "additionalMetadata": {"labels": {
                **TAGS, "pod-security.kubernetes.io/enforce": "restricted"}}}, "storageClasses": {
                "allowed": ["managed-csi-cmk"]}, "ingressOptions": {"allowedClasses": {"allowed": ["nginx"]},
                "hostnameCollisionScope": "Cluster", "allowedHostnames": {"allowedRegex": "^.*\\.retail\\.bank\\.ae$"}},
            "containerRegistries": {"allowed": ["crbankprod.azurecr.io"]}, "serviceOptions": {"allowedServices": {
                "nodePort": False, "externalName": False, "loadBalancer": False}}, "resourceQuotas": {
                "scope": "Tenant", "items": [{"hard": {"requests.cpu": "40", "requests.memory": "160Gi",
                                                       "requests.nvidia.com/gpu": "2"}}]},
            "imagePullPolicies": ["IfNotPresent", "Always"], "priorityClasses": {"allowed": ["apps"]},
            "preventDeletion": True})),
        "projectcapsule.dev/docs/tenants; projectcapsule/capsule charts/capsule/values.yaml, as known",
        listed("https://projectcapsule.github.io/charts", escape={"allowed_types": {
            "kubernetes:capsule.clastix.io/*": "limits of tenants, set by the platform team"}})),
    Idiom("housekeeping: costs are shown by OpenCost, sizes advised by VPA, and pods spread again by the descheduler", (
        space("opencost"), closed("opencost"), space("autosize"),
        chart("opencost", "https://opencost.github.io/opencost-helm-chart", "2.4.0", "opencost", {
            "podLabels": TAGS, "opencost": {"exporter": {"defaultClusterId": "aks-apps-prod", "resources": sized(
                "100m", "512Mi"), "securityContext": USER, "persistence": {"enabled": False}}, "prometheus": {
                "internal": {"enabled": False}, "external": {
                    "enabled": True, "url": "https://prometheus.monitoring.svc:9090"}, "existingSecretName":
                "opencost-prometheus"}, "ui": {"enabled": True, "resources": sized("10m", "64Mi"), "securityContext":
                                              USER, "ingress": {"enabled": False}}, "metrics": MONITOR,
                "customPricing": {"enabled": True, "provider": "custom", "costModel": {
                    "description": "AED of the bank", "CPU": 0.16, "RAM": 0.02, "GPU": 9.5, "storage": 0.0006}}}}),
        chart("vertical-pod-autoscaler", "https://cowboysysop.github.io/charts", "11.1.1", "autosize", {
            "recommender": {"replicaCount": 2, "resources": sized("50m", "512Mi"), "podLabels": TAGS,
                            "containerSecurityContext": USER, "podDisruptionBudget": {"enabled": True, "minAvailable":
                                                                                     1}},
            "updater": {"enabled": False}, "admissionController": {"enabled": False}, "crds": {"enabled": True}}),
        named("autoscaling.k8s.io/v1:VerticalPodAutoscaler", "quotes", "quotes", {
            "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "quotes"}, "updatePolicy": {
                "updateMode": "Off"}}),
        chart("descheduler", "https://kubernetes-sigs.github.io/descheduler", "0.34.0", "autosize", {
            "kind": "Deployment", "replicas": 2, "leaderElection": {"enabled": True}, "commonLabels": TAGS,
            "resources": sized("100m", "256Mi"), "securityContext": USER, "deschedulingInterval": "15m",
            "deschedulerPolicy": {"maxNoOfPodsToEvictPerNode": 5, "profiles": [{
                "name": "default", "pluginConfig": [
                    {"name": "DefaultEvictor", "args": {"nodeFit": True, "minReplicas": 2}},
                    {"name": "RemovePodsViolatingTopologySpreadConstraint", "args": {
                        "constraints": ["DoNotSchedule", "ScheduleAnyway"]}}], "plugins": {"balance": {
                            "enabled": ["RemovePodsViolatingTopologySpreadConstraint"]}}}]}})),
        "opencost.io/docs/installation/install; cowboysysop/charts vertical-pod-autoscaler; "
        "kubernetes-sigs/descheduler charts/descheduler/values.yaml, as known",
        listed("https://cowboysysop.github.io/charts", "https://kubernetes-sigs.github.io/descheduler",
               kubernetes={"namespaces": {"quotes": "the stack of the team of quotes"}})),
)  # fmt: skip
