"""Vendors that a setting names by a word instead of an address: callbacks of gateways of models, trackers of trainings,
exporters and outputs of collectors, receivers of alerts and notices.

`data/vendor_words.csv` has a row a word. `form` says what is read: `value`, the value of a setting whose name is
`where`; `path`, the value at a path with `where`; `text`, any text; `model`, the model of a gateway below `where`.
Names are compared in lower case without separators. `elsewhere` are names of settings of another address, in the same
resource or another of the plan, which FJ-RES-003 evaluates. Each row has the document or the source of the program,
with its commit or version. None of the vendors' own services is in the country.
Another resource of the plan sets the address only if it reads the text, or the text's program reads it: an unrelated
one says nothing of where the word leads.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

from ..engine.data_folder import DATA
from ..engine.families import residency_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.arguments import leaves_and_arguments
from ..readers.beside import is_beside
from ..readers.chart_defaults import check_chart_defaults
from ..readers.expressions import Expression, ExpressionIndex
from ..readers.known_later import resolve_from
from ..readers.leaf_cache import cached_by_leaf, cached_by_text
from ..readers.referenced_charts import with_references
from ..readers.texts import Leaf


@dataclass(frozen=True, slots=True)
class VendorWord:
    """A word that stands for a vendor, and the settings that give another address."""

    form: str
    """`value`, `path`, `text` or `model`."""
    where: re.Pattern[str]
    """The setting's name or path."""
    word: Expression
    """The values that name the vendor."""
    vendor: str
    """The vendor, with its host where that is one."""
    elsewhere: re.Pattern[str] | None
    """Names of settings of another address; None if there is none."""

    def is_in(self, value: str) -> bool:
        """Returns whether a value has the word."""
        return (self.word.search(value) if self.form == "text" else self.word.fullmatch(value)) is not None

    def is_for(self, leaf: Leaf) -> bool:
        """Returns whether the word names the vendor at the place of a setting."""
        if self.form == "text":
            return True
        if self.form == "path":
            return self.where.search(leaf.path) is not None
        if self.form == "model":
            return _plain(leaf.key) == "model" and self.where.search(_plain(leaf.path)) is not None
        return self.where.fullmatch(_plain(leaf.key)) is not None

    def names_vendor(self, leaf: Leaf) -> bool:
        """Returns whether a setting names the vendor."""
        return self.is_in(str(leaf.value).strip()) and self.is_for(leaf)

    def is_elsewhere(self, leaves: Iterable[Leaf], beside: str = "") -> bool:
        """Returns whether a setting gives another address, among those below a path if one is given."""
        if self.elsewhere is None:
            return False
        pattern = self.elsewhere
        return any(pattern.fullmatch(name) for leaf in leaves if leaf.path.startswith(beside) for name in _names(leaf))


@cached_by_text
def _plain(name: str) -> str:
    """Returns a name in lower case without separators: `--report-to` and `report_to` are one."""
    return re.sub(r"[\W_]", "", name).lower()


def _names(leaf: Leaf) -> tuple[str, ...]:
    """Returns the names under which a leaf sets a value: its key, or the name of an item whose value is elsewhere."""
    is_listed = leaf.key in ("name", "Name") and leaf.path.endswith((".name", ".Name"))
    return (_plain(leaf.key), _plain(str(leaf.value))) if is_listed else (_plain(leaf.key),)


@cache
def vendor_words() -> tuple[VendorWord, ...]:
    """Returns the reviewed words."""
    with (DATA / "vendor_words.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_vendor_word(row) for row in csv.DictReader(file))


def _vendor_word(row: dict[str, str]) -> VendorWord:
    return VendorWord(
        form=row["form"],
        where=lazy_regex(row["where"], re.IGNORECASE),
        word=Expression(row["word"], re.IGNORECASE),
        vendor=row["vendor"],
        elsewhere=lazy_regex(row["elsewhere"]) if row["elsewhere"] else None,
    )


@cache
def _by_word() -> ExpressionIndex[VendorWord]:
    return ExpressionIndex((item.word, item) for item in vendor_words())


@cached_by_text
def _words_in(value: str) -> tuple[tuple[VendorWord, ...], re.Pattern[str]]:
    """Returns the words that a value has, and the pattern of a path at which one of them may name its vendor: hardly
    any, and values repeat."""
    words = tuple(item for item in _by_word().of(value) if item.is_in(value))
    return words, _places(words)


@cached_by_leaf
def _word_of(leaf: Leaf) -> VendorWord | None:
    """Returns the word by which a setting names a vendor; None if it names none."""
    words, places = _words_in(str(leaf.value).strip())
    has_place = places.search(leaf.path) is not None
    return next((item for item in words if (has_place or item.form != "path") and item.is_for(leaf)), None)


@cache
def _places(words: tuple[VendorWord, ...]) -> re.Pattern[str]:
    """Returns the pattern of a path at which one of the words may name its vendor."""
    places = (f"(?:{item.where.pattern})" for item in words if item.form == "path")
    return re.compile("|".join(places) or "(?!)", re.IGNORECASE)


_SECRETS = ("kubernetes:core/v1:Secret", "aws:secretsmanager/", "aws:ssm/parameter", "azure-native:keyvault:")
"""Types that keep keys. What uses them names the vendor."""
_OF_ONE_ITEM = ("model", "path")
"""Forms whose other address stands beside the word, in the same item of a list."""


def _beside(word: VendorWord, leaf: Leaf) -> str:
    """Returns the path below which another address of a word counts in the same resource."""
    return leaf.path.rpartition(".")[0] if word.form in _OF_ONE_ITEM else ""


def _leaves(resource: Resource) -> list[Leaf]:
    return [leaf for leaf in leaves_and_arguments(resource) if _is_read(leaf)]


def _is_read(leaf: Leaf) -> bool:
    return isinstance(leaf.value, str | bool | int | float)


def _check_words(resource: Resource) -> Iterator[Outcome]:
    if resource.type.startswith(_SECRETS):
        return
    yield from check_chart_defaults(resource, "residency")
    seen: set[str] = set()
    for leaf, word in _word_of.among(leaves_and_arguments(resource)):
        if word is None or not _is_read(leaf) or word.vendor in seen:
            continue
        near = (item for item in _leaves(resource) if is_beside(leaf.path, item.path))
        if word.is_elsewhere(near, _beside(word, leaf)):
            continue
        seen.add(word.vendor)
        text = f"{leaf.path} names {word.vendor} ({str(leaf.value)[:40]!r}), and nothing sets another address"
        may_be_elsewhere = word.elsewhere is not None and word.form not in _OF_ONE_ITEM
        yield undetermined(text, leaf.path) if may_be_elsewhere else failed(text, leaf.path)


_REFERENCE = lazy_regex(r"(?:config|secret)[a-z]*(?:\.name)?(?:\[\d+\])?$", re.IGNORECASE)
"""End of the path of a reference to an object by its name, such as `volumes[0].configMap.name`."""
_LONGEST_END = 200
_DEFAULT_NAMESPACE = "default"


def _metadata(resource: Resource) -> Mapping[str, Plain]:
    metadata = resource.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _namespace(resource: Resource) -> str:
    """Returns the namespace of an object; of a chart's release, the one into which it is installed."""
    return str(_metadata(resource).get("namespace") or resource.props.get("namespace") or _DEFAULT_NAMESPACE)


def _read_by(reader: Resource) -> Iterator[str]:
    """Yields what a resource reads: the URNs on which it depends, and the names in its namespace to which it refers."""
    yield from (urn for urns in reader.dependencies.values() for urn in urns)
    for leaf in _leaves(reader):
        if isinstance(leaf.value, str) and _REFERENCE.search(leaf.path[-_LONGEST_END:]):
            yield f"{_namespace(reader)}/{leaf.value}"


def _names_of(read: Resource) -> Iterator[str]:
    """Yields how others refer to a resource: its URN, and its name in its namespace."""
    yield read.urn
    name = _metadata(read).get("name")
    if isinstance(name, str):
        yield f"{_namespace(read)}/{name}"


def _addresses(resource: Resource) -> Iterator[str]:
    """Yields, with its URN, the settings of other addresses of vendors that a program gives."""
    if not resource.type.startswith(_PROGRAMS):
        return
    names = {name for leaf in _leaves(resource) for name in _names(leaf)}
    for pattern in {item.elsewhere for item in vendor_words() if item.elsewhere is not None}:
        if any(map(pattern.fullmatch, names)):
            yield _address(resource, pattern)


def _address(resource: Resource, elsewhere: re.Pattern[str]) -> str:
    return f"{elsewhere.pattern} {resource.urn}"


def _resolve(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Lets a word pass if a resource that reads the text, or that its program reads, sets the address."""
    if resource.get("values") is UNKNOWN:
        return resolve_from(("values",))(resource, plan, outcome)
    named = [leaf for leaf in _leaves(resource) if leaf.path == outcome.path]
    word = next((item for item in vendor_words() if any(map(item.names_vendor, named))), None)
    if outcome.verdict is not Verdict.UNDETERMINED or word is None:
        return outcome
    readers, named_by = plan.by_key(_read_by), plan.by_key(_names_of)
    near = (
        *(item for name in _names_of(resource) for item in readers.get(name, ())),
        *(item for name in _read_by(resource) for item in named_by.get(name, ())),
    )
    setting, elsewhere = plan.by_key(_addresses), word.elsewhere
    is_set = elsewhere is not None and any(_address(item, elsewhere) in setting for item in near)
    return passed() if is_set else failed(outcome.sentence, outcome.path)


_PROGRAMS = ("kubernetes:", "aws:ecs/", "azure-native:app:", "azure-native:containerinstance:")
VENDOR_WORDS: tuple[Guardrail, ...] = (
    residency_rule(120, Severity.CRITICAL, "Settings name no vendor outside the country by a word",
                   "a callback, an exporter or a receiver of that name sends to the vendor's own address",
                   "Remove the word, or set the address of your own server beside it, such as LANGFUSE_HOST, api_base "
                   "or apiURL",
                   predicate=_check_words, resolve=_resolve,
                   plan_predicate=with_references(partial(check_chart_defaults, concern="residency")),
                   types=(*_PROGRAMS, "aws:athena/", "aws:ec2/", "aws:glue/", "aws:mskconnect/", "aws:sagemaker/")),
)  # fmt: skip
