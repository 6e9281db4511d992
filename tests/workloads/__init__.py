"""Tests that run the reference programs of `examples/workloads`."""
