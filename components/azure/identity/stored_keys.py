"""The customer-managed key of a service that stores data."""

import pulumi

from falaj.components.azure.common.args import StoredResourceArgs
from falaj.components.azure.identity.existing_keys import KeyLookup
from falaj.components.azure.identity.keys import EncryptionKey, existing_key, new_key


def stored_key(name: str, args: StoredResourceArgs, parent: pulumi.Resource | None) -> EncryptionKey:
    """Returns the existing key that the arguments name, or creates one in the site's Key Vault."""
    if args.key_id is None:
        return new_key(f"{name}-key", args, name, parent)
    lookup = KeyLookup("key_id", args.key_id, granted_here=args.key_identity_id is None)
    return existing_key(f"{name}-key", args, lookup, parent)
