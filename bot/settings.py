"""The environment -> Settings. Nothing else reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_BESIDE_BOT_PY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set, in the environment or in `.env`."""

    data_dir: Path
    """Where libraries are kept."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """The settings that *env* holds, with what is usual where it holds none."""
        return cls(data_dir=Path(env.get("DATA_DIR") or _BESIDE_BOT_PY / "data").expanduser())

    @property
    def terminal_library(self) -> Path:
        """The library of the terminal, which belongs to no server."""
        return self.data_dir / "library"
