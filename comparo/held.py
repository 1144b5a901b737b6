"""What a site was made of when it was last opened, so that only what changed is made again."""

from pathlib import Path

from comparo.content.memory import Memory
from comparo.stages import Stages


class Held(Stages):
    """The results of the last opening, by stage; what was read is in ``content``."""

    def __init__(self, folder: Path | None = None, *, lasting: bool = False) -> None:
        """Begin with what lies in the cache, if it is named.

        One that is ``lasting`` is for who builds again and again.
        """
        super().__init__()
        self.lasting = lasting
        self.content = Memory(folder)
