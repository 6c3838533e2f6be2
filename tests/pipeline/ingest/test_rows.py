from pipeline.ingest import rows
from pipeline.ingest.rows import STRAY_QUOTE, read_cells


def test_rows_carry_the_line_they_start_on():
    text = 'a,b\r1,2\r\n3,"4\r\n5"\n\n6,7'

    assert list(read_cells(text, ",")) == [
        (1, ["a", "b"], ""),
        (2, ["1", "2"], ""),
        (3, ["3", "4\r\n5"], ""),
        (6, ["6", "7"], ""),
    ]


def test_doubled_quotation_marks_are_one():
    assert list(read_cells('"Acme ""North"" Ltd",1\n', ",")) == [(1, ['Acme "North" Ltd', "1"], "")]


def test_a_quotation_mark_open_at_the_end_costs_one_row():
    text = '1,"Acme\n2,Beta\n3,Gamma\n'

    assert list(read_cells(text, ",", width=2)) == [
        (1, ["1", "Acme"], STRAY_QUOTE),
        (2, ["2", "Beta"], ""),
        (3, ["3", "Gamma"], ""),
    ]


def test_a_quotation_mark_closed_by_a_later_rows_own_costs_one_row():
    text = '1,"Acme\n2,"Beta"\n3,"Gamma"\n'

    found = list(read_cells(text, ",", width=2))

    assert [(line, failure) for line, _, failure in found] == [(1, STRAY_QUOTE), (2, ""), (3, "")]
    assert found[2][1] == ["3", "Gamma"]


def test_a_long_note_over_many_lines_stays_one_cell():
    note = "\n".join(f"line {number}" for number in range(500))

    assert list(read_cells(f'1,"{note}"\n2,x\n', ",", width=2)) == [(1, ["1", note], ""), (501, ["2", "x"], "")]


def test_a_mark_open_for_thousands_of_lines_was_never_closed():
    lines = "".join(f"{number},x\n" for number in range(rows.MAX_ROW_LINES + 10))

    found = list(read_cells(f'0,"open\n{lines}9,"late"\n', ",", width=2))

    assert found[0] == (1, ["0", "open"], STRAY_QUOTE)
    assert len(found) == 1 + rows.MAX_ROW_LINES + 10 + 1


def test_a_file_of_nothing_but_quotation_marks_ends():
    found = list(read_cells('a,"\n' * 20_001, ",", width=2))

    assert len(found) == 10_001
