"""The rulebook as a handbook."""
