"""Right-sizing: machines for a workload, from its profile or its measured utilisation."""
