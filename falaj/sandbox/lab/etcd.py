"""etcd of the laboratory, and how its only client, the API server, reaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from falaj.sandbox.lab.certificates import ADDRESS

if TYPE_CHECKING:
    from falaj.sandbox.lab.services import LabContext


def arguments(context: LabContext) -> list[str]:
    """Returns the options of etcd."""
    keys = context.certificates
    client, peer = (f"https://{ADDRESS}:{context.ports[name]}" for name in ("etcd", "etcd-peer"))
    return [
        f"--data-dir={context.folder / 'etcd'}",
        f"--listen-client-urls={client}",
        f"--advertise-client-urls={client}",
        f"--listen-peer-urls={peer}",
        f"--initial-advertise-peer-urls={peer}",
        f"--initial-cluster=default={peer}",
        # Who has a connection to etcd has all objects and secrets: it answers the API server only (etcd.io, Transport
        # security model, v3.6).
        *(
            f"--{part}{option}"
            for part in ("", "peer-")
            for option in (
                f"cert-file={keys.store.certificate}",
                f"key-file={keys.store.key}",
                f"trusted-ca-file={keys.store_authority.certificate}",
                "client-cert-auth",
            )
        ),
        # The laboratory need not survive a power loss, and the disk is its slowest part.
        "--unsafe-no-fsync",
        "--log-level=warn",
    ]


def client_arguments(context: LabContext) -> list[str]:
    """Returns the options of the API server."""
    keys = context.certificates
    return [
        f"--etcd-servers=https://{ADDRESS}:{context.ports['etcd']}",
        f"--etcd-cafile={keys.store_authority.certificate}",
        f"--etcd-certfile={keys.store.certificate}",
        f"--etcd-keyfile={keys.store.key}",
    ]
