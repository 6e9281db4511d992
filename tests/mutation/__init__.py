"""Mutation testing: breaks single lines of the code and counts how many of the changes the fast tests notice."""
