"""How fast, how large, how well: measured, never tested, as machines differ."""
