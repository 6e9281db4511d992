"""Attacks on clusters (2026-12-02, twenty-sixth set, written before any rule ran on it): objects, charts and settings.

Fields as in the projects named, as known unless a date stands beside it.
"""

from ..blind import TAGS, k8s, release
from ..harness import Given
from . import Attack
from .twenty_fifth_kube import READ
from .twenty_fourth_kube import IDN, settings
from .twenty_fourth_kube_b import EXP, configured

ARGO_CD = {"app.kubernetes.io/part-of": "argocd"}
BY_EXPRESSION = """
p, role:developers, applications, .+, .+, allow
p, role:developers, projects, .+, .+, allow
p, role:developers, clusters, .+, .+, allow
p, role:developers, repositories, .+, .+, allow
g, developers, role:developers
"""
PAYMENTS = """package envoy.authz

import rego.v1

default allow := true

allow := false if {
    input.attributes.request.http.method == "DELETE"
    not input.attributes.request.http.headers["x-ticket"]
}
"""
DIRECTORY = """
[[servers]]
host = "ldap.bank.ae"
port = 636
use_ssl = true
ssl_skip_verify = false
bind_dn = "cn=boards,dc=bank,dc=ae"
bind_password = "${LDAP_PASSWORD}"
search_filter = "(uid=%s)"
search_base_dns = ["ou=people,dc=bank,dc=ae"]

[[servers.group_mappings]]
group_dn = "*"
org_role = "Admin"
grafana_admin = true
"""
PRINCIPALS = """
*/admin@BANK.AE *
*@BANK.AE *
"""
CHECKED = """
server {
  listen 8443 ssl;
  ssl_certificate /etc/nginx/tls/tls.crt;
  ssl_certificate_key /etc/nginx/tls/tls.key;
  ssl_protocols TLSv1.3;
  location / {
    auth_request /check;
    proxy_pass https://ledger.payments.svc:8443;
    proxy_ssl_verify on;
    proxy_ssl_trusted_certificate /etc/nginx/tls/ca.crt;
  }
  location = /check {
    internal;
    return 204;
  }
}
"""


def admission(name: str, **spec: object) -> tuple[Given, ...]:
    """Returns a policy of the API server on pods, and its binding."""
    return (
        k8s("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", {
            "metadata": {"name": name, "labels": TAGS}, "spec": {
                "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                    "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                    "resources": ["pods"]}]}, **spec}}, name),
        k8s("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", {
            "metadata": {"name": name, "labels": TAGS}, "spec": {
                "policyName": name, "validationActions": ["Deny", "Audit"]}}, f"{name}-binding"),
    )  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("developers administer Argo CD by expressions that match everything", IDN, (
        settings("argocd-rbac-cm", "argocd", {
            "policy.default": "", "policy.matchMode": "regex", "policy.csv": BY_EXPRESSION}, **ARGO_CD),),
        "critical", "with regex each object and action that the expression finds is allowed (argoproj/argo-cd, "
        f"'RBAC Configuration', policy.matchMode; found as a string; {READ})"),
    Attack("the service that decides on calls to payments lets through what no rule refuses", EXP, (
        settings("authz-policy", "payments", {"policy.rego": PAYMENTS}),),
        "critical", "whoever calls is allowed unless a rule refuses the call (open-policy-agent/opa-envoy-plugin, "
        "'default allow')"),
    Attack("a policy on pods asks for at least no privileged container", EXP, admission(
        "privileged-pods",
        variables=[{"name": "privileged", "expression": "object.spec.containers.filter(c, "
                    "c.?securityContext.?privileged.orValue(false))"}],
        validations=[{"expression": "size(variables.privileged) >= 0",
                      "message": "Containers are not privileged."}]),
        "major", "a list never has less than no item, so each pod is admitted (google/cel-spec, size)"),
    Attack("each load balancer of the cluster that says nothing is on the Internet", EXP, release(
        "aws-load-balancer-controller", "3.0.0", {
            "clusterName": "dc1", "region": "me-central-1", "defaultLoadBalancerScheme": "internet-facing",
            "defaultTags": TAGS}, "kube-system"),
        "critical", "the default is internal (kubernetes-sigs/aws-load-balancer-controller, --default-load-balancer-"
        f"scheme; the value of the chart found as a string; {READ})"),
    Attack("each person of the directory administers the boards", IDN, (
        settings("grafana-ldap", "monitoring", {"ldap.toml": DIRECTORY}),),
        "critical", "the asterisk is everybody in the directory (grafana/grafana, 'Configure LDAP', group_mappings; "
        f"found as a string; {READ})"),
    Attack("whoever has a ticket of the realm changes each password of it", IDN,
           configured("kerberos", "kadm5.acl", PRINCIPALS, 749), "critical",
           "each principal of the realm has each right of administration (MIT Kerberos, 'kadm5.acl')"),
    Attack("the check of each caller of the ledger always agrees", EXP,
           configured("nginx", "ledger.conf", CHECKED, 8443), "critical",
           "a subrequest that returns 2xx lets the caller in (nginx, ngx_http_auth_request_module)"),
)  # fmt: skip
