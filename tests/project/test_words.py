"""The project uses the terms of AWS, Azure, Kubernetes, Pulumi and FinOps: its former private words are refused.

To refuse another word, add a row: the word, and what replaces it.
"""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("falaj", "components", "policy_pack")

MODULES = {
    "words": "enums",
    "offers": "machine_offers",
    "places": "regions",
    "validated": "args",
    "records": "log_retention",
    "right_size": "oversize_warnings",
    "key_docs": "field_docs",
    "vault_doors": "workload_identity",
    "shared_parts": "cluster_addons",
    "components/bill": "account_finops",
    "file_door": "file_security_group",
    "closed_bucket": "private_bucket",
    "documents": "iam_policies",
    "trusts": "assume_role_policies",
    "interconnect": "efa",
    "read_through": "pull_through_cache",
    "scratch": "lustre",
    "replicator": "copy_job",
    "copying_pod": "copy_pod",
    "escape": "unverifiable",
    "plain_places": "plaintext_locations",
    "plain_secrets": "plaintext_secrets",
    "plain_settings": "plaintext_settings",
    "companions": "related_resources",
    "encryption_aws_services": "the kind of service: databases, messaging, analytics",
    "encryption_aws_jobs": "the kind of service: compute, integration",
    "scene": "pricing_context",
    "sleepers": "schedules",
    "refused": "errors",
    "foretold": "forecast",
}
"""File name without suffix, or the end of a path -> the field's term."""

TEST_MODULES = {
    "test_gaps": "the rule family",
    "test_further_rules": "the rule family",
    "test_further_kubernetes": "the rule family",
    "test_cost_leftovers": "the rule family",
    "left_out": "coverage_exceptions",
}
"""The same, of files under `tests`."""

DEFINITIONS = {
    "Surroundings": "SiteContext, NamespaceContext",
    **dict.fromkeys(("Doors", "AwsDoors", "AzureDoors", "DeclaredDoors"), "WorkloadIdentity, with a prefix"),
    "Let": "AccessGrant",
    "let": "grant_access",
    "Ways": "BucketAccess, EgressRules, SubnetRoutes",
    "Placed": "SiteBuild",
    "Ground": "SiteCapacity",
    "Need": "PodRequest",
    "Offer": "PoolCapacity",
    "Kept": "StoredResources",
    "Keyed": "KeyVaultArgs",
    **dict.fromkeys(("Grouped", "GroupedById"), "ResourceGroupArgs"),
    "Part": "SettingsModel",
    "Passed": "PassThrough",
    **dict.fromkeys(("Checked", "_Checked", "CheckedPool", "PoolLike"), "one Spec or Args class"),
    "Stops": "BudgetAction",
    "Turn": "FlavorPriority",
    "Handing": "GpuSharingMode",
    "Reached": "ReachableCluster",
    "Ends": "ReplicationEndpoints",
    "Asked": "WorkloadRequest",
    "Span": "Estimate",
    "Surface": "SiteBase",
    "SitePlace": "SitePlacement",
    "PlatformsParts": "PlatformReferences",
    "Outlook": "BudgetForecast",
    "Burn": "BurnDown",
    "Ahead": "ForecastDays",
    "Busy": "Utilisation",
    "Ask": "ShowbackQuery",
    "Unit": "BusinessUnit",
    "World": "CloudState",
    "Call": "Operation",
    "Known": "InventoryItem",
    "Own": "OnPremSites",
    "Stock": "Availability",
    "hints": "node_template_tags",
    "pinned": "regional_provider",
    "way_in": "gateway",
    "distinct": "globally_unique_name",
    "compact": "short_name",
    "merged": "with_tags",
    "named": "with_name_tag",
    "parted": "split_image",
    "alone": "evaluate_resource",
    "within": "evaluate_with_plan",
    "together": "evaluate_stack",
    "_guard": "catch_rule_errors",
    "_asked": "run_predicate",
    "_met": "when_verdicts",
    "_item": "list_prefix",
    "_shared": "common_list_depth",
    "buried": "soft_deleted",
    "drop": "delete",
    **dict.fromkeys(("word", "words"), "get_str"),
}
"""Class or function -> the field's term."""

PARAMETERS = {"heard": "interruption_queue", "together": "placement", "who": "identity"}
"""Parameter -> what it is."""

VALUES = dict.fromkeys(("said", "told"), "what it is: settings, args, result, resolved")
"""Name of a variable or parameter -> what it is."""

PHRASES = {
    "cost as little as the work allows": "cost-optimised AI/ML platforms",
    "budgets with brakes": "budgets with automated cost controls",
    "and they say no": "the emulators reject invalid input",
    "let guardrails and gate speak": "evaluate the policy pack and the cost thresholds",
    "where the report's comment belongs": "print the ID of the existing pull-request comment, or null",
    "the VAT is not recovered": "VAT cannot be recovered",
    "--vat-final": "--vat-non-recoverable",
    "takes on top of the rate": "bank FX spread, percent",
    "of which the bill is whole": "last day with complete billing data",
    "where a budget will not do": "if a budget is forecast to be exceeded",
    "where a day was odd": "if a cost anomaly is detected",
    "idle, odd and still to come": "idle cost, anomalies and forecast",
    "nothing is not allowed": "required field is missing",
    "allowed: a value": "required field is missing",
    "no such key": "unknown field; did you mean `...`?",
    "eaten": "% used",
    "what compliance adds": "cost of compliance controls",
    "taking it back is the way back": "to roll back, remove `winner`",
    "that shall not wait": "to avoid queueing, set the run's `site` to another site",
    "owe nothing to their neighbours": "effectively independent windows",
    "wrong word": "false positive",
    "wrong about what is planned": "false positives",
    "right, and so by choice": "accepted risks",
    "the rooms": "project layout",
    "lean on whom": "dependency rules",
}
"""Words in code, messages and documents -> the field's term."""

DEPRECATIONS = {"--vat-final": {"falaj/cli/common.py", "CHANGELOG.md", "docs/upgrading.md"}}
"""Words that are still accepted, and where they are listed."""

Locations = Mapping[str, Sequence[str]]


def modules(*folders: str) -> list[Path]:
    """Returns the Python files below the folders, each once: `falaj/components` is a link to `components`."""
    files = {file.resolve() for folder in folders for file in (ROOT / folder).rglob("*.py")}
    return sorted(file.relative_to(ROOT) for file in files)


def pages() -> list[Path]:
    """Returns the documents that people write."""
    generated = ROOT / "docs" / "guardrails.md"
    files = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")]
    files += ROOT.glob("templates/**/*.md")
    return sorted(file.relative_to(ROOT) for file in files if file != generated)


@cache
def names(*folders: str) -> tuple[Locations, Locations, Locations]:
    """Returns where the code defines each class or function, each parameter and each variable."""
    definitions: dict[str, list[str]] = {}
    parameters: dict[str, list[str]] = {}
    variables: dict[str, list[str]] = {}
    for file in modules(*folders):
        for node in ast.walk(ast.parse((ROOT / file).read_text())):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    definitions.setdefault(name, []).append(f"{file}:{node.lineno}")
                case ast.arg(arg=name):
                    parameters.setdefault(name, []).append(f"{file}:{node.lineno}")
                case ast.Name(id=name, ctx=ast.Store()):
                    variables.setdefault(name, []).append(f"{file}:{node.lineno}")
    return definitions, parameters, variables


@cache
def texts() -> Mapping[str, str]:
    """Returns the text of every module and document by its path."""
    return {str(file): (ROOT / file).read_text() for file in (*modules(*CODE), *pages())}


def occurrences(phrase: str, files: Mapping[str, str]) -> Iterator[str]:
    """Yields where a phrase occurs, also across lines of a comment or a string."""
    words = r"""(?:\s|["'#*])+""".join(map(re.escape, phrase.split()))
    for file, text in files.items():
        for hit in re.finditer(rf"(?<![\w-]){words}(?![\w-])", text, re.IGNORECASE):
            yield f"{file}:{text.count(chr(10), 0, hit.start()) + 1}"


@pytest.mark.parametrize(("word", "term"), MODULES.items(), ids=MODULES)
def test_no_module_has_a_private_name(word: str, term: str) -> None:
    assert [str(file) for file in modules(*CODE) if f"/{file.with_suffix('')}".endswith(f"/{word}")] == [], term


@pytest.mark.parametrize(("word", "term"), TEST_MODULES.items(), ids=TEST_MODULES)
def test_no_test_module_has_a_private_name(word: str, term: str) -> None:
    assert [str(file) for file in modules("tests") if file.stem == word] == [], term


@pytest.mark.parametrize(("word", "term"), DEFINITIONS.items(), ids=DEFINITIONS)
def test_no_class_or_function_has_a_private_name(word: str, term: str) -> None:
    assert names(*CODE)[0].get(word, []) == [], term


@pytest.mark.parametrize(("word", "term"), PARAMETERS.items(), ids=PARAMETERS)
def test_no_parameter_has_a_private_name(word: str, term: str) -> None:
    assert names(*CODE)[1].get(word, []) == [], term


@pytest.mark.parametrize(("word", "term"), VALUES.items(), ids=VALUES)
def test_no_value_has_a_private_name(word: str, term: str) -> None:
    _, parameters, variables = names(*CODE, "tests")
    assert [*parameters.get(word, []), *variables.get(word, [])] == [], term


@pytest.mark.parametrize(("phrase", "term"), PHRASES.items(), ids=PHRASES)
def test_no_text_has_a_private_phrase(phrase: str, term: str) -> None:
    files = {file: text for file, text in texts().items() if file not in DEPRECATIONS.get(phrase, ())}
    assert list(occurrences(phrase, files)) == [], term


def test_a_phrase_is_found_across_lines() -> None:
    text = 'help="The chance of a wrong "\n    "word."\n# budgets\n# with brakes\n'
    assert list(occurrences("wrong word", {"a.py": text})) == ["a.py:1"]
    assert list(occurrences("budgets with brakes", {"a.py": text})) == ["a.py:3"]
    assert list(occurrences("eaten", {"a.py": "beaten"})) == []
