"""Machinery that knows no market: columns, tables, agents as handles on rows, and their model."""
