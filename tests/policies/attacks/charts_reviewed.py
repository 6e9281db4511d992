"""Attacks by the values of one chart, each read in the chart of upstream (2026-11-29; FJ-ESC-124)."""

from ..harness import Given
from . import Attack

REGISTRY = "oci://registry.dc1.example.ae/charts"

VALUES: tuple[tuple[str, str, dict[str, object]], ...] = (
    (
        "argo-cd",
        "each pod that reaches the cache changes what Argo CD deploys",
        {"redis-ha": {"enabled": True, "auth": False}},
    ),
    (
        "argo-cd",
        "values of applications cross the network in plain text",
        {"configs": {"cm": {"helm.valuesFileSchemes": "http"}}},
    ),
    (
        "argo-rollouts",
        "everybody who reaches the dashboard promotes and aborts rollouts",
        {"dashboard": {"enabled": True}},
    ),
    (
        "aws-ebs-csi-driver",
        "the class that pods get by default does not encrypt its volumes",
        {"defaultStorageClass": {"enabled": True}},
    ),
    (
        "aws-ebs-csi-driver",
        "volumes of the class are not encrypted",
        {"storageClasses": [{"name": "gp3", "parameters": {"type": "gp3", "encrypted": "false"}}]},
    ),
    (
        "aws-ebs-csi-driver",
        "volumes of the class are not encrypted unless it says so",
        {"storageClasses": [{"name": "gp3", "parameters": {"type": "gp3", "encrypted": "false"}}]},
    ),
    (
        "aws-load-balancer-controller",
        "ingresses take what their class forbids",
        {"webhookConfig": {"disableIngressValidation": True}},
    ),
    (
        "aws-load-balancer-controller",
        "load balancers reach every port of the nodes",
        {"disableRestrictedSecurityGroupRules": True},
    ),
    (
        "aws-load-balancer-controller",
        "the controller reads every secret of the cluster",
        {"clusterSecretsPermissions": {"allowAllSecrets": True}},
    ),
    ("aws-pca-issuer", "the authority signs certificates that nobody approved", {"disableApprovedCheck": True}),
    (
        "backstage",
        "every caller uses each plug-in without sign-in",
        {"backstage": {"appConfig": {"backend": {"auth": {"dangerouslyDisableDefaultAuthPolicy": True}}}}},
    ),
    (
        "backstage",
        "everybody signs in as a guest",
        {"backstage": {"appConfig": {"auth": {"providers": {"guest": {"dangerouslyAllowOutsideDevelopment": True}}}}}},
    ),
    (
        "backstage",
        "pages of strangers call the server as whoever opens them",
        {"backstage": {"appConfig": {"backend": {"cors": {"origin": "*"}}}}},
    ),
    (
        "backstage",
        "readers of the catalogue have the server fetch from every host",
        {"backstage": {"appConfig": {"backend": {"reading": {"allow": [{"host": "*"}]}}}}},
    ),
    (
        "capsule",
        "a label makes a service account an owner of the tenant",
        {"manager": {"options": {"allowServiceAccountPromotion": True}}},
    ),
    ("capsule", "what the tenant forbids is not enforced", {"webhooks": {"hooks": {"pods": {"enabled": False}}}}),
    (
        "cluster-autoscaler",
        "whoever reaches the port reads the memory of the program",
        {"extraArgs": {"cloud-config": "/x", "profiling": True}},
    ),
    ("cni", "pods of the namespace start outside the mesh, without its rules", {"excludeNamespaces": ["payments"]}),
    (
        "gatekeeper",
        "no constraint holds in the namespace once it has a label",
        {"validatingWebhookFailurePolicy": "Fail", "controllerManager": {"exemptNamespaces": ["payments"]}},
    ),
    (
        "gatekeeper",
        "objects that break a constraint pass, or nobody hears of them",
        {"validatingWebhookFailurePolicy": "Fail", "controllerManager": {"disableWebhookOperation": True}},
    ),
    (
        "gpu-operator",
        "the memory of GPUs in confidential machines is open to their host",
        {"ccManager": {"defaultMode": "off"}},
    ),
    (
        "istiod",
        "each pod of the mesh gets an image or rights over its machine",
        {
            "sidecarInjectorWebhook": {
                "templates": {
                    "c": "spec:\n  containers:\n  - name: istio-proxy\n    image: docker.io/published-by-somebody/x:1\n"
                }
            }
        },
    ),
    ("istiod", "figures on calls go to Google Cloud", {"telemetry": {"v2": {"stackdriver": {"enabled": True}}}}),
    ("istiod", "pods start outside the mesh, without its rules", {"global": {"proxy": {"autoInject": "disabled"}}}),
    (
        "jupyterhub",
        "notebooks reach the credentials of the machine that they run on",
        {
            "proxy": {"service": {"type": "ClusterIP"}},
            "hub": {"config": {"JupyterHub": {"authenticator_class": "generic-oauth"}}},
            "singleuser": {"networkPolicy": {"enabled": False}},
        },
    ),
    ("keda-add-ons-http", "figures are served without TLS or to everybody", {"operator": {"metrics": {"auth": False}}}),
    (
        "keda-add-ons-http",
        "whoever reaches the port reads the memory of the program",
        {"profiling": {"interceptor": {"enabled": True}}},
    ),
    (
        "kong",
        "settings of the gateway go to the vendor abroad",
        {"proxy": {"type": "ClusterIP"}, "ingressController": {"konnect": {"enabled": True}}},
    ),
    (
        "kong",
        "the administration is on a port of every machine (type NodePort)",
        {"proxy": {"type": "ClusterIP"}, "admin": {"enabled": True}},
    ),
    (
        "kubeflow-trainer",
        "figures are served without TLS, and to everybody",
        {"manager": {"config": {"metrics": {"secureServing": False}}}},
    ),
    ("kueue", "everybody who reaches the dashboard reads the work of each team", {"enableKueueViz": True}),
    (
        "kyverno",
        "whoever reaches the port reads the memory of the program",
        {"admissionController": {"profiling": {"enabled": True}}},
    ),
    (
        "kyverno-policies",
        "no policy is installed",
        {"validationFailureAction": "Enforce", "podSecurityStandard": "privileged"},
    ),
    (
        "kyverno-policies",
        "objects pass while Kyverno does not answer",
        {"validationFailureAction": "Enforce", "failurePolicy": "Ignore"},
    ),
    (
        "kyverno-policies",
        "objects that break the policy pass",
        {"validationFailureAction": "Enforce", "validationFailureActionByPolicy": {"disallow-host-path": "Audit"}},
    ),
    (
        "kyverno-policies",
        "the policy does not hold for any object of the kind",
        {
            "validationFailureAction": "Enforce",
            "policyExclude": {"disallow-host-path": {"any": [{"resources": {"kinds": ["Pod"]}}]}},
        },
    ),
    (
        "linkerd-control-plane",
        "pods answer on the ports without the mesh, to everybody",
        {"proxyInit": {"ignoreInboundPorts": "8080"}},
    ),
    ("loki", "figures on the cluster go to the vendor abroad", {"loki": {"analytics": {"reporting_enabled": True}}}),
    ("loki", "the store has the password that the chart publishes", {"minio": {"enabled": True}}),
    (
        "longhorn",
        "figures on the cluster go to the vendor abroad",
        {"defaultSettings": {"allowCollectingLonghornUsageMetrics": True}},
    ),
    (
        "longhorn",
        "removing the chart deletes every volume",
        {"defaultSettings": {"allowCollectingLonghornUsageMetrics": False, "deletingConfirmationFlag": True}},
    ),
    ("minio", "every caller reads the figures of the store", {"environment": {"MINIO_PROMETHEUS_AUTH_TYPE": "public"}}),
    (
        "mlflow",
        "pages of strangers call the server as whoever opens them",
        {"auth": {"enabled": True}, "corsAllowedOrigins": ["*"]},
    ),
    ("nats", "whoever reaches the port reads the memory of the program", {"config": {"profiling": {"enabled": True}}}),
    (
        "open-webui",
        "whoever states the address of a person at a provider has the account",
        {"enableOpenaiApi": False, "sso": {"enabled": True, "mergeAccountsByEmail": True}},
    ),
    (
        "opencost",
        "the token of the administration stands in the state in plain text",
        {"opencost": {"exporter": {"adminToken": {"enabled": True, "value": "s3cr3t-admin-token"}}}},
    ),
    ("sealed-secrets", "a port of the machine goes past services and network policies", {"hostPorts": {"http": 8080}}),
    ("tempo-distributed", "figures on the cluster go to the vendor abroad", {"reportingEnabled": True}),
    ("tempo-distributed", "the store has the password that the chart publishes", {"minio": {"enabled": True}}),
    (
        "vault",
        "the store is open, in memory, and forgets every secret",
        {"global": {"tlsDisable": False}, "server": {"dev": {"enabled": True}}},
    ),
    (
        "vcluster",
        "everybody pulls the images of the tenant",
        {"controlPlane": {"advanced": {"registry": {"enabled": True, "anonymousPull": True}}}},
    ),
    ("vcluster", "figures on the cluster go to the vendor abroad", {"telemetry": {"enabled": True}}),
    ("vcluster", "pods of the tenant get the host", {"policies": {"podSecurityStandard": "privileged"}}),
    (
        "vcluster",
        "whoever uses the exported access does not check the server",
        {"telemetry": {"enabled": False}, "exportKubeConfig": {"insecure": True}},
    ),
    ("velero", "with the chart, every record of a backup is deleted", {"cleanUpCRDs": True}),
    (
        "weaviate",
        "the program in an image of somebody else gets the data",
        {
            "service": {"type": "ClusterIP"},
            "grpcService": {"type": "ClusterIP"},
            "authentication": {"anonymous_access": {"enabled": False}},
            "modules": {"text2vec-transformers": {"enabled": True, "repo": "published-by-somebody/x"}},
        },
    ),
    ("ztunnel", "workloads of strangers count as those of the mesh", {"env": {"SKIP_VALIDATE_TRUST_DOMAIN": "true"}}),
)
"""Chart, what the values do, and the values."""

ATTACKS: tuple[Attack, ...] = tuple(
    Attack(
        f"values of chart {chart}: {harm}",
        ("FJ-ESC-124",),
        (
            Given(
                "kubernetes:helm.sh/v3:Release", {"chart": f"{REGISTRY}/{chart}", "version": "1.2.3", "values": values}
            ),
        ),
    )
    for chart, harm, values in VALUES
)
