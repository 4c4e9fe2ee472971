"""The experiments: each a question, its arms with the same luck, and outcomes named before the run."""
