"""What happens in a month, one module an event."""
