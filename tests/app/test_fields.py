"""Note field, form, level buttons and question card, by keyboard as well as by mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.widgets import note_field
from app.widgets.form import Field, FieldForm
from app.widgets.level_buttons import LevelButtons, LevelChoice
from app.widgets.note_field import NoteField, undo_belongs_to_field
from app.widgets.question_card import AnswerOption, QuestionCard, QuoteShown, SkippedQuestion
from assessments.review import Study
from assessments.review_edits import change

LEVELS = (
    LevelChoice(code="low", word="Low", role="low", key="L"),
    LevelChoice(code="some", word="Some concerns", role="some", key="S"),
    LevelChoice(code="high", word="High", role="high", key="H"),
)
OPTIONS = tuple(
    AnswerOption(code=code, word=word, keys=keys) for code, word, keys in (
        ("Y", "Yes", ""), ("PY", "Probably yes", ""), ("PN", "Probably no", ""), ("N", "No", ""),
        ("NI", "No information", "I"),
    )
)


@pytest.fixture
def page(themed, qtbot) -> QWidget:
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(900, 500)
    return made


def put(page: QWidget, widget, qtbot):
    page.layout().addWidget(widget)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    return widget


class TestNoteField:
    def test_it_commits_when_the_hand_rests(self, page, qtbot) -> None:
        field = put(page, NoteField("Note"), qtbot)
        field.setFocus()
        with qtbot.waitSignal(field.committed, timeout=note_field.REST * 4) as heard:
            qtbot.keyClicks(field.edit, "opened after baseline")
            assert field.pending
        assert heard.args == ["opened after baseline"]
        assert not field.pending

    def test_a_blank_at_the_end_stays_while_somebody_types_on(self, page, qtbot) -> None:
        field = put(page, NoteField("Outcome"), qtbot)
        field.setFocus()
        qtbot.waitUntil(field.edit.hasFocus)
        qtbot.keyClicks(field.edit, "Falls ")
        field.commit()
        field.set_text("Falls")
        qtbot.keyClicks(field.edit, "at home")
        assert field.text() == "Falls at home"

    def test_it_commits_on_leaving_and_once(self, page, qtbot) -> None:
        field, other = put(page, NoteField("Note"), qtbot), put(page, QLineEdit(), qtbot)
        field.setFocus()
        qtbot.keyClicks(field.edit, "x")
        with qtbot.waitSignal(field.committed):
            other.setFocus()
        with qtbot.assertNotEmitted(field.committed, wait=note_field.REST + 100):
            field.setFocus()

    def test_what_is_typed_is_not_overwritten(self, page, qtbot) -> None:
        field = put(page, NoteField("Note"), qtbot)
        field.set_text("kept")
        field.setFocus()
        qtbot.waitUntil(field.edit.hasFocus)
        qtbot.keyClicks(field.edit, "!")
        field.set_text("something else")
        assert field.text() == "kept!"

    def test_undo_belongs_to_the_field_while_it_is_typed_in(self, page, qtbot) -> None:
        field = put(page, NoteField("Note"), qtbot)
        assert not undo_belongs_to_field(field.edit)
        qtbot.keyClicks(field.edit, "a")
        assert undo_belongs_to_field(field.edit)
        field.commit()
        assert not undo_belongs_to_field(field.edit)

    def test_a_problem_is_seen_and_heard(self, page, qtbot) -> None:
        field = put(page, NoteField("Year"), qtbot)
        field.set_problem("“20l7” is not a number.")
        assert field.problem.isVisible()
        assert field.edit.accessibleDescription() == "“20l7” is not a number."
        field.set_problem("")
        assert not field.problem.isVisible()

    def test_enter_in_a_line_commits_and_leaves(self, page, qtbot) -> None:
        field = put(page, NoteField("Note"), qtbot)
        qtbot.keyClicks(field.edit, "done")
        with qtbot.waitSignals([field.committed, field.left]):
            qtbot.keyClick(field.edit, Qt.Key.Key_Return)
        assert field.text() == "done"


class TestFieldForm:
    def form(self, workspace) -> FieldForm:
        return FieldForm(workspace, "study", (
            Field(name="label", label="Name"),
            Field(name="year", label="Year", kind="number"),
            Field(name="design", label="Design", kind="choice",
                  choices=(("", "Not decided"), ("rct", "Randomised trial"), ("nrs", "Other"))),
            Field(name="note", label="Notes", lines=3),
        ))

    def test_each_field_is_kept_by_itself(self, workspace, page, qtbot) -> None:
        form = put(page, self.form(workspace), qtbot)
        form.show_row(workspace.project.one(Study, "s1"))
        qtbot.keyClicks(form.inputs["year"].edit, "2014")
        form.inputs["year"].commit()
        qtbot.keyClicks(form.inputs["note"].edit, "Two arms")
        form.inputs["note"].commit()
        study = workspace.project.one(Study, "s1")
        assert (study.year, study.note, study.label) == (2014, "Two arms", "Study 1")

    def test_what_is_refused_stays_with_its_reason(self, workspace, page, qtbot) -> None:
        form = put(page, self.form(workspace), qtbot)
        form.show_row(workspace.project.one(Study, "s1"))
        year = form.inputs["year"]
        qtbot.keyClicks(year.edit, "20l7")
        year.commit()
        assert year.text() == "20l7"
        assert "not a number" in year.problem.text()
        assert workspace.project.one(Study, "s1").year is None

    def test_what_is_refused_outlives_changes_of_other_fields(
        self, workspace, page, qtbot
    ) -> None:
        form = put(page, self.form(workspace), qtbot)
        form.show_row(workspace.project.one(Study, "s1"))
        year = form.inputs["year"]
        qtbot.keyClicks(year.edit, "20l7")
        year.commit()
        qtbot.keyClicks(form.inputs["note"].edit, "Two arms")
        form.inputs["note"].commit()
        form.show_row(workspace.project.one(Study, "s1"))
        assert year.text() == "20l7"
        assert "not a number" in year.problem.text()
        workspace.try_to(change, "study", "s1", year=2017)
        form.show_row(workspace.project.one(Study, "s1"))
        assert (year.text(), year.problem.text()) == ("2017", "")

    def test_a_choice_can_be_undecided(self, workspace, page, qtbot) -> None:
        form = put(page, self.form(workspace), qtbot)
        form.show_row(workspace.project.one(Study, "s1"))
        box = form.inputs["design"]
        assert box.value == "rct"
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Home)
        assert workspace.project.one(Study, "s1").design is None

    def test_without_a_row_nothing_can_be_typed(self, workspace, page, qtbot) -> None:
        form = put(page, self.form(workspace), qtbot)
        form.show_row(None)
        assert form.inputs["label"].edit.isReadOnly()
        assert form.inputs["label"].edit.accessibleDescription() == "Choose an entry first."


class TestLevelButtons:
    @pytest.fixture
    def row(self, page, qtbot) -> LevelButtons:
        made = put(page, LevelButtons("D1"), qtbot)
        made.set_levels(LEVELS)
        return made

    def test_nothing_is_chosen_beforehand(self, row) -> None:
        row.set_proposed("low")
        assert row.value is None
        assert row.accessibleName() == "D1: not judged yet, proposed: Low"
        assert row.buttons[0].accessibleName() == "Low, proposed"

    @pytest.mark.parametrize(("key", "code"), [("l", "low"), ("S", "some"), ("3", "high")])
    def test_letters_and_numbers_choose(self, row, qtbot, key: str, code: str) -> None:
        row.buttons[0].setFocus()
        with qtbot.waitSignal(row.chosen) as heard:
            qtbot.keyClicks(row.buttons[0], key)
        assert heard.args == [code]
        assert row.value == code

    def test_enter_accepts_the_proposal_then_moves_on(self, row, qtbot) -> None:
        row.set_proposed("some")
        with qtbot.waitSignal(row.chosen) as heard:
            qtbot.keyClick(row.buttons[0], Qt.Key.Key_Return)
        assert heard.args == ["some"]
        with qtbot.waitSignal(row.moved_on):
            qtbot.keyClick(row.buttons[1], Qt.Key.Key_Return)

    def test_backspace_takes_back(self, row, qtbot) -> None:
        row.set_chosen("high")
        with qtbot.waitSignal(row.chosen) as heard:
            qtbot.keyClick(row.buttons[2], Qt.Key.Key_Backspace)
        assert heard.args == [None]
        assert row.value is None

    def test_a_click_anywhere_in_the_box_chooses(self, row, qtbot) -> None:
        box = row.buttons[1]
        with qtbot.waitSignal(row.chosen):
            qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().bottomRight() / 2)
        assert row.value == "some"

    def test_a_sealed_row_says_why(self, row, qtbot) -> None:
        row.set_read_only("This assessment is finished and sealed.")
        with qtbot.assertNotEmitted(row.chosen):
            assert not row.press(Qt.Key.Key_L, "l")
        assert row.buttons[0].toolTip() == "This assessment is finished and sealed."

    def test_words_are_never_cut_off(self, row) -> None:
        for one in row.buttons:
            words = one.fontMetrics().horizontalAdvance(one.choice.word)
            assert one.width() >= words + 40


class TestQuestionCard:
    @pytest.fixture
    def card(self, page, qtbot) -> QuestionCard:
        made = put(page, QuestionCard("1.2", "Was the sequence concealed?", OPTIONS), qtbot)
        made.take_focus()
        return made

    @pytest.mark.parametrize(
        ("keys", "code"),
        [("y", "Y"), ("py", "PY"), ("PN", "PN"), ("n", "N"), ("i", "NI"), ("2", "PY")],
    )
    def test_answers_are_typed_as_they_are_written(self, card, qtbot, keys, code) -> None:
        with qtbot.waitSignal(card.answered) as heard:
            qtbot.keyClicks(card.pills["Y"], keys)
        assert heard.args == [code]
        assert card.answer == code
        word = next(option.word for option in OPTIONS if option.code == code)
        assert f"Answer: {word}" in card.accessibleName()

    def test_escape_forgets_a_pending_letter(self, card, qtbot) -> None:
        qtbot.keyClicks(card.pills["Y"], "p")
        qtbot.keyClick(card.pills["Y"], Qt.Key.Key_Escape)
        qtbot.keyClicks(card.pills["Y"], "y")
        assert card.answer == "Y"

    def test_backspace_takes_the_answer_back(self, card, qtbot) -> None:
        card.set_answer("N")
        with qtbot.waitSignal(card.answered) as heard:
            qtbot.keyClick(card.pills["N"], Qt.Key.Key_Backspace)
        assert heard.args == [None]
        assert "not answered" in card.accessibleName()

    def test_arrows_ask_for_the_neighbours(self, card, qtbot) -> None:
        with qtbot.waitSignal(card.next_wanted):
            qtbot.keyClick(card.pills["Y"], Qt.Key.Key_Down)
        with qtbot.waitSignal(card.previous_wanted):
            qtbot.keyClicks(card.pills["Y"], "k")
        assert card.answer is None

    def test_enter_goes_to_the_note_and_back(self, card, qtbot) -> None:
        qtbot.keyClick(card.pills["Y"], Qt.Key.Key_Return)
        qtbot.waitUntil(card.note.edit.hasFocus)
        qtbot.keyClicks(card.note.edit, "y is a letter here")
        assert card.answer is None
        with qtbot.waitSignal(card.noted) as heard:
            qtbot.keyClick(card.note.edit, Qt.Key.Key_Return)
        assert heard.args == ["y is a letter here"]
        assert card.pills["Y"].hasFocus()

    def test_quotes_are_shown_with_their_place(self, card, qtbot) -> None:
        card.set_quotes([QuoteShown(id="q1", text="Opaque envelopes.", place="p. 4")])
        buttons = {b.accessibleName(): b for b in card.findChildren(type(card.pills["Y"]))}
        with qtbot.waitSignal(card.quote_opened) as heard:
            buttons["Go to p. 4"].click()
        assert heard.args == ["q1"]
        with qtbot.waitSignal(card.quote_removed):
            buttons["Remove quote “Opaque envelopes.”"].click()
        with qtbot.waitSignal(card.quote_wanted):
            qtbot.keyClicks(card.pills["Y"], "q")

    def test_a_question_not_asked_says_why(self, page, qtbot) -> None:
        made = put(page, SkippedQuestion("2.3", "Deviations?", "Not asked: 2.1 is No"), qtbot)
        assert made.accessibleName() == "2.3 Deviations? Not asked: 2.1 is No"
