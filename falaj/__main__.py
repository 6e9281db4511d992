"""`python -m falaj`: the same as the command `falaj`."""

from falaj.cli import main

main()
