"""What happens: one model, one month."""
