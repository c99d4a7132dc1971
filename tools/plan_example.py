"""Writes the example of a plan that `advisor fill` gives letters to: `python -m tools.plan_example`."""

from __future__ import annotations

import datetime
from pathlib import Path

import xlsxwriter

PLAN = Path(__file__).parent.parent / "examples" / "plans" / "retail-app-plan.xlsx"
_HEADS = (
    ("WBS", 7),
    ("Task", 46),
    ("Start", 12),
    ("Days", 7),
    ("Project manager", 17),
    ("Dev team", 11),
    ("Notes", 34),
)
_PLAN: dict[str, tuple[str, ...]] = {
    "Plan and set up": (
        "Detailed project plan|Baseline by 12 February",
        "Budget plan",
        "Staffing plan",
        "RAID log",
        "Comms plan",
        "Quality plan",
        "Agree service levels with Larkfield|Draft from the contract",
        "Requirements sign-off",
        "Order test phones|20 handsets",
        "Set up build pipeline",
        "Environments and test data",
    ),
    "Design": (
        "User research in three stores",
        "Wireframes",
        "Visual design",
        "Architecture decisions",
        "Accessibility review",
        "Interfaces to the till system|Supplier delivers in April",
    ),
    "Build": (
        "Sprint reviews",
        "Backlog refinement",
        "Definition of done",
        "Code reviews",
        "Loyalty card",
        "Store finder",
        "Push messages",
        "Basket and checkout",
        "Till interface, first version",
        "Change requests",
        "Weekly status report",
        "Budget tracking",
        "Track supplier deliveries",
        "Daily stand-up",
        "Dependency log",
    ),
    "Test": (
        "Test strategy",
        "System test",
        "Performance test with 10,000 users",
        "Penetration test|External tester",
        "Defect triage",
        "UAT|Two stores",
        "App store submission",
    ),
    "Go-live": (
        "Go-live readiness check",
        "Go/no-go decision",
        "Train store staff",
        "Train the service desk",
        "Deployment to the app stores",
        "Handover to the service desk",
        "Press release",
        "Launch party",
    ),
    "After go-live": (
        "Hypercare|Four weeks",
        "Major incident process",
        "Out-of-hours rota",
        "Monthly service level report",
        "Service review",
        "Contract renewal",
    ),
    "Throughout": (
        "Monthly client meeting",
        "Steering committee",
        "Milestone invoices",
        "Customer satisfaction survey",
        "Data protection assessment",
        "Christmas freeze",
        "Lessons learned",
    ),
}


def write(path: Path) -> None:
    """The plan as a project manager keeps it: title, phases, dates, two role columns that nobody has filled in."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "dd mmm yy"})
    book.set_properties({"created": datetime.datetime(2027, 1, 11)})
    sheet = book.add_worksheet("Plan")
    title = book.add_format({"bold": True, "font_size": 16, "font_color": "#1F3864"})
    edge = {"border": 1, "border_color": "#BFBFBF"}
    head = book.add_format({"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "text_wrap": True, **edge})
    phase = book.add_format({"bold": True, "bg_color": "#D9E2F3", **edge})
    cell, day = book.add_format(edge), book.add_format({"num_format": "dd mmm yy", "align": "center", **edge})
    sheet.write(0, 0, "Larkfield customer app: project plan", title)
    sheet.write(1, 0, "Version 0.7, Ben Tilley")
    for column, (text, width) in enumerate(_HEADS):
        sheet.set_column(column, column, width)
        sheet.write(3, column, text, head)
    row, start = 4, datetime.date(2027, 1, 25)
    for number, (name, tasks) in enumerate(_PLAN.items(), 1):
        sheet.write_row(row, 0, [str(number), name, *[""] * 5], phase)
        for at, task in enumerate(tasks, 1):
            row += 1
            text, _, note = task.partition("|")
            days = 2 + len(text) % 9
            sheet.write(row, 0, f"{number}.{at}", cell)
            sheet.write(row, 1, text, cell)
            sheet.write_datetime(row, 2, datetime.datetime.combine(start, datetime.time()), day)
            sheet.write(row, 3, days, cell)
            for column in (4, 5):
                sheet.write_blank(row, column, None, cell)
            sheet.write(row, 6, note, cell)
            start += datetime.timedelta(days=3 + len(text) % 4)
        row += 1
    sheet.freeze_panes(4, 2)
    sheet.autofilter(3, 0, row - 1, 6)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    steps = book.add_worksheet("Risks")
    steps.write_row(0, 0, ["ID", "Risk", "Owner"], head)
    steps.write_row(1, 0, ["1", "Till supplier is late", "Ben Tilley"])
    book.close()


if __name__ == "__main__":
    PLAN.parent.mkdir(exist_ok=True)
    write(PLAN)
