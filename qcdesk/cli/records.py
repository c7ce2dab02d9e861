# SPDX-License-Identifier: Apache-2.0
"""People, verdicts and plans as plain data for programs."""

from __future__ import annotations

from qcdesk.cli.output import Data, plain
from qcdesk.domain.people import Person
from qcdesk.domain.sampling import ClassVerdict, SamplingPlan


def person_data(person: Person) -> Data:
    """Return a person for programs."""
    return {
        "id": person.id,
        "login": person.login,
        "name": person.name,
        "staff": person.staff,
        "status": person.status,
        "roles": plain(person.roles),
        "qualifications": plain(person.qualifications),
        "languages": list(person.languages),
    }


def verdict_data(one: ClassVerdict) -> Data:
    """Return the result of one class for programs."""
    return {
        "class": one.defect_class,
        "n": one.n,
        "ac": one.ac,
        "re": one.re,
        "counted": one.counted,
        "beyond": one.beyond,
        "verdict": one.verdict,
        "stage": one.stage or 1,
    }


def plan_data(plan: SamplingPlan) -> Data:
    """Return a sampling plan for programs."""
    return {
        "n": plan.n,
        "severity": plan.severity,
        "inspect_all": plan.inspect_all,
        "classes": [
            {
                "class": one.defect_class,
                "n": one.n,
                "ac": one.ac,
                "re": one.re,
                "inspect_all": one.inspect_all,
                "stages": [
                    {"n": s.n, "cumulative_n": s.cumulative_n, "ac": s.ac, "re": s.re} for s in one.samples()
                ],
            }
            for one in plan.classes
        ],
    }
