"""Paths in objects of Kubernetes of names in the form of a domain, to which nothing is sent.

Keys of labels and taints, names of objects, of webhooks and of drivers begin with a domain that nobody calls
(kubernetes.io, "Labels and Selectors", as known). A field of one's own pod is read by its path (kubernetes/api 10b39a39
core/v1/types.go, ObjectFieldSelector), an iSCSI target by a name beside its address (ISCSIVolumeSource), and devices
are compared by attributes (resource/v1/types.go, DeviceConstraint). Who leads among copies of a controller is decided
by the name of a Lease (kubernetes-sigs/controller-runtime, `leaderElection.resourceName`, as known). Topologies, groups
of pods, queues and lists of patches name labels, kinds of devices and controllers (kubernetes-sigs/kueue ff69552e,
Topology and ClusterQueue; kubernetes-sigs/jobset 08dfbdfd, examples of PodGroup; kubeflow/trainer 8c0f5059,
`runtimePatches`). Read 2026-11-30.
"""

import re

_NAMES = re.compile(
    r"^metadata\.(?:name|generateName)$|^webhooks\[\d+\]\.name$"
    r"|\.fieldRef\.fieldPath$"
    r"|\.(?:tolerations|taints|startupTaints)\[\d+\]\.key$"
    r"|\.(?:match|distinct)Attribute$|\.selectors\[\d+\]\.cel\.expression$"
    r"|\.draResources\[\d+\]\.claimCreationSpec\.devices\[\d+\]\.(?:driverName|celExpressions\[\d+\])$"
    r"|\.(?:match(?:Expressions|Fields)|requirements)\[\d+\]\.key$|\.(?:mis)?matchLabelKeys\[\d+\]$"
    r"|\.iscsi\.(?:iqn|initiatorName)$"
    r"|\.leaderElection\.resource(?:ID|Name)$"
    r"|\.levels\[\d+\]\.nodeLabel$|\.schedulingConstraints\.topology\[\d+\]\.key$"
    r"|\.resourceGroups\[\d+\]\.flavors\[\d+\]\.resources\[\d+\]\.name$|\.runtimePatches\[\d+\]\.manager$"
)
"""Paths of names. An expression that selects devices compares names of drivers (CEL calls nothing; kubernetes.io,
"Dynamic Resource Allocation", read 2026-11-28; those of services of NIM, NVIDIA/k8s-nim-operator, its CRD of
NIMService, `draResources`)."""
_ANNOTATIONS = re.compile(
    r"metadata\.annotations\.(?:api-approved\.kubernetes\.io|artifacthub\.io/|falaj/hosts$|meta\.helm\.sh/|kubectl\.kubernetes\.io/"
    r"|(?:kueue\.x-k8s\.io|leaderworkerset\.sigs\.k8s\.io|alpha\.jobset\.sigs\.k8s\.io)/[\w-]*topology$"
    r"|.*(?:homepage|documentation(?:-url)?|docs|source|link|links|runbook[_-]url|support-url)$)"
)
"""Annotations that refer people to a page, and those of the schedulers of groups, whose values are the keys of labels
(kubernetes-sigs/kueue ff69552e `podset-required-topology`, kubernetes-sigs/lws 060ab4da `exclusive-topology` and
kubernetes-sigs/jobset 08dfbdfd; read 2026-11-29)."""

_PAIR = r"(?:[a-z0-9][a-z0-9.-]{0,252}/)?[\w-]{1,63}=[\w$(){}-]{0,99}"
_LABELS = re.compile(rf"[\w-]{{1,63}}=[\w$(){{}}-]{{0,99}}(?:[ ,]{{1,3}}{_PAIR}){{1,9}}", re.IGNORECASE)
"""Labels by which pods are found, as one text with a plain one first, such as `component=engine serving.example/of=a`
(sgl-project/ome 17b77eda config/runtimes, read 2026-11-30). A value with a dot is none: it may be a host."""


def has_labels(text: str) -> bool:
    """Returns whether a text is a list of labels, whose prefixes are domains that nobody calls."""
    return _LABELS.fullmatch(text.strip()) is not None


def is_object_name(path: str) -> bool:
    """Returns whether the property at a path names something of a cluster, or a page for people."""
    return _NAMES.search(path) is not None or _ANNOTATIONS.search(path) is not None
