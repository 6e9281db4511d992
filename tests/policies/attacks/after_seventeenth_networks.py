"""More attacks of the families of the seventeenth set on clusters: ways out of the cluster and around a mesh that pods
choose by annotations, and entries that send callers to plain text.

Written on 2026-11-30 beside the rules that refuse the set; annotations as in the sources of those rules, which were
read on that day.
"""

from ..blind import k8s, meta
from ..harness import Given
from . import Attack
from .after_seventeenth_objects import ENTRY, INGRESS, NGINX
from .after_sixteenth_objects import annotated_pods


def _attack(name: str, plan: tuple[Given, ...], harm: str) -> Attack:
    return Attack(name, ("FJ-ESC-115", "FJ-IDN-313"), plan, "major", harm)


ATTACKS = (
    _attack("a pod of a team is the way out for payments",
            annotated_pods({
                "k8s.ovn.org/routing-namespaces": "payments", "k8s.ovn.org/routing-network": "default/out"}),
            "the pod reads and changes what leaves the cluster"),
    _attack("a pod sends what it says through a machine of a team",
            annotated_pods({"ovn.kubernetes.io/north_gateway": "10.20.0.9"}),
            "the machine reads what leaves the cluster, past its firewall"),
    _attack("callers reach a program past the proxy of Kuma",
            annotated_pods({"kuma.io/transparent-proxying": "disabled"}), "no policy of the mesh is asked"),
    _attack("what a program sends to a port goes past the proxy of Kuma",
            annotated_pods({"traffic.kuma.io/exclude-outbound-ports": "9000"}), "no policy of the mesh is asked"),
    _attack("a program is outside the mesh of Consul",
            annotated_pods({"consul.hashicorp.com/connect-inject": "false"}), "no right of the mesh is asked"),
    _attack("a pod has its own way to every address", annotated_pods({
        "ovn.kubernetes.io/routes": '[{"dst": "0.0.0.0/0", "gw": "10.20.0.9"}]'}),
            "the machine reads what leaves the cluster, past its firewall"),
    _attack("callers of an entry are sent to plain text", (
        k8s("networking.k8s.io/v1:Ingress", {"metadata": meta("pay", annotations={
            **ENTRY, f"{NGINX}/permanent-redirect": "http://pay.example.ae$request_uri"}), "spec": INGRESS}, "pay"),),
            "whoever is in between reads what callers send"),
)  # fmt: skip
