"""Metrics: each against a pencil example, or against brute force on a small market."""
