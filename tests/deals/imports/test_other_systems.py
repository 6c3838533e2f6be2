from tests.deals.imports.reading import records


def test_a_pipedrive_deal_names_its_organization_and_outcome():
    text = (
        "Deal - Title,Deal - Value,Deal - Currency,Deal - Stage,Deal - Status,Deal - Won time,Deal - Organization\n"
        "Roof,1200,EUR,Negotiation,Won,2024-06-30 10:00:00,Norden\n"
    )

    [(kind, _, values), mention] = records(text)

    assert (kind, values["is_closed"], values["is_won"], values["close_date"]) == ("deal", True, True, "2024-06-30")
    assert mention == ("account", "name:norden", {"name": "Norden"})


def test_a_pipedrive_person_keeps_all_addresses():
    text = (
        "Person - Name,Person - Email,Person - Organization\n"
        'Anna Kim,"anna@norden.example.com, a.kim@home.example.com",Norden\n'
    )

    [(_, _, values)] = records(text)

    assert values["email"] == "anna@norden.example.com"
    assert values["emails"] == ["anna@norden.example.com", "a.kim@home.example.com"]


def test_a_zoho_potential_is_keyed_by_its_lead():
    text = (
        "Potential Name,Potential Owner,Created Time,Closing Date,Amount,Stage,Probability,LEADID\n"
        '"Kim, Anna",Ben Lund,"15 Apr, 2021 00:02:00","16 Apr, 2021 00:03:00","$22,700.00",Needs Analysis,20,1832\n'
    )

    assert records(text) == [
        (
            "deal",
            "1832",
            {
                "name": "Kim, Anna", "stage": "Needs Analysis", "amount": "22700.00", "close_date": "2021-04-16",
                "created_at": "2021-04-15T00:02:00+00:00", "owner": "Ben Lund", "probability": "20",
            },
        )
    ]  # fmt: skip


def test_a_zoho_call_about_no_deal_has_none():
    text = (
        "TASKID,Call Start Time,Call Duration (in seconds),Call Owner,Subject,Call "
        "Type,CONTACTID,ACCOUNTID,POTENTIALID\n"
        "5,2021-04-15 23:03:00,420,Ben Lund,Talk,Outbound,2440,1458,0\n"
    )

    [(_, _, values)] = records(text)

    assert "deal_key" not in values
    assert (values["account_key"], values["contact_keys"], values["duration_s"]) == ("1458", ["2440"], "420")


def test_zoho_tasks_that_repeat_are_all_kept():
    text = "Task Owner,Subject,Created Time,Due Date,Status,Modified Time\n" + (
        'Ben Lund,Call,"16 Apr, 2021 00:02:00","20 Apr, 2021 00:06:00",Completed,"16 Apr, 2021 00:08:00"\n' * 3
    )

    assert [key.rpartition(":")[2] for _, key, _ in records(text)] == ["1", "2", "3"]


def test_an_apollo_row_yields_a_contact_and_a_company():
    text = (
        "First Name,Last Name,Title,Company,Company Name for Emails,Email,Work Direct Phone,# Employees,Website,"
        "Apollo Contact Id,Apollo Account Id\n"
        "Anna,Kim,CTO,Norden,Norden,anna@norden.example.com,'+55 11 "
        "91234-5678,120,http://www.norden.example.com,c1,a1\n"
    )

    [contact, account] = records(text)

    assert (contact[:2], contact[2]["phone"], contact[2]["account_key"]) == (("contact", "c1"), "+5511912345678", "a1")
    assert account == ("account", "a1", {"name": "Norden", "domain": "norden.example.com", "employees": "120"})


def test_a_google_contact_with_several_addresses_in_one_cell():
    text = (
        "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Value,Organization "
        "1 - Name\n"
        "Anna Kim,Anna,Kim,* myContacts,* Work,anna@norden.example.com ::: a.kim@home.example.com,+49 30 "
        "901820,Norden\n"
    )

    [(_, _, values)] = records(text)

    assert values["emails"] == ["anna@norden.example.com", "a.kim@home.example.com"]
    assert (values["phone"], values["company"]) == ("+4930901820", "Norden")


def test_a_bitrix_stage_tells_whether_a_deal_was_won():
    text = (
        "ID,STAGE_ID,ASSIGNED_BY_ID,OPPORTUNITY,CLOSED,TITLE,DATE_CREATE\n"
        "5,C2:WON,7,1200.00,Y,Roof,2021-03-01T10:00:00+03:00\n"
    )

    [(_, _, values)] = records(text)

    assert (values["is_won"], values["is_closed"], values["created_at"]) == (True, True, "2021-03-01T07:00:00+00:00")


def test_a_spreadsheet_of_deals_is_read_by_its_words():
    text = (
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
        "X1,Anna Kim,Roof 1,Norden,Won,10/20/2016,3/1/2017,1054\nX2,Anna Kim,Roof 2,,Engaging,11/02/2016,,\n"
    )

    assert records(text) == [
        ("deal", "X1", {"owner": "Anna Kim", "product": "Roof 1", "account": "Norden", "stage": "Won",
                        "created_at": "2016-10-20T00:00:00+00:00", "close_date": "2017-03-01", "amount": "1054"}),
        ("account", "name:norden", {"name": "Norden"}),
        ("deal", "X2", {"owner": "Anna Kim", "product": "Roof 2", "stage": "Engaging",
                        "created_at": "2016-11-02T00:00:00+00:00"}),
    ]  # fmt: skip
