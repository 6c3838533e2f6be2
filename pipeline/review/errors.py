"""Why an answer, a joining or an undoing was not taken; each message is one sentence for the person."""


class NotTaken(Exception):
    """What the person asked for was not done, and nothing has changed."""


class QuestionClosed(NotTaken):
    """Somebody else answered, or a run decided, while the question was on screen."""


class WrongAnswer(NotTaken):
    """The answer does not fit the question."""


class CannotJoin(NotTaken):
    pass


class CannotSeparate(NotTaken):
    pass


class CannotUndo(NotTaken):
    pass
