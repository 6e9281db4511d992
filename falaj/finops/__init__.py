"""Cost estimation, showback, right-sizing and experiments: pure functions of plans, usage, prices and rates."""
