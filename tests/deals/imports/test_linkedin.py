from tests.deals.imports.reading import read, records

PREAMBLE = 'Notes:\n"Some of the addresses, as you may notice, are missing."\n\n'
HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def test_connections_stand_below_a_preamble():
    text = f"{PREAMBLE}{HEADER}Anna,Kim,https://www.linkedin.com/in/Anna-Kim,,Norden,Head of Roofs,16 Sep 2021\n"

    assert records(text) == [
        (
            "contact",
            "https://www.linkedin.com/in/anna-kim",
            {
                "given_name": "Anna", "family_name": "Kim", "company": "Norden", "title": "Head of Roofs",
                "linkedin": "https://www.linkedin.com/in/anna-kim", "connected_on": "2021-09-16",
            },
        )
    ]  # fmt: skip


def test_a_row_of_nothing_but_a_date_is_skipped():
    [result] = read(f"{HEADER},,,,,,02 Jun 2022\n")

    assert (result.outcome, result.reason) == ("skipped", "Nothing is filled but “Connected On”.")


def test_an_older_file_without_addresses_saved_again_by_a_spreadsheet():
    text = (
        "First Name;Last Name;Company;Position;Connected on\nZoë;Müller;Norden;Leiterin;12.09.2021\n"
        "Ben;Lund;;;30-oct-09\n"
    )

    found = records(text.encode("cp1252"))

    assert [values["connected_on"] for _, _, values in found] == ["2021-09-12", "2009-10-30"]
    assert found[0][2]["given_name"] == "Zoë"
    assert found[0][1].startswith("row:")


def test_messages_are_not_read():
    header = (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,"
        "SUBJECT,CONTENT,FOLDER\n"
    )

    [result] = read(f"{header}1,,Anna,,Ben,,2024-05-01 10:22:33 UTC,,Hello,INBOX\n")

    assert result.reason == "LinkedIn messages are not read: they are private conversations."
