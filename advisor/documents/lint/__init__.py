"""What lint found, as text, JSON, reports and comments."""
