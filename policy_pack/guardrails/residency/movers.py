"""What a mover of data is: a property that says where a service sends or copies data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..engine.conditions import Condition
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, leaves, walk
from ..engine.verdicts import Verdict
from ..readers.address_keys import PROSE_KEYS, is_address_key, named_leaves
from ..readers.addresses import UNREADABLE, Address, addresses, urls

Read = Callable[[Plain], tuple[Address, ...]]
"""Returns the addresses in the value of a property."""

DATA_SHARE = "datashare"
"""Scheme of an address whose owner may copy data itself, so that its domain must be listed."""

_NO_ADDRESS_KEYS = PROSE_KEYS | {"audience", "audiences"}
"""Keys of texts for people, and of names of those for whom a token is made out, which are often addresses (RFC 7519,
4.1.3)."""


@dataclass(frozen=True)
class Mover:
    """Resource types whose property at `path` names a destination.

    A path that ends in `.**` stands for every address below it: the values of keys such as `host` and `serviceUrl`, and
    every text with a URL. `.**.key` stands for the values of one key. `domain` completes a name without a dot, such as
    that of a storage account. `when` limits the mover to resources in which all conditions hold. A resource is refused
    without any address if `needs_address` is true, because the destination is then in a place that no plan shows. If
    `may_be_source` is true, the plan decides whether data is sent there at all.
    """

    tokens: tuple[str, ...]
    path: str
    when: tuple[tuple[str, Condition], ...] = ()
    domain: str = ""
    read: Read = addresses
    needs_address: bool = False
    may_be_source: bool = False

    def destinations(self, resource: Resource) -> "Iterator[Destination]":
        """Yields the destinations of a resource, and one without a value if an address is needed and there is none."""
        if not all(self._holds(resource, path, condition) for path, condition in self.when):
            return
        found = list(self._destinations(resource))
        yield from found
        if self.needs_address and not found:
            yield Destination(self.path.removesuffix(".**"), MISSING, (UNREADABLE,))

    @staticmethod
    def _holds(resource: Resource, path: str, condition: Condition) -> bool:
        return all(condition.judge(value) is not Verdict.FAIL for _, value in walk(resource.props, path))

    def _destinations(self, resource: Resource) -> "Iterator[Destination]":
        start, below, key = self.path.partition(".**")
        for path, value in walk(resource.props, start):
            if not below or (value is UNKNOWN and not key):
                for leaf_path, _, leaf in leaves(value, path):
                    yield from self._destination(leaf_path, leaf, self.read)
            else:
                yield from self._addresses_below(path, value, key.removeprefix(".").lower())

    def _addresses_below(self, start: str, value: Plain, key: str) -> "Iterator[Destination]":
        """Yields the values of a key; if it is empty, those of all keys of addresses, and texts with URLs."""
        for path, name, leaf in named_leaves(from_json(value), start):
            if name.lower() == key if key else is_address_key(name):
                yield from self._destination(path, leaf, self.read)
            elif not key and leaf is not UNKNOWN and name not in _NO_ADDRESS_KEYS:
                yield from self._destination(path, leaf, urls)

    def _destination(self, path: str, value: Plain, read: Read) -> "Iterator[Destination]":
        if value is MISSING or value == "" or isinstance(value, bool):
            return
        text = f"{value}{self.domain}" if isinstance(value, str) and self.domain and "." not in value else value
        found = () if text is UNKNOWN else read(text)
        if found or value is UNKNOWN:
            yield Destination(path, value, found)


@dataclass(frozen=True)
class Destination:
    """The value of a property and the addresses in it, of which there are none if the value is UNKNOWN."""

    path: str
    value: Plain
    addresses: tuple[Address, ...]
