"""Documents beside the matrix: charter, annex to a contract, transition plan and posting, in every format."""
