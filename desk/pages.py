"""The pages of the desk, in the order in which the navigation names them. A new page adds its blueprint here."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.support import LazyProxy
from flask import Blueprint

from desk.about_me.views import blueprint as about_me
from desk.bij_questions.views import blueprint as bij_questions
from desk.briefing import blueprint as briefing
from desk.cases.views import blueprint as cases
from desk.conflicts.views import blueprint as conflicts
from desk.contact import blueprint as contact
from desk.disclosures.views import SUPERVISING
from desk.disclosures.views import blueprint as disclosures
from desk.discussed.views import PROSECUTING
from desk.discussed.views import blueprint as discussed
from desk.feedback.views import blueprint as feedback
from desk.follow_ups.views import blueprint as follow_ups
from desk.language import lazy
from desk.matches.views import blueprint as matches
from desk.operations import blueprint as operations
from desk.questions.views import blueprint as questions
from desk.relations.views import blueprint as relations
from desk.repeats.views import blueprint as repeats
from desk.sessions.rules import Session
from desk.theme_inbox.views import ROLE as THEME
from desk.theme_inbox.views import blueprint as theme_inbox
from desk.work.views import blueprint as work
from desk.zsm_advices.views import blueprint as zsm_advices


@dataclass(frozen=True)
class Page:
    """A page or a family of pages. entry: the endpoint that the navigation opens; empty if other pages lead to it.

    functions: who finds it in the navigation, those who have one of these; empty for everybody. The services say what
    one may see on it.
    """

    blueprint: Blueprint
    title: LazyProxy
    entry: str = ""
    functions: frozenset[str] = frozenset()

    def is_for(self, session: Session) -> bool:
        return bool(self.entry) and (not self.functions or session.has(*self.functions))


WEIGHING = frozenset({"weighing_team", "information_coordinator"})
BRIEFING = WEIGHING | {"chain_manager"}
FOLLOWING = WEIGHING | {"municipal_contact", "case_holder", "participant"}
HOLDING = frozenset({"case_holder", "process_director"})
TELLING = frozenset({"intake_officer", "information_coordinator"})
INTAKE = frozenset({"intake_officer"})
ANSWERING = frozenset({"municipal_contact", "information_coordinator"})
MAYORS = frozenset({"bij_mandate", "process_director", "aftercare_coordinator"})
OPERATING = frozenset({"operator", "parking_officer"})

PAGES: Sequence[Page] = (
    Page(work, lazy("My work"), "work.show"),
    Page(contact, lazy("Contact moments"), "contact.moments", INTAKE),
    Page(matches, lazy("Possible doubles"), "matches.pairs", INTAKE),
    Page(briefing, lazy("Briefing"), "briefing.briefings", BRIEFING),
    Page(follow_ups, lazy("Follow-ups"), "follow_ups.show", FOLLOWING),
    Page(repeats, lazy("Repeats"), "repeats.show", HOLDING),
    Page(feedback, lazy("Feedback"), "feedback.owed", TELLING),
    Page(questions, lazy("Questions"), "questions.inbox", ANSWERING),
    Page(theme_inbox, lazy("Theme inbox"), "theme_inbox.inbox", frozenset({THEME})),
    Page(bij_questions, lazy("BIJ questions"), "bij_questions.inbox", MAYORS),
    Page(discussed, lazy("Discussed?"), "discussed.show", PROSECUTING),
    Page(disclosures, lazy("Who saw what"), "disclosures.choose", SUPERVISING),
    Page(operations, lazy("Operations"), "operations.show", OPERATING),
    Page(cases, lazy("Case")),
    Page(zsm_advices, lazy("ZSM advice")),
    Page(relations, lazy("Members and relations")),
    Page(conflicts, lazy("Identity conflict")),
    Page(about_me, lazy("About me"), "about_me.show"),
)
