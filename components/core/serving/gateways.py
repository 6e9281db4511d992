"""Where requests come in: which gateway a service is behind."""

from typing import Annotated, NotRequired, TypedDict

from pydantic import StringConstraints

from falaj.components.core.validation.args import Checked
from falaj.components.core.validation.names import Label

Domain = Annotated[str, StringConstraints(pattern=r"^(\*\.)?([a-z0-9]([-a-z0-9]*[a-z0-9])?\.)+[a-z]{2,}$")]
"""A name in DNS that a gateway answers, or all names below one."""

GATEWAY_NAMESPACE = "falaj-gateway"
"""Where the gateway is, unless somebody says another namespace."""

LISTENER = "https"
"""Name of the listener that services are reached through."""


class GatewaySpec(TypedDict):
    """A gateway that is there."""

    name: str
    """Its name."""
    namespace: str
    """Its namespace."""
    from_namespace: NotRequired[str]
    """Namespace of the pods that pass requests on; the gateway's own if absent."""


class CheckedGateway(Checked):
    """The validated form of `GatewaySpec`."""

    name: Label
    namespace: Label
    from_namespace: Label | None = None

    @property
    def sender(self) -> str:
        """Namespace that requests come from."""
        return self.from_namespace or self.namespace
