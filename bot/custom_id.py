"""What a button remembers, in the 100 characters that Discord keeps for it: a1:action:id:argument.

It comes back from outside: whoever reads it looks the id up within the interaction's own guild.
"""

from __future__ import annotations

LONGEST = 100
_VERSION = "a1"


def make(action: str, ident: str = "", argument: str | int = "") -> str:
    """The custom_id of a button. Raises `ValueError` when it would be too long."""
    custom_id = f"{_VERSION}:{action}:{ident}:{argument}"
    if len(custom_id) > LONGEST:
        raise ValueError(f"custom_id of {len(custom_id)} characters: {custom_id}")
    return custom_id


def template(action: str) -> str:
    """The pattern of the custom_ids of *action*, with the groups `ident` and `argument`.

    An article's id is somebody else's and may hold colons; an argument never does.
    """
    return rf"{_VERSION}:{action}:(?P<ident>.*):(?P<argument>[^:]*)"
