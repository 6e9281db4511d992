"""Sources of Helm charts and container images, shared by settings and components."""

from typing import Annotated

from falaj.components.core.validation.args import Input, Spec
from falaj.components.core.validation.text_forms import TextForm

_LABEL, _PORT = r"[a-z0-9]([a-z0-9-]*[a-z0-9])?", r":[0-9]{1,5}"
_HOST = rf"(localhost|{_LABEL}{_PORT}|{_LABEL}(\.{_LABEL})+({_PORT})?)"
"""A container runtime takes a first part that is not `localhost` and has neither dot nor port for a user of Docker Hub
(distribution/reference 4ca14034, normalize.go, read 2026-11-28)."""
_REGISTRY = rf"^{_HOST}(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$"

RegistryAddress = Annotated[
    str,
    TextForm(
        _REGISTRY,
        "the host of a registry in lower case, with a dot or a port, without a scheme, and optionally a path",
        "registry.example.ae/mirror",
        max_length=255,
    ),
]
"""Host of a container registry, without a scheme, and optionally a path in it: `registry.example.ae/mirror`."""

ChartRepository = Annotated[
    str, TextForm(r"^oci://\S+$", "a folder of an OCI registry", "oci://registry.example.ae/charts")
]
"""Folder of a registry with Helm charts, `oci://...`."""


class ImageSource(Spec):
    """Source of third-party container images."""

    image_mirror: Input[RegistryAddress] | None = None
    """Registry and prefix of mirrored third-party images, `registry/prefix`, such as for a site without egress. Images
    keep their upstream paths. Default: the upstream registries."""


class ChartSource(Spec):
    """Source of Helm charts."""

    chart_repository: Input[ChartRepository] | None = None
    """Folder of your own registry with the Helm charts, `oci://...`. Default: the upstream repositories."""
