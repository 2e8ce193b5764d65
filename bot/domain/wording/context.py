"""Who says what about whom: when words that stand in the lexicon are fine where they stand."""

from __future__ import annotations

from bot.domain.wording.lexicon import Rule, lexicon
from bot.domain.wording.marks import SPECIAL, Kind
from bot.domain.wording.patterns import Found
from bot.domain.wording.text import NOTHING, STOP, Text

_REPORTABLE = frozenset({Kind.INSULT, Kind.CRIME, Kind.GUESS})
"""What somebody said is a fact about them, and neither an insult nor a guess of ours. Data of `SPECIAL` stay data."""

_CONDITIONAL = frozenset({Kind.ACCUSATION, Kind.ABSOLUTE})
"""What is said of a case that has not come is no reproach."""

_TOPIC_REACH = 4
_THING_REACH = 2
"""So many words after it may stand the thing that a word describes: “sick leave dashboard”."""


class Context:
    """What stands around the words of one text."""

    def __init__(self, text: Text, is_letter: bool) -> None:
        known = lexicon()
        self._text = text
        self._is_letter = is_letter
        self._lists = known.lists
        self._endings = tuple(known.lists["thing"].words)
        self._sentences = text.sentences()
        self._harmless = {at for one in known.harmless.find(text) for at in range(one.first, one.after)}
        self._reported = self._find_reported()
        shouted = [word for word in text.source.split() if word.isupper() and len(word) > 1]
        self._is_shouted = len(shouted) * 2 > len(text.words)

    def excuses(self, one: Found[Rule]) -> bool:
        """Whether the words that `one` found are fine where they stand."""
        kind, text = one.meaning.kind, self._text
        if any(at in self._harmless for at in range(one.first, one.after)):
            return True
        if self._describes_thing(one) or self._is_name(one):
            return True
        if kind in SPECIAL:
            return False
        if any(text.quoted[one.first : one.after]) and (kind in _REPORTABLE or self._is_letter):
            return True
        if self._is_about_us(one) or (kind is Kind.GUESS and self._is_own_doubt(one)):
            return True
        if kind in _CONDITIONAL and self._follows(one, "condition"):
            return True
        if kind is Kind.ABSOLUTE and self._is_promised(one):
            return True
        is_reportable = kind in _REPORTABLE or (self._is_letter and kind in _CONDITIONAL)
        return is_reportable and not one.meaning.is_firm and one.first in self._reported

    def _find_reported(self) -> set[int]:
        """The places of words that tell what somebody other than the writer said."""
        text, reported = self._text, set[int]()
        for one in lexicon().speech.find(text):
            neighbours = [text.words[one.first - 1]] if one.first and text.gaps[one.first] == NOTHING else []
            if one.after < len(text.words) and text.gaps[one.after] == NOTHING:
                neighbours.append(text.words[one.after])
            if any(self._lists["writer"].fits(word) for word in neighbours[:1]):
                continue
            for at in range(one.after, len(text.words)):
                if text.gaps[at] == STOP or self._lists["contrast"].fits(text.words[at]):
                    break
                reported.add(at)
        return reported

    def _describes_thing(self, one: Found[Rule]) -> bool:
        """Whether the words belong to a thing and to no person: “fraud prevention”, “CDA-berichten”, “anti-theft”."""
        text, kind = self._text, one.meaning.kind
        if kind not in SPECIAL and kind not in {Kind.CRIME, Kind.INSULT}:
            return False
        if text.joined[one.first] and self._lists["against"].fits(text.words[one.first - 1]):
            return True
        if self._is_topic(one):
            return True
        if one.after - one.first > 1:
            return False
        if text.words[one.first].endswith(self._endings):
            return True
        if one.after < len(text.words) and text.joined[one.after]:
            return not self._lists["person"].fits(text.words[one.after])
        for at in range(one.after, min(one.after + _THING_REACH, len(text.words))):
            if text.gaps[at] != NOTHING or self._lists["breaks"].fits(text.words[at]):
                return False
            if self._lists["thing"].fits(text.words[at]):
                return True
        return False

    def _is_topic(self, one: Found[Rule]) -> bool:
        """Whether a thing is about the words: “a training on bribery”, “school voor kinderen met autisme”."""
        text, at = self._text, one.first
        before = range(max(0, at - _TOPIC_REACH), at)
        same = [
            place for place in before if all(text.gaps[next_one] == NOTHING for next_one in range(place + 1, at + 1))
        ]
        things = [place for place in same if self._lists["thing"].fits(text.words[place])]
        if not things:
            return False
        between = text.words[things[-1] + 1 : at]
        return not between or (
            self._lists["about"].fits(between[0]) and not any(self._lists["person"].fits(word) for word in between)
        )

    def _is_name(self, one: Found[Rule]) -> bool:
        """Whether a single word is written as a name: “Boos BV”, “Mr Nutter”, “the Angry Bear books”."""
        text, at = self._text, one.first
        if not text.capital[at] or self._is_shouted:
            return False
        before = text.words[at - 1] if at and text.gaps[at] == NOTHING else ""
        if before and self._lists["title"].fits(before):
            return True
        if any(not text.capital[place] for place in range(one.first, one.after)):
            return False
        if one.after < len(text.words) and text.gaps[one.after] == NOTHING:
            follows = text.words[one.after]
            if self._lists["company"].fits(follows) or (text.capital[one.after] and follows not in ("i", "'s")):
                return True
        if one.meaning.kind in SPECIAL or not before:
            return False
        return not self._lists["article"].fits(before)

    def _is_about_us(self, one: Found[Rule]) -> bool:
        """Whether an insult or a crime is said of the writer: “that we are thieves”."""
        if one.meaning.kind not in {Kind.INSULT, Kind.CRIME} or not one.first:
            return False
        words, at = self._text.words, one.first
        for place in range(max(0, at - 4), at):
            if self._sentences[place] == self._sentences[at] and self._lists["writer"].fits(words[place]):
                around = words[max(0, place - 1) : one.after + 1]
                return any(self._lists["be"].fits(word) for word in around)
        return False

    def _is_own_doubt(self, one: Found[Rule]) -> bool:
        """Whether a single word doubts what the writer does: “perhaps I should have rung”."""
        next_words = self._text.words[one.after : one.after + 2]
        return one.after - one.first == 1 and any(self._lists["writer"].fits(word) for word in next_words)

    def _is_promised(self, one: Found[Rule]) -> bool:
        """Whether it tells what the writer does: “we never share your data”, and not “we never hear from you”."""
        first = after = self._sentences.index(self._sentences[one.first])
        words = self._text.words
        while after < len(words) and self._sentences[after] == self._sentences[first]:
            after += 1
        if not self._lists["writer"].fits(words[first]):
            return False
        pairs = zip(words[first:after], words[first + 1 : after], strict=False)
        return not any(
            self._lists["from"].fits(near) and self._lists["reader"].fits(next_one) for near, next_one in pairs
        )

    def _follows(self, one: Found[Rule], name: str) -> bool:
        """Whether a word of the list `name` stands before the mark in its sentence."""
        at = one.first
        sentence = self._sentences[at]
        while at >= 0 and self._sentences[at] == sentence:
            if self._lists[name].fits(self._text.words[at]):
                return True
            at -= 1
        return False
