"""What reporting can't do, and what is to blame."""


class UnknownMunicipality(Exception):
    field = "municipality"

    def __init__(self) -> None:
        super().__init__("is not a municipality of this house")
