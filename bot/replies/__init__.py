"""What the library says -> what a person or a script sees. No look-ups here."""
