"""The reference programs of `examples/workloads`, run for real."""
