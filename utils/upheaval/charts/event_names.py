"""What an event is called beside its mark, in our words, where it is no landmark.

A name says less than the row: who speaks, or what was done. How well it is known is told by the
mark beside it.
"""

from __future__ import annotations

#: By the id of an event: the words beside its mark, at most as long as a landmark's.
NAMES = {
    "biden-surge": "Biden: surge of aid",
    "trump-zelensky-ny": "Trump meets Zelensky",
    "rok-minister-officers": "Seoul: officers died?",
    "kremlin-fake-news": "Kremlin: fake news",
    "msmt-launched": "Team to monitor sanctions",
    "zelensky-10000-claim": "Zelensky: about 10,000",
    "dprk-groundless-rumours": "DPRK: groundless rumours",
    "duma-ratifies-treaty": "Duma approves the treaty",
    "putin-kazan-remark": "Putin does not deny",
    "yoon-wont-sit-idle": "Seoul hints at arms",
    "dprk-vice-minister-remark": "DPRK: it would be lawful",
    "trilateral-nsa": "Three advisers: concern",
    "hwasong-19-test": "Hwasong-19 test",
    "choe-moscow-victory": "DPRK: until victory",
    "package-nov-1": "$425 million of arms",
    "first-under-fire": "Ukraine: DPRK under fire",
    "g7-plus-nov": "G7: grave concern",
    "umerov-first-clash": "Ukraine: first small clash",
    "treaty-ratified": "Ratification complete",
    "us-confirms-combat": "U.S.: fighting has begun",
    "landmines": "U.S. approves mines",
    "package-nov-20": "$275 million of arms",
    "bbc-oil-report": "Study: oil to the DPRK",
    "rok-air-defence-claim": "Seoul: air defences given",
    "kellogg-named": "Kellogg named envoy",
    "ukr-delegation-seoul": "Delegation in Seoul",
    "belousov-pyongyang": "Belousov in Pyongyang",
}
