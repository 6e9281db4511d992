"""Policies of API Management whose checks a caller avoids, as `readers.api_guards` says."""

from collections.abc import Iterator

from ..engine.reading import Resource
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed
from ..readers import api_guards
from ..readers.api_callers import checks_tokens_of_callers, keeps_accounts, refuses_after_errors
from ..readers.api_guards import checks_every_caller, counts_callers, ends_tokens, proves_certificates
from ..readers.api_secrets import keeps_its_secrets
from ..readers.api_statements import binds_values

_WITHOUT_SCOPE_ABOVE = azure(*(
    f"apimanagement:{kind}"
    for kind in ("Policy", "PolicyFragment", "WorkspacePolicyFragment", "GraphQLApiResolverPolicy")
))  # fmt: skip
"""Policies of the service, and those without sections."""


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
    if not binds_values(value):
        yield failed("value puts an expression into a statement of a database: give it as a parameter", "value")
    yield from _check_callers(value)
    yield from _check_sections(resource, value)


def _check_callers(value: str) -> Iterator[Outcome]:
    if not checks_tokens_of_callers(value):
        yield failed("value checks a token that is not the caller's: let token-value read the request, or leave it out",
                     "value")  # fmt: skip
    if not refuses_after_errors(value):
        yield failed("value answers after an error what a service says, to callers whose check failed too: answer "
                     "with a status, or only where LastError.Source is forward-request", "value")  # fmt: skip
    if not keeps_accounts(value):
        yield failed("value writes an account that stands in it into requests, so that payments go there", "value")


def _check_sections(resource: Resource, value: str) -> Iterator[Outcome]:
    if not api_guards.checks_before(value):
        yield failed("value checks callers in outbound or on-error, when the service has done what they asked: check "
                     "them in inbound", "value")  # fmt: skip
    if resource.type not in _WITHOUT_SCOPE_ABOVE and not api_guards.inherits_checks(value):
        yield failed("value leaves out what the policies above check: put base first in inbound, or check callers "
                     "there", "value")  # fmt: skip
    if not api_guards.keeps_its_tokens(value):
        yield failed("value gives callers a token of the gateway's identity: send it to other services only", "value")
    if not keeps_its_secrets(value):
        yield failed("value gives callers the secret of a named value: send it to other services only", "value")
    if not api_guards.records_no_tokens(value):
        yield failed("value writes tokens or keys of callers into records: write the subject of the token", "value")
    if not api_guards.records_no_contents(value):
        yield failed("value writes what callers send or get into records: write single fields of it", "value")
    if not api_guards.opens_no_vault(value):
        yield failed("value sends requests of callers to a vault as the gateway: get one secret with send-request, or "
                     "keep it as a named value", "value")  # fmt: skip
    if not api_guards.keeps_values_apart(value):
        yield failed("value keeps an answer under a key that every caller has: put the user or the subscription into "
                     "the key of cache-store-value or vary-by, or use cache-store", "value")  # fmt: skip
