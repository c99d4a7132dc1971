"""Documents on a portfolio of engagements."""
