"""Analytic laws of staying and buying, checked against published tables.

Fits and intervals come from SciPy; only the laws themselves are written here.
"""
