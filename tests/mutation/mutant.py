"""A mutant, the tests that may notice it, and what they said; files of JSON carry them from step to step."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

KILLED, TIMED_OUT, SURVIVED = "killed", "timed out", "survived"

FOLDERS = ("falaj/finops", "components/core", "policy_pack/guardrails")
"""Folders of the code that is changed."""

TESTS = (
    "tests/unit",
    "tests/policies",
    "tests/exhaustive",
    "tests/project/test_component_reference.py",
    "tests/project/test_guardrail_reference.py",
    "tests/project/test_references.py",
    "tests/monitoring/test_metrics.py",
    "tests/monitoring/test_dashboard.py",
)
"""Folders and files of the tests that must notice it: those without the engine, and without a program to build."""

DECLARATIONS: dict[str, tuple[str, ...]] = {
    "": (
        "tests/unit/test_declared_types.py::",
        "tests/unit/test_type_tokens.py::",
        "tests/unit/settings/test_settings.py::test_the_schema_for_editors_is_the_one_of_the_settings",
        "tests/project/test_component_reference.py::test_the_pages_are_current",
        "tests/project/test_guardrail_reference.py::",
    ),
    "components/": (
        "tests/unit/components/test_schema.py::test_the_file_that_the_engine_gets_is_current",
        "tests/unit/core/test_expectations.py::",
        "tests/unit/core/test_finops_settings.py::",
        "tests/monitoring/test_metrics.py::",
        "tests/unit/recorded/test_recorded.py::test_what_components_make_is_recorded",
        "tests/unit/recorded/test_recorded.py::test_what_production_plans_is_recorded",
    ),
    "falaj/finops/": (
        "tests/unit/recorded/test_recorded.py::test_the_bill_of_production_is_recorded",
        "tests/unit/recorded/test_recorded.py::test_what_commands_print_is_recorded",
        "tests/unit/finops/test_free_objects.py::test_the_kinds_exist",
        "tests/unit/finops/test_free_objects.py::test_groups_and_kinds_are_spelled_as_kubernetes_spells_them",
    ),
    "policy_pack/": (
        "tests/policies/test_declarations.py::",
        "tests/policies/test_type_names.py::",
        "tests/policies/test_tables.py::",
        "tests/policies/test_path_tables.py::",
        "tests/policies/test_rows.py::test_rows_name_properties_of_the_sdk",
        "tests/policies/test_rows.py::test_compliant_resources_pass",
        "tests/policies/test_rows.py::test_a_violation_is_blocked_by_its_rule_only",
    ),
}
"""Beginning of a changed file -> beginnings of the node IDs of tests that read tables, defaults and bounds of all
modules, and so run no line of them: they compare them with their types, with the published schema and reference, with
the examples of each guardrail, with the types and properties of the SDKs, and with what is recorded."""

CORPORA: dict[str, tuple[str, ...]] = {
    "components/": (
        "tests/unit/recorded/test_recorded.py::test_what_components_make_is_recorded",
        "tests/unit/recorded/test_recorded.py::test_what_production_plans_is_recorded",
        "tests/unit/recorded/test_recorded.py::test_what_stacks_plan_is_recorded",
        "tests/unit/recorded/test_recorded_odd.py::test_what_odd_arguments_and_settings_make_is_recorded",
    ),
    "falaj/finops/": (
        "tests/unit/recorded/test_recorded_odd.py::test_figures_of_odd_files_are_recorded",
        "tests/unit/recorded/test_recorded.py::test_the_bill_of_production_is_recorded",
        "tests/unit/recorded/test_recorded.py::test_bills_of_stacks_are_recorded",
        "tests/unit/recorded/test_recorded.py::test_what_commands_print_is_recorded",
        "tests/unit/recorded/test_recorded.py::test_what_simulations_print_is_recorded",
    ),
    "policy_pack/": (
        "tests/unit/recorded/test_recorded_attacks.py::test_what_guardrails_say_of_attacks_is_recorded",
        "tests/unit/recorded/test_recorded.py::test_what_guardrails_say_of_idioms_is_recorded",
        "tests/unit/recorded/test_recorded_odd.py::test_what_guardrails_say_of_examples_is_recorded",
        "tests/unit/recorded/test_recorded_odd.py::test_what_guardrails_say_of_odd_plans_is_recorded",
    ),
}
"""Beginning of a changed file -> tests of thousands of cases that a mutant meets if it has survived all others, because
any case may be the one that notices."""


@dataclass
class Mutant:
    """One changed line."""

    file: str
    """Path in the checkout."""
    line: int
    """Number of the line, from 1."""
    before: str
    """The changed expression or statement."""
    after: str
    content: str
    """The whole file with the change."""
    tests: tuple[str, ...] = ()
    """Node IDs of test functions, in the order in which they run."""
    later: tuple[str, ...] = ()
    """Those that it meets if it has survived these."""
    outcome: str = ""
    killer: str = ""
    """Node ID of the test that failed; empty if none did."""

    @property
    def folder(self) -> str:
        """The folder of `FOLDERS` that holds the file."""
        return next((folder for folder in FOLDERS if self.file.startswith(f"{folder}/")), "")


def read_mutants(path: Path) -> list[Mutant]:
    """Reads the mutants of a file of JSON."""
    return [
        Mutant(**fields | {key: tuple(fields.get(key, ())) for key in ("tests", "later")})
        for fields in json.loads(path.read_text())
    ]


def write_mutants(path: Path, mutants: list[Mutant]) -> None:
    """Writes the mutants as JSON: whole or not at all, since a measurement may be interrupted at any moment."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps([asdict(mutant) for mutant in mutants]))
    part.replace(path)
