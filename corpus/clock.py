"""The time it is. Everything that needs “now” asks here, so that one place decides what it means."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)
