"""Fit sheets of people, in every format."""
