"""Sets over columns do what Mesa's own sets do: verb by verb, in the same order, with the same draws."""
