"""All that lies behind a brief as one document, in every format."""
