"""The digest by which a program is known: of what it says, of the type of its resource, and of its place there."""

import hashlib

from .program_forms import canonical, canonical_json
from .program_texts import Program


def digest_of(program: Program) -> str:
    """Returns the SHA-256 of a program with its type and its path without indices: the same text elsewhere is another
    program, since another service reads it."""
    content = [program.type, list(program.steps), canonical(program.steps[-1], program.value)]
    return hashlib.sha256(canonical_json(content)).hexdigest()
