"""Processes that die at any moment: what they leave is brought in order by the documented commands."""
