"""Attacks by fields of ingresses, balancers, network plug-ins and certificates, from upstream's schemas (2026-11-29).

Each passed the pack before it was mended. Schemas: kubernetes/ingress-nginx dbb11b92, traefik/traefik-helm-chart
a8a66d00, cilium/charts 009b5e9, kubernetes-sigs/aws-load-balancer-controller 225f4456, cert-manager/cert-manager
2d0d7f7f and cert-manager/trust-manager fc1b53d.
"""

from ..blind import TAGS, k8s, meta
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
NGINX, TRAEFIK = "kubernetes/ingress-nginx annotations.md", "traefik/traefik-helm-chart"
KEYS, CILIUM = "kubernetes/ingress-nginx configmap.md", "cilium/charts cilium-1.20.0"
BALANCER = "kubernetes-sigs/aws-load-balancer-controller docs/guide"
MANAGER = "cert-manager/cert-manager"
NAMES = "https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free"
LB = "service.beta.kubernetes.io/aws-load-balancer-"
INTERNAL = {f"{LB}scheme": "internal", f"{LB}type": "external", f"{LB}nlb-target-type": "ip"}


def _ingress(name: str, severity: str, harm: str, prefix: str = "nginx.ingress.kubernetes.io/", **keys: str) -> Attack:
    spec = {"ingressClassName": "nginx", "tls": [{"hosts": ["a.example.ae"], "secretName": "a"}], "rules": [{
        "host": "a.example.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
            "service": {"name": "app", "port": {"number": 443}}}}]}}]}  # fmt: skip
    annotations = {prefix + key.replace("_", "-"): value for key, value in keys.items()}
    given = k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(annotations=annotations), "spec": spec})
    return Attack(name, OPEN, (given,), severity, f"{harm} ({BALANCER if prefix.startswith('alb') else NGINX})")


def _alb(name: str, severity: str, harm: str, **keys: str) -> Attack:
    more = {"scheme": "internal", "certificate_arn": "arn:aws:acm:me-central-1:123456789012:certificate/1"}
    return _ingress(name, severity, harm, "alb.ingress.kubernetes.io/", **more, **keys)


def _service(name: str, severity: str, harm: str, **annotations: str) -> Attack:
    spec = {"type": "LoadBalancer", "loadBalancerClass": "service.k8s.aws/nlb", "selector": {"app": "x"},
            "ports": [{"name": "https", "port": 443}]}  # fmt: skip
    given = k8s("core/v1:Service", {"metadata": meta(annotations={**INTERNAL, **annotations}), "spec": spec})
    return Attack(name, OPEN, (given,), severity, harm)


def _config(name: str, severity: str, harm: str, **data: str) -> Attack:
    given = k8s("core/v1:ConfigMap", {"metadata": meta("ingress-nginx-controller", "ingress-nginx"), "data": {
        key.replace("_", "-"): value for key, value in data.items()}})  # fmt: skip
    return Attack(name, OPEN, (given,), severity, f"{harm} ({KEYS})")


def _chart(chart: str, name: str, severity: str, harm: str, **values: object) -> Attack:
    given = k8s("helm.sh/v3:Release", {"chart": f"oci://registry.dc1.example.ae/charts/{chart}", "version": "1.0.0",
                                       "namespace": "platform-system", "values": values})  # fmt: skip
    return Attack(name, OPEN, (given,), severity, harm)


def _one(name: str, severity: str, harm: str, kind: str, spec: object, *, top: bool = False) -> Attack:
    metadata = {"name": "x", "labels": TAGS} if top else meta()
    return Attack(name, OPEN, (k8s(kind, {"metadata": metadata, "spec": spec}),), severity, harm)


def _route(**route: object) -> dict[str, object]:
    base = {"match": "Host(`a.example.ae`)", "kind": "Rule", "services": [{"name": "app", "port": 8443}]}
    return {"entryPoints": ["websecure"], "tls": {"secretName": "a"}, "routes": [{**base, **route}]}


INTERNAL_ENTRY = {"service": {"annotations": {"metallb.io/address-pool": "internal"}}}
ATTACKS = (
    _ingress("users of an ingress are those of another namespace", "critical", "its writer has their passwords",
             auth_type="basic", auth_realm="x", auth_secret="payments/users"),
    _ingress("an ingress calls with the certificate of another namespace", "critical", "it acts as payments",
             proxy_ssl_secret="payments/client", proxy_ssl_verify="on", backend_protocol="HTTPS"),
    _ingress("an ingress asks for a certificate if there is one", "critical", "callers without one pass",
             auth_tls_secret="team-a/ca", auth_tls_verify_client="optional"),
    _ingress("an address is enough instead of a sign-in", "major", "each pod of the network passes",
             satisfy="any", whitelist_source_range="10.0.0.0/8"),
    _ingress("a caller says where he is sent", "major", "users end at a stranger's page",
             temporal_redirect="https://$arg_next"),
    _ingress("a caller says who checks his token", "critical", "a server of his own says yes",
             auth_url="https://$arg_server/check"),
    _ingress("an ingress records no call", "major", "nobody sees it", enable_access_log="false"),
    _ingress("an ingress has no firewall", "major", "attacks pass", enable_modsecurity="false"),
    _ingress("an ingress shares answers with every page", "major", "the origin is * by default", enable_cors="true"),
    _ingress("an annotation ends a line of nginx", "critical", "the rest is configuration of its writer",
             upstream_hash_by="$request_uri; proxy_pass http://10.0.0.9"),
    _ingress("a cookie is for every host of the country", "major", "strangers get it",
             affinity="cookie", session_cookie_domain="ae"),
    _ingress("a certificate of an ingress counts for a century", "major", "a stolen key does too", "cert-manager.io/",
             cluster_issuer="ca", duration="876000h"),
    _config("paths without sign-in are all paths", "critical", "nobody is asked to sign in", no_auth_locations="/"),
    _config("calls of every ingress are recorded nowhere", "major", "nobody sees them", access_log_path="/dev/null"),
    _config("no call of any ingress is recorded", "major", "nobody sees them", disable_access_log="true"),
    _config("every host is served in plain text", "critical", "tokens are read on the way", ssl_redirect="false"),
    _config("paths may have lines of configuration", "critical", "who writes an ingress is the controller",
            strict_validate_path_type="false"),
    _chart("ingress-nginx", "values let ingresses write configuration", "critical",
           "who writes an ingress is the controller (kubernetes/ingress-nginx charts/ingress-nginx/values.yaml)",
           controller={"service": {"type": "ClusterIP"}, "allowSnippetAnnotations": True}),
    _one("a route of a team leads to a service of payments", "critical", f"it exposes it ({TRAEFIK}, IngressRoute)",
         "traefik.io/v1alpha1:IngressRoute", _route(services=[{"name": "a", "namespace": "payments", "port": 8443}])),
    _one("a list of addresses has every address", "major", f"everybody is let in ({TRAEFIK}, Middleware)",
         "traefik.io/v1alpha1:Middleware", {"ipAllowList": {"sourceRange": ["0.0.0.0/1", "128.0.0.0/1"]}}),
    _one("a route records no call", "major", f"nobody sees it ({TRAEFIK}, IngressRoute)",
         "traefik.io/v1alpha1:IngressRoute", _route(observability={"accessLogs": False})),
    _chart("traefik", "callers state their address to Traefik", "critical", f"lists of addresses pass ({TRAEFIK})",
           **INTERNAL_ENTRY, ports={"websecure": {"forwardedHeaders": {"insecure": True}}}),
    _chart("traefik", "Traefik runs a program of a stranger", "critical", f"it reads what passes ({TRAEFIK})",
           **INTERNAL_ENTRY, experimental={"plugins": {
               "x": {"moduleName": "github.com/someone/x", "version": "v1.0.0"}}}),
    _chart("traefik", "the console of Traefik is a host", "critical", f"callers read every route ({TRAEFIK})",
           **INTERNAL_ENTRY, ingressRoute={"dashboard": {"enabled": True, "entryPoints": ["websecure"],
                                                 "matchRule": "Host(`t.example.ae`)"}}),
    _chart("traefik", "Traefik verifies no server", "critical", f"whoever is in between reads ({TRAEFIK})",
           **INTERNAL_ENTRY, additionalArguments=["--serversTransport.insecureSkipVerify=true"]),
    _chart("cilium", "no policy of networks has an effect", "critical", f"each pod reaches each ({CILIUM})",
           policyEnforcementMode="never"),
    _chart("cilium", "policies of networks are only recorded", "critical", f"each pod reaches each ({CILIUM})",
           policyAuditMode=True),
    _chart("cilium", "policies of Kubernetes have no effect", "critical", f"each pod reaches each ({CILIUM})",
           k8sNetworkPolicy={"enabled": False}),
    _chart("cilium", "pods send packets in the name of others", "critical", f"policies by address pass ({CILIUM})",
           daemon={"enableSourceIPVerification": False}),
    _chart("cilium", "keys of every host lie with a team", "critical", f"it serves each host ({CILIUM})",
           ingressController={"enabled": True, "service": {"type": "ClusterIP"},
                              "secretsNamespace": {"name": "team-a"}}),
    _chart("cilium", "who talks to whom is a page for all", "major", f"Hubble asks nobody ({CILIUM})",
           hubble={"ui": {"enabled": True, "ingress": {"enabled": True, "hosts": ["hubble.example.ae"]}}}),
    _one("a policy of a team uses the secret of payments", "critical",
         f"its writer gets it as a header ({CILIUM}, CiliumNetworkPolicy)", "cilium.io/v2:CiliumNetworkPolicy", {
             "endpointSelector": {"matchLabels": {"app": "x"}}, "egress": [{
                 "toEndpoints": [{"matchLabels": {"app": "y"}}], "toPorts": [{
                     "ports": [{"port": "8443"}], "rules": {"http": [{"headerMatches": [{
                         "name": "Authorization", "mismatch": "ADD",
                         "secret": {"name": "token", "namespace": "payments"}}]}]}}]}]}),
    _one("strangers send packets into the network of the cluster", "critical",
         "they reach each pod (projectcalico/api d4009e4d, FelixConfigurationSpec.externalNodesList)",
         "projectcalico.org/v3:FelixConfiguration",
         {"wireguardEnabled": True, "externalNodesList": ["0.0.0.0/0"]}, top=True),
    _service("addresses that are listed are refused and all others let in", "critical", f"everybody connects ({NAMES})",
             **{"service.cilium.io/src-ranges-policy": "deny"}),
    _service("records of a balancer go to a bucket of others", "critical", f"they have them ({BALANCER})",
             **{f"{LB}attributes": "access_logs.s3.enabled=true,access_logs.s3.bucket=their-bucket"}),
    _service("records of a balancer go to a bucket by its name", "critical", f"they have them ({BALANCER})",
             **{f"{LB}access-log-enabled": "true", f"{LB}access-log-s3-bucket-name": "their-bucket"}),
    _service("callers by PrivateLink pass by the group", "critical", f"nobody lists them ({BALANCER})",
             **{f"{LB}inbound-sg-rules-on-private-link-traffic": "off"}),
    _service("a balancer has no group", "critical", f"each address connects ({BALANCER})",
             **{f"{LB}disable-nlb-sg": "true"}),
    _alb("a second balancer of an internal ingress is public", "critical", "the internet reaches it",
         enable_frontend_nlb="true", frontend_nlb_scheme="internet-facing"),
    _alb("a balancer has its firewall taken away", "major", "attacks pass", wafv2_acl_arn="none"),
    _alb("requests pass while the firewall is away", "major", "attacks pass",
         load_balancer_attributes="waf.fail_open.enabled=true"),
    _alb("certificates of callers count after their end", "major", "who left still calls", mutual_authentication=
         '[{"port":443,"mode":"verify","trustStore":"own","ignoreClientCertificateExpiry":true}]'),
    _one("an issuer signs authorities", "critical", f"who asks signs every name ({MANAGER}, VaultIssuer)",
         "cert-manager.io/v1:ClusterIssuer", {"vault": {
             "server": "https://vault.vault.svc:8200", "path": "pki/root/sign-intermediate",
             "auth": {"kubernetes": {"role": "x", "serviceAccountRef": {"name": "x"}}}}}, top=True),
    _one("an issuer sends its token in plain text", "critical", f"who reads it signs ({MANAGER}, VaultIssuer)",
         "cert-manager.io/v1:Issuer", {"vault": {
             "server": "http://vault.vault.svc:8200", "path": "pki/sign/x",
             "auth": {"kubernetes": {"role": "x", "serviceAccountRef": {"name": "x"}}}}}),
    _one("a certificate is for every host of the country", "critical", f"who has it is each of them ({MANAGER})",
         "cert-manager.io/v1:Certificate", {
             "secretName": "a", "dnsNames": ["*.ae"], "duration": "2160h", "renewBefore": "720h",
             "privateKey": {"rotationPolicy": "Always", "algorithm": "ECDSA", "size": 256},
             "issuerRef": {"name": "ca", "kind": "ClusterIssuer", "group": "cert-manager.io"}}),
    _chart("trust-manager", "a team says which authorities the cluster trusts", "critical",
           "it passes for each server (cert-manager/trust-manager)", app={"trust": {"namespace": "team-a"}}),
    _one("keys of tokens come from a server that nobody verifies", "critical",
         "whoever is in between signs tokens (projectcontour/contour 31c4bb38, HTTPProxy remoteJWKS.validation)",
         "projectcontour.io/v1:HTTPProxy", {
             "virtualhost": {"fqdn": "a.example.ae", "tls": {"secretName": "a"}, "jwtProviders": [{
                 "name": "p", "issuer": "https://login.example.ae", "audiences": ["a"],
                 "remoteJWKS": {"uri": "https://login.example.ae/keys"}}]},
             "routes": [{"conditions": [{"prefix": "/"}], "services": [{"name": "app", "port": 443}]}]}),
    _chart("linkerd-control-plane", "a mesh leaves out the network of the site", "critical",
           "calls pass by its policies (linkerd/linkerd2 charts/linkerd-control-plane/values.yaml)",
           proxyInit={"skipSubnets": "10.0.0.0/8"}),
    _chart("linkerd-control-plane", "a mesh leaves out most ports", "critical",
           "calls pass by its policies (linkerd/linkerd2 charts/linkerd-control-plane/values.yaml)",
           proxyInit={"ignoreOutboundPorts": "1-65535"}),
    _chart("kong", "callers change every route of Kong", "critical", "its port asks nobody (Kong/charts values.yaml)",
           proxy={"type": "ClusterIP"}, env={"admin_listen": "0.0.0.0:8001"}),
    _chart("kong", "plug-ins of Kong run any program", "critical", "it reads what passes (Kong, untrusted_lua)",
           proxy={"type": "ClusterIP"}, env={"untrusted_lua": "on"}),
    _chart("kong", "no call of Kong is recorded", "major", "nobody sees it (Kong/charts values.yaml)",
           proxy={"type": "ClusterIP"}, env={"proxy_access_log": "off"}),
    _chart("tailscale-operator", "the API server is in a network of a vendor", "critical",
           "it is reached past every entry (tailscale/tailscale cmd/k8s-operator/deploy/chart/values.yaml)",
           apiServerProxyConfig={"mode": "true"}),
    _one("the password of a router stands in the program", "major",
         "who has it announces addresses of others (metallb/metallb 7938d3f8, BGPPeer)", "metallb.io/v1beta2:BGPPeer",
         {"myASN": 64500, "peerASN": 64501, "peerAddress": "10.0.0.1", "password": "corridor-lantern-42"}),
)  # fmt: skip
