"""The schema, step by step. A step is never changed once it was released; see `storage.schema` for how they run."""
