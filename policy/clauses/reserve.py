"""The bad-debt reserve, litigation and dead debts."""

from policy.clauses.clause import Clause

CLAUSES: tuple[Clause, ...] = (
    Clause(
        rule="RES-1",
        sources=("S9-4.3",),
        title_zh="坏账准备金",
        title_en="Bad-debt reserve",
        quote_zh="公司每月从业务员的工资里提取150元作为本人的“坏账准备金”。",
        text_zh=(
            "每月从工资里提 150 元（默认），存进您自己的坏账准备金账户，当月最后一天入账。"
            "当月最后一天在职的才提。"
        ),
        text_en=(
            "150 yuan by default go from each month's pay into your own reserve account, booked "
            "on the last day of the month. It is taken from whoever is employed on that day."
        ),
        parameters=("reserve_on", "reserve_monthly"),
    ),
    Clause(
        rule="RES-2",
        sources=("S9-4.3",),
        title_zh="年底退准备金",
        title_en="Reserve at year end",
        quote_zh="当年度满,如果未发生吊账问题,公司全数奉还准备金,并予以适当奖励。",
        text_zh=(
            "自己的订单全年没立过坏账案、也没有未结案的，年底准备金全部退还，"
            "另按退还额的 5%（默认）奖励；12 月 31 日在职就算，钱在 12 月工资单里。"
            "否则余额转到下一年。离职时没有未结案的，退还余额，没有奖励。"
        ),
        text_en=(
            "Where no bad-debt case was opened on your orders in the year and none is open, the "
            "whole reserve is paid back with a reward of 5 % by default, to whoever is employed "
            "on 31 December, in December's statement. Otherwise the balance is carried into the "
            "next year. Who leaves with no open case gets the balance without reward."
        ),
        parameters=("reserve_on", "reserve_reward_rate"),
    ),
    Clause(
        rule="RES-3",
        sources=("S9-4.3",),
        title_zh="坏账立案",
        title_en="Bad-debt case",
        quote_zh="如果真有客户赖账或跑账,首先由业务员出面追讨,追讨不成,由公司出面用法律手段解决",
        text_zh="客户赖账或者跑了，按已交货未付的货款立案。先由业务员追讨，追不回来，公司起诉。",
        text_en=(
            "When a customer will not pay or is gone, a case is opened on what was delivered and "
            "is unpaid. First the salesperson chases the debt, then the company sues."
        ),
        parameters=("reserve_on",),
    ),
    Clause(
        rule="RES-4",
        sources=("S9-4.3",),
        title_zh="诉讼费分担",
        title_en="Litigation cost",
        quote_zh=(
            "这其间的诉讼费用的一半由“坏账准备金”提取。公司出于人性化考虑,也出一半。"
            "如果“坏账准备金”不足诉讼费用的一半,从业务员工资中扣除。"
        ),
        text_zh=(
            "每笔诉讼费业务员承担一半（默认；到分，向上进位），先从准备金里出，不够的从工资里扣。"
            "其余由公司出。"
        ),
        text_en=(
            "Half of each litigation cost (by default), rounded up to the fen, is the "
            "salesperson's: from the reserve first, and what that does not cover from pay. The "
            "rest is the company's."
        ),
        parameters=("reserve_on", "litigation_share"),
    ),
    Clause(
        rule="RES-5",
        sources=(),
        title_zh="追回欠款",
        title_en="Money recovered",
        quote_zh="",
        text_zh="追回来的钱用来还欠款。已经扣掉的诉讼费不退。",
        text_en="Money recovered pays the debt. What was taken for costs stays taken.",
        parameters=("reserve_on",),
    ),
    Clause(
        rule="RES-6",
        sources=("S9-4.3",),
        title_zh="死账承担",
        title_en="Dead debt",
        quote_zh="如果诉讼无果,成了“死账”,由业务员承担全部死账,诉讼费用由公司来出。",
        text_zh=(
            "官司打输、成了死账的，到当天为止还欠的货款（已交货，减退货，"
            "减已交款）全部由业务员承担，从工资里扣。之前扣的诉讼费退回原处：准备金出的回准备金，"
            "工资扣的还给工资。以后再收到的钱补给业务员，补到承担的数为止。"
        ),
        text_en=(
            "When the lawsuit is lost, the salesperson bears the whole debt still unpaid on that "
            "day (delivered, less returned, less handed in), from pay. What was taken for costs "
            "goes back to where it came from, reserve or pay. Money that comes in later is "
            "credited to the salesperson, up to what was borne."
        ),
        parameters=("reserve_on", "dead_debt_on"),
    ),
)
