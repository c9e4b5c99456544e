"""What cannot be reported on, and the input that is to blame."""


class UnknownHouse(Exception):
    field = "house"

    def __init__(self) -> None:
        super().__init__("has no profile here")
