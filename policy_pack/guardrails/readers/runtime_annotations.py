"""Annotations of pods that the runtime of containers, its plug-ins or the network's plug-in obey."""

from ..engine.lazy_regex import lazy_regex

OBEYED = lazy_regex(
    r"cdi\.k8s\.io/.*"
    r"|(?!required-plugins\.)(?:[\w-]+\.)+(?:nri\.(?:io|containerd\.io)|noderesource\.dev)(?:/.*)?"
    r"|io\.kubernetes\.cri-o\.(?!TTY$|Stdin)\w.*|seccomp-profile\.kubernetes\.cri-o\.io(?:/.*)?"
    r"|(?!cpu-|irq-load-balancing\.|skip-gomaxprocs\.)[\w-]+\.crio\.io(?:/.*)?"
    r"|io\.katacontainers\.config\.(?!hypervisor\.default_(?:vcpus|max_vcpus|memory)$).*"
    r"|cni\.projectcalico\.org/(?:ipAddrsNoIpam|allowedSourcePrefixes|floatingIPs)"
)
"""Annotations that give a pod devices or directories of its node, another hypervisor, kernel, policy or seccomp
profile, or addresses of others: cncf-tags/container-device-interface 05ae4b5 (pkg/cdi/annotations.go), containerd/nri
8ec8b28 (plugins: the name of a plug-in alone counts for the pod), cri-o/cri-o f954a17e (pkg/annotations/v2, with the
former names; those of processors and interrupts are of speed only), kata-containers 7c6ba40c (docs/how-to,
how-to-set-sandbox-config-kata.md), and projectcalico/calico 87c15906 (cni-plugin/pkg/k8s/k8s.go); read 2026-11-29."""
