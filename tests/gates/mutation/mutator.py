"""C++ sources in, mutants out: each the source with one small mistake in it.

It works on tokens, without comments, strings and preprocessor lines, and takes the layout of clang-format for granted:
an operator with a blank on both sides has two operands. Not mutated, since no test of behaviour could tell, or since it
is a check itself: attributes, alignas, asm, static_assert, noexcept(), template heads, names of operators.
"""
import hashlib
import re

TOKEN = re.compile(r"""
    (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<directive>^[ \t]*\#(?:\\\n|[^\n])*)
  | (?P<string>"(?:\\.|[^"\\\n])*")
  | (?P<character>'(?:\\x[0-9a-fA-F]+|\\.|[^'\\\n])')
  | (?P<number>(?:0[xX][0-9a-fA-F']+|\d[\d']*)[uUlLzZ]*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<sign><=>|<<=|>>=|\.\.\.|->\*?|::|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[^\s\w])
""", re.VERBOSE | re.MULTILINE | re.DOTALL)

# An operator with two operands, and what it becomes.
BINARY = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",),
    "&&": ("||",), "||": ("&&",),
    "+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("*",),
    "&": ("|",), "|": ("&",), "^": ("|",), "<<": (">>",), ">>": ("<<",),
    "+=": ("-=", "="), "-=": ("+=", "="), "*=": ("/=", "="), "/=": ("*=", "="), "%=": ("*=", "="),
    "&=": ("|=", "="), "|=": ("&=", "="), "^=": ("|=", "="), "<<=": (">>=", "="), ">>=": ("<<=", "="),
}
KIND_OF_BINARY = {**dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), "relation"),
                  **dict.fromkeys(("&&", "||"), "logic"), **dict.fromkeys("+-*/%", "arithmetic"),
                  **dict.fromkeys(("&", "|", "^", "<<", ">>"), "bits")}
UNARY = {"!": "logic", "~": "bits", "-": "arithmetic"}

# An intrinsic's verb, and what it becomes: the operators of the vector kernels.
VERBS = {"and": "or", "or": "and", "xor": "or", "add": "sub", "sub": "add", "subs": "adds", "min": "max",
         "cmpeq": "cmpgt", "cmpgt": "cmpeq", "srli": "slli", "testz": "testc"}
INTRINSIC = re.compile(r"(_mm(?:256)?_)([a-z]+)(_(?:si128|si256|ep[iu](?:8|16)))$")
HALVES = {"low": "high", "high": "low"}

CONTROL = ("if", "for", "while", "switch")
DECLARING = {"using", "static", "constexpr", "const", "auto", "struct", "class", "enum", "friend", "typedef", "alignas",
             "unsigned", "int", "char", "bool", "case", "default", "public", "private", "else", "do", "template",
             "explicit", "inline", "extern", *CONTROL}


class token:
    __slots__ = ("kind", "text", "start", "end", "left_out")

    def __init__(self, match):
        self.kind = match.lastgroup
        self.text = match.group()
        self.start, self.end = match.span()
        self.left_out = False


class mutant:
    """A replacement in a file. Its `key` says what it is without a line's number, so that it outlives edits elsewhere."""

    def __init__(self, file, start, end, operator, replacement):
        self.file, self.start, self.end = file, start, end
        self.operator, self.replacement = operator, replacement
        self.place = self.change = ""

    @property
    def key(self):
        return self.file, self.place, self.change

    @property
    def id(self):
        return hashlib.sha1("\t".join(self.key).encode()).hexdigest()[:8]

    def apply(self, text):
        return text[:self.start] + self.replacement + text[self.end:]


def enumerators(sources):
    """The enumerators of each enum of the library, by its name, from its headers and registries."""
    found = {}
    for text in sources:
        for name, body in re.findall(r"enum class (\w+)[^{;]*\{(.*?)\};", text, re.DOTALL):
            body = re.sub(r"//[^\n]*", "", body)
            if "#" not in body:
                found[name] = re.findall(r"\w+", body)
        for name in ("outcome", "deviation", "class"):
            rows = re.findall(rf"^SIPSTATUS_{name.upper()}\((?:\d, )?(\w+)", text, re.MULTILINE)
            if rows:
                found["status_class" if name == "class" else name] = rows
    return found


def mutants_of(file, text, enums, defined=()):
    """`defined` are the macros that decide which parts of the file are compiled."""
    made = mutator(file, text, enums, defined).run()
    seen, unique = set(), []
    for one in made:
        result = one.apply(text)
        if result not in seen and result != text:
            seen.add(result)
            unique.append(one)
    count = {}
    for one in unique:
        count[one.key] = count.get(one.key, 0) + 1
        if count[one.key] > 1:
            one.change += f" #{count[one.key]}"
    return unique


class mutator:
    def __init__(self, file, text, enums, defined):
        self.file, self.text, self.enums = file, text, enums
        self.tokens = self.compiled([token(m) for m in TOKEN.finditer(text) if m.lastgroup != "comment"], defined)
        self.match = self.brackets()
        self.made = []
        self.place = ""

    def run(self):
        self.leave_out()
        for at, one in enumerate(self.tokens):
            if one.kind == "word" and one.text == "enum":
                self.leave_out_enumerators(at)
        self.walk()
        self.made.sort(key=lambda one: (one.start, one.end, one.replacement))
        return self.made

    # ---- Structure

    @staticmethod
    def compiled(tokens, defined):
        """The tokens that are neither a directive nor in a part that #ifdef and its like leave out."""
        kept, parts = [], []  # of each open #if: whether this part of it is in, and whether one was
        for one in tokens:
            if one.kind != "directive":
                if all(is_in for is_in, _ in parts):
                    kept.append(one)
                continue
            said = re.match(r"\s*#\s*(ifdef|ifndef|if|elif|else|endif)\b\s*(?:defined\()?(\w*)", one.text)
            if not said:
                continue
            if said.group(1) == "endif":
                parts.pop()
            elif said.group(1) in ("elif", "else"):
                was_in = parts[-1][1]
                is_in = not was_in and (said.group(1) == "else" or said.group(2) in defined)
                parts[-1] = is_in, was_in or is_in
            else:
                is_in = (said.group(2) in defined) == (said.group(1) != "ifndef")
                parts.append((is_in, is_in))
        return kept

    def brackets(self):
        """The partner of each bracket, by the token's number."""
        match, open_ = {}, []
        for at, one in enumerate(self.tokens):
            if one.kind == "sign" and one.text in "([{":
                open_.append(at)
            elif one.kind == "sign" and one.text in ")]}":
                match[at] = open_.pop()
                match[match[at]] = at
        return match

    def is_sign(self, at, text):
        return 0 <= at < len(self.tokens) and self.tokens[at].kind == "sign" and self.tokens[at].text == text

    def word(self, at):
        return self.tokens[at].text if 0 <= at < len(self.tokens) and self.tokens[at].kind == "word" else ""

    def leave_out(self):
        tokens = self.tokens
        for at, one in enumerate(tokens):
            if self.is_sign(at, "[") and self.is_sign(at + 1, "[") and tokens[at + 1].start == one.end:
                self.leave_out_between(at, self.match[at])
            elif one.kind == "word" and one.text in ("static_assert", "noexcept", "alignas", "asm"):
                if self.is_sign(at + 1, "("):
                    self.leave_out_between(at, self.match[at + 1])
            elif one.kind == "word" and one.text == "operator":
                tokens[at + 1].left_out = True
            elif one.kind == "word" and one.text == "template" and self.is_sign(at + 1, "<"):
                depth, to = 0, at + 1
                while True:
                    depth += {"<": 1, ">": -1, ">>": -2}.get(tokens[to].text, 0)
                    if depth <= 0:
                        break
                    to += 1
                self.leave_out_between(at, to)

    def leave_out_between(self, first, last):
        for one in self.tokens[first:last + 1]:
            one.left_out = True

    def leave_out_enumerators(self, at):
        """The underlying type of an enum is no fact of behaviour; its values are, and stay in."""
        while not self.is_sign(at, "{") and not self.is_sign(at, ";"):
            self.tokens[at].left_out = True
            at += 1

    # ---- Places and replacements

    def add(self, start, end, operator, replacement):
        one = mutant(self.file, start, end, operator, replacement)
        one.place = self.place
        first = self.text.rfind("\n", 0, start) + 1
        last = self.text.find("\n", end)
        last = len(self.text) if last < 0 else last
        old, new = self.text[start:end], replacement
        change = f"{self.text[first:start]}[-{old}-]{{+{new}+}}{self.text[end:last]}"
        one.change = " ".join(change.split())
        self.made.append(one)

    def replace(self, at, operator, replacement):
        one = self.tokens[at]
        self.add(one.start, one.end, operator, replacement)

    # ---- The walk: statements by their structure, the rest token by token

    def walk(self):
        # Each open brace: what it holds ("scope", "code", "values"), the name that it gives, whether its function is
        # one that returns bool, or nothing.
        braces = [("scope", "", "")]
        begins = False  # whether a statement begins here
        run = 0         # where the declaration or statement at hand began
        tokens = self.tokens
        at = 0
        while at < len(tokens):
            one = tokens[at]
            self.place = next((name for _, name, _ in reversed(braces) if name), "")
            holds, _, returns = braces[-1]
            if holds == "code" and begins and not one.left_out:
                self.statement(at, returns)
            begins = False
            if self.is_sign(at, "{"):
                braces.append(self.brace(run, at, braces))
                if braces[-1][0] != "values":
                    begins, run = True, at + 1
            elif self.is_sign(at, "}"):
                closed = braces.pop()
                if closed[0] != "values":
                    begins, run = True, at + 1
            elif self.is_sign(at, ";"):
                begins, run = True, at + 1
            elif self.word(at) in ("else", "do"):
                begins, run = True, at + 1
            elif self.is_sign(at, ")") and self.word(self.match[at] - 1) in CONTROL:
                begins, run = True, at + 1
            elif self.is_sign(at, ":") and self.word(run) in ("case", "default"):
                begins, run = True, at + 1
            if not one.left_out:
                self.token(at)
            at += 1

    def brace(self, run, at, braces):
        words = [self.word(n) for n in range(run, at) if not self.tokens[n].left_out or self.word(n) == "enum"]
        before = at - 1
        while before >= run and self.tokens[before].left_out:
            before -= 1
        if braces[-1][0] == "values":
            return "values", "", ""
        if braces[-1][0] == "scope":
            for kind in ("namespace", "struct", "class", "enum"):
                if kind in words and not self.is_sign(before, ")"):
                    names = [self.word(n) for n in range(run, at) if self.word(n)]
                    names = names[names.index(kind) + 1:]
                    names = [name for name in names if name not in ("class", "struct")]
                    return "scope", names[0] if kind != "namespace" and names else "", ""
            if self.is_sign(before, "=") or self.tokens[before].kind == "word" and self.word(before) not in (
                    "const", "noexcept"):
                names = [w for w in words if w]
                return "values", names[-1] if names else "", ""
            paren = next((n for n in range(run, at) if self.is_sign(n, "(") and not self.tokens[n].left_out), None)
            if paren is None:
                return "values", "", ""
            name = self.word(paren - 1) or "operator" + self.tokens[paren - 1].text
            head = [self.word(n) for n in range(run, paren)]
            if self.match[paren] > at:  # a lambda among the arguments of an initialiser
                return "code", "", ""
            return "code", name, "bool" if "bool" in head else "void" if "void" in head else ""
        # Within a function: a block, a lambda, or an initialiser.
        if before < run:
            return "code", "", braces[-1][2]
        if self.is_sign(before, ")") or self.word(before) in ("noexcept", "const", "mutable"):
            paren = before if self.is_sign(before, ")") else before - 1
            if self.is_sign(paren, ")") and self.is_sign(self.match[paren] - 1, "]"):
                return "code", "", ""
            return "code", "", braces[-1][2]
        return ("code", "", "") if self.is_sign(before, "]") else ("values", "", "")

    def statement(self, at, returns):
        tokens = self.tokens
        first = self.word(at)
        if first in ("if", "while", "for"):
            return self.condition(at, first)
        if self.is_sign(at, "{") or self.is_sign(at, "}") or self.is_sign(at, ";") or first in DECLARING:
            return None
        to = at
        while not self.is_sign(to, ";"):
            to = self.match[to] if to in self.match and self.match[to] > to else to
            to += 1
        if first == "return":
            if returns == "bool" and to > at + 1:
                for value in ("true", "false"):
                    self.add(tokens[at + 1].start, tokens[to - 1].end, "return", value)
            if to == at + 1 or not (returns == "void" or self.is_sign(at - 1, ":")):
                return None
        elif self.declares(at):
            return None
        # Without it an `if` that guards nothing else is one whose condition is false.
        guarded = self.is_sign(at - 1, ")") and self.word(self.match[at - 1] - 1) == "if"
        if not guarded or self.word(to + 1) == "else":
            self.add(tokens[at].start, tokens[to].end, "statement", ";")
        return None

    def declares(self, at):
        """Whether a statement begins as `type name`."""
        while self.is_sign(at + 1, "::"):
            at += 2
        return bool(self.word(at) and (self.word(at + 1) and self.word(at) not in ("break", "continue")))

    def condition(self, at, keyword):
        if not self.is_sign(at + 1, "("):
            return
        close = self.match[at + 1]
        stops, n = [at + 1], at + 2
        while n < close:
            if self.is_sign(n, ";"):
                stops.append(n)
            n = self.match[n] + 1 if n in self.match and self.match[n] > n else n + 1
        stops.append(close)
        if keyword == "for":
            if len(stops) != 4 or stops[2] == stops[1] + 1:
                return
            first, last = stops[1] + 1, stops[2] - 1
        else:
            first, last = stops[-2] + 1, stops[-1] - 1
        # A loop without an end would only be ended by the clock.
        for value in ("true", "false") if keyword == "if" else ("false",):
            self.add(self.tokens[first].start, self.tokens[last].end, "condition", value)

    def token(self, at):
        one = self.tokens[at]
        if one.kind == "number":
            return self.number(at)
        if one.kind == "character":
            return self.character(at)
        if one.kind == "word":
            return self.name(at)
        spaced = self.text[one.start - 1].isspace() and self.text[one.end:one.end + 1].isspace()
        if one.text in BINARY and spaced:
            for replacement in BINARY[one.text]:
                self.replace(at, KIND_OF_BINARY.get(one.text, "assignment"), replacement)
        elif one.text in UNARY and not spaced:
            self.replace(at, UNARY[one.text], "")
        elif one.text in ("++", "--"):
            self.replace(at, "step", "--" if one.text == "++" else "++")
        elif one.text == "?":
            self.ternary(at)
        return None

    def number(self, at):
        digits, suffix = re.match(r"(0[xX][0-9a-fA-F']+|[\d']+)(.*)", self.tokens[at].text).groups()
        value = int(digits.replace("'", ""), 16 if digits[:2] in ("0x", "0X") else 10)
        for other in (value + 1, value - 1):
            if other >= 0:
                self.replace(at, "number", (hex(other) if digits[:1] == "0" and len(digits) > 1 else str(other)) + suffix)

    def character(self, at):
        body = self.tokens[at].text[1:-1]
        named = {"r": 13, "n": 10, "t": 9, "0": 0, "\\": 92, "'": 39, '"': 34}
        value = ord(body) if len(body) == 1 else int(body[2:], 16) if body[1] == "x" else named[body[1]]
        for other in (value + 1, value - 1):
            other &= 0xFF
            plain = 0x20 < other < 0x7F and other not in (34, 39, 92)
            self.replace(at, "character", f"'{chr(other)}'" if plain else f"'\\x{other:02x}'")

    def name(self, at):
        text = self.tokens[at].text
        if text in ("true", "false"):
            self.replace(at, "number", "false" if text == "true" else "true")
        if self.is_sign(at - 1, "::") and text in self.enums.get(self.word(at - 2), ()):
            others = self.enums[self.word(at - 2)]
            self.replace(at, "enumerator", others[(others.index(text) + 1) % len(others)])
        found = INTRINSIC.match(text)
        if found and found.group(2) in VERBS:
            self.replace(at, "intrinsic", found.group(1) + VERBS[found.group(2)] + found.group(3))
        if self.is_sign(at - 1, ".") and text in HALVES and not self.is_sign(at + 1, "("):
            self.replace(at, "half", HALVES[text])

    def ternary(self, at):
        """The arms of a choice change places."""
        def skip(n):
            return self.match[n] + 1 if n in self.match and self.match[n] > n else n + 1

        nested, n = 0, at + 1
        while nested or not self.is_sign(n, ":"):
            nested += self.is_sign(n, "?") - self.is_sign(n, ":")
            n = skip(n)
        colon, n = n, n + 1
        while not (n in self.match and self.match[n] < n) and not self.is_sign(n, ",") and not self.is_sign(n, ";"):
            n = skip(n)
        first = self.text[self.tokens[at + 1].start:self.tokens[colon - 1].end]
        second = self.text[self.tokens[colon + 1].start:self.tokens[n - 1].end]
        self.add(self.tokens[at + 1].start, self.tokens[n - 1].end, "choice", f"({second}) : ({first})")
