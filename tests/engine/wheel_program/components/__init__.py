"""Components of the project itself, which has nothing of Falaj but the installed wheel."""
