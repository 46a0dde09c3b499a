"""The environment -> Settings. Nothing else reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot import language
from bot.errors import WrongSettings
from corpus.citation import has_host
from corpus.reading.address import NOTHING, Allowed

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIBRARIES_OPEN = 64
TRY_FOLDER = "try"
_BESIDE_BOT_PY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set, in the environment or in `.env`."""

    data_dir: Path
    """Where libraries are kept."""
    token: str | None = field(repr=False)
    """The bot's token, without which there is only the page to try it in."""
    contact: str | None = None
    """Whom a site may write to about the bot; every site that a link leads to is told."""
    homepage: str | None = None
    """Where a site may read what this bot is, in place of the address in the package's metadata."""
    fetch_allow: Allowed = NOTHING
    """What of the operator's own network links may lead to."""

    language: str = ""
    """What is spoken in servers that have not chosen; nothing: what Discord says of each."""

    message_content: bool = False
    """Whether the text of every message is asked of Discord, for ask channels."""

    libraries_open: int = _LIBRARIES_OPEN
    """How many libraries are kept open at once, each some megabytes and a thread."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """The settings that *env* holds, with what is usual where it holds none. Raises `WrongSettings`."""
        problems = []
        contact, allowed = (env.get("CONTACT") or "").strip(), NOTHING
        if not _fits_into_header(contact):
            problems.append(
                f"CONTACT is “{contact}”; write an address of e-mail or of the web in plain letters."
            )
        homepage = (env.get("HOMEPAGE") or "").strip()
        if homepage and not (_fits_into_header(homepage) and has_host(homepage)):
            problems.append(f"HOMEPAGE is “{homepage}”; write a web address like https://example.org/bot.")
        try:
            allowed = Allowed.parse(env.get("FETCH_ALLOW") or "")
        except ValueError as error:
            problems.append(
                f"FETCH_ALLOW holds “{error}”; write networks and names like 10.20.0.0/16, wiki.corp:81."
            )
        libraries_open = (env.get("LIBRARIES_OPEN") or "").strip() or str(_LIBRARIES_OPEN)
        if not (libraries_open.isdecimal() and int(libraries_open)):
            problems.append(f"LIBRARIES_OPEN is “{libraries_open}”; it must be a whole number above 0.")
        spoken = (env.get("BOT_LANGUAGE") or "").strip()
        if spoken and spoken not in language.languages():
            problems.append(
                f"BOT_LANGUAGE is “{spoken}”; it must be one of {', '.join(language.languages())}."
            )
        content = (env.get("MESSAGE_CONTENT") or "").strip()
        if content not in ("", "0", "1"):
            problems.append(f"MESSAGE_CONTENT is “{content}”; it must be 1 or 0.")
        if problems:
            raise WrongSettings(problems)
        return cls(
            data_dir=Path(env.get("DATA_DIR") or _BESIDE_BOT_PY / "data").expanduser(),
            token=(env.get("DISCORD_TOKEN") or "").strip() or None,
            contact=contact or None,
            homepage=homepage or None,
            fetch_allow=allowed,
            language=spoken,
            message_content=content == "1",
            libraries_open=int(libraries_open),
        )

    @property
    def try_dir(self) -> Path:
        """Where the page to try it in keeps what was added there."""
        return self.data_dir / TRY_FOLDER

    @property
    def terminal_library(self) -> Path:
        """The library of the terminal, which belongs to no server."""
        return self.data_dir / "library"


def _fits_into_header(value: str) -> bool:
    """Whether *value* can stand in the User-Agent, in brackets."""
    return value.isascii() and value.isprintable() and not set("()\\") & set(value)
