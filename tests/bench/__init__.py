"""How fast, how large, how much: measured, never tested, as machines differ."""
