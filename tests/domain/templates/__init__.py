"""Order templates by their pure rules."""
