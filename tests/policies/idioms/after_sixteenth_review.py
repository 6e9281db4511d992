"""Good neighbours of the first evasions of the rules that followed the sixteenth set.

Written on 2026-11-30 beside `attacks/after_sixteenth_review.py`.
"""

from ..attacks.after_sixteenth_programs import _file, _program
from ..attacks.after_sixteenth_review import _permit, _role, _tuning
from ..blind import TAGS, aws, k8s
from ..harness import UNKNOWN, Given
from . import Idiom

ADVERTISED = {"advertisements": [{"advertisementType": "Service", "service": {"addresses": ["ClusterIP"]}}]}

IDIOMS = (
    Idiom("a role reads rules of firewalls by a pattern", _role("Microsoft.Network/firewallPolicies/*/read"),
          "Azure permissions reference"),
    Idiom("a tuning with few trials by a parameter", _tuning({"Get": "Parameters.N"}, 4, 8),
          "SageMaker, pipeline definitions"),
    Idiom("a record leads to another name of its zone", (
        aws("route53/Zone", {"name": "bank.ae", "tags": TAGS}, "zone"),
        Given("aws:route53/record:Record", {
            "zoneId": UNKNOWN, "name": "www.bank.ae", "type": "CNAME", "ttl": 60, "records": ["edge.bank.ae"]},
            "record", links={"zoneId": ("zone",)})), "Amazon Route 53, records"),
    Idiom("an empty switch of a program is its default", _file("app.env", "SSL_VERIFY=\nMODE=fast\n"),
          "a file of variables"),
    Idiom("pip trusts the mirror beside it", _file("pip.conf", "[global]\ntrusted-host = nexus\ntimeout = 60\n"),
          "pip, configuration"),
    Idiom("a way to sign in is chosen", _program("tool", AUTH_TYPE="oidc", AUTH="ldap"), "a program's variables"),
    Idiom("a permit compares two attributes", _permit("context.idp.team == context.device.team"),
          "AWS Verified Access, policies"),
    Idiom("an advertisement of addresses without a selector advertises none", (
        k8s("cilium.io/v2:CiliumBGPAdvertisement", {
            "metadata": {"name": "later", "labels": TAGS}, "spec": ADVERTISED}),), "Cilium, CiliumBGPAdvertisement"),
    Idiom("a class of NFS of an array of one's own", (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "array", "labels": TAGS}, "provisioner": "csi-powerstore.dellemc.com",
        "parameters": {"fsType": "nfs", "arrayID": "PS1"}, "reclaimPolicy": "Retain",
        "volumeBindingMode": "WaitForFirstConsumer"}),), "Dell, CSI driver for PowerStore"),
)  # fmt: skip
