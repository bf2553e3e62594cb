"""Places: the shared file and the shared folder."""
