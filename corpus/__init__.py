"""Articles, and the passages in them that answer a question. Plain synchronous Python."""
