"""The only outbound HTTP of the desk."""
