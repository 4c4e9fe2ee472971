"""What the fast model is measured against: a readable twin, and timings."""
