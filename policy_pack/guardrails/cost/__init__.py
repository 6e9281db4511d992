"""Cost: budgets, machines, storage, idle resources."""
