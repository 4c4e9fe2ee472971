"""Who takes part: one module per stakeholder, with its numbers and its rules."""
