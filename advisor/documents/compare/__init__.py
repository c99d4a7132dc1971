"""Documents on a comparison of a matrix with the advice."""
