"""Values that flow through the product; no behaviour beyond looking at themselves."""
