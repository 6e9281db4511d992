"""Advice: searches a stack's settings for the cheapest month that keeps stated limits."""
