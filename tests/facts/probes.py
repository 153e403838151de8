"""Sentences as people write them, with what they say and what they do not say.

`test_probes.py` asks of each whether a row with that value is let pass, or told. A row of a table
is a sentence, the value of a cell, and for a date that of the page.
"""

from __future__ import annotations

DAY = "2024-10-23"
#: All of these say 23 October 2024, on a page of 24 October 2024.
DAYS = """
on 23 October 2024
on October 23, 2024
on Oct. 23
Oct 23rd, 2024
23 Oct. 2024
the 23rd of October
the 23rd October 2024
October the 23rd
Wednesday, 23 October
Wednesday (October 23)
23-Oct-2024
23-Oct-24
23Oct2024
2024-10-23
2024/10/23
2024.10.23
20241023
2024-10-23T14:05Z
23/10/2024
10/23/2024
23.10.2024
23. 10. 2024
23.10.24
10/23/24
23-10-2024
10/23
am 23.10. in Kursk
twenty-third of October
the twenty third of October, 2024
October twenty-third
on the twenty-third of October twenty twenty-four
23 X 2024
from 21 to 23 October
from October 21 to 23
October 22-23
22–23 October 2024
between 23 October and 4 November 2024
October 23 and November 4, 2024
on October 21, 22 and 23
am 23. Oktober 2024
vom 21. bis 23. Oktober
am dreiundzwanzigsten Oktober
le 23 octobre 2024
mercredi 23 octobre
el 23 de octubre de 2024
il 23 ottobre 2024
em 23 de outubro
op 23 oktober
den 23 oktober
23. oktober
dne 23. října
23. lokakuuta
23 października 2024 r.
23 Ekim 2024
Rabu 23 Oktober 2024
23 жовтня 2024 року
23 октября
23-го октября
двадцать третьего октября
двадцять третього жовтня
10월 23일
2024년 10월 23일
24년 10월 23일
10月23日
2024年10月23日
十月二十三日
二〇二四年十月二十三日
２０２４年１０月２３日
في 23 أكتوبر 2024
지난 23일
on the 23rd
""".strip().splitlines()
#: None of these does.
OTHER_DAYS = """
on 24 October 2024
on 22 October
on 23 November 2024
on 23 October 2023
on October 23, 2025
2024-10-24
2024-11-23
2024/10/13
20241024
20231023
24/10/2024
23/11/2024
23.10.2025
twenty-fourth of October
twenty-third of November
on the twenty-third of October twenty twenty-three
from 21 to 22 October
October 22-24, with 123 men
23 soldiers came in October
on Wednesday
in October 2024
in 2024
am vierundzwanzigsten Oktober
двадцать четвёртого октября
10월 24일
11월 23일
2023년 10월 23일
十月二十四日
지난 22일
on the 22nd
October 2023, as the 23 men say
on 2 or 3 October
""".strip().splitlines()
#: A sentence, the date of its page, a date, and whether the sentence says it.
DATES = [
    ("first of March", "2024-03", "2024-03-01", True),
    ("le 1er mars", "2024-03", "2024-03-01", True),
    ("1 мая", "2024-05-02", "2024-05-01", True),
    ("3月1日", "2024-03-02", "2024-03-01", True),
    ("May 9", "2024-05-10", "2024-05-09", True),
    ("they may send 9 men", "2024-05-10", "2024-05-09", False),
    ("they may send men", "2024-05-10", "2024-05", False),
    ("on October 23", "2025-10-24", "2024-10-23", False),
    ("on October 23", "2024-10-24", "2025-10-23", False),
    ("on October 23", "", "2025-10-23", True),
    ("in January", "2024-12-20", "2025-01", True),
    ("in December", "2025-01-05", "2024-12", True),
    ("in October 2024", "2026-01", "2024-10", True),
    ("in mid-October", "2024-10-24", "2024-10", True),
    ("Oct '24", "", "2024-10", True),
    ("10/2024", "", "2024-10", True),
    ("2024年10月", "", "2024-10", True),
    ("на початку жовтня 2024 року", "", "2024-10", True),
    ("в октябре прошлого года", "2025-03", "2024-10", True),
    ("in October last year", "2025-03", "2024-10", True),
    ("in October last year", "2025-03", "2023-10", False),
    ("지난해 10월", "2025-03", "2024-10", True),
    ("September and October 2023", "2025", "2023-09", True),
    ("September and October 2023", "2025", "2024-09", False),
    ("in October 2023", "2024-10", "2024-10", False),
    ("in November 2024", "2024-12", "2024-10", False),
    ("the year 2024", "", "2024", True),
    ("in twenty twenty-four", "", "2024", True),
    ("in the season 2023/24", "", "2024", True),
    ("last year", "2025-03", "2024", True),
    ("on the 20th anniversary", "2020-02", "2000", True),
    ("in 2023", "", "2024", False),
    ("20245 men", "", "2024", False),
]
#: A sentence, a number that it says, and one that it does not say.
NUMBERS = [
    ("at least 3,000 soldiers", 3_000, 30_000),
    ("at least three-thousand soldiers", 3_000, 3),
    ("half a million", 500_000, 1_000_000),
    ("a half million shells", 500_000, 1_000_000),
    ("half-million", 500_000, 5_000),
    ("two and a half thousand", 2_500, 2_000),
    ("two and a half million", 2_500_000, 2_500),
    ("a couple of thousand", 2_000, 200),
    ("a couple thousand men", 2_000, 1_000),
    ("a couple of hundred", 200, 2_000),
    ("One hundred and one", 101, 100),
    ("one hundred one", 101, 100),
    ("a hundred and five thousand", 105_000, 5_000),
    ("between one hundred and two hundred", 200, 300),
    ("fifteen hundred", 1_500, 15),
    ("twelve thousand five hundred", 12_500, 12_000),
    ("two thousand three hundred", 2_300, 2_000),
    ("six hundred seventy-eight", 678, 670),
    ("one million two hundred thousand and five", 1_200_005, 1_200_000),
    ("one and a half million", 1_500_000, 1_000_000),
    ("a million and a half", 1_500_000, 1_000_000),
    ("1½ million", 1_500_000, 1_000_000),
    ("2½ thousand", 2_500, 2_000),
    ("a quarter of a million", 250_000, 1_000_000),
    ("three quarters of a million", 750_000, 3_000_000),
    ("a dozen", 12, 1),
    ("dozens of them", 12, 120),
    ("two dozen", 24, 12),
    ("half a dozen", 6, 12),
    ("three score", 60, 20),
    ("scores of them", 20, 200),
    ("tens of thousands", 10_000, 1_000),
    ("hundreds of thousands", 100_000, 100),
    ("hundreds of soldiers", 100, 1_000),
    ("between 10 and 12 thousand", 10_000, 100_000),
    ("between 10 and 12 thousand", 12_000, 12),
    ("10 to 12 thousand", 10_000, 12),
    ("10-12,000 men", 10_000, 100),
    ("10-12,000 men", 12_000, 120),
    ("10–12k", 10_000, 100_000),
    ("five or six thousand", 5_000, 500),
    ("1.5 to 2 million", 1_500_000, 15_000_000),
    ("10,000-12,000 troops", 10_000, 1_200),
    ("from 10,000 up to 12,000", 12_000, 120_000),
    ("12k men", 12_000, 12),
    ("$1.7bn", 1.7e9, 1.7e6),
    ("US$725m in aid", 725e6, 725e9),
    ("$1.7 billion", 1.7e9, 1.7),
    ("1.2 mln", 1.2e6, 1.2e9),
    ("some 11 000 men", 11_000, 110),
    ("11\u00a0000 men", 11_000, 1_100),
    ("11’000", 11_000, 11),
    ("1,234,567.89", 1_234_567.89, 1_234),
    ("12,00,000", 1_200_000, 12_000),
    ("2 lakh", 200_000, 2),
    ("six million 152 mm shells", 6_000_000, 6_152),
    ("6 million 152-millimeter shells", 6_000_000, 6_000_152),
    ("a brigade of 3 thousand", 3_000, 30_000),
    ("the eleventh man", 11, 10),
    ("twice", 2, 3),
    ("12.000 Soldaten", 12_000, 12),
    ("zwölftausend Soldaten", 12_000, 1_200),
    ("dreiundzwanzig Männer", 23, 32),
    ("eine halbe Million", 500_000, 1_000_000),
    ("anderthalb Millionen", 1_500_000, 15_000),
    ("2,5 Milliarden", 2.5e9, 2.5e6),
    ("ein Dutzend", 12, 10),
    ("douze mille soldats", 12_000, 12),
    ("deux mille cinq cents", 2_500, 2_000),
    ("1,7 milliard", 1.7e9, 1.7e6),
    ("un demi-million", 500_000, 1_000_000),
    ("une douzaine", 12, 10),
    ("quatre-vingt-dix", 90, 80),
    ("doce mil soldados", 12_000, 1_200),
    ("dodicimila soldati", 12_000, 12),
    ("Os dois mil soldados, 2.000", 2_000, 200),
    ("12 tys. żołnierzy", 12_000, 12),
    ("6 bin", 6_000, 6),
    ("12 тысяч", 12_000, 12),
    ("12 тыс. военных", 12_000, 120_000),
    ("двенадцать тысяч", 12_000, 1_200),
    ("1,5 млн снарядов", 1_500_000, 15_000),
    ("полтора миллиона", 1_500_000, 1_000_000),
    ("полмиллиона", 500_000, 5_000),
    ("6,5 мільйона", 6_500_000, 65_000),
    ("дванадцять тисяч", 12_000, 12),
    ("півмільйона", 500_000, 5_000),
    ("1만 2천 명", 12_000, 10_000),
    ("1만2000명", 12_000, 1_200),
    ("만 2천여 명", 12_000, 2_000),
    ("3천 명", 3_000, 3),
    ("5억 달러", 500_000_000, 5_000_000),
    ("1万2000人", 12_000, 10_000),
    ("一万二千人", 12_000, 2_000),
    ("３０００人", 3_000, 300),
    ("51.3 مليار دولار", 51.3e9, 51.3e6),
]
#: A sentence, a value in a column that counts by the scale, and one that is not said.
SCALED = [
    ("a $1.7 billion package", 1e6, 1_700, 1.7),
    ("a $1.7 billion package", 1e9, 1.7, 1_700),
    ("$725m in aid", 1e6, 725, 0.725),
    ("one thousand seven hundred million", 1e6, 1_700, 170),
    ("1,700 (in millions)", 1e6, 1_700, 1.7),
    ("two million shells", 1e6, 2, 2_000),
    ("a third of imports", 0.01, 33, 30),
    ("half of it", 0.01, 50, 60),
    ("two-thirds", 0.01, 67, 60),
    ("33 per cent", 0.01, 33, 3.3),
]
#: A sentence, and the state that it speaks of; none of these speaks of another.
STATES = [
    (f"{name} said so", state)
    for state, names in {
        "United Kingdom": "Downing Street;No 10;Number 10;Whitehall;Westminster;The Foreign Office;"
        "The FCDO;Britain;The UK;The U.K.;The British prime minister;MI6;London",
        "Germany": "The Bundestag;Berlin;The Bundeswehr;The Bundesregierung;The German chancellor;"
        "The Kanzleramt;Deutschland;The BND",
        "Ukraine": "The SBU;The HUR;The GUR;The DIU;The Rada;The Verkhovna Rada;Bankova;Kyiv;Kiev;"
        "Kiew;Ukraine’s Main Intelligence Directorate;Ukrinform;ГУР",
        "France": "The Élysée;The Elysée;The E\u0301lyse\u0301e;The Quai d'Orsay;The Quai d’Orsay;"
        "Matignon;Paris;The French;The DGSE",
        "Iran": "The Islamic Republic;Tehran;Teheran;The IRGC;The Revolutionary Guards;Iranians",
        "United States": "The CIA;The White House;The Pentagon;The State Department;Foggy Bottom;"
        "The Oval Office;Capitol Hill;Washington;The U.S.;US officials;The DIA;The Treasury;"
        "The National Security Council;The Department of Defense;The Department of War;America;"
        "Das Weiße Haus;Les États-Unis",
        "Russia": "The Kremlin;The Duma;The State Duma;The Federation Council;Moscow;Moskau;"
        "The FSB;The GRU;TASS;RIA Novosti;The Russian MFA;La Russie;Russland;Moskwa;Rosstat;РФ",
        "South Korea": "The Blue House;The NIS;The JCS;The MND;Seoul;Yonsan, that is Yongsan;"
        "The Joint Chiefs of Staff;Cheong Wa Dae;The ROK;South Koreans;Südkorea;SOUTH KOREA;"
        "The Unification Ministry;La Corée du Sud;Corea del Sur",
        "North Korea": "KCNA;The DPRK;Pyongyang;The North;Rodong Sinmun;North Koreans;Nordkorea;"
        "La Corée du Nord;Corea del Norte;Pjöngjang;NORTH KOREA;The Hermit Kingdom;The RPDC;КНДР;"
        "The Democratic People's Republic of Korea;N. Korea;Nordkoreas",
        "China": "Zhongnanhai;Beijing;Peking;The PLA;The PRC;Xinhua;Pékin",
        "Japan": "Tokyo;Tokio;The Kantei;The Diet;Nagatacho",
        "Israel": "The Knesset;The IDF;Jerusalem;The Israelis",
        "Türkiye": "Turkey;Ankara;The Turks",
        "Poland": "The Sejm;Warsaw;Polen",
        "European Union": "The European Commission;The EEAS;The EU",
        "NATO": "Nato;OTAN;The North Atlantic Council",
        "United Nations": "The Security Council;UNGA;The UN",
        "Belarus": "Minsk;The Belarusians",
        "Canada": "Ottawa;Canadians",
        "Netherlands": "The Hague;The Dutch;Holland",
        "Italy": "Palazzo Chigi;Rome;The Farnesina",
    }.items()
    for name in names.split(";")
]
SPELLINGS = [
    ("Selenskyj sagte", "Zelensky"),
    ("Zelenskiy said", "Zelensky"),
    ("Zelenskyy’s words", "Zelensky"),
    ("Zelenski dijo", "Zelensky"),
    ("Kim Jong-un", "Kim"),
    ("Vladimir Poutine", "Putin"),
    ("Sergej Lawrow", "Lavrov"),
    ("Dmitri Peskow", "Peskov"),
]
