"""Annotations of pods that the runtime of containers, its plug-ins or the network's plug-in obey."""

import re

OBEYED = re.compile(
    r"cdi\.k8s\.io/.*|(?:[\w-]+\.)+nri\.(?:io|containerd\.io)/.*"
    r"|io\.kubernetes\.cri-o\.(?!TTY$|Stdin)\w.*"
    r"|io\.katacontainers\.config\.(?!hypervisor\.default_(?:vcpus|max_vcpus|memory)$).*"
    r"|cni\.projectcalico\.org/(?:ipAddrsNoIpam|allowedSourcePrefixes|floatingIPs)"
)
"""Annotations that give a pod devices or directories of its node, another hypervisor, kernel, policy or seccomp
profile, or addresses of others: cncf-tags/container-device-interface "Container Runtime Configuration",
containerd/nri plugins device-injector and hook-injector, cri-o/cri-o "allowed_annotations", kata-containers "How to set
sandbox configuration by annotations" and projectcalico/calico "annotations", as known on 2026-11-29."""
