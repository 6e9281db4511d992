"""The passphrase of the sandbox. It is public, and encrypts the state of emulated clouds, no secret of a stack."""

SANDBOX_PASSPHRASE = "falaj-sandbox"  # noqa: S105 (public)
