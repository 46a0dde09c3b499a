"""What a button remembers, in the 100 characters that Discord keeps for it: a1:action:id:argument.

It comes back from outside: whoever reads it looks the id up within the interaction's own guild.
"""

from __future__ import annotations

LONGEST = 100
ACTIONS = (
    "add", "again", "around", "article", "cancel", "change", "cleared", "delete", "digest", "discard",
    "dismiss", "earlier", "edit", "focus", "follow", "followdigest", "forget", "forgotten", "later", "list",
    "longer", "mine", "more", "page", "paste", "refresh", "remove", "removed", "renew", "setting", "share",
    "sharedigest", "sharesummary", "shorter", "summary", "summaryof", "unhelpful", "wider", "wipe", "within",
)  # fmt: skip
FORMS = (
    "asked",
    "askedwithin",
    "details",
    "followed",
    "followeddigest",
    "pasted",
    "set",
    "unhelped",
    "wiped",
)
"""What dialogs are called. They come back by another way than buttons, and no button may be called so."""
_VERSION = "a1"
TEMPLATE_OF_UNKNOWN = rf"(?s)(?!{_VERSION}:(?:{'|'.join(ACTIONS)}):.*:[^:]*\Z).*"
"""Every custom_id that no action answers."""


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
    if action not in (*ACTIONS, *FORMS):
        raise ValueError(f"{action} is not among ACTIONS and FORMS")
    return rf"(?s){_VERSION}:{action}:(?P<ident>.*):(?P<argument>[^:]*)"


def action_of(custom_id: str) -> str:
    """The action of a custom_id, which comes from outside; “unknown” where it is none of ours."""
    version, _, rest = custom_id.partition(":")
    action = rest.partition(":")[0]
    return action if version == _VERSION and action in (*ACTIONS, *FORMS) else "unknown"
