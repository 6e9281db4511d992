"""Memories of an assistant that lie in one namespace for everybody who talks to it.

Long-term memories are kept and found by namespace, and `{actorId}` and `{sessionId}` in its template keep those of one
user, or of one talk, apart from the others (Amazon Bedrock AgentCore, "Memory organization", read 2026-12-02; a
template without them is shared across all actors). Public programs have one of the two (found as a string on
2026-12-02). What is for all says so by its name, as segments of networks do; which words count was decided here.
Properties by pulumi-aws 7.51.1.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource, each_item, walk
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_STRATEGY = aws("bedrock/AgentcoreMemoryStrategy")
_PATHS = ("namespaceTemplates", "namespaces")
_OF_ONE = lazy_regex(r"\{(?:actorId|sessionId)\}")
_FOR_ALL = lazy_regex(
    r"shared?|common|global|team|organi[sz]ation|public|knowledge|products?|domain|company|runbooks?", re.IGNORECASE
)


def check_shared_memories(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each namespace in which memories of all users lie, and whose name does not say so."""
    for key in _PATHS if resource.type in _STRATEGY else ():
        for path, value in each_item(walk(resource.props, key)):
            if isinstance(value, str) and not _OF_ONE.search(value) and not _FOR_ALL.search(value):
                text = f"{path} has memories of all users: add {{actorId}} or {{sessionId}}, or name what is for all"
                yield failed(text, path)
