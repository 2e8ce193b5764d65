"""What one person hears when something went wrong."""
