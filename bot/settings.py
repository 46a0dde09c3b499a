"""The environment -> Settings. Nothing else reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import StartError

if TYPE_CHECKING:
    from collections.abc import Mapping

_BESIDE_BOT_PY = Path(__file__).resolve().parent.parent


def _count(name: str, value: str) -> int:
    try:
        if (number := int(value)) > 0:
            return number
    except ValueError:
        pass
    raise StartError(f"{name} is “{value}”; it must be a whole number above 0.")


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set, in the environment or in `.env`."""

    data_dir: Path
    """Where libraries are kept."""
    token: str | None = field(repr=False)
    """The bot's token, without which there is only the page to try it in."""

    libraries_open: int = 64
    """How many libraries are kept open at once, each some megabytes and a thread."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """The settings that *env* holds, with what is usual where it holds none. Raises `StartError`."""
        return cls(
            data_dir=Path(env.get("DATA_DIR") or _BESIDE_BOT_PY / "data").expanduser(),
            token=(env.get("DISCORD_TOKEN") or "").strip() or None,
            libraries_open=_count("LIBRARIES_OPEN", env.get("LIBRARIES_OPEN") or "64"),
        )

    @property
    def try_dir(self) -> Path:
        """Where the page to try it in keeps what was added there."""
        return self.data_dir / "try"

    @property
    def terminal_library(self) -> Path:
        """The library of the terminal, which belongs to no server."""
        return self.data_dir / "library"
