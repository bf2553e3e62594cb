"""What machines report, the rules that make requests of it, and how long machines stand still. Pure."""
