"""Questions to case holders about referrals on running table cases, and their answers."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from services.meetings.repeats.messages import RepeatQuestionsQuery, RepeatQuestionView, RunningTableCase
from services.meetings.repeats.rules import RepeatQuestion
from shared.postgres import as_row, load_queries
from shared.sealed_texts import SealedText, StoreWithTexts


class RepeatStore(StoreWithTexts):
    queries = load_queries(Path(__file__).with_name("queries.sql"))
    written_later = ("add_questions",)

    def add_question(self, house: str, subject_id: UUID, question: RepeatQuestion) -> None:
        """Ask once about a referral on a table case. subject_id: of the referral."""
        self.later("add_questions", as_row(question) | {"house": house, "subject_id": subject_id})

    def withdraw_questions(self, house: str, referral_id: UUID, on: date) -> None:
        self.execute("withdraw_questions", {"house": house, "referral_id": referral_id, "on": on})

    def withdraw_of_others(self, subject_ids: Collection[UUID], on: date) -> None:
        """Nobody is asked any more about referrals on these subjects that stand with a table case of somebody else."""
        self.execute("withdraw_of_others", {"subject_ids": list(subject_ids), "on": on})

    def table_case_of(self, house: str, question_id: UUID) -> UUID | None:
        row = self.fetch_one("table_case_of", {"house": house, "question_id": question_id})
        return row["table_case_id"] if row else None

    def question(self, question_id: UUID) -> RepeatQuestion:
        """One that there is."""
        [found] = self.fetch_all("question", {"question_id": question_id}, RepeatQuestion)
        return found

    def answer(self, answered: RepeatQuestion, by: str, remark: SealedText | None) -> None:
        """Also of those about the same table case that wait and came before."""
        self._write("answer", answered, by, remark)

    def correct(self, corrected: RepeatQuestion, by: str, remark: SealedText | None) -> None:
        """Also of those that were answered at the same moment. The answer before stays readable."""
        self._write("correct", corrected, by, remark)

    def _write(self, query: str, answered: RepeatQuestion, by: str, remark: SealedText | None) -> None:
        if remark:
            self._texts.write(remark)
        columns = {name: getattr(answered, name) for name in ("question_id", "answer", "answered_on")}
        self.execute(query, columns | {"by": by, "remark_text": remark.text_id if remark else None})

    def questions(
        self, house: str, holder: str | None, query: RepeatQuestionsQuery, today: date
    ) -> list[RepeatQuestionView]:
        """One more than the page holds, if there is a next page. holder: None for those of all case holders."""
        wanted = {"house": house, "holder": holder, "after": query.cursor, "limit": query.limit + 1, "today": today}
        return self._views(house, f"{query.state}_questions", wanted)

    def questions_of_case(self, house: str, table_case_id: UUID, today: date) -> list[RepeatQuestionView]:
        """All of one table case that were not withdrawn, the newest first."""
        return self._views(house, "questions_of_case", {"table_case_id": table_case_id, "today": today})

    def running_of_cases(self, house: str, case_ids: Collection[UUID], today: date) -> list[RunningTableCase]:
        wanted = {"house": house, "case_ids": list(case_ids), "today": today}
        return self.fetch_all("running_of_cases", wanted, RunningTableCase)

    def _views(self, house: str, query: str, wanted: dict[str, Any]) -> list[RepeatQuestionView]:
        rows = self.fetch_all(query, wanted)
        written = [row["remark_text"] for row in rows if row["remark_text"]]
        texts = self._texts.newest(house, written) if written else {}
        return [RepeatQuestionView(remark=texts.get(row.pop("remark_text")), **row) for row in rows]
