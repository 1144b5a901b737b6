"""What became of the rows of evidence, in words and as data."""

from comparo.content.ledger import EvidenceReport
from comparo.terminal import count


def evidence_in_words(report: EvidenceReport) -> str:
    """Say how many rows count, and why the others do not."""
    since, until = report.window or ("", "")
    sums = {
        "counted": report.counted,
        "without a click": report.without_click,
        "of other pages": report.other_pages,
        f"outside of {since} to {until}": report.outside_window,
        "left out": report.left_out,
    }
    parts = ", ".join(f"{number:,} {what}" for what, number in sums.items() if number)
    rows, files = count(report.rows, "row"), count(report.files, "file")
    return f"Evidence: {rows} in {files}" + (f": {parts}" if parts else "")


def evidence_as_data(report: EvidenceReport) -> dict[str, object]:
    """Take the same apart for programs."""
    since, until = report.window or (None, None)
    return {
        "files": report.files,
        "rows": report.rows,
        "counted": report.counted,
        "without_click": report.without_click,
        "other_pages": report.other_pages,
        "outside_window": report.outside_window,
        "left_out": report.left_out,
        "since": since and since.isoformat(),
        "until": until and until.isoformat(),
    }


NO_EVIDENCE = evidence_as_data(EvidenceReport())
"""What a command that came to nothing knows of evidence."""
