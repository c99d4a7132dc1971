"""Scripts for those who maintain the product; nothing here ships."""
