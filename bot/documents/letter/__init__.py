"""Letters to clients and what is said beside them: from cleared data to text, a Word file and a talking script."""
