"""The schema, step by step. A released step is never changed; `storage.engines.schema` runs them."""
