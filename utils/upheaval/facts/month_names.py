"""The names of months, and the words for true and false, as spreadsheet programs write them.

The languages are English, German, French, Spanish, Italian, Portuguese, Dutch, Turkish, Polish,
Ukrainian and Russian, Swedish, Danish and Norwegian, Finnish, Estonian, Hungarian, Romanian and
Greek; for months also Czech, Croatian, Serbian, Bulgarian, Kazakh, Belarusian, Latvian, Lithuanian,
Georgian, Hebrew, Arabic, Albanian, Persian (of our calendar), and by `spelled` Thai and Vietnamese;
the programs use English names or numbers in Korean and Japanese.
"""

from __future__ import annotations

import re
import unicodedata

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
#: Those of further languages, in the same order.
_MORE_NAMES = (
    "leden ledna led sij siječanj siječnja јан јануар јануара яну януари қаң қаңтар сту "
    "студзень студзеня janvāris saus sausis sausio იან იანვარი ינו ינואר يناير",
    "únor února úno velj veljača veljače фебруар фебруара февруари ақп ақпан februāris vas "
    "vasaris vasario თებ თებერვალი פבר פברואר فبراير",
    "březen března bře ožu ožujak ožujka мар нау наурыз сак сакавік сакавіка marts maret kov kovas "
    "kovo მარ მარტი מרץ מרס مارس",
    "duben dubna dub апр април сәу сәуір кра красавік красавіка aprīlis balandis balandžio "
    "აპრ აპრილი אפר אפריל أبريل",
    "květen května kvě svi svibanj svibnja мај маја мам мамыр maijs geg gegužė gegužės მაი "
    "მაისი מאי مايو maí",
    "červen června čvn јун јуна юни мау маусым чэрвень чэрвеня чэр jūn jūnijs birž birželis "
    "birželio ივნ ივნისი יונ יוני يونيو",
    "červenec července čvc јул јула юли шіл шілде ліпень ліпеня ліп jūl jūlijs liep liepa "
    "liepos ივლ ივლისი יול יולי يوليو",
    "srpen srpna srp kol kolovoz kolovoza avg avgust avgusta авг август там тамыз жні жнівень "
    "жніўня augusts rugp rugpjūtis rugpjūčio აგვ აგვისტო אוג אוגוסט أغسطس ágú ágúst",
    "září zář ruj rujan rujna сеп септ септембар септембра септември қыр қыркүйек верасень "
    "верасня septembris rugs rugsėjis rugsėjo სექ სექტემბერი ספט ספטמבר سبتمبر",
    "říjen října říj октобар октобра октомври қаз қазан кас кастрычнік кастрычніка oktobris "
    "spal spalis spalio ოქტ ოქტომბერი אוק אוקטובר أكتوبر",
    "listopadu stu studeni studenoga нов новембар новембра ное ноември қар қараша лістапад "
    "лістапада ліс novembris lapkr lapkritis lapkričio ნოე ნოემბერი נוב נובמבר نوفمبر nóv",
    "prosinec prosince pro prosinac prosinca дец децембар децембра декември жел желтоқсан сне "
    "снежань снежня decembris gruodis gruodžio დეკ დეკემბერი דצמ דצמבר ديسمبر",
)
#: Albanian and Persian (of the Gregorian calendar), in the same order.
_FURTHER_NAMES = (
    "janar jan ژانویه",
    "shkurt shk فوریه",
    "mars mar مارس",
    "prill pri آوریل",
    "maj maj مه",
    "qershor qer ژوئن",
    "korrik korr ژوئیه",
    "gusht gush اوت",
    "shtator sht سپتامبر",
    "tetor tet اکتبر",
    "nëntor nën نوامبر",
    "dhjetor dhj دسامبر",
)
MONTHS: dict[str, int] = {
    name: number
    for months in (_FURTHER_NAMES, _MORE_NAMES, _NAMES)
    for number, names in enumerate(months, start=1)
    for name in names.split()
}
"""From a month's name or short name, in small letters, to its number."""
TWO_MONTHS = frozenset({"lip", "lis", "listopad", "listopada", "srp"})
"""Names among them that stand for July and November in Polish, for June and October in Croatian.

And srp, August in Czech and July in Croatian.
"""
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

#: Thai months, whole and short; regular expressions take marks over its letters for no letters.
_THAI = (
    "มกราคม ม.ค.",
    "กุมภาพันธ์ ก.พ.",
    "มีนาคม มี.ค.",
    "เมษายน เม.ย.",
    "พฤษภาคม พ.ค.",
    "มิถุนายน มิ.ย.",
    "กรกฎาคม ก.ค.",
    "สิงหาคม ส.ค.",
    "กันยายน ก.ย.",
    "ตุลาคม ต.ค.",
    "พฤศจิกายน พ.ย.",
    "ธันวาคม ธ.ค.",
)
_THAI_MONTHS = {
    name.rstrip("."): number for number, names in enumerate(_THAI, 1) for name in names.split()
}
_THAI_MONTH = re.compile(
    "(?:"
    + "|".join(re.escape(one) for one in sorted(_THAI_MONTHS, key=len, reverse=True))
    + r")\.?(?![\u0e00-\u0e7f])"
)
_BUDDHIST = re.compile(r"(?<!\d)(2[4-6]\d\d)(?!\d)")
_VIETNAMESE_MONTH = re.compile(r"\b(?:tháng|thg)[\s.]?(1[0-2]|0?[1-9])(?!\d)", re.IGNORECASE)
_ENGLISH = [names.split()[0] for names in _NAMES]


def spelled(text: str) -> str:
    """A date with a month in Thai or Vietnamese with its English name, and years as we count them.

    Thailand counts 543 years more; of a year of two digits nobody knows which it is, so then the
    text stays as it is.
    """
    text = unicodedata.normalize("NFC", text)
    if _THAI_MONTH.search(text) and re.search(r"(?<!\d)\d{4}(?!\d)", text):
        plain = re.sub(r"[พค]\.ศ\.|ปี|วันที่", " ", text)
        named = _THAI_MONTH.sub(lambda one: _english(_THAI_MONTHS[one[0].rstrip(".")]), plain)
        return _BUDDHIST.sub(lambda year: str(int(year[1]) - 543), named).strip()
    return _VIETNAMESE_MONTH.sub(lambda one: _english(int(one[1])), text)


def _english(month: int) -> str:
    return f" {_ENGLISH[month - 1]} "
