"""A plain page on which a person tries the workspace by hand."""
