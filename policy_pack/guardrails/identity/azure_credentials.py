"""Subjects of federated credentials of Azure.

A credential compares the issuer, the subject and the audience of a token as whole texts, and no other claim (Microsoft
Learn, "Workload identity federation", its note on case, in a copy, read 2026-12-02), so the subject alone says whose
token it is. Of an issuer that many organisations share it must name the repository or the project: at GitHub the owner
of a repository says of which claims its subjects are made, and one of them may stand alone, such as
`environment:production` (docs.github.com/en/actions/reference/security/oidc, "Customizing the subject claims", read
2026-12-02). Forms of subjects that name their tenant are those of `falaj.facts.oidc_issuers`.
"""

from collections.abc import Iterator

from falaj.facts.oidc_issuers import claims_of

from ..engine.reading import Resource
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.shared_namespaces import DEFAULT_ACCOUNT

CREDENTIAL = azure("managedidentity:FederatedIdentityCredential")
_CLAIM = "sub"


def check_subject(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcome for the subject of a credential."""
    subject = resource.get("subject")
    if not isinstance(subject, str):
        return
    if "*" in subject or "?" in subject or not subject.strip():
        yield failed("subject has a wildcard", "subject")
    elif subject.lower().endswith(":pull_request"):
        yield failed("subject is every pull request, whose author may change the workflow", "subject")
    elif DEFAULT_ACCOUNT.fullmatch(subject.strip()):
        yield failed("subject is the service account of every pod that names none", "subject")
    elif example := _form_of_tenant(resource.get("issuer"), subject.strip()):
        yield failed(f"subject says nothing of whose token it is: write it like {example}", "subject")
    else:
        yield passed()


def _form_of_tenant(issuer: object, subject: str) -> str:
    """Returns an example of a subject that names its tenant, if the issuer has many and this subject names none."""
    name = issuer.strip().lower().removeprefix("https://").rstrip("/") if isinstance(issuer, str) else ""
    forms = [claim for claim in claims_of(name) if claim.claim == _CLAIM]
    return "" if not forms or any(form.values.fullmatch(subject) for form in forms) else forms[0].example
