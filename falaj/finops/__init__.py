"""What a plan costs before it is deployed: pure functions of a plan, a usage file, prices and rates."""
