"""How well raters agree: percent agreement, kappa and coefficients that survive skewed margins.

``agreement`` takes the judgements of two raters, ``agreement_of_table`` their table of counts,
``fleiss_kappa`` the judgements of several. ``conventions`` has the usual weights and the bands.
"""

from gradecore.agreement.coefficients import COEFFICIENTS, Weighting, agreement_weights
from gradecore.agreement.conventions import (
    SIGNALLING_CATEGORIES,
    WEIGHTING_FOR,
    collapsed_answer,
    verbal_band,
)
from gradecore.agreement.resampling import Bootstrap
from gradecore.agreement.several_raters import FleissKappa, fleiss_kappa
from gradecore.agreement.two_raters import (
    Agreement,
    AgreementCoefficient,
    AgreementPlan,
    agreement,
    agreement_of_table,
)

__all__ = [
    "COEFFICIENTS",
    "SIGNALLING_CATEGORIES",
    "WEIGHTING_FOR",
    "Agreement",
    "AgreementCoefficient",
    "AgreementPlan",
    "Bootstrap",
    "FleissKappa",
    "Weighting",
    "agreement",
    "agreement_of_table",
    "agreement_weights",
    "collapsed_answer",
    "fleiss_kappa",
    "verbal_band",
]
