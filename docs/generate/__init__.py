"""Writes the generated parts of the docs: ``python -m docs.generate``."""
