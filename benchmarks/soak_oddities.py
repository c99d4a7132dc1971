"""What hostile documents are made with: odd texts, pieces of YAML, nesting, and what a file can be flooded with."""

from __future__ import annotations

LARGEST = 2_000_000
FIELDS = (
    "answers",
    "engagement",
    "people",
    "dates",
    "name",
    "id",
    "client",
    "questionnaire",
    "rulebook",
    "start",
    "end",
)
TAGS = (
    *("!!str", "!!int", "!!null", "!!map", "!!seq", "!!set", "!!omap", "!!binary", "!!timestamp", "!!merge", "!!bool"),
    *("!local", "!", "!<tag:yaml.org,2002:null>", "!undeclared!handle", "!!python/object/apply:os.system"),
    *("!!python/object/new:subprocess.Popen", "!!python/name:os.system", "!!python/tuple", "!" + "x" * 2_000),
)
BREAKS = ("\n", "\n", "\n", "\n", "\n", "\r\n", "\r", "\x85", "\u2028", "\u2029")
BREAK_MARKS = ("\n", "\n", "\r", "\r\n", "\x85", "\u2028", "\n\n", " # c\n")
HEADS = ("---\n", "--- ", "%YAML 1.1\n---\n", "%YAML 9.9\n---\n", "\ufeff", "# c\n")
TAILS = ("...\n", "\n---\n", "\n...\n...\n", "\n# end", "\n\t", " ", "\n--- |\n x")
TEXTS = (
    *("null", "~", "", " ", "true", "False", "yes", "no", "on", "1", "0", "-0", "0x1F", "1_000", "1e400", ".inf"),
    *("2027-01-31", "2027-02-30", "0000-00-00", "10000-01-01", "2027-W01-1", "20270131", "2027-01-31T00:00:00Z"),
    *("=", "<<", "*", "&a", "!", "%", "@", "`", "?", "-", ":", "|", ">", "'", '"', "\\", "#", "---", "...", "{", "["),
    *("unanswered", "not_asked", "unknown", "every", "id", "sid", "manager", "Weekly", "weekly ", "we\u0435kly"),
    *("\u200bweekly", "e\u0301", "\u202eevil", "😀", "\ufeff", "\x00", "\x1b[31m", "\x85", "\u2028", "\uffff"),
    *("\ud83d", "\\ud83d\\ude00", "\\ud83d", "\\x00", "\\U00110000", "\t", "a: b", "- a", "a #b", "٣", "²", "Ⅷ", "９"),
    *(
        "x" * 64,
        "x" * 300,
        "x" * 301,
        "9" * 5_000,
        "a\nb",
        "a\r\nb",
        "{{ x }}",
        "${HOME}",
        "%s%n",
        "../../etc/passwd",
        ".",
        "/",
    ),
    *("<script>alert(1)</script>", "=cmd|' /C calc'!A0", "'; DROP TABLE x; --", "__class__", "NaN", "12:30:00"),
)
NASTY = (
    *("*a", "&a ", "<<: ", "<<: *a\n", "- ", "? ", ": ", "[", "]", "{", "}", ",", "|\n", ">-\n", "|9\n", "'", '"'),
    *("\0", "\ufeff", "\u2028", "\u2029", "\x85", "\r", "\x1b", "\x7f", "\ufffe", "\n", "\n\n", " ", "  ", "\\", "\t"),
    *("---\n", "\n---\n", "...\n", "%YAML 1.1\n", "%TAG ! tag:x,2000:\n", "# ", " #", "@", "`", "!", "!!", "%", "="),
    *(
        "\\ud83d",
        "\\ud83d\\ude00",
        '"\\ud83d\\ude00"',
        "null",
        "true",
        "2027-01-31",
        "answers:\n",
        "engagement: {}\n",
        "\nrulebook: ",
    ),
    *(f"{tag} " for tag in TAGS),
)
OPENINGS = (
    *("[", "{a: ", "{? ", "- ", "? ", "[[", "[{", "- - ", "? - ", "- [", "[\n", "{\n", "- !a ", "- &a ", "[ #\n"),
    *("-\t", "- ?\n ", "!a [", "&a {a: "),
)
BEFORE_NESTING = ("", "answers: ", "answers:\n  risk: ", "# a\r", "# a\x85", "engagement:\n  name: ", "a: b\n---\n")
BLOATED_BY = (
    *("x", "9", " ", "\n", "\r", "\t", "😀", "\\", "\\n", "''", "\\ud83d\\ude00", "a: ", "a ", "#", "-", "?", "\\u"),
    *("\x85", "\u2028", "\0", "é", "!", "&", "|", "%", "---"),
)
BLOATED_IN = (
    ("answers:\n  risk: ", "\n"),
    ('{"engagement": {"name": "', '"}}'),
    ("# ", "\nanswers: {}\n"),
    ("answers:\n  ? ", "\n  : x"),
    ("answers:\n  risk: |\n   ", ""),
    ("", ""),
    ("&", " a"),
    ("!", " a"),
    ("answers: *", ""),
)
BYTES = b" \n\t-?:,[]{}&*!|>'\"%@`#ab01~=<\\\0\xc3\xff\xef\xbb\xbf"
ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7", "cp037", "utf-8-sig")
# before, then % times, after
FLOODS = (
    ("answers:\n", " client_contac%: a\n", ""),
    ("answers:\n", " k%:\n", ""),
    ("answers:\n", " risk: lo%\n", ""),
    ("answers:\n", " &a% k%: !!int x\n", ""),
    ("answers: {}\npeople:\n", " delivery_manage%: x\n", ""),
    ("", "answerz%: x\n", ""),
    ("", "---\na%\n", ""),
    ("", "answers: {}\n---\n", ""),
    ("", "answers: {client_contact: weekl%}\n---\n", ""),
    ("", "{a: b, c: d, e: f, engagement: [x%]}\n---\n", ""),
    ("", "---\n", ""),
    ("", "# comment %\n", "answers: {}"),
    ("", "- a%\n", ""),
    ("answers: {", "a,", "}"),
    ("answers: [", "[],", "]"),
    ("[" * 30, "a,", "]" * 30),
    ("[", "[a],", "]"),
    ("{", "?,", "}"),
    ("# * &\n[", "x,", "]"),
    ("", "a%: &b [*b]\n", ""),
    ("answers:\n", " &a% x%: *a%\n", ""),
    ("answers:\n", " <<: {risk: low}\n", ""),
    ('{"answers": {', '"k%": null,', '"x": 1}}'),
)
