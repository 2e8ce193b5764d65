"""The product as people meet it, on whichever platform: one folder a capability."""
