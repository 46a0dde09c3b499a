"""What a card is made of, and each reason why Discord would refuse it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from simcord.components import COMPONENTS_V2_FLAG, validate_components

from tests.discord_markdown import Line, lines, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from discord import ui

_ROW, _BUTTON, _MENU, _SECTION, _TEXT, _CONTAINER = 1, 2, 3, 9, 10, 17


def components(view: ui.LayoutView) -> list[dict[str, Any]]:
    """All components of *view*, nested ones too, in reading order."""

    def walk(parts: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for part in parts:
            yield part
            yield from walk(part.get("components") or [])
            yield from walk([part["accessory"]] if part.get("accessory") else [])

    return list(walk(view.to_components()))


def labels(view: ui.LayoutView) -> list[str]:
    """What stands on the buttons of *view*."""
    return [part["label"] for part in components(view) if part["type"] == _BUTTON]


def texts(view: ui.LayoutView) -> list[str]:
    """The Markdown of each text of *view*."""
    return [part["content"] for part in components(view) if part["type"] == _TEXT]


def lines_of(view: ui.LayoutView) -> list[Line]:
    return [line for text in texts(view) for line in lines(text)]


def copied(view: ui.LayoutView) -> list[str]:
    """What a reader copies from behind each bar."""
    return [quoted(text) for text in texts(view) if text.startswith(">")]


def foreign(view: ui.LayoutView, *ours: str) -> list[str]:
    """Mentions, code and whatever else is not plain text, and links to other addresses than *ours*."""
    seen = [line.seen for line in lines_of(view)]
    things = [thing for one in seen for thing in one.things]
    return things + [url for one in seen for _, url in one.links if url not in ours]


def refused(view: ui.LayoutView) -> list[str]:
    """Each reason why Discord would refuse *view*; none when it takes it."""
    found = [*_refused_as_a_whole(view)]
    for part in components(view):
        match part["type"]:
            case 2:
                found += _refused_button(part)
            case 3:
                found += _refused_menu(part)
            case 10 if not part["content"].strip():
                found.append("an empty text")
    try:
        validate_components(view.to_components(), flags=COMPONENTS_V2_FLAG)
    except ValueError as error:
        found.append(f"SimCord: {error}")
    return found


def _refused_as_a_whole(view: ui.LayoutView) -> Iterator[str]:
    parts = components(view)
    n_characters = sum(len(text) for text in texts(view))
    if n_characters > 3_800:
        yield f"{n_characters} characters of text"
    if len(parts) > 40:
        yield f"{len(parts)} components"
    clicked = Counter(part["custom_id"] for part in parts if "custom_id" in part)
    yield from (f"custom_id {one} {n} times" for one, n in clicked.items() if n > 1)
    yield from (f"custom_id of {len(one)} characters" for one in clicked if not 1 <= len(one) <= 100)
    for part in parts:
        if part["type"] in {_ROW, _SECTION, _CONTAINER} and not part["components"]:
            yield "a container of nothing"
        if part["type"] == _ROW and len(part["components"]) > 5:
            yield "more than five buttons in a row"


def _refused_button(button: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(button["label"].strip()) <= 80:
        yield f"a label of {len(button['label'])} characters"
    url = button.get("url") or "https://"
    if len(url) > 512 or not url.startswith(("http://", "https://")):
        yield f"a button to {url}"


def _refused_menu(menu: dict[str, Any]) -> Iterator[str]:
    options = menu["options"]
    if not 1 <= len(options) <= 25:
        yield f"{len(options)} options"
    if len({option["value"] for option in options}) < len(options):
        yield "an option twice"
    if len(menu["placeholder"]) > 150:
        yield "a placeholder that is too long"
    for option in options:
        for key in ("label", "value", "description"):
            if not 1 <= len((option.get(key) or "-").strip()) <= 100:
                yield f"a {key} of {len(option[key])} characters"
