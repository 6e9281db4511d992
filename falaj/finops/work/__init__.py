"""The work that a plan runs on its node pools, and the nodes that it keeps running."""
