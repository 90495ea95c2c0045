# What SymPy's LaTeX parser or math-verify make of links: python peers.py sympy|math-verify CASES.json -> a verdict a line: unread, true, false, open.
import json, signal, sys, warnings

warnings.filterwarnings("ignore")
which, file = sys.argv[1:3]
if which == "sympy":
    from sympy import simplify
    from sympy.parsing.latex import parse_latex

    def judge(lhs, rhs):
        try:
            a, b = parse_latex(lhs), parse_latex(rhs)
        except Exception:
            return "unread"
        try:
            difference = simplify(a - b)
            if difference == 0:
                return "true"
            equal = difference.equals(0)
            return "open" if equal is None else "true" if equal else "false"
        except Exception:
            return "open"
else:
    from math_verify import parse, verify

    def judge(lhs, rhs):
        try:
            a, b = parse(f"${lhs}$"), parse(f"${rhs}$")
        except Exception:
            return "unread"
        if not a or not b:
            return "unread"
        try:
            return "true" if verify(a, b) else "false"
        except Exception:
            return "open"

def late(*_):
    raise TimeoutError

signal.signal(signal.SIGALRM, late)
for case in json.load(open(file)):
    signal.alarm(20)
    try:
        print(judge(case["lhs"], case["rhs"]), flush=True)
    except TimeoutError:
        print("open", flush=True)
    finally:
        signal.alarm(0)
