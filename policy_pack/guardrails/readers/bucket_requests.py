"""Requests to S3 behind API Gateway that manage buckets: what the method, the path and the names of the query say.

Amazon S3 API Reference, by the requests of botocore 1.44.8 (s3 service-2.json, `http`): a query without a value names a
part of the bucket or object, as `?policy` does, and PUT and DELETE of a bucket's own path create and delete it; read
2026-11-30.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain

_OF_OBJECTS = frozenset({
    "uploads", "uploadid", "partnumber", "versionid", "tagging", "delete", "select", "select-type", "x-id",
    "renameobject",
})  # fmt: skip
"""Names of the query of requests that write objects, in lower case."""
_QUERY, _HEADER = "integration.request.querystring.", "integration.request.header."
_GRANTS = lazy_regex(r"x-amz-(?:acl|grant-[\w-]{1,40})", re.IGNORECASE)
_OWN = frozenset({"private", "bucket-owner-full-control", "bucket-owner-read"})
_READING = frozenset({"get", "head"})
_LONGEST = 2_000
"""Characters of a path that are read."""


def management_of_buckets(method: str, path: str, given: Mapping[str, Plain]) -> Iterator[str]:
    """Yields what a request to S3 does to a bucket or to who reads it.

    Args:
        method: Method of the request, as it is written.
        path: What follows `s3:path/` in the URI of the integration.
        given: Parameters of the request by their names, such as `integration.request.header.x-amz-acl`.
    """
    if method.strip().lower() in _READING:
        return
    way, _, query = path[:_LONGEST].partition("?")
    names = [item.partition("=")[0] for item in query.split("&") if item]
    names += [name[len(_QUERY):] for name in given if name.lower().startswith(_QUERY)]  # fmt: skip
    yield from (
        f"changes {name[:80]} of a bucket" for name in dict.fromkeys(names) if name.strip().lower() not in _OF_OBJECTS
    )
    if not names and "/" not in way.strip("/") and method.strip().lower() in ("put", "delete"):
        yield "creates or deletes a bucket"
    for name, value in given.items():
        header = name[len(_HEADER):] if name.lower().startswith(_HEADER) else ""  # fmt: skip
        if _GRANTS.fullmatch(header) and str(value).strip(" '\"").lower() not in _OWN:
            yield f"says with {header} who reads an object"
