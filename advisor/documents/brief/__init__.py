"""The brief: two pages that a head of delivery sends on, with the decision first and a matrix of the rows that matter."""
