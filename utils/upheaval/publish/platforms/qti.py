"""Questions as a package of QTI 2.1, which Canvas, Blackboard, Brightspace and others import.

"IMS Question and Test Interoperability, Assessment Test, Section and Item Information Model",
version 2.1 (IMS Global Learning Consortium, 2012): a ZIP with a manifest, one file a question, and
two tests a lesson: its checks, and what comes back later. Reasons are ``modalFeedback``: what a
platform shows of them is its own choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from .questions import Bank, Choice, Lesson, Match, Number, Question
from .xml import added, written

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
PACKAGE_SCHEMA = "http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
FEEDBACK = "FEEDBACK"
MAP = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"


def files(lessons: Sequence[Lesson]) -> dict[str, bytes]:
    """The files of the package by their names."""
    banks = [bank for lesson in lessons for bank in lesson.banks]
    made = {
        f"items/{identifier(question.name)}.xml": written(_item(question))
        for bank in banks
        for question in bank.questions
    }
    made |= {f"tests/{one.name}.xml": written(_test(one)) for one in banks}
    return {"imsmanifest.xml": written(_manifest(banks)), **made}


def identifier(name: str) -> str:
    """A name as an XML identifier: it begins with a letter and has no full stop."""
    return f"check-{re.sub(r'[^A-Za-z0-9-]', '-', name)}"


def _root(tag: str, name: str, title: str) -> ET.Element:
    return ET.Element(
        tag,
        {
            "xmlns": NAMESPACE,
            "xmlns:xsi": XSI,
            "xsi:schemaLocation": f"{NAMESPACE} {SCHEMA}",
            "identifier": name,
            "title": title,
        },
    )


# -- a question ------------------------------------------------------------------------------------
def _item(question: Question) -> ET.Element:
    item = _root("assessmentItem", identifier(question.name), question.name)
    item.attrib |= {"adaptive": "false", "timeDependent": "false"}
    if isinstance(question, Choice):
        _choice(item, question)
    elif isinstance(question, Number):
        _number(item, question)
    else:
        _match(item, question)
    return item


def _score(item: ET.Element) -> None:
    score = added(
        item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float"
    )
    added(added(score, "defaultValue"), "value", "0")


def _told(item: ET.Element) -> None:
    """The outcome that names the reason to show: the form in which Canvas looks for it."""
    added(
        item, "outcomeDeclaration", identifier=FEEDBACK, cardinality="multiple",
        baseType="identifier",
    )  # fmt: skip


def _reason(item: ET.Element, name: str, text: str) -> None:
    told = added(
        item, "modalFeedback", outcomeIdentifier=FEEDBACK, identifier=name,
        showHide="show",
    )  # fmt: skip
    added(told, "p", text)


def _choice(item: ET.Element, question: Choice) -> None:
    """One choice; where several answers are right, each of them alone has the whole score."""
    names = [f"A{at}" for at, _ in enumerate(question.answers, 1)]
    right = [name for name, one in zip(names, question.answers, strict=True) if one.right]
    answer = added(
        item, "responseDeclaration", identifier="RESPONSE", cardinality="single",
        baseType="identifier",
    )  # fmt: skip
    added(added(answer, "correctResponse"), "value", right[0])
    mapping = added(answer, "mapping", defaultValue="0")
    for name in right:
        added(mapping, "mapEntry", mapKey=name, mappedValue="1")
    _score(item)
    _told(item)
    body = added(item, "itemBody")
    asked = added(
        body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="false", maxChoices="1"
    )
    added(asked, "prompt", question.text)
    for name, one in zip(names, question.answers, strict=True):
        added(asked, "simpleChoice", one.text, identifier=name)
    process = added(item, "responseProcessing")
    choose = added(process, "responseCondition")
    for at, (name, one) in enumerate(zip(names, question.answers, strict=True)):
        branch = added(choose, "responseElseIf" if at else "responseIf")
        same = added(branch, "match")
        added(same, "variable", identifier="RESPONSE")
        added(same, "baseValue", name, baseType="identifier")
        _outcome(branch, one.right, name)
    for name, one in zip(names, question.answers, strict=True):
        _reason(item, name, one.why)


def _outcome(branch: ET.Element, right: bool, told: str) -> None:
    """The score and the reason of one branch."""
    score = added(branch, "setOutcomeValue", identifier="SCORE")
    added(score, "baseValue", "1" if right else "0", baseType="float")
    reason = added(added(branch, "setOutcomeValue", identifier=FEEDBACK), "multiple")
    added(reason, "variable", identifier=FEEDBACK)
    added(reason, "baseValue", told, baseType="identifier")


def _number(item: ET.Element, question: Number) -> None:
    answer = added(
        item, "responseDeclaration", identifier="RESPONSE", cardinality="single", baseType="float"
    )
    added(added(answer, "correctResponse"), "value", f"{question.low:.15g}")
    _score(item)
    _told(item)
    body = added(item, "itemBody")
    line = added(body, "p", f"{question.text} ")
    added(line, "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="12")
    branches = [("RIGHT", True, question.low, question.high, question.why)]
    branches += [
        (f"SLIP{at}", False, slip.low, slip.high, slip.why)
        for at, slip in enumerate(question.slips, 1)
    ]
    choose = added(added(item, "responseProcessing"), "responseCondition")
    for at, (name, right, low, high, _) in enumerate(branches):
        branch = added(choose, "responseElseIf" if at else "responseIf")
        between = added(branch, "and")
        for way, end in (("gte", low), ("lte", high)):
            compared = added(between, way)
            added(compared, "variable", identifier="RESPONSE")
            added(compared, "baseValue", f"{end:.15g}", baseType="float")
        _outcome(branch, right, name)
    if question.below:
        branch = added(choose, "responseElseIf")
        less = added(branch, "lt")
        added(less, "variable", identifier="RESPONSE")
        added(less, "baseValue", f"{question.low:.15g}", baseType="float")
        _outcome(branch, False, "BELOW")
    if question.above:
        _outcome(added(choose, "responseElse"), False, "ABOVE")
    for name, _, _, _, why in branches:
        _reason(item, name, why)
    for name, why in (("BELOW", question.below), ("ABOVE", question.above)):
        if why:
            _reason(item, name, why)


def _match(item: ET.Element, question: Match) -> None:
    """One point a text; where several options are right for it, each has the point."""
    rows = [(f"T{at}", pair) for at, pair in enumerate(question.pairs, 1)]
    names = {one: f"O{at}" for at, one in enumerate(question.options, 1)}
    answer = added(
        item, "responseDeclaration", identifier="RESPONSE", cardinality="multiple",
        baseType="directedPair",
    )  # fmt: skip
    correct = added(answer, "correctResponse")
    mapping = added(answer, "mapping", defaultValue="0")
    for row, pair in rows:
        added(correct, "value", f"{row} {names[pair.right[0]]}")
        for one in pair.right:
            added(mapping, "mapEntry", mapKey=f"{row} {names[one]}", mappedValue="1")
    _score(item)
    body = added(item, "itemBody")
    # Canvas takes a prompt in here, with all options behind it, for the text of the question.
    added(body, "p", question.text)
    asked = added(
        body, "matchInteraction", responseIdentifier="RESPONSE", shuffle="false",
        maxAssociations=str(len(rows)),
    )  # fmt: skip
    left, right = (added(asked, "simpleMatchSet") for _ in range(2))
    for row, pair in rows:
        added(left, "simpleAssociableChoice", pair.text, identifier=row, matchMax="1")
    for one, name in names.items():
        most = {"identifier": name, "matchMax": str(len(rows))}
        added(right, "simpleAssociableChoice", question.options[one], **most)
    added(item, "responseProcessing", template=MAP)


# -- a bank, and the package -----------------------------------------------------------------------
def _test(bank: Bank) -> ET.Element:
    test = _root("assessmentTest", bank.name, bank.title)
    part = added(
        test, "testPart", identifier="part", navigationMode="nonlinear",
        submissionMode="individual",
    )  # fmt: skip
    section = added(
        part, "assessmentSection", identifier="section", title=bank.title, visible="true"
    )
    for question in bank.questions:
        name = identifier(question.name)
        added(section, "assessmentItemRef", identifier=name, href=f"../items/{name}.xml")
    return test


def _manifest(banks: Iterable[Bank]) -> ET.Element:
    root = ET.Element(
        "manifest",
        {
            "xmlns": PACKAGE,
            "xmlns:xsi": XSI,
            "xsi:schemaLocation": f"{PACKAGE} {PACKAGE_SCHEMA}",
            "identifier": "axis-of-upheaval",
        },
    )
    about = added(root, "metadata")
    added(about, "schema", "QTIv2.1 Package")
    added(about, "schemaversion", "1.0.0")
    added(root, "organizations")
    resources = added(root, "resources")
    for bank in banks:
        names = [identifier(question.name) for question in bank.questions]
        file = f"tests/{bank.name}.xml"
        test = added(
            resources, "resource", identifier=f"resource-{bank.name}",
            type="imsqti_test_xmlv2p1", href=file,
        )  # fmt: skip
        added(test, "file", href=file)
        for name in names:
            added(test, "dependency", identifierref=f"resource-{name}")
        for name in names:
            file = f"items/{name}.xml"
            item = added(
                resources, "resource", identifier=f"resource-{name}", type="imsqti_item_xmlv2p1",
                href=file,
            )  # fmt: skip
            added(item, "file", href=file)
    return root
