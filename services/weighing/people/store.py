"""Names of partners' people who do follow-ups."""

from pathlib import Path

from services.weighing.people.messages import MOST_PEOPLE, PersonView
from shared.postgres import Store, load_queries
from shared.web import Caller


class PeopleStore(Store):
    queries = load_queries(Path(__file__).with_name("queries.sql"))

    def people(self, house: str, partner: str | None) -> list[PersonView]:
        """partner: None for those of all partners."""
        return self.fetch_all("people", {"house": house, "owner": partner, "limit": MOST_PEOPLE}, PersonView)

    def knows(self, house: str, partner: str, person: str) -> bool:
        return bool(self.fetch_all("known", {"house": house, "owner": partner, "person": person}))

    def keep(self, caller: Caller) -> None:
        """The caller, with the name of today."""
        about = {"house": caller.house, "owner": caller.organisation, "person": caller.id, "name": caller.name}
        self.execute("keep", about)

    def forget(self, house: str, partner: str, person: str) -> bool:
        """Whether the person was known."""
        return bool(self.fetch_all("forget", {"house": house, "owner": partner, "person": person}))
