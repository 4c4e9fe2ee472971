"""Informing and involving staff, and appraising service, against slogans."""

from agents.policies import Mode
from experiments.comparing import Claim, against
from experiments.question import Arm, Question
from experiments.questions import measures as m
from experiments.questions.bases import settled_policies

TOLD, APPRAISED, LIP, BOUND = "told and involved", "told, involved, appraised", "lip service", "told nothing"
INVOLVED = {
    "firms.follower.levers.sharing": 0.9,
    "firms.follower.levers.training": 0.6,
    "firms.follower.levers.empowerment": 0.7,
    "firms.follower.governance": "consensus",
}
EFFECT, MORE, SLOGANS = against(TOLD, BOUND), against(APPRAISED, BOUND), against(LIP, BOUND)

QUESTION = Question(
    name="told_the_staff",
    asks="Does informing and involving employees, and appraising service, improve service, "
    "and lip service not?",
    firm="follower",
    base={**settled_policies("focal", Mode.reciprocity), "firms.follower.staff": "flat"},
    arms={
        TOLD: Arm(INVOLVED, "knowledge shared, staff trained, free to act and part of decisions"),
        APPRAISED: Arm(
            {**INVOLVED, "firms.follower.staff": "service_appraisal"}, "the same, and pay by appraisal"
        ),
        LIP: Arm(
            {"firms.follower.service": "lip_service"}, "claims, slogans and surveys that change nothing"
        ),
        BOUND: Arm(
            {"firms.follower.service": "policy_bound"}, "staff are told nothing and may decide nothing"
        ),
    },
    measures=(
        m.EFFORT,
        m.QUALITY,
        m.MORALE,
        m.SATISFACTION,
        m.RELATIONSHIP,
        m.RETENTION,
        m.EQUITY,
        m.LATE_PROFIT,
        m.PROFIT,
    ),
    contrasts=(EFFECT, MORE, SLOGANS),
    curves=(m.QUALITY, m.MORALE, m.RETENTION),
    swaps="steady",
    claims=(
        Claim("telling and involving staff improves service", m.QUALITY, EFFECT, 1, 0.02, relative=False),
        Claim("appraisal improves it further", m.QUALITY, against(APPRAISED, TOLD), 1, 0.02, relative=False),
        Claim(
            "lip service does not improve service",
            m.QUALITY,
            SLOGANS,
            -1,
            -0.01,
            relative=False,
            built_in=True,
        ),
        Claim(
            "lip service grows no relationship",
            m.RELATIONSHIP,
            SLOGANS,
            -1,
            -0.01,
            relative=False,
            built_in=True,
        ),
        Claim(
            "telling and involving staff lifts morale", m.MORALE, EFFECT, 1, 0.02, relative=False, beside=True
        ),
        Claim("appraisal on top pays within five years", m.PROFIT, MORE, 1, 2.0, beside=True),
    ),
)
