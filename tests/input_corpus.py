"""Good rows of every table of `formats.md`, and everything wrong that a cell of them can be.

`BASE` holds a small good file per table; the files stand on each other in loading order. A column
has a kind (`KINDS`), and `DAMAGES` lists for each kind what people, spreadsheets and attackers
write there, with the words the refusal must use.
"""

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

Rows = list[dict[str, str]]


def _rows(header: str, *lines: str) -> Rows:
    names = header.split(",")
    return [dict(zip(names, line.split(","), strict=True)) for line in lines]


BASE: dict[str, Rows] = {
    "policy": _rows(
        "effective_on,parameter,value",
        "2026-01-01,late_fine,5",
        "2026-01-01,cutoff_time,16:30",
        "2026-01-01,travel_rate,0.8",
        "2026-01-01,commission_tiers,50000:0.01;inf:0.03",
        "2026-02-01,reserve_on,no",
    ),
    "calendar": _rows(
        "date,is_workday,note",
        "2026-10-01,no,国庆节",
        "2026-10-10,yes,调休",
        "2026-10-11,no,",
    ),
    "people": _rows(
        "employee_no,name,roles,team,supervisor_no,channel,hired_on,left_on,base_salary",
        "M001,陶洋,manager,销售部,,,2018-03-01,,9000.00",
        "Z001,施静军,supervisor+salesperson,销售1组,M001,field,2019-05-06,,7000.00",
        "Y001,严丽,salesperson,销售1组,Z001,field,2024-01-02,,3000.50",
        "Y002,Ann O'Hara,salesperson,,Z001,telephone,2024-02-29,2026-12-31,",
    ),
    "customers": _rows(
        "customer_no,name,address,scale,owner_no,created_on",
        "K001,江北诊所,人民路 1 号,小,Y001,2025-01-01",
        "K002,Hills & Co.,,,,2025-06-30",
    ),
    "punches": _rows(
        "employee_no,at",
        "Y001,2026-10-12T08:53:00",
        "Y001,2026-10-12T18:01:30",
        "Y002,2026-10-12T08:53:00",
    ),
    "excuses": _rows(
        "employee_no,date,side,status,reason",
        "Y001,2026-10-12,in,accepted,客户处直接拜访",
        "Y001,2026-10-12,out,pending,",
        "Y002,2026-10-12,in,rejected,late train",
    ),
    "fine_payments": _rows(
        "employee_no,date,side,paid_at",
        "Y001,2026-10-13,in,2026-10-13T18:00:00",
        "Y001,2026-10-13,out,2026-10-14T09:30:00",
    ),
    "leave_types": _rows(
        "code,name,pay_rate,evidence_needed,monthly_cap_days",
        "marriage,婚假,1,yes,15",
        "unpaid,无薪假,0,no,",
        "half,半薪假,0.5,no,2.5",
    ),
    "leave": _rows(
        "employee_no,type,start_on,start_half,end_on,end_half,status,special_case,reason,evidence",
        "Y001,personal,2026-10-14,am,2026-10-14,pm,approved,no,搬家,",
        "Y001,unpaid,2026-10-15,am,2026-10-16,am,pending,,,",
        "Y002,sick,2026-10-14,pm,2026-10-15,pm,approved,yes,流感,病历 88",
    ),
    "trips": _rows(
        "employee_no,start_on,end_on,purpose,status",
        "Y001,2026-10-20,2026-10-22,展会,approved",
        "Y002,2026-10-20,2026-10-20,,cancelled",
    ),
    "trip_reports": _rows(
        "employee_no,date,reported_at",
        "Y001,2026-10-20,2026-10-20T20:59:59",
        "Y001,2026-10-21,2026-10-21T21:00:00.5",
    ),
    "outings": _rows(
        "employee_no,start_at,end_at,customer_no,whom,purpose,status",
        "Y001,2026-10-19T09:00:00,2026-10-19T11:00:00,K001,王医生,送样品,approved",
        "Y002,2026-10-19T13:30:00,2026-10-19T18:00:00,,,,pending",
    ),
    "pool_opening": _rows("month,amount", "2026-10,120.50", "2026-11,99.99"),
    "orders": _rows(
        "order_no,customer_no,employee_no,amount,signed_on",
        "D001,K001,Y001,12202.88,2026-09-21",
        "D002,K002,Y002,155748,",
    ),
    "deliveries": _rows(
        "order_no,delivered_on,amount",
        "D001,2026-09-25,12000.00",
        "D001,2026-09-26,202.88",
    ),
    "slips": _rows(
        "slip_no,order_no,employee_no,issued_at,amount_due,returned_at",
        "S001,D001,Y001,2026-10-12T08:30:00,12202.88,2026-10-12T17:30:00",
        "S002,D002,Y002,2026-10-13T08:30:00,5000.00,",
    ),
    "payments": _rows(
        "payment_no,slip_no,amount,method,received_at,handed_in_at",
        "P001,S001,2000.00,cash,2026-10-12T10:00:00,2026-10-12T17:00:00",
        "P002,S001,10202.88,transfer,2026-10-12T11:00:00,",
        "P003,S002,4999.99,cheque,2026-10-13T11:00:00,",
    ),
    "late_handovers": _rows(
        "employee_no,date,declared_at,reason",
        "Y001,2026-10-12,2026-10-12T15:00:00,末班车已开",
        "Y002,2026-10-13,2026-10-13T16:00:00,",
    ),
    "expenses": _rows(
        "claim_no,employee_no,order_no,kind,spent_on,amount,approved_on",
        "E001,Y001,D001,travel,2026-09-20,100.00,2026-10-08",
        "E002,Y002,D002,meal,2026-09-21,0.01,",
    ),
    "goods": _rows(
        "goods_no,name,price,serial_no,place,retired_on",
        "YJ-1,投影仪,888.00,SN-1,三楼柜,",
        "YJ-2,'-20℃冰箱,1200.50,,,2026-10-08",
    ),
    "loans": _rows(
        "loan_no,employee_no,item,price,lent_at,returned_on,condition",
        "L001,Y001,投影仪,888.00,2026-10-08T09:00:00,2026-10-09,damaged",
        "L002,Y002,lamp,12.34,2026-10-08T09:00:00,,",
    ),
    "reserve_opening": _rows(
        "employee_no,as_of,balance",
        "Y001,2026-09-30,1500.00",
        "Y002,2026-09-30,0",
    ),
    "bad_debts": _rows(
        "case_no,order_no,opened_on,outcome,outcome_on",
        "B001,D001,2026-03-02,dead,2026-10-09",
        "B002,D002,2026-04-02,,",
    ),
    "legal_costs": _rows(
        "case_no,incurred_on,amount",
        "B001,2026-05-01,333.33",
        "B002,2026-05-01,0.01",
    ),
    "damages": _rows(
        "damage_no,employee_no,on,item,cost_price,on_purpose",
        "G001,Y001,2026-10-12,电脑,4999.00,no",
        "G002,Y002,2026-10-12,门,300.10,yes",
    ),
    "visits": _rows(
        "employee_no,customer_no,at,kind,content,void",
        "Y001,K001,2026-10-12T10:00:00,first,谈了新灯,no",
        "Y001,K002,2026-10-12T14:00:00,after-sales,,",
        "Y002,K001,2026-10-12T10:00:00,telephone,-5% asked for,yes",
    ),
    "spot_checks": _rows(
        "employee_no,customer_no,checked_on,verdict",
        "Y001,K001,2026-10-15,records",
        "Y002,K001,2026-10-15,none",
    ),
    "rewards": _rows(
        "employee_no,decided_on,kind,amount,note",
        "Y001,2026-10-12,bonus,200.00,季度之星",
        "Y001,2026-10-12,title,,",
        "Y001,2026-10-12,praise,,谢谢",
    ),
    "conduct": _rows(
        "case_no,employee_no,offence,decided_on,sanction,note",
        "C001,Y001,private_calls,2026-10-12,warning,",
        "C002,Y002,other,2026-10-13,criticism,迟到多次",
    ),
    "targets": _rows(
        "employee_no,team,period,amount",
        "Y001,,2026-10,9000.00",
        ",销售1组,2026-Q4,30000",
        "Y002,,2026,0",
    ),
}

# The kind of each column, by `table.column` where the name alone does not tell it.
KINDS: dict[str, str] = {
    "policy.parameter": "parameter",
    "policy.value": "value",
    "leave.type": "leave_type",
    "leave_types.code": "leave_type",
    "payments.amount": "positive_money",
    "slips.amount_due": "positive_money",
    "people.employee_no": "code",
    "customers.customer_no": "code",
    "orders.order_no": "code",
    "slips.slip_no": "code",
    "bad_debts.case_no": "code",
    "conduct.case_no": "code",
    "pool_opening.month": "month",
    "targets.period": "period",
    "expenses.kind": "choice",
    "visits.kind": "choice",
    "rewards.kind": "choice",
    "people.supervisor_no": "supervisor",
    "people.roles": "roles",
    **dict.fromkeys(
        ("effective_on", "date", "hired_on", "left_on", "created_on", "start_on", "end_on"), "day"
    ),
    **dict.fromkeys(("signed_on", "delivered_on", "spent_on", "approved_on", "returned_on"), "day"),
    **dict.fromkeys(("as_of", "opened_on", "outcome_on", "incurred_on", "on"), "day"),
    **dict.fromkeys(("checked_on", "decided_on", "retired_on"), "day"),
    **dict.fromkeys(("at", "paid_at", "reported_at", "issued_at", "returned_at"), "instant"),
    **dict.fromkeys(("start_at", "end_at"), "instant"),
    **dict.fromkeys(("received_at", "handed_in_at", "declared_at", "lent_at"), "instant"),
    **dict.fromkeys(("base_salary", "amount", "price", "balance", "cost_price"), "money"),
    **dict.fromkeys(("is_workday", "special_case", "void", "on_purpose"), "yes_no"),
    "evidence_needed": "yes_no",
    **dict.fromkeys(("channel", "side", "status", "start_half", "end_half"), "choice"),
    **dict.fromkeys(("method", "outcome", "condition", "verdict", "offence", "sanction"), "choice"),
    **dict.fromkeys(("employee_no", "owner_no", "customer_no", "order_no", "slip_no"), "reference"),
    "case_no": "reference",
    **dict.fromkeys(("payment_no", "claim_no", "goods_no", "loan_no", "damage_no"), "code"),
    **dict.fromkeys(("name", "note", "address", "scale", "team", "reason", "evidence"), "text"),
    **dict.fromkeys(("purpose", "item", "content", "whom", "serial_no", "place"), "text"),
    "pay_rate": "rate",
    "monthly_cap_days": "half_days",
}


def kind_of(table: str, column: str) -> str:
    return KINDS.get(f"{table}.{column}") or KINDS[column]


_NOT_MONEY = (
    "NaN",
    "nan",
    "inf",
    "-inf",
    "Infinity",
    "sNaN",
    "1e9",
    "1E3",
    "1e999",
    "1.005",
    "0.001",
    "１２",
    "１２.００",
    "١٢",
    "1,000.00",
    "1 000",
    "1_000",
    "¥12",
    "12元",
    "+5",
    ".5",
    "5.",
    "0x10",
    "--5",
    "5-",
    "1.2.3",
    "一百",
    "=1+1",
    "1\x000",
    "100000000000",
    "9" * 400,
    "1/2",
    "true",
    "None",
    "12;00",
    "1’000",
    "½",
    "²",
)
MONEY = (
    *((cell, "is not an amount in yuan") for cell in _NOT_MONEY),
    ("-0", "write 0"),
    ("-0.00", "write 0"),
    ("-0.01", "cannot be negative"),
    ("-12", "cannot be negative"),
)
_NOT_DAYS = (
    "2026/10/12",
    "2026.10.12",
    "20261012",
    "12-10-2026",
    "2026-10-1",
    "2026-1-01",
    "26-10-12",
    "２０２６-１０-１２",
    "2026年10月12日",
    "2026-10-12T08:00:00",
    "2026-10-12\x00",
    "today",
    "46307",
    "NaN",
    "-2026-10-12",
    "2026-10-12Z",
    "2026-W42-1",
    "=TODAY()",
    "0",
    "2026–10–12",
    "#VALUE!",
)
DAYS = (
    *((cell, "is not a date (YYYY-MM-DD)") for cell in _NOT_DAYS),
    ("2026-02-30", "there is no day 2026-02-30"),
    ("2026-02-29", "there is no day 2026-02-29"),
    ("2026-13-01", "there is no day"),
    ("2026-00-10", "there is no day"),
    ("2026-10-00", "there is no day"),
    ("0000-01-01", "there is no day"),
    ("0001-01-01", "lies outside 1990-01-01 to 2100-12-31"),
    ("1989-12-31", "lies outside"),
    ("2101-01-01", "lies outside"),
    ("9999-12-31", "lies outside"),
)
_NOT_INSTANTS = (
    "2026-10-12",
    "08:53",
    "2026-10-12T8:53",
    "2026-10-12T08",
    "2026-10-12T08:53:00Z",
    "2026-10-12T08:53:00+08:00",
    "2026/10/12 08:53",
    "２０２６-１０-１２T０８:５３",
    "1760230380",
    "2026-10-12T08:53:00.1234567",
    "2026-10-12T08:53\x00",
    "2026-10-12  08:53",
    "NaN",
    "now",
    "2026-10-12t08:53",
    "2026-10-12T08:53:00,5",
    "8:53 AM",
    "2026-10-12 上午 8:53",
)
INSTANTS = (
    *((cell, "is not a local time (YYYY-MM-DDTHH:MM:SS)") for cell in _NOT_INSTANTS),
    ("2026-02-30T08:53:00", "there is no day 2026-02-30"),
    ("2026-10-12T25:00:00", "there is no time"),
    ("2026-10-12T08:60:00", "there is no time"),
    ("2026-10-12T08:53:60", "there is no time"),
    ("0001-01-01T00:00:00", "lies outside"),
    ("9999-12-31T23:59:59", "lies outside"),
)
CODES = (
    ("A B", "no blanks, no slashes"),
    ("A/B", "no blanks, no slashes"),
    ("A\u3000B", "no blanks, no slashes"),
    ("A\nB", "no blanks, no slashes"),
    ("A\x00B", "holds a control character"),
    ("A\x1b[2JB", "holds a control character"),
    ("A" * 41, "is longer than"),
    ("A" * 9_000, "is longer than"),
)
DAMAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "money": MONEY,
    "positive_money": (*MONEY, ("0", "must be more than 0"), ("0.00", "must be more than 0")),
    "day": DAYS,
    "instant": INSTANTS,
    "code": CODES,
    "reference": (
        *CODES,
        ("NOBODY", "unknown"),
        ("y001", "unknown"),
        ("Ｙ００１", "unknown"),
        ("-1", "unknown"),
        ("1", "unknown"),
        ("' OR 1=1--".replace(" ", ""), "unknown"),
    ),
    "supervisor": CODES,  # unknown ones are found when the whole file is read
    "month": (
        ("2026-13", "is not a month (YYYY-MM)"),
        ("2026-00", "is not a month (YYYY-MM)"),
        ("2026-1", "is not a month (YYYY-MM)"),
        ("2026-10-01", "is not a month (YYYY-MM)"),
        ("２０２６-１０", "is not a month (YYYY-MM)"),
        ("2026-10\x00", "is not a month (YYYY-MM)"),
        ("0000-01", "lies outside"),
        ("1989-12", "lies outside"),
        ("2101-01", "lies outside"),
        ("9999-12", ""),
    ),
    "period": tuple(
        (cell, "is no period: 2026, 2026-Q3 or 2026-07")
        for cell in (
            "2026-Q5",
            "2026-Q0",
            "2026-q3",
            "2026Q3",
            "2026-13",
            "2026-7",
            "26-07",
            "2026-07-01",
            "２０２６",
            "2026\x00",
            "1899",
            "2200-Q1",
            "Jul-26",
            "今年",
            "1" * 9_000,
        )
    ),
    "yes_no": tuple(
        (cell, "is neither yes nor no")
        for cell in ("1", "0", "true", "y", "yes\x00", "ｙｅｓ", "对")
    ),
    "choice": tuple(
        (cell, "is none of: ") for cell in ("nonsense", "0", "CASH!", "\x00", "a" * 9_000, "NaN")
    ),
    "text": (
        ("A\x00B", "holds a control character"),
        ("A\x07B", "holds a control character"),
        ("A\x7fB", "holds a control character"),
        ("长" * 4_001, "is longer than"),
    ),
    "rate": (
        *(
            (cell, "is not a number")
            for cell in ("NaN", "1e-3", "-0.1", "-0", "０.５", "5‰", "%", ".5")
        ),
        *((cell, "lies between 0 and 1") for cell in ("1.000001", "1.5", "101%", "80")),
        ("33.333333%", "at most 6 decimals"),
        ("0.1234567", "is not a number"),
    ),
    "half_days": (
        *((cell, "is not a number") for cell in ("NaN", "1e1", "-1", "-0", "１５", "1,5")),
        *((cell, "in halves, at most 31") for cell in ("0.25", "1.1", "31.5", "32", "999999999")),
    ),
    "roles": (
        ("boss", "is none of: "),
        ("salesperson,manager", "is none of: "),
        ("salesperson+", "is none of: "),
        ("+", "is none of: "),
        ("salesperson+salesperson", "a role stands twice"),
        ("manager\x00", "is none of: "),
    ),
    "leave_type": CODES,
    "parameter": (
        *CODES,
        ("late-fine", "has no parameter"),
        ("effective_on", "has no parameter"),
        ("NOT_PARAMETERS", "has no parameter"),
        ("__class__", "has no parameter"),
    ),
    "value": (  # of `late_fine`, an amount
        *(
            (cell, "is not an amount in yuan")
            for cell in _NOT_MONEY
            if "\x00" not in cell and len(cell) <= 200
        ),
        ("-0", "write 0"),
        ("-5", "cannot be negative"),
        ("1\x000", "holds a control character"),
        ("9" * 400, "is longer than"),
    ),
}

# Good cells that look like bad ones: (column, cell) each must be taken, and kept as it is.
HARMLESS = {
    "people.name": ("=1+1", "@cmd", "-", "'; DROP TABLE accounts_person; --", "😀 张", "ｱ", "None"),
    "people.team": (
        '"A", "B"',
        "a\nb",
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "%s %(x)s",
        "\\0",
    ),
}

# Values of other parameters than `late_fine`: (parameter, value, words of the refusal).
PARAMETER_DAMAGES = (
    ("cutoff_day", "0", "lies between 1 and 31"),
    ("cutoff_day", "32", "lies between 1 and 31"),
    ("cutoff_day", "28.0", "is not a whole number"),
    ("cutoff_day", "２８", "is not a whole number"),
    ("cutoff_time", "24:00", "is not a time of day"),
    ("cutoff_time", "4pm", "is not a time of day"),
    ("cutoff_time", "16：00", "is not a time of day"),
    ("reserve_on", "maybe", "is neither yes nor no"),
    ("travel_rate", "1.01", "lies between 0 and 1"),
    ("travel_rate", "80%", "is not a number"),
    ("travel_rate", "NaN", "is not a number"),
    ("litigation_share", "2", "lies between 0 and 1"),
    ("margin_floor", "1.5", "lies between 0 and 1"),
    ("commission_tiers", "50000:0.01", "tiers end with inf"),
    ("commission_tiers", "inf:0.01;50000:0.02", "tiers end with inf"),
    ("commission_tiers", "5:0.1;5:0.2;inf:0.3", "must rise"),
    ("commission_tiers", "9:0.1;5:0.2;inf:0.3", "must rise"),
    ("commission_tiers", "inf:1.5", "no rate is over 1"),
    ("commission_tiers", "nan:0.1;inf:0.2", "is not a tier"),
    ("commission_tiers", ";", "is not a tier"),
    ("overdue_days", "1e3", "is not a whole number"),
    ("overdue_days", "-1", "is not a whole number"),
)

# Rows that read well cell by cell and yet contradict themselves:
# table, cells replaced in the first good row, column told, words of the refusal.
CONTRADICTIONS = (
    ("people", {"left_on": "2018-02-28"}, "left_on", "lies before hired_on"),
    ("people", {"roles": "salesperson", "channel": ""}, "channel", "in the field or by telephone"),
    ("people", {"supervisor_no": "M001"}, "supervisor_no", "nobody is their own supervisor"),
    ("people", {"supervisor_no": "NOBODY"}, "supervisor_no", "unknown employee: NOBODY"),
    ("leave", {"end_on": "2026-10-13"}, "end_on", "ends before it starts"),
    ("leave", {"start_half": "pm", "end_half": "am"}, "end_on", "ends before it starts"),
    ("leave", {"end_on": "2099-10-14"}, "end_on", "is longer than 400 days"),
    ("leave", {"type": "sick"}, "evidence", "medical record"),
    ("leave", {"type": "nosuch"}, "type", "unknown leave type: nosuch"),
    ("leave", {"type": "marriage"}, "evidence", "婚假 needs evidence"),
    ("leave", {"special_case": "yes", "reason": ""}, "reason", "written explanation"),
    ("trips", {"end_on": "2026-10-19"}, "end_on", "ends before it starts"),
    ("trips", {"end_on": "2099-10-19"}, "end_on", "is longer than 400 days"),
    ("outings", {"end_at": "2026-10-19T09:00:00"}, "end_at", "ends before it starts"),
    ("outings", {"end_at": "2026-10-20T00:00:00"}, "end_at", "begins and ends on one day"),
    ("slips", {"returned_at": "2026-10-12T08:29:59"}, "returned_at", "lies before issued_at"),
    ("payments", {"handed_in_at": "2026-10-12T09:59:59"}, "handed_in_at", "before received_at"),
    ("payments", {"amount": "2000.01"}, "amount", "more than the 12202.88 due"),
    ("goods", {"retired_on": "2099-10-07"}, "retired_on", "lies in the future"),
    ("loans", {"returned_on": "", "condition": "lost"}, "returned_on", "needs the day"),
    ("loans", {"returned_on": "2026-10-07"}, "returned_on", "lies before lent_at"),
    ("bad_debts", {"outcome_on": ""}, "outcome_on", "go together"),
    ("bad_debts", {"outcome": ""}, "outcome_on", "go together"),
    ("bad_debts", {"outcome_on": "2026-03-01"}, "outcome_on", "lies before opened_on"),
    ("rewards", {"amount": ""}, "amount", "a bonus needs its amount"),
    ("targets", {"team": "销售1组"}, "team", "a person's or a team's"),
    ("targets", {"employee_no": ""}, "team", "a person's or a team's"),
    ("targets", {"employee_no": "", "team": "nobody"}, "team", "unknown team: nobody"),
    ("targets", {"employee_no": "M001"}, "employee_no", "M001 sells nothing"),
    ("targets", {"period": "2023"}, "period", "Y001 is not employed then"),
    *(
        ("policy", {"parameter": p, "value": v}, "value", words)
        for p, v, words in PARAMETER_DAMAGES
    ),
)

# A lawful correction of the first good row: table -> column, new cell, what the audit row shows.
CORRECTIONS: dict[str, tuple[str, str, list[str]]] = {
    "calendar": ("is_workday", "yes", ["no", "yes"]),
    "people": ("base_salary", "9000.01", ["9000.00", "9000.01"]),
    "customers": ("name", "江南诊所", ["江北诊所", "江南诊所"]),
    "excuses": ("status", "rejected", ["accepted", "rejected"]),
    "fine_payments": (
        "paid_at",
        "2026-10-14T18:00:00",
        ["2026-10-13T18:00:00", "2026-10-14T18:00:00"],
    ),
    "leave_types": ("evidence_needed", "no", ["yes", "no"]),
    "leave": ("status", "cancelled", ["approved", "cancelled"]),
    "trips": ("end_on", "2026-10-21", ["2026-10-22", "2026-10-21"]),
    "trip_reports": (
        "reported_at",
        "2026-10-20T20:00:00",
        ["2026-10-20T20:59:59", "2026-10-20T20:00:00"],
    ),
    "outings": (
        "end_at",
        "2026-10-19T10:30:00",
        ["2026-10-19T11:00:00", "2026-10-19T10:30:00"],
    ),
    "pool_opening": ("amount", "0", ["120.50", "0.00"]),
    "orders": ("signed_on", "", ["2026-09-21", ""]),
    "deliveries": ("amount", "12000.01", ["12000.00", "12000.01"]),
    "slips": ("amount_due", "20000", ["12202.88", "20000.00"]),
    "payments": ("amount", "1999.99", ["2000.00", "1999.99"]),
    "late_handovers": ("reason", "", ["末班车已开", ""]),
    "expenses": ("amount", "99.90", ["100.00", "99.90"]),
    "goods": ("retired_on", "2026-10-09", ["", "2026-10-09"]),
    "loans": ("condition", "lost", ["damaged", "lost"]),
    "reserve_opening": ("balance", "0", ["1500.00", "0.00"]),
    "bad_debts": ("outcome", "recovered", ["dead", "recovered"]),
    "legal_costs": ("amount", "0", ["333.33", "0.00"]),
    "damages": ("on_purpose", "yes", ["no", "yes"]),
    "visits": ("void", "yes", ["no", "yes"]),
    "spot_checks": ("verdict", "none", ["records", "none"]),
    "rewards": ("amount", "0.50", ["200.00", "0.50"]),
    "conduct": ("sanction", "dismissal", ["warning", "dismissal"]),
    "targets": ("amount", "9500", ["9000.00", "9500.00"]),
}


def real_cell(kind: str, cell: str) -> Any:
    """What a spreadsheet makes of a cell that a person types: days, numbers, yes and no."""
    if not cell:
        return None
    if kind == "day":
        return date.fromisoformat(cell)
    if kind == "instant":
        return datetime.fromisoformat(cell)
    if kind == "yes_no":
        return cell == "yes"
    if kind == "value" and ":" in cell and ";" not in cell:
        return time.fromisoformat(cell)
    if kind in ("money", "positive_money", "rate", "half_days", "value"):
        try:
            return float(Decimal(cell))
        except InvalidOperation:
            return cell
    return cell
