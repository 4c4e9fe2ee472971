"""The evidence: published regularities, and what the model says of each."""
