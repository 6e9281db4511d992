"""Attacks that were found while facts of programs and of AWS were held against their sources (2026-11-30).

Each passed before: spellings, defaults and actions that stand beside those that were known.
"""

from ..blind import ME, crd, k8s, meta, pod, policy, statement
from ..chart_values import release
from ..harness import Given
from . import Attack

OPEN = ("FJ-IDN-313",)
RIGHTS = ("FJ-IDN-103",)
R = "me-central-1"
RAW = '[{"type": "filestream", "id": "x", "paths": ["/var/log/containers/*.log"]}]'
SOURCE = "elastic/beats 065a4da docs/reference/filebeat/configuration-autodiscover-hints.md, read 2026-11-30"
CROSSINGS = ("FJ-IDN-314",)
CALICO = "projectcalico/calico 87c1590 api/config/crd and api/pkg/apis/projectcalico/v3"
KYVERNO = "kyverno/website 7c0814a src/content/docs/docs/guides/reports.md"
AGENT = (
    'api_proxy {\n  use_auto_auth_token = "force"\n}\nlistener "tcp" {\n  address = "0.0.0.0:8100"\n'
    '  tls_cert_file = "/tls/tls.crt"\n}\n'
)
DNS = "bitnami/charts 5165628 bitnami/external-dns/values.yaml, read 2026-11-30"


def _annotated(**hints: str) -> tuple[Given, ...]:
    annotations = {f"co.elastic.logs{name}": value for name, value in hints.items()}
    return (k8s("core/v1:Pod", {"metadata": meta(annotations=annotations), "spec": pod({})}),)


def _action(action: str, resource: str) -> tuple[Given, ...]:
    return (policy(statement([action], resource)),)


def _arn(service: str, name: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{name}"


ATTACKS = (
    Attack("a pod's hint has the collector read the records of all others", OPEN, _annotated(**{"/raw": RAW}),
           "critical", f"a whole input in the place of the other hints ({SOURCE})"),
    Attack("a pod's hint leaves out every line of its records", OPEN, _annotated(**{"/exclude_lines": ".*"}),
           "major", f"nothing of what the program did is found later ({SOURCE})"),
    Attack("a pod's hint leaves out every line of one container", OPEN,
           _annotated(**{".app/exclude_lines": "['^.*$']"}),
           "major", f"nothing of what the program did is found later ({SOURCE})"),
    Attack("a pod's hint of earlier versions leaves out one container", OPEN, _annotated(**{".app/disable": "true"}),
           "major", "Filebeat collects nothing of it (Elastic, 'Hints based autodiscover' of 7.1, read 2026-11-30)"),
    Attack("names at Cloudflare by Bitnami's chart, whose proxy is on by default", OPEN,
           (release("oci://registry-1.docker.io/bitnamicharts/external-dns", {
               "provider": "cloudflare", "domainFilters": ["bank.ae"]}),),
           "critical", f"the vendor ends TLS abroad ({DNS})"),
    Attack("names at Cloudflare by a copy of Bitnami's chart", OPEN,
           (release("external-dns", {"provider": "cloudflare", "cloudflare": {"secretName": "cloudflare"}}),),
           "critical", f"the vendor ends TLS abroad ({DNS})"),
    Attack("a vault whose tokens are valid for ten years, in days", OPEN,
           (k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"vault.hcl": 'max_lease_ttl = "3650d"\n'}}),),
           "major", "a stolen token works for years (hashicorp/vault 03302d3 website/content/docs/configuration/"
           "index.mdx, read 2026-11-30)"),
    Attack("documents for every machine, several at once", RIGHTS,
           _action("ssm:CreateAssociationBatch", _arn("ssm", "*")),
           "critical", "commands as root on each machine (botocore 1.44.8, ssm, read 2026-11-30)"),
    Attack("commands in every sandbox of builds", RIGHTS,
           _action("codebuild:StartCommandExecution", _arn("codebuild", "sandbox/*")),
           "critical", "the role of each project (botocore 1.44.8, codebuild, read 2026-11-30)"),
    Attack("code in each workgroup of Athena", RIGHTS,
           _action("athena:StartCalculationExecution", _arn("athena", "workgroup/*")),
           "critical", "the role of each workgroup (botocore 1.44.8, athena, read 2026-11-30)"),
    Attack("a second factor that is switched off for every directory", RIGHTS,
           _action("ds:DisableRadius", _arn("ds", "directory/*")),
           "critical", "a password alone signs in (service authorization reference, iam-data, read 2026-11-30)"),
    Attack("sessions in the name of any user of a desktop", RIGHTS,
           _action("appstream:CreateStreamingURL", _arn("appstream", "*")),
           "critical", "the address signs in as the user (service authorization reference, iam-data, read 2026-11-30)"),
    Attack("keys of one's own for every user's repositories", RIGHTS,
           _action("iam:UploadSSHPublicKey", f"arn:aws:iam::{ME}:user/*"),
           "critical", "pushes in the name of others (service authorization reference, iam-data, read 2026-11-30)"),
    Attack("copies of shares that come from another server", ("FJ-IDN-109",),
           _action("datasync:UpdateLocationSmb", _arn("datasync", "location/*")),
           "major", "each copy is sent to a server of the caller (botocore 1.44.8, datasync, read 2026-11-30)"),
    Attack("a debugger of Node.js at the address of its pod", ("FJ-IDN-308",),
           (k8s("core/v1:Pod", {
               "metadata": meta(), "spec": pod({"args": ["node", "--inspect=$(POD_IP):9229", "app.js"]})}),),
           "critical", "whoever connects runs code (nodejs/nodejs.org 13b93ae apps/site/pages/en/learn/getting-started/"
           "debugging.md, read 2026-11-30)"),
    *(Attack(f"a forged {kind} of {group}", CROSSINGS, (crd(f"{group}/{version}:{kind}", spec),), "major",
             f"only {whose} writes it ({source}, read 2026-11-30)")
      for group, version, kind, spec, whose, source in (
          ("projectcalico.org", "v3", "BlockAffinity", {"node": "a", "cidr": "10.9.0.0/26", "state": "confirmed"},
           "Calico", CALICO),
          ("projectcalico.org", "v3", "IPAMBlock", {"cidr": "10.9.0.0/26"}, "Calico", CALICO),
          ("projectcalico.org", "v3", "IPAMHandle", {"handleID": "a"}, "Calico", CALICO),
          ("openreports.io", "v1alpha1", "Report", {}, "a controller of policies", KYVERNO),
          ("openreports.io", "v1alpha1", "ClusterReport", {}, "a controller of policies", KYVERNO),
          ("reports.kyverno.io", "v1", "EphemeralReport", {}, "Kyverno", KYVERNO),
          ("reports.kyverno.io", "v1", "ClusterEphemeralReport", {}, "Kyverno", KYVERNO),
      )),
    Attack("a class of Portworx that signs in with the secret of a team", CROSSINGS,
           (k8s("storage.k8s.io/v1:StorageClass", {
               "metadata": {"name": "x"}, "provisioner": "pxd.portworx.com",
               "parameters": {"openstorage.io/auth-secret-namespace": "payments", "repl": "3",
                              "openstorage.io/auth-secret-name": "px-user"}}),),
           "major", "each claim has the token of that team (documents of Portworx, found as strings, read 2026-11-30)"),
    Attack("a claim whose volume is encrypted with the secret of another team", CROSSINGS,
           (k8s("core/v1:PersistentVolumeClaim", {
               "metadata": meta("it", "team-a", annotations={
                   "px/secret-name": "keys", "px/secret-namespace": "payments", "px/secret-key": "k"}),
               "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "portworx",
                        "resources": {"requests": {"storage": "1Gi"}}}}),),
           "major", "the secret of others opens the volume (documents of Portworx, found as strings, read "
           "2026-11-30)"),
    Attack("an agent of a vault that gives its token to every caller", OPEN,
           (k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"agent.hcl": AGENT}}),),
           "critical", "whoever reaches the port reads what the agent may (openbao/openbao df6ce2c website/content/"
           "docs/agent-and-proxy/agent/apiproxy.mdx, read 2026-11-30)"),
)  # fmt: skip
