"""The ledger, the statement, appeals, lawful limits and payout."""

from policy.clauses.clause import Clause

CLAUSES: tuple[Clause, ...] = (
    Clause(
        rule="BASE",
        sources=(),
        title_zh="基本工资",
        title_en="Base salary",
        quote_zh="",
        text_zh=(
            "基本工资＝月薪 × 当月在职的工作日 ÷ 当月工作日。整月在职的，就是全额；"
            "旷工和请假不减基本工资，要扣的另列。"
        ),
        text_en=(
            "Base salary is the monthly salary × employed workdays ÷ workdays of the month, so "
            "the whole of it for a whole month. Absence and leave do not lessen it; what they "
            "cost is a line of its own."
        ),
        parameters=(),
    ),
    Clause(
        rule="PAY-1",
        sources=(),
        title_zh="流水账",
        title_en="The ledger",
        quote_zh="",
        text_zh=(
            "每一笔扣款和入账都有记录：谁、哪个月、什么事、多少钱、哪一条、凭什么、谁记的、"
            "什么时候。记了就不能改也不能删，记错了只能冲销。同一件事不会记两次。"
        ),
        text_en=(
            "Every yuan charged or credited is an entry: person, pay month, kind, amount, rule, "
            "evidence, who or which job, when. Entries are never changed or deleted: a "
            "correction is a reversal. The same finding is never entered twice."
        ),
        parameters=(),
    ),
    Clause(
        rule="PAY-2",
        sources=(),
        title_zh="月工资单",
        title_en="Monthly statement",
        quote_zh="",
        text_zh=(
            "工资＝基本工资＋提成＋奖金＋罚款池分成＋报销＋退款，减去罚款、旷工、准备金、诉讼费、"
            "赔偿和扣发。每月 1 日出草稿，5 个工作日内可以逐条确认或提异议，"
            "之后由财务和经理定稿。定稿的月份不再变动，有变动记到后面还没定稿的月份。"
        ),
        text_en=(
            "Pay is base + commission + bonus + pool share + reimbursements + refunds − fines − "
            "absence − reserve − costs − damages − forfeits. The draft comes on the 1st; you "
            "acknowledge or object line by line within 5 workdays, then finance makes it final "
            "with the manager. A final month takes no more entries: they go to the next open "
            "month."
        ),
        parameters=("objection_workdays", "auto_final_on"),
    ),
    Clause(
        rule="PAY-3",
        sources=(),
        title_zh="申诉",
        title_en="Appeal",
        quote_zh="",
        text_zh=(
            "对任何一笔账或一个案件不服，当月没结清前都可以申诉。处理申诉的人，"
            "不能是当初扣您钱的人。"
        ),
        text_en=(
            "Any entry or case can be appealed against while the month is open. The decider is "
            "not the one who charged."
        ),
        parameters=("objection_workdays",),
    ),
    Clause(
        rule="PAY-4",
        sources=(),
        title_zh="扣款的法定限度",
        title_en="Lawful limits",
        quote_zh="",
        text_zh=(
            "因损失扣的钱超过当月工资的 20%（默认），或者扣完低于当地最低工资的（公司填了最低工资"
            "才查），工资单上会标出来，依据是《工资支付暂行规定》第十六条。"
            "公司开了限额（默认不开），超出的部分挪到后面几个月再扣。"
        ),
        text_en=(
            "Deductions for losses over 20 % of the month's wage (by default), or pay under the "
            "local minimum wage (where the company entered one), are marked on the statement; "
            "the source is article 16 of the Provisional Regulations on Payment of Wages "
            "(工资支付暂行规定). Where the company switched the limit on (off by default), the "
            "excess is carried to the following months."
        ),
        parameters=("deduction_cap_rate", "deduction_cap_on", "minimum_wage"),
    ),
    Clause(
        rule="PAY-5",
        sources=(),
        title_zh="账目自查",
        title_en="The books balance",
        quote_zh="",
        text_zh=(
            "系统可以随时自查：罚款池进出、准备金账户、每张工资单、账单编号都要对得上，"
            "每笔账都要有凭据。对不上的会直接指出来。"
        ),
        text_en=(
            "A command checks that pool, reserve accounts, every statement and the slip numbers "
            "add up and that no entry lacks evidence. It says what is wrong, if anything is."
        ),
        parameters=(),
    ),
    Clause(
        rule="PAY-6",
        sources=(),
        title_zh="发工资和离职结算",
        title_en="Payout and leaving",
        quote_zh="",
        text_zh=(
            "定稿后余额为正的，发到银行卡；为负的当月不发，差额转到下个月。"
            "离职的要按清单交接客户、账单、货物和案件，然后做最后结算，还欠的照实列出。"
        ),
        text_en=(
            "At final a positive balance is paid to the bank; a negative one pays nothing and is "
            "brought forward to the next month. Who leaves hands over customers, slips, goods "
            "and cases by a list and gets a final settlement; what is still owed is shown as "
            "owed."
        ),
        parameters=(),
    ),
)
