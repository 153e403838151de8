"""The names of months, and the words for true and false, as spreadsheet programs write them.

The languages are English, German, French, Spanish, Italian, Portuguese, Dutch, Turkish, Polish,
Ukrainian and Russian, Swedish, Danish and Norwegian, Finnish, Estonian, Hungarian, Romanian and
Greek; the programs use English names or numbers in Korean and Japanese.
"""

from __future__ import annotations

_NAMES = (
    "january jan januar jän jänner janvier janv enero ene gennaio gen janeiro januari ocak "
    "oca styczeń stycznia sty січень січня січ январь января янв ianuarie ian tammikuu tammi "
    "jaanuar jaan ιανουάριος ιανουαρίου ιαν",
    "february feb februar février févr febrero febbraio fevereiro fev februari şubat şub luty "
    "lutego lut лютий лютого лют февраль февраля фев февр febr februarie helmikuu helmi "
    "veebruar veebr φεβρουάριος φεβρουαρίου φεβ",
    "march mar märz mrz mär mars marzo março maart mrt mart marzec marca березень березня бер "
    "март марта мар március márc martie maaliskuu maalis märts μάρτιος μαρτίου μαρ",
    "april apr avril avr abril abr aprile nisan nis kwiecień kwietnia kwi квітень квітня кві "
    "квіт апрель апреля апр április ápr aprilie huhtikuu huhti aprill απρίλιος απριλίου απρ",
    "may mai mayo maggio mag maio mei mayıs maj maja травень травня тра трав май мая május "
    "máj toukokuu touko μάιος μαΐου μάι μαϊ μαι",
    "june jun juni juin junio giugno giu junho haziran haz czerwiec czerwca cze червень "
    "червня чер черв июнь июня июн június jún iunie iun kesäkuu kesä juuni ιούνιος ιουνίου "
    "ιουν",
    "july jul juli juillet juil julio luglio lug julho temmuz tem lipiec lipca lip липень "
    "липня лип июль июля июл július júl iulie iul heinäkuu heinä juuli ιούλιος ιουλίου ιουλ",
    "august aug août agosto ago augustus ağustos ağu sierpień sierpnia sie серпень серпня сер "
    "серп август августа авг augusztus elokuu elo αύγουστος αυγούστου αυγ agu",
    "september sep sept septembre septiembre settembre set setembro eylül eyl wrzesień "
    "września wrz вересень вересня вер сентябрь сентября сен сент szeptember szept septembrie "
    "syyskuu syys σεπτέμβριος σεπτεμβρίου σεπ",
    "october oct oktober okt octobre octubre ottobre ott outubro out ekim eki październik "
    "października paź жовтень жовтня жов жовт октябрь октября окт október octombrie lokakuu "
    "loka oktoober οκτώβριος οκτωβρίου οκτ",
    "november nov novembre noviembre novembro kasım kas listopad listopada lis листопад "
    "листопада лис лист ноябрь ноября ноя нояб noiembrie marraskuu marras νοέμβριος νοεμβρίου "
    "νοε",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro aralık ara "
    "grudzień grudnia gru грудень грудня гру груд декабрь декабря дек desember des decembrie "
    "joulukuu joulu detsember dets δεκέμβριος δεκεμβρίου δεκ",
)
MONTHS: dict[str, int] = {
    name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()
}
"""From a month's name or short name, in small letters, to its number."""
TWO_MONTHS = frozenset({"lip", "lis", "listopad", "listopada"})
"""Names among them that stand for July and November in Polish, for June and October in Croatian."""
TRUE = frozenset(
    {"true", "wahr", "vrai", "verdadero", "vero", "verdadeiro", "waar", "prawda", "doğru"}
    | {"істина", "истина", "sant", "sand", "sann", "tosi", "tõene", "igaz", "adevărat", "αληθες"}
    | {"αληθεσ", "pravda"}
)
"""The word for true that spreadsheet programs put into a cell, in small letters."""
FALSE = frozenset(
    {"false", "falsch", "faux", "falso", "onwaar", "fałsz", "yanlış", "yanliş", "хибність"}
    | {"хибне", "ложь", "falskt", "falsk", "usann", "epätosi", "väär", "hamis", "fals", "ψευδες"}
    | {"ψευδεσ", "nepravda"}
)
"""The word for false, as `TRUE`; Python makes other small letters of `YANLIŞ` than Turkish does."""
YES = frozenset(
    {"yes", "ja", "oui", "sí", "si", "sì", "sim", "tak", "так", "да", "evet", "jah", "kyllä"}
    | {
        "joo",
        "igen",
        "da",
        "ναι",
        "ano",
        "áno",
        "jā",
        "taip",
        "예",
        "네",
        "はい",
        "是",
        "نعم",
        "כן",
    }
)
"""The words that people write for yes, in small letters."""
NO = frozenset(
    {"no", "nein", "non", "não", "nao", "nee", "nie", "ні", "нет", "hayır", "hayir", "ei", "nej"}
    | {"nei", "nem", "nu", "όχι", "ne", "nē", "아니요", "아니오", "いいえ", "否", "لا", "לא"}
)
"""The words that people write for no, as `YES`; all of them say no in every language here."""
