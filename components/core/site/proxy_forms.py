"""Forms of texts in the settings of HTTP proxies."""

from typing import Annotated

from falaj.components.core.validation.text_forms import TextForm

NoProxyEntry = Annotated[
    str, TextForm(r"^[A-Za-z0-9.*/:-]+$", "a host, a domain, an address or a block", ".example.ae", 253)
]
"""What is reached without a proxy: a host, a domain such as `.example.ae`, an address or a block."""
