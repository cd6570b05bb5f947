"""C++ sources in, mutants out: each the source with one small mistake in it. libclang says what the source means.

Not mutated, because no test of behaviour could tell or because it is a check itself: attributes, alignas, asm,
static_assert, noexcept(), heads of templates.
"""
import collections
import re
import sys

sys.path.append("/usr/lib/python3/dist-packages") # Debian's python3-clang, also for another Python
import clang.cindex

KIND = clang.cindex.CursorKind

# An operator with two operands, and what it becomes.
BINARY = {
    "<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",),
    "&&": ("||",), "||": ("&&",), "+": ("-",), "-": ("+",), "*": ("/",), "/": ("*",), "%": ("*",),
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
CHARACTERS = {"r": 13, "n": 10, "t": 9, "0": 0, "\\": 92, "'": 39, '"': 34}

FUNCTIONS = (KIND.FUNCTION_DECL, KIND.CXX_METHOD, KIND.CONSTRUCTOR, KIND.FUNCTION_TEMPLATE, KIND.CONVERSION_FUNCTION)
NAMED = (*FUNCTIONS, KIND.VAR_DECL, KIND.FIELD_DECL, KIND.STRUCT_DECL, KIND.CLASS_DECL, KIND.CLASS_TEMPLATE,
         KIND.ENUM_DECL)
LEFT_OUT = (KIND.STATIC_ASSERT, KIND.ASM_STMT, KIND.ALIGNED_ATTR, KIND.TEMPLATE_TYPE_PARAMETER,
            KIND.TEMPLATE_NON_TYPE_PARAMETER)

# `text[start:end]` becomes `replacement`. `place` is the function, or failing that the variable or the class.
mutant = collections.namedtuple("mutant", "file place operator start end replacement")


def mutants_of(root, units):
    """All mutants of the files under `root`, given the library's units as (source, compiler's arguments)."""
    found = {}
    index = clang.cindex.Index.create()
    for source, arguments in units:
        at = walker(root, found)
        walk(at, index.parse(source, arguments).cursor, "", False)
        at.mutate_macros()
    return sorted(found.values())


class walker:
    def __init__(self, root, found):
        self.root, self.found, self.texts, self.functions = root, found, {}, []

    def text_of(self, cursor):
        """The file that a cursor stands in, and its text; nothing where it is not ours."""
        name = cursor.location.file.name if cursor.location.file else ""
        if name not in self.texts:
            path = self.root / name
            is_ours = path.is_relative_to(self.root) and path.suffix in (".hpp", ".cpp")
            self.texts[name] = (path.relative_to(self.root).as_posix(), path.read_bytes()) if is_ours else None
        return self.texts[name]

    def add(self, cursor, place, operator, start, end, replacement):
        file, text = self.text_of(cursor)
        if text[start:end] != replacement.encode():
            self.found.setdefault((file, start, end, replacement), mutant(file, place, operator, start, end, replacement))


    def mutate_macros(self):
        """Numbers that are arguments of intrinsics which are macros, where libclang shows the expansion."""
        for file, octets in filter(None, self.texts.values()):
            for number in re.finditer(rb"_mm(?:256)?_(?:alignr|extract|permute2x128)_?\w*\([^;]*?, (0x[\da-f]+|\d+)\)", octets):
                start, end = number.span(1)
                value = int(number.group(1), 0)
                place = next(name for where, first, last, name in self.functions if where == file and first <= start < last)
                for other in (value + 1, value - 1):
                    replacement = hex(other) if number.group(1).startswith(b"0x") else str(other)
                    self.found.setdefault((file, start, end, replacement),
                                          mutant(file, place, "number", start, end, replacement))


def span(cursor):
    return cursor.extent.start.offset, cursor.extent.end.offset


def walk(at, cursor, place, is_bool):
    for child in cursor.get_children():
        if child.kind in LEFT_OUT or child.kind.is_attribute():
            continue
        if child.kind != KIND.NAMESPACE and not at.text_of(child):
            continue
        inner, inner_bool = place, is_bool
        if child.kind in NAMED and not (place and child.kind in (KIND.VAR_DECL, KIND.FIELD_DECL)):
            inner = child.spelling.split("<")[0] or place if child.kind in FUNCTIONS or not place else place
        if child.kind in FUNCTIONS:
            inner = child.spelling if child.spelling.startswith("operator") else inner
            inner_bool = child.result_type.kind == clang.cindex.TypeKind.BOOL
            if at.text_of(child):
                at.functions.append((at.text_of(child)[0], *span(child), inner))
        elif child.kind in (KIND.STRUCT_DECL, KIND.CLASS_DECL, KIND.CLASS_TEMPLATE):
            inner = child.spelling
        elif child.kind == KIND.LAMBDA_EXPR:
            inner_bool = False
        if at.text_of(child):
            mutate(at, child, inner, inner_bool)
        walk(at, child, inner, inner_bool)


def mutate(at, cursor, place, is_bool):
    file, octets = at.text_of(cursor)
    start, end = span(cursor)
    children = list(cursor.get_children())

    def text(first, last):
        return octets[first:last].decode()

    def add(operator, first, last, replacement):
        at.add(cursor, place, operator, first, last, replacement)

    if cursor.kind in (KIND.BINARY_OPERATOR, KIND.COMPOUND_ASSIGNMENT_OPERATOR, KIND.CALL_EXPR) and len(children) > 1:
        first, last = span(children[0])[1], span(children[-1])[0]
        sign = text(first, last)
        if sign.strip() in BINARY:
            first += len(sign) - len(sign.lstrip())
            for other in BINARY[sign.strip()]:
                add(KIND_OF_BINARY.get(sign.strip(), "assignment"), first, first + len(sign.strip()), other)
    elif cursor.kind == KIND.UNARY_OPERATOR:
        if text(start, start + 2) in ("++", "--") or text(end - 2, end) in ("++", "--"):
            first = start if text(start, start + 2) in ("++", "--") else end - 2
            add("step", first, first + 2, "--" if text(first, first + 2) == "++" else "++")
        elif text(start, start + 1) in UNARY:
            add(UNARY[text(start, start + 1)], start, start + 1, "")
    elif cursor.kind == KIND.INTEGER_LITERAL and (number := re.match(r"(0[xX][\da-fA-F']+|\d[\d']*)(\w*)$", text(start, end))):
        digits, suffix = number.groups()
        value = int(digits.replace("'", ""), 0 if digits[:2] in ("0x", "0X") else 10)
        for other in (value + 1, value - 1):
            if other >= 0:
                add("number", start, end, (hex(other) if digits[0] == "0" and len(digits) > 1 else str(other)) + suffix)
    elif cursor.kind == KIND.CHARACTER_LITERAL and text(start, start + 1) == "'":
        body = text(start + 1, end - 1)
        value = ord(body) if len(body) == 1 else int(body[2:], 16) if body[1] == "x" else CHARACTERS[body[1]]
        for other in ((value + 1) & 0xFF, (value - 1) & 0xFF):
            add("character", start, end,
                f"'{chr(other)}'" if 0x20 < other < 0x7F and other not in (34, 39, 92) else f"'\\x{other:02x}'")
    elif cursor.kind == KIND.CXX_BOOL_LITERAL_EXPR:
        add("number", start, end, "false" if text(start, end) == "true" else "true")
    elif cursor.kind == KIND.CONDITIONAL_OPERATOR and len(children) == 3:
        second, third = text(*span(children[1])), text(*span(children[2]))
        add("choice", span(children[1])[0], span(children[2])[1], f"({third}) : ({second})")
    elif cursor.kind in (KIND.IF_STMT, KIND.WHILE_STMT, KIND.FOR_STMT):
        # The condition stands before the parenthesis, or in `for` before the last semicolon.
        before = ";" if cursor.kind == KIND.FOR_STMT else ")"
        inside = [child for child in children[:-1] if text(span(child)[1], end).lstrip().startswith(before)
                  and not child.kind.is_statement()]
        if inside:
            # A loop without an end would only be ended by the clock.
            for value in ("true", "false") if cursor.kind == KIND.IF_STMT else ("false",):
                add("condition", *span(inside[0] if cursor.kind == KIND.IF_STMT else inside[-1]), value)
    elif cursor.kind == KIND.RETURN_STMT and is_bool and children:
        for value in ("true", "false"):
            add("return", *span(children[0]), value)
    elif cursor.kind == KIND.DECL_REF_EXPR:
        intrinsic = INTRINSIC.match(cursor.spelling)
        enumerator = cursor.referenced
        if intrinsic and intrinsic.group(2) in VERBS:
            add("intrinsic", start, end, intrinsic.group(1) + VERBS[intrinsic.group(2)] + intrinsic.group(3))
        elif enumerator and enumerator.kind == KIND.ENUM_CONSTANT_DECL and "::" in text(start, end):
            names = [one.spelling for one in enumerator.semantic_parent.get_children()]
            other = names[(names.index(enumerator.spelling) + 1) % len(names)]
            add("enumerator", end - len(enumerator.spelling), end, other)
    elif cursor.kind == KIND.MEMBER_REF_EXPR and cursor.spelling in HALVES:
        add("half", end - len(cursor.spelling), end, HALVES[cursor.spelling])

    # A statement that is an expression, or leaves a loop or a switch, is left out. One that an `if` alone guards stays:
    # without it the `if` is one whose condition is false.
    in_switch = cursor.kind in (KIND.CASE_STMT, KIND.DEFAULT_STMT)
    bodies = children if cursor.kind == KIND.COMPOUND_STMT else []
    if in_switch or cursor.kind in (KIND.FOR_STMT, KIND.CXX_FOR_RANGE_STMT):
        bodies = children[-1:]
    elif cursor.kind == KIND.IF_STMT and re.match(r";\s*else\b", text(span(children[-2])[1], end)):
        bodies = children[-2:]
    for body in bodies:
        last = span(body)[1]
        is_left_out = body.kind.is_expression() or body.kind in (KIND.BREAK_STMT, KIND.CONTINUE_STMT)
        if (is_left_out or in_switch and body.kind == KIND.RETURN_STMT) and text(last, last + 1) == ";":
            add("statement", span(body)[0], last + 1, ";")
