"""Questions: plain SQL, answered as frozen rows declared beside their query."""
