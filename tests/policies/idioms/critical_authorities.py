"""Good programs beside the attacks by authorities of the program (2026-12-03)."""

from ..attacks.critical_authorities import TOML, node, provider
from ..attacks.critical_authorities_admins import partner, searches
from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .aws_platform import BUDGET

BOTTLEROCKET = "bottlerocket.dev/en/os/latest/api/settings/pki"
OWN = {"escape": {"allowed_switches": {
    "aws:ec2/launchTemplate:LaunchTemplate:userData": "the authority of the proxy of the bank"}}}  # fmt: skip
DIGEST = "sha256:" + "a" * 64


def with_own_trust() -> Given:
    """Returns a job that knows an authority of the bank in its own container."""
    container = {
        "name": "load", "image": f"123456789012.dkr.ecr.me-central-1.amazonaws.com/load@{DIGEST}",
        "command": ["/bin/sh", "-c", "cp /etc/bank/ca.crt $HOME/ca.crt && exec /app/load --ca $HOME/ca.crt"],
        "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "runAsNonRoot": True,
                            "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}},
        "resources": {"requests": {"cpu": "100m", "memory": "64Mi"}, "limits": {"cpu": "1", "memory": "128Mi"}},
        "volumeMounts": [{"name": "ca", "mountPath": "/etc/bank", "readOnly": True}]}  # fmt: skip
    return k8s("batch/v1:Job", {"metadata": meta("load"), "spec": {
        "backoffLimit": 2, "ttlSecondsAfterFinished": 3600, "activeDeadlineSeconds": 600, "template": {
            "metadata": {"labels": TAGS}, "spec": {
                "restartPolicy": "Never", "automountServiceAccountToken": False, "serviceAccountName": "load",
                "volumes": [{"name": "ca", "configMap": {"name": "authorities"}}], "containers": [container]}}}},
        "load")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a provider reads the authorities of the machine of the pipeline", (
        provider(customCaBundle="/etc/ssl/certs/ca-certificates.crt"),), "pulumi.com/registry/packages/aws"),
    Idiom("nodes of Bottlerocket believe an authority no more", (BUDGET, *node(TOML.replace(
        "trusted = true", "trusted = false"))), BOTTLEROCKET),
    Idiom("nodes believe the authority of the bank, which the team lists", (BUDGET, *node(TOML)), BOTTLEROCKET, OWN),
    Idiom("a program believes the authority of the bank in its own container", (with_own_trust(),),
          "kubernetes.io/docs/concepts/configuration/configmap"),
    Idiom("nodes with a script of their own", (BUDGET, *node(
        "#!/bin/sh\nsysctl -w vm.max_map_count=262144\nsystemctl restart trust-report\n")),
        "docs.aws.amazon.com/eks/latest/userguide/launch-templates.html"),
    Idiom("nodes with a script that leaves authorities to their image", (BUDGET, *node(
        "#!/bin/sh\n# the image has the authority of the bank: update-ca-trust ran there\nls /etc/pki/tls/certs\n"
        "echo trusted=true > /run/report\n")), "docs.aws.amazon.com/eks/latest/userguide/launch-templates.html"),
    Idiom("nodes install the authorities of their distribution", (BUDGET, *node(
        "#!/bin/sh\napt-get update && apt-get install -y ca-certificates chrony && update-ca-certificates\n")),
        "docs.aws.amazon.com/eks/latest/userguide/launch-templates.html"),
    Idiom("a partner reads and writes in one container by a key", partner("rwdlc", allowAclAuthorization=False),
          "learn.microsoft.com/azure/storage/blobs/secure-file-transfer-protocol-support-authorize-access"),
    *(Idiom(f"members of one group administer the searches: {group}", searches({"masterBackendRole": group}),
            "docs.aws.amazon.com/opensearch-service/latest/developerguide/saml.html")
      for group in ("search-admins", "platform-users-admins", "staff-engineers")),
)  # fmt: skip
