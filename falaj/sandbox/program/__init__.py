"""The program runner, alone in its folder: Python puts the folder of a file that it runs on its path."""
