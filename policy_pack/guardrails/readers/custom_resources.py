"""Tells custom resources, whose controllers make pods and services of what their spec says, from other objects.

Group by group: those of Kubernetes itself are none, but for `resource.k8s.io`, whose claims carry parameters of
drivers; those of its subprojects (`*.x-k8s.io`, Gateway API, snapshots) are custom resources, and so are SealedSecrets,
whose template is plain text. Charts have rules of their own. Patterns of policies (Kyverno, and Gatekeeper's templates,
constraints and mutations) create nothing and may have the shape of what they refuse; the other kinds of Gatekeeper,
such as its providers of data, are programs' settings like those of any operator.
"""

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource

_OF_KUBERNETES = (
    "admissionregistration", "apiextensions", "apiregistration", "authentication", "authorization", "certificates",
    "coordination", "discovery", "events", r"flowcontrol\.apiserver", r"internal\.apiserver", "networking", "node",
    r"rbac\.authorization", "scheduling", "storage", "storagemigration", r"(?:(?:custom|external)\.)?metrics",
)  # fmt: skip
"""Groups of the API server itself, before `.k8s.io` (kubernetes/api 10b39a39, read 2026-11-29), and of those beside it;
resource.k8s.io, whose objects hold settings of drivers, counts as one of a project."""
_CUSTOM = lazy_regex(
    rf"kubernetes:(?!(?:{'|'.join(_OF_KUBERNETES)})\.k8s\.io/|helm\.sh/|(?:[\w-]+\.)*kyverno\.io/"
    r"|(?:templates|constraints|mutations)\.gatekeeper\.sh/)[\w-]+(?:\.[\w-]+)+/"
)


def is_custom(resource: Resource) -> bool:
    """Returns whether a resource is a custom resource of a project."""
    return _CUSTOM.match(resource.type) is not None
