"""Writes what a job has found to the code host, where people look. Standard library only, and on GitHub `gh`.

These programs have a token that can write, and read data that a stranger or a cloud wrote. They run apart from the jobs
that make the data, and execute nothing of it.
"""
