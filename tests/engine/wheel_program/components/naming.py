"""How this project names what it makes."""

MODELS = "speech-models"
