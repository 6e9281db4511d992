"""Names of inference services."""

from typing import Annotated

from falaj.components.core.validation.text_forms import TextForm

ObjectName = Annotated[
    str,
    TextForm(
        r"^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$",
        "at most 40 lower-case letters, digits and dashes, first a letter, last no dash",
        "sentiment",
    ),
]
"""Name of a service, at most 40 characters, so that names with suffixes stay within Kubernetes' limit of 63."""


def variant_name(service: str, variant: str) -> str:
    """Returns the name of the Kubernetes objects of an experiment's variant."""
    return f"{service}-{variant}"


def object_name(path: str) -> str:
    """Returns the name of the Kubernetes objects of a served model: `services.NAME`, or `experiments.NAME.VARIANT`."""
    _, service, *variant = path.split(".")
    return variant_name(service, variant[0]) if variant else service


Host = Annotated[
    str,
    TextForm(
        r"^([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$",
        "a fully qualified DNS name in lower case, without wildcard",
        "sentiment.example.ae",
        max_length=253,
    ),
]
"""A fully qualified DNS name, without wildcard."""
