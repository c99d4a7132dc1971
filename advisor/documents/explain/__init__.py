"""Explanations on the screen and as JSON."""
