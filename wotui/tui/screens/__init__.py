"""One module per screen: what it shows, and when."""
