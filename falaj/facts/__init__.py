"""What is true in the UAE: pure data with typed loaders. Imports nothing of ours."""
