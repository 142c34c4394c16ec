"""No use case writes without asking who is signed in: read from the source, so that none is forgotten."""

from __future__ import annotations

import ast
from pathlib import Path

USECASES = Path(__file__).resolve().parents[3] / "app" / "usecases"

# What writes within another function that asks; what signing in itself is; what the program does by itself.
ELSEWHERE = {
    "contract_from_quotation.contracts_from_quotation", "export_calendar.note_export", "export_papers.finish",
    "issue_quotation.issue_quotation", "keep_application.explain", "keep_application.save_application",
    "keep_application.start", "keep_application.start_application", "keep_application.submit",
    "make_paper._issue_some", "make_paper.issue_paper", "record_entry.record",
    "record_explanation.record_explanation", "run_month.step",
}  # fmt: skip
SIGNING_IN = {
    "keep_accounts._note_reset", "keep_accounts.reset_forgotten", "keep_key.change_after_recovery",
    "sign_in.note_lock", "sign_in.note_unlock", "sign_in.sign_in", "sign_in.sign_out",
}  # fmt: skip
BY_ITSELF = {
    "refresh_standings.refresh_standings", "verify_archive.verify_some", "verify_audit.verify_part",
    "restore_backup.record_restore",
    "keep_typed.keep_typing", "keep_typed.drop_typing", "keep_typed.drop_old_typing",
}  # fmt: skip


def test_every_use_case_that_writes_asks_who_may() -> None:
    silent = set()
    for path in USECASES.glob("*.py"):
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(one, ast.FunctionDef):
                words = ast.unparse(one)
                if "storage.work()" in words and "require(" not in words and "require_at(" not in words:
                    silent.add(f"{path.stem}.{one.name}")
    assert silent <= ELSEWHERE | SIGNING_IN | BY_ITSELF
