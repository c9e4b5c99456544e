"""Dutch and English: what the pages say, and how they write days, moments, numbers and amounts.

Messages stand in the code in English; `locale/nl.po` has their Dutch. The language of a request is set once, with
`speak`, and everything that is shown while the request is handled follows it.
"""

from contextvars import ContextVar
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import LazyProxy, NullTranslations, Translations

CATALOG = Path(__file__).with_name("locale") / "nl.po"
DUTCH, ENGLISH = "nl", "en"
LANGUAGES = {DUTCH: "Nederlands", ENGLISH: "English"}
HOME = dates.get_timezone("Europe/Amsterdam")
# English as it is written in Europe: day before month, and 24 hours.
_LOCALES = {DUTCH: Locale("nl", "NL"), ENGLISH: Locale("en", "GB")}
_language: ContextVar[str] = ContextVar("language", default=DUTCH)


def speak(language: str | None) -> None:
    """Choose the language of what is shown from here on; an unknown one is Dutch."""
    _language.set(language if language in LANGUAGES else DUTCH)


def language() -> str:
    """The code of the language that is spoken."""
    return _language.get()


def gettext(message: str) -> str:
    """The message in the language that is spoken."""
    return str(_translations(language()).ugettext(message))


def ngettext(singular: str, plural: str, number: int) -> str:
    """The same for a message about a number of things."""
    return str(_translations(language()).ungettext(singular, plural, number))


def lazy(message: str) -> LazyProxy:
    """The message in the language that is spoken when it is shown: for labels of forms, which stand in classes."""
    return LazyProxy(gettext, message, enable_cache=False)


def day(value: date | str) -> str:
    """`2027-01-12` → `12 jan 2027`."""
    return dates.format_date(_date(value), locale=_locale())


def birth_date(value: str) -> str:
    """`1990-02-03` → `3 februari 1990`; known in part, `1990-02` → `februari 1990`, `1990-00-00` → `1990`."""
    year, month, day, *_ = [*map(int, value.split("-")), 0, 0]
    form = ("d MMMM y" if day else "MMMM y") if month else "y"
    return dates.format_date(date(year, month or 1, day or 1), form, locale=_locale())


def weekday(value: date | str) -> str:
    """`2027-01-12` → `dinsdag 12 januari 2027`."""
    return dates.format_date(_date(value), "full", locale=_locale())


def moment(value: datetime | str) -> str:
    """`2027-01-12T08:05:00Z` → `12 jan 2027 09:05`, in the time of the house."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{dates.format_date(at.astimezone(HOME), locale=_locale())} {_time(at)}"


def number(value: Decimal | float) -> str:
    """`1234.5` → `1.234,5`."""
    return numbers.format_decimal(value, locale=_locale())


def amount(value: Decimal | float | str) -> str:
    """`1234.5` → `€ 1.234,50`."""
    return numbers.format_currency(Decimal(value), "EUR", locale=_locale())


def duration(seconds: float) -> str:
    """`5400` → `2 uur`, in the unit that fits."""
    return dates.format_timedelta(timedelta(seconds=seconds), threshold=1.5, locale=_locale())


def size(amount: float) -> str:
    """`1234567890` bytes → `1,2 GB`."""
    return f"{number(round(amount / 1e9, 1))} GB"


def clock(value: datetime | str) -> str:
    """`2027-01-12T08:05:09Z` → `09:05:09`, in the time of the house."""
    at = datetime.fromisoformat(value) if isinstance(value, str) else value
    return dates.format_time(at, "medium", tzinfo=HOME, locale=_locale())


def _time(at: datetime) -> str:
    return dates.format_time(at, "short", tzinfo=HOME, locale=_locale())


def _date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _locale() -> Locale:
    return _LOCALES[language()]


@cache
def _translations(language: str) -> NullTranslations:
    """Made of the catalog at its first use: no compiled file can be older than its source."""
    if language == ENGLISH:
        return NullTranslations()
    compiled = BytesIO()
    with CATALOG.open("rb") as catalog:
        write_mo(compiled, read_po(catalog, locale=language))
    compiled.seek(0)
    return Translations(compiled)
