"""Messages, forms and answers as data that belongs to no platform: what features build and platforms paint."""
