"""What a quotation says, in our words, where a title has no room for its own.

A title has a quotation whole, or its first whole sentences; a cut within a sentence could turn it.
Where neither fits, it tells the content, and not the stance that we coded. Words on something else
than the deployment are told by their topic.
"""

from __future__ import annotations

#: By the id of a quotation, what follows the speaker's name.
GISTS = {
    "gzero-symbolic": "expects no more than a symbolic deployment for now",
    "zelensky-ten-thousand": "says about 10,000 North Koreans are being prepared to fight",
    "feng-yujun-predicament": "says neither country escapes its predicament by it",
    "healey-highly-likely": "says hundreds of combat troops are very probably on their way",
    "lammy-cho-joint": "say that the cooperation shows desperation",
    "cha-article-symbol": "calls sending troops the biggest sign of an alliance commitment",
    "cha-csis-all-in": "says that Kim is “all in” for Putin's war",
    "lukashenko-never-persuade": "says Putin would never ask another country for its army",
    "borrell-condemns": "condemns the two states' military cooperation",
    "kim-yong-hyun-cannon-fodder": "says Kim Jong Un has sold his soldiers as cannon fodder",
    "putin-article-four": "points to Article 4 of the treaty: what to do “is up to us”",
    "yoon-more-flexibly": "may review his rule against lethal arms for Ukraine",
    "isw-combat-experience": "think Pyongyang hopes for combat experience",
    "kim-jong-gyu-if-such-a-thing": "says such an act would conform with international law",
    "cha-npr-battlefield": "thinks the troops may make little difference in battle",
    "rutte-desperation": "calls the deployment a sign of growing desperation",
    "kim-song-necessary-decision": "says Pyongyang will decide as needed if Russia is threatened",
    "nebenzya-barefaced-lies": "calls statements about North Koreans at the front barefaced lies",
    "nebenzya-flawed-logic": "asks why Russia's allies may not help as Ukraine's do",
    "zelensky-number-will-increase": "warns that, unanswered, more North Koreans will come",
    "blinken-coming-days": "expects the troops in combat in the coming days",
    "gabuev-strategic-capabilities": "fears what Pyongyang may get from Russia in return",
    "yang-uk-demonstration": "thinks a missile launch may be a show of strength",
    "lin-jian-matter-for-themselves": "calls the ties a matter for Pyongyang and Moscow",
    "sybiha-aggressive-war": "says that North Korean troops now wage war in Europe",
    "rutte-threatening-peace": "says Moscow and its partners threaten Asia, too",
    "iwaya-significant-implications": "sees grave consequences for East Asia's security",
    "koort-ten-days": "says that Russia loses as many soldiers in about ten days",
    "seiler-hold-their-hand": "thinks that Russian soldiers will find them in the way",
    "baerbock-core-interests": "says that the troops violate Europe's core interests",
    "kiviselg-new-batch": "tells of reports that more soldiers are to come before summer",
    "skibitskyi-fast-learners": "says that the North Koreans learn fast",
    "gerasimov-significant-assistance": "acknowledges that North Korean soldiers fought in Kursk",
    "kcna-sacred-mission": "acknowledges its soldiers' “sacred mission”",
    "putin-shoulder-to-shoulder": "praises North Korean soldiers who fought beside Russians",
    "shyriaiev-learned-quickly": "says that the North Koreans learned very quickly",
    "shoigu-sappers": "announces 1,000 sappers and 5,000 military builders",
    "kim-jong-un-sorrow": "tells bereaved families of his sorrow",
    "kim-jong-un-fraternal-duty": "promises Russia all possible help as a “fraternal duty”",
    "kim-jong-un-miracle": "praises the engineers who cleared a danger zone in three months",
}
