"""Confirms counts of proximity queries by slow loops that know nothing of newsdex
but the definitions in docs/QUERY.md.

    newsdex search '' -n all --format jsonl --fields id,title,body > articles.jsonl
    python3 confirm.py articles.jsonl -- newsdex count --index HOME

Prints each query with the count of the loops and that of newsdex; fails if any two
differ.
"""

import json
import re
import subprocess
import sys
import unicodedata

WORD = re.compile(
    r"[^\W\d_](?:\.[^\W\d_])+\.?(?![^\W_])"  # U.S., a.m.
    r"|\d+(?:[.,]\d+)+(?![^\W_])"  # 4.2, 1,200
    r"|[^\W_]+(?:['’][^\W_]+)*"
)
ABBREVIATIONS = set(
    "adm apr aug brig capt cmdr col dec dept det dr feb fig ft gen gov govs hon jan lt maj mr mrs "
    "ms mt no nov oct pres prof rep reps rev sec sen sens sep sept sgt spc st supt vs approx".split()
)
OPENERS = set(
    "A After An And As At But For He His However I If In It On She That The They This We".split()
)


def fold(word):
    plain = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


class Text:
    """The words of a title or a body, and the units that they stand in."""

    def __init__(self, text):
        self.words, self.sentence, self.paragraph = [], [], []
        end, sentences, paragraphs, before = 0, 0, 0, ""
        for found in WORD.finditer(text):
            word = re.sub(r"['’]s$", "", found.group(), flags=re.I)
            gap = text[end : found.start()]
            if not self.words or re.search(r"\n[^\S\n]*\n", gap):
                paragraphs += 1
                sentences += 1
            elif ends_sentence(before, gap, word):
                sentences += 1
            end, before = found.start() + len(word), word
            dotless = word.replace(".", "") if word[0].isalpha() else word
            self.words.append(fold(dotless.replace(",", "")))
            self.sentence.append(sentences)
            self.paragraph.append(paragraphs)
        self.where = {}
        for number, word in enumerate(self.words):
            self.where.setdefault(word, []).append(number)

    def at(self, *words):
        """Where these words stand side by side; `*` at the end of the last takes in more."""
        last = len(words) - 1
        if words[last].endswith("*"):
            found = (at for word, at in self.where.items() if word.startswith(words[last][:-1]))
            ends = [end for at in found for end in at]
        else:
            ends = self.where.get(words[last], [])
        before = words[:last]
        return [
            (end - last, end)
            for end in ends
            if end >= last and tuple(self.words[end - last : end]) == before
        ]


def ends_sentence(before, gap, word):
    if word[0].islower() or not re.search(r"\s", gap):
        return False
    mark = re.search(r"[.!?…]", gap)
    if not mark:
        return before.endswith(".") and word in OPENERS
    if mark.group() != "." or re.search(r"[!?]", gap) or not gap.startswith("."):
        return True
    initial = len(before) == 1 and before.isupper() and before != "I"
    known = before[0].isupper() and before.lower() in ABBREVIATIONS or before == "vs"
    return not (initial or known)


def distance(one, other):
    """Words from the end of the first to the start of the second; none if they share any."""
    if one[1] < other[0]:
        return other[0] - one[1]
    return one[0] - other[1] if other[1] < one[0] else None


def near(one, other, words):
    return any((distance(a, b) or words + 1) <= words for a in one for b in other)


def pre(one, other, words):
    return any(0 < b[0] - a[1] <= words for a in one for b in other)


def apart(one, other, words):
    return any(not near([a], other, words) for a in one)


def within(one, other, units):
    return any(
        units[min(a[0], b[0])] == units[max(a[1], b[1])]
        for a in one
        for b in other
        if distance(a, b)
    )


def loosely(first, second, words):
    return near(first, second, words)


# The queries, each with what it asks of one text.
IN_TEXT = [
    ('"strike"', lambda t: t.at("strike")),
    ('"iran" near/5 "nuclear"', lambda t: near(t.at("iran"), t.at("nuclear"), 5)),
    ('"president" pre/3 "said"', lambda t: pre(t.at("president"), t.at("said"), 3)),
    (
        '"climate change" near/10 ("flood" OR "floods" OR "drought")',
        lambda t: near(
            t.at("climate", "change"), t.at("flood") + t.at("floods") + t.at("drought"), 10
        ),
    ),
    ('"police" NOT near/8 "protesters"', lambda t: apart(t.at("police"), t.at("protesters"), 8)),
    ('"sanctions" w/s "russia"', lambda t: within(t.at("sanctions"), t.at("russia"), t.sentence)),
    ('"vaccine" w/p "mandate"', lambda t: within(t.at("vaccine"), t.at("mandate"), t.paragraph)),
    ('"supreme court" near/4 nomin*', lambda t: near(t.at("supreme", "court"), t.at("nomin*"), 4)),
    ('"house white"~3', lambda t: near(t.at("house"), t.at("white"), 3)),
    ('title:"border" OR body:("border wall")', None),
    ('atleast10("vote")', None),
    ('first/40("shutdown")', None),
]


def takes(query, ask, title, body):
    """Whether an article is one of the query."""
    if ask:
        return bool(ask(title) or ask(body))
    if query.startswith("title"):
        return bool(title.at("border") or body.at("border", "wall"))
    if query.startswith("atleast"):
        return len(title.at("vote")) + len(body.at("vote")) >= 10
    return any(end < 40 for _, end in body.at("shutdown"))


def main(path, command):
    counts = [0] * len(IN_TEXT)
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            title, body = Text(article["title"] or ""), Text(article["body"] or "")
            for number, (query, ask) in enumerate(IN_TEXT):
                counts[number] += takes(query, ask, title, body)
    differ = 0
    for (query, _), count in zip(IN_TEXT, counts):
        said = subprocess.run([*command, query], capture_output=True, text=True).stdout.strip()
        differ += said != str(count)
        print(f"{count:>7} {said:>7}  {query}")
    sys.exit(differ > 0)


if __name__ == "__main__":
    split = sys.argv.index("--")
    main(sys.argv[1], sys.argv[split + 1 :])
