"""Right-sizing: machine types for a workload, chosen from its profile or its measured utilisation."""
