"""Home: what one person needs every day, on one page of their own."""
