"""Policies of API Management whose checks a caller avoids, as `readers.api_guards` says."""

from collections.abc import Iterator

from ..engine.reading import Resource
from ..engine.verdicts import Outcome, failed
from ..readers.api_guards import checks_every_caller, counts_callers, ends_tokens, proves_certificates


def check_api_guards(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for a policy in which a caller chooses not to be checked, is counted anew at each call, or goes
    on with what was refused."""
    value = resource.get("value")
    if not isinstance(value, str):
        return
    if not checks_every_caller(value):
        yield failed("value checks tokens in one branch of choose, and a header or a parameter chooses another: check "
                     "them before choose, or answer with return-response", "value")  # fmt: skip
    if not counts_callers(value):
        yield failed("value counts calls under a key that is new for each of them, or not at all: count by "
                     "subscription, token or address", "value")  # fmt: skip
    if not ends_tokens(value):
        yield failed("value accepts tokens more than an hour after they ended: leave out clock-skew of validate-jwt, "
                     "or set some minutes", "value")  # fmt: skip
    if not proves_certificates(value):
        yield failed("value lets callers in whose certificate proves nothing: leave out ignore-error, validate-trust "
                     "and validate-not-after of validate-client-certificate, or name thumbprints", "value")  # fmt: skip
