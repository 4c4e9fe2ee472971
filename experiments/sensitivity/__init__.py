"""Which parameters move the headline results, and which results change sign."""
