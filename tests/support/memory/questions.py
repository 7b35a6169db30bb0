"""Someone at the keyboard."""

from restore.report.report import Report


class Asked(Report):
    """A report with someone at the keyboard."""

    def __init__(self, *, answer: bool) -> None:
        super().__init__(as_json=False)
        self.answer, self.questions = answer, 0

    @property
    def can_ask(self) -> bool:
        return True

    def ask(self, question: str) -> bool:
        assert question == "Go on?"
        self.questions += 1
        return self.answer
