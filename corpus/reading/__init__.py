"""Bytes -> articles."""

from corpus.reading.plain import Reading, read

__all__ = ["Reading", "read"]
