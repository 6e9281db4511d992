"""Resource policy of a shared file system. Pure."""

from collections.abc import Sequence

from falaj.components.aws.identity.iam_policies import EVERYONE, Statement, document


def file_policy(file_system: str, clients: Sequence[str]) -> str:
    """Returns an EFS file system policy: only the roles `clients` may mount the file system, through a mount target,
    over TLS and without root access. `file_system` is an ARN.

    Without a policy EFS allows access to every client that reaches a mount target (EFS User Guide, default file system
    policy).
    """
    return document(
        Statement(
            "ClientsMount",
            ("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"),
            (file_system,),
            {"AWS": list(clients)},
            {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}},
        ),
        Statement(
            "TlsOnly", ("*",), (file_system,), {"AWS": EVERYONE}, {"Bool": {"aws:SecureTransport": "false"}}, "Deny"
        ),
    )
