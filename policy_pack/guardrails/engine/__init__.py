"""The engine of the pack: evaluates rows and predicates on plain data, and converts verdicts to messages and
evidence."""
