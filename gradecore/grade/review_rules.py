"""Rules of the review itself: pre-registered cut-offs, shown beside the standard prompts.

An expression compares fact keys with numbers or texts: ``i2 > 75 and k >= 3``, ``n < 100``,
``measure == 'RR'``. Known words are ``and``, ``or``, ``not`` and comparisons, brackets, numbers,
texts, ``true`` and ``false``, plus and minus times and divided by. A rule still sets no rating.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from gradecore.grade.facts import CLEAR, FIRED, NOT_ASSESSABLE, Facts, Prompt, Rule
from gradecore.grade.settings import ReviewRule, Settings
from gradecore.input_errors import InputError

MECHANICAL = (
    "These rules of the review would determine the rating by themselves; GRADE warns against "
    "mechanical use."
)
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_REACH: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def prompts_of_rules(facts: Facts, settings: Settings) -> tuple[Prompt, ...]:
    """Return the review's own rules as prompts."""
    return tuple(_prompt(rule, facts) for rule in settings.review_rules)


def determines_everything(settings: Settings, domains: tuple[str, ...]) -> bool:
    """Return whether every domain has a rule of the review with a suggestion of a level."""
    return {rule.domain for rule in settings.review_rules if rule.suggestion} >= set(domains)


def names_in(expression: str) -> tuple[str, ...]:
    """Return the fact keys that an expression uses, in order of appearance.

    Raises:
        InputError: it cannot be read, or uses more than the words that rules have.
    """
    tree = _parsed(expression)
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    found = [node.id for node in sorted(nodes, key=lambda node: (node.lineno, node.col_offset))]
    return tuple(dict.fromkeys(name for name in found if name not in ("true", "false")))


def holds(expression: str, values: dict[str, Any]) -> bool:
    """Return whether an expression holds for these values.

    Raises:
        InputError: it cannot be read, a name has no value, or the values cannot be compared.
    """
    try:
        return bool(_value(_parsed(expression).body, values))
    except (TypeError, ZeroDivisionError) as error:
        raise InputError(
            f"The rule “{expression}” cannot be worked out: {error}.", column="expression"
        ) from None


def _prompt(rule: ReviewRule, facts: Facts) -> Prompt:
    status, reason = _status(rule, facts)
    try:
        shown = facts.choose(*names_in(rule.expression))
    except InputError:
        shown = ()
    return Prompt(
        id=rule.id,
        domain=rule.domain,
        name=rule.label or rule.id,
        status=status,
        reason=reason,
        facts=shown,
        rule=Rule(
            text=rule.text or rule.expression,
            source=rule.source or "Review rule",
            tag="R",
            editable=True,
        ),
        question="The review’s own rule: does it fit here?",
        typical=rule.suggestion,
    )


def _status(rule: ReviewRule, facts: Facts) -> tuple[str, str]:
    try:
        names = names_in(rule.expression)
        absent = [name for name in names if not facts.has(name)]
        if absent:
            reasons = "; ".join(f"{name}: {facts.reason(name)}" for name in absent)
            return NOT_ASSESSABLE, reasons
        return (FIRED if holds(rule.expression, dict(facts.values())) else CLEAR), ""
    except InputError as error:
        return NOT_ASSESSABLE, error.sentence


def _parsed(expression: str) -> ast.Expression:
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError):
        raise InputError(
            f"The rule “{expression}” cannot be read; write for example: i2 > 75 and k >= 3.",
            column="expression",
        ) from None
    _only_allowed(tree.body, expression)
    return tree


def _only_allowed(node: ast.AST, expression: str) -> None:
    allowed = (
        ast.BoolOp,
        ast.UnaryOp,
        ast.Compare,
        ast.BinOp,
        ast.Name,
        ast.Constant,
        ast.boolop,
        ast.unaryop,
        ast.cmpop,
        ast.operator,
        ast.expr_context,
    )
    for inner in ast.walk(node):
        odd = isinstance(inner, ast.cmpop) and type(inner) not in _COMPARE
        odd = odd or (isinstance(inner, ast.operator) and type(inner) not in _REACH)
        if odd or not isinstance(inner, allowed):
            raise InputError(
                f"The rule “{expression}” uses more than comparisons joined by and, or, not.",
                column="expression",
            )


def _value(node: ast.expr, values: dict[str, Any]) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        if node.id in ("true", "false"):
            return node.id == "true"
        if node.id not in values:
            raise InputError(f"There is no fact “{node.id}”.", column="expression")
        return values[node.id]
    if isinstance(node, ast.BoolOp):
        both = isinstance(node.op, ast.And)
        results = (bool(_value(part, values)) for part in node.values)
        return all(results) if both else any(results)
    if isinstance(node, ast.UnaryOp):
        inner = _value(node.operand, values)
        return not inner if isinstance(node.op, ast.Not) else -inner
    if isinstance(node, ast.BinOp):
        return _REACH[type(node.op)](_value(node.left, values), _value(node.right, values))
    if isinstance(node, ast.Compare):
        return _compared(node, values)
    raise InputError("This rule cannot be worked out.", column="expression")


def _compared(node: ast.Compare, values: dict[str, Any]) -> bool:
    left = _value(node.left, values)
    for sign, part in zip(node.ops, node.comparators, strict=True):
        right = _value(part, values)
        if not _COMPARE[type(sign)](left, right):
            return False
        left = right
    return True
