"""Imports what a command needs after the engine has ended, while the engine works."""

import importlib
from collections.abc import Sequence
from threading import Thread

COST_REPORT = (
    "falaj.finops.estimate",
    "falaj.finops.gate",
    "falaj.finops.plan",
    "falaj.finops.document",
    "falaj.finops.estimate_exchange",
    "falaj.finops.controlling.settings",
    "falaj.finops.report.changes",
    "falaj.finops.report.files",
    "falaj.finops.report.sections",
    "falaj.finops.report.terminal",
    "falaj.components.settings.config_references",
)
"""Modules that estimate a plan and write its report: 0.3 s of processor time (measured on 2026-11-29)."""


def import_in_background(modules: Sequence[str]) -> None:
    """Imports modules in a thread, for which the command does not wait. Its own imports wait, and report failures."""
    Thread(target=_import, args=(modules,), daemon=True).start()


def _import(modules: Sequence[str]) -> None:
    for module in modules:
        try:
            importlib.import_module(module)
        except ImportError:  # an extra is missing, which the command says where it needs it
            return
