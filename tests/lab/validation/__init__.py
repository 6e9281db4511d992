"""Validates the simulation of queued work against real Kueue, scheduler and Karpenter (docs/simulation-validation.md).

`scenario` generates what both get, `laboratory` runs it on the laboratory, `simulated` with `falaj.simulation`, and
`figures` compares the two. `python -m tests.lab.validation --seeds 10` measures and writes the tables.
"""
