"""Presets of the experiments, YAML only; a package so that an installed copy finds them."""
