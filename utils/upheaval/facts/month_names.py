"""The names of months, and the words for true and false, as spreadsheet programs write them.

The languages are English, German, French, Spanish, Italian, Portuguese, Dutch, Turkish, Polish,
Ukrainian and Russian; the programs use English names or numbers in Korean and Japanese.
"""

from __future__ import annotations

_NAMES = (
    "january jan januar jän jänner janvier janv enero ene gennaio gen janeiro januari ocak "
    "oca styczeń stycznia sty січень січня січ январь января янв",
    "february feb februar février févr febrero febbraio fevereiro fev februari şubat şub luty "
    "lutego lut лютий лютого лют февраль февраля фев февр",
    "march mar märz mrz mär mars marzo março maart mrt mart marzec marca березень березня бер "
    "март марта мар",
    "april apr avril avr abril abr aprile nisan nis kwiecień kwietnia kwi квітень квітня кві "
    "квіт апрель апреля апр",
    "may mai mayo maggio mag maio mei mayıs maj maja травень травня тра трав май мая",
    "june jun juni juin junio giugno giu junho haziran haz czerwiec czerwca cze червень "
    "червня чер черв июнь июня июн",
    "july jul juli juillet juil julio luglio lug julho temmuz tem lipiec lipca lip липень "
    "липня лип июль июля июл",
    "august aug août agosto ago augustus ağustos ağu sierpień sierpnia sie серпень серпня сер "
    "серп август августа авг",
    "september sep sept septembre septiembre settembre set setembro eylül eyl wrzesień "
    "września wrz вересень вересня вер сентябрь сентября сен сент",
    "october oct oktober okt octobre octubre ottobre ott outubro out ekim eki październik "
    "października paź жовтень жовтня жов жовт октябрь октября окт",
    "november nov novembre noviembre novembro kasım kas listopad listopada lis листопад "
    "листопада лис лист ноябрь ноября ноя нояб",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro aralık ara "
    "grudzień grudnia gru грудень грудня гру груд декабрь декабря дек",
)
MONTHS: dict[str, int] = {
    name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()
}
"""From a month's name or short name, in small letters, to its number."""
TRUE = frozenset(
    {"true", "wahr", "vrai", "verdadero", "vero", "verdadeiro", "waar", "prawda", "doğru"}
    | {"істина", "истина"}
)
"""The word for true that spreadsheet programs put into a cell, in small letters."""
FALSE = frozenset(
    {"false", "falsch", "faux", "falso", "onwaar", "fałsz", "yanlış", "хибність", "хибне", "ложь"}
)
"""The word for false, as `TRUE`."""
