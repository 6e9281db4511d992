"""Fields of a container and its image that training runs and served models share. Pure."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from falaj.components.core.validation.args import Input, Spec, default
from falaj.components.core.validation.names import Subdomain
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.plaintext_secrets import is_plaintext_secret

Architecture = Annotated[str, TextForm(r"^(amd64|arm64)$", "amd64 or arm64", "amd64")]
"""A processor architecture, `amd64` or `arm64`."""

EnvironmentName = Annotated[
    str, TextForm(r"^[A-Z][A-Z0-9_]*$", "upper-case letters, digits and underscores, first a letter", "LOG_LEVEL")
]
"""Name of an environment variable."""

SecretKey = Annotated[
    str, TextForm(r"^[-._A-Za-z0-9]{1,253}$", "at most 253 letters, digits, dashes, dots and underscores", "token")
]
"""Name of a key of a Kubernetes Secret (ConfigMap and Secret keys, API validation of Kubernetes 1.36)."""


class SecretReference(Spec):
    """A key of an existing Kubernetes Secret. Its value is read when the pod starts, and is never part of a stack."""

    secret: Input[Subdomain]
    """Name of the Secret in the tenant's namespace. You create it, or an operator such as External Secrets does."""
    key: Input[SecretKey]
    """Key of the Secret that contains the value."""


class ContainerSpec(Spec):
    """Image, environment and secrets of a container."""

    architectures: Sequence[Architecture] = Field(default=("amd64",), min_length=1)
    """CPU architectures of the image: `amd64`, `arm64` or both; `amd64` only if absent."""
    pull_secrets: Sequence[Input[Subdomain]] = ()
    """Names of existing Secrets of type `kubernetes.io/dockerconfigjson` in the tenant's namespace, for images of a
    private registry. Not needed for the site's own registry on a cloud, which nodes read with their identity."""
    environment: Mapping[EnvironmentName, Input[str]] = default({})
    """Additional environment variables, in plain text. Values that look like a secret are refused: use `secrets`."""
    secrets: Mapping[EnvironmentName, SecretReference] = default({})
    """Environment variables whose values are in existing Secrets of the tenant's namespace."""

    @property
    def architecture_selector(self) -> dict[str, str]:
        """Node labels that the image requires; empty if it runs on every architecture."""
        return {"kubernetes.io/arch": self.architectures[0]} if len(set(self.architectures)) == 1 else {}

    @property
    def secret_variables(self) -> list[dict[str, Any]]:
        """Environment variables of the container that reference Secrets, with field names in Kubernetes' spelling."""
        return [
            {"name": name, "valueFrom": {"secretKeyRef": {"name": reference.secret, "key": reference.key}}}
            for name, reference in self.secrets.items()
        ]

    @property
    def pull_secret_references(self) -> list[dict[str, Input[str]]]:
        """References to the pull secrets, for a pod's `imagePullSecrets`."""
        return [{"name": name} for name in self.pull_secrets]


def environment_problems(spec: ContainerSpec, reserved: Collection[str]) -> Iterator[Problem]:
    """Yields the problems of the variables: reserved prefixes, names that are given twice, and plaintext secrets; and
    pull secrets that are given twice, since a server-side apply refuses two with one name (kubernetes/api 10b39a39
    core/v1/types.go, `imagePullSecrets` is a map by name, read 2026-11-29).

    No message contains the value of a variable that may be a secret.
    """
    for index, name in enumerate(spec.pull_secrets):
        if isinstance(name, str) and name in spec.pull_secrets[:index]:
            yield Problem(f"pull_secrets.{index}", name, "each name once", "remove it")
    for field, names in (("environment", spec.environment), ("secrets", spec.secrets)):
        for name in names:
            if name.startswith(tuple(reserved)):
                allowed = f"names that do not begin with {' or '.join(reserved)}"
                yield Problem(f"{field}.{name}", name, allowed, "choose another name")
    for name in sorted(spec.environment.keys() & spec.secrets.keys()):
        yield Problem(f"secrets.{name}", name, "a name that is not in `environment`", "remove one of the two")
    for name, value in spec.environment.items():
        if isinstance(value, str) and is_plaintext_secret(name, value):
            fix = f"create a Secret in the tenant's namespace, and reference it as `secrets.{name}`"
            yield Problem(f"environment.{name}", "a value that looks like a secret", "plain settings only", fix)
