"""The brief: two pages that a head of delivery sends on, the decision first, with a matrix of the rows that matter."""
