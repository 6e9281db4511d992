"""A quantised model on the processors of an existing cluster on AWS; without requests it scales to zero."""

from pathlib import Path

import pulumi

from falaj.components import kubernetes

TAGS = {"project": "sentiment", "business-unit": "retail-banking", "cost-centre": "cc-4711"}
TAGS |= {"environment": "dev", "owner": "ml-platform-team", "data-classification": "sensitive"}
GATEWAY, HOST = "falaj-gateway", "sentiment.models.example.ae"
TOKENS = kubernetes.AuthenticationSpec(issuer="https://login.example.ae", audiences=["retail-models"])
# Its context is that of the cluster; with a cluster of this package: `cluster.kubeconfig`.
cluster = kubernetes.site_kubernetes("uae", str(Path.home() / ".kube" / "config"))


def after(*parts: pulumi.Resource) -> pulumi.ResourceOptions:
    """Returns options of a component in the cluster that needs these parts."""
    return pulumi.ResourceOptions(providers=[cluster], depends_on=[*parts])


gateway_api = kubernetes.GatewayApi("gateway-api", kubernetes.GatewayApiArgs(tags=TAGS), after())
certificates = kubernetes.CertManager("certificates", kubernetes.CertManagerArgs(tags=TAGS), after(gateway_api))
authority = kubernetes.ServingAuthority("serving", kubernetes.ServingAuthorityArgs(tags=TAGS), after(certificates))
foundation = kubernetes.Foundation(
    "base",
    kubernetes.FoundationArgs(
        cloud=kubernetes.Cloud.AWS,
        network_cidr="10.20.0.0/16",
        kubernetes_version="1.36",
        tenants={"retail": kubernetes.TenantSpec(tier=kubernetes.Tier.SMB, cpu=16, memory_gib=32, hosts=[HOST])},
        admission=kubernetes.AdmissionSpec(gateway="models", gateway_namespace=GATEWAY, callers=[GATEWAY, "keda"]),
        serving_tls=True,
        tags=TAGS,
    ),
    after(authority),
)
retail = foundation.namespaces["retail"]
keda = kubernetes.Keda(
    "keda", kubernetes.KedaArgs(route_namespaces=[retail], serving_tls=True, tags=TAGS), after(authority)
)
gateway = kubernetes.Gateway(
    "models",
    kubernetes.GatewayArgs(
        gateway_class="istio",
        domains=["*.models.example.ae"],
        certificate="models-tls",
        tenants={"retail": kubernetes.GatewayTenantSpec(hosts=[HOST], authentication=TOKENS)},
        tags=TAGS,
    ),
    after(authority),
)
service = kubernetes.InferenceService(
    "sentiment",
    kubernetes.InferenceServiceArgs(
        namespace=retail,
        service="sentiment",
        tenant="retail",
        region="me-central-1",
        serving=kubernetes.ServingSpec(
            tier=kubernetes.Tier.SMB,
            image="registry.example.ae/onnx-server:1.0.0",
            model=kubernetes.ModelSpec(uri="s3://uae-models/sentiment/v3", gib=0.5),
            cpu=2,
            memory_gib=2,
            min=0,
            max=6,
            cold_start=kubernetes.ColdStartSpec(first_answer_seconds=180, image_gib=0.4, load_seconds=5),
        ),
        gateway=kubernetes.GatewaySpec(name="models", namespace=gateway.namespace),
        host=HOST,
        tags=TAGS,
    ),
    after(foundation, keda, gateway),
)

pulumi.export("url", service.url)
