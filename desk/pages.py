"""The pages of the desk, in the order in which the navigation names them. A new page adds its blueprint here."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.support import LazyProxy
from flask import Blueprint

from desk.about_me.views import blueprint as about_me
from desk.access import may
from desk.bij_questions.views import blueprint as bij_questions
from desk.briefing import blueprint as briefing
from desk.cases import blueprint as cases
from desk.conflicts.views import blueprint as conflicts
from desk.contact import blueprint as contact
from desk.contact_cards.views import blueprint as contact_cards
from desk.disclosures.views import blueprint as disclosures
from desk.discussed.views import blueprint as discussed
from desk.feedback.views import blueprint as feedback
from desk.follow_ups.views import blueprint as follow_ups
from desk.forgettings.views import blueprint as forgettings
from desk.language import lazy
from desk.matches.views import blueprint as matches
from desk.operations import blueprint as operations
from desk.questions import blueprint as questions
from desk.relations.views import blueprint as relations
from desk.repeats.views import blueprint as repeats
from desk.theme_inbox.views import blueprint as theme_inbox
from desk.work.views import blueprint as work
from desk.zsm_advices.views import blueprint as zsm_advices


@dataclass(frozen=True)
class Page:
    """A page or a family of pages. entry: the endpoint that the navigation opens; empty if other pages lead to it.

    action: who may do this finds it in the navigation; empty for everybody. The services say what one may see on it.
    """

    blueprint: Blueprint
    title: LazyProxy
    entry: str = ""
    action: str = ""

    @property
    def is_offered(self) -> bool:
        return bool(self.entry) and (not self.action or may(self.action))


PAGES: Sequence[Page] = (
    Page(work, lazy("My work"), "work.show"),
    Page(contact, lazy("Contact moments"), "contact.moments", "intake.SORT_CONTACT"),
    Page(matches, lazy("Possible doubles"), "matches.pairs", "intake.DECIDE_IDENTITY"),
    Page(briefing, lazy("Briefing"), "briefing.briefings", "weighing.SEE_DECISIONS"),
    Page(follow_ups, lazy("Follow-ups"), "follow_ups.show", "weighing.SEE_FOLLOW_UPS"),
    Page(repeats, lazy("Repeats"), "repeats.show", "meetings.ANSWER_REPEAT"),
    Page(feedback, lazy("Feedback"), "feedback.owed", "intake.GIVE_FEEDBACK"),
    Page(questions, lazy("Questions"), "questions.inbox", "weighing.SEE_REQUESTS"),
    Page(contact_cards, lazy("Contacts"), "contact_cards.show", "intake.SEE_CONTACTS"),
    Page(theme_inbox, lazy("Theme inbox"), "theme_inbox.inbox", "intake.SEE_SEALED"),
    Page(bij_questions, lazy("BIJ questions"), "bij_questions.inbox", "intake.SEE_BIJ"),
    Page(discussed, lazy("Discussed?"), "discussed.show", "intake.SEE_WHETHER_DISCUSSED"),
    Page(disclosures, lazy("Who saw what"), "disclosures.choose", "intake.SEE_DISCLOSURES"),
    Page(forgettings, lazy("Forgotten"), "forgettings.show", "intake.FORGET"),
    Page(operations, lazy("Operations"), "operations.show", "reporting.SEE_OPERATIONS"),
    Page(cases, lazy("Case")),
    Page(zsm_advices, lazy("ZSM advice")),
    Page(relations, lazy("Members and relations")),
    Page(conflicts, lazy("Identity conflict")),
    Page(about_me, lazy("About me"), "about_me.show"),
)
