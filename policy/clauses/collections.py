"""Orders, collection slips, IOUs, overdue money and the cutoff."""

from policy.clauses.clause import Clause

CLAUSES: tuple[Clause, ...] = (
    Clause(
        rule="ORD-1",
        sources=("S8.8",),
        title_zh="订单和合同",
        title_en="Orders and contracts",
        quote_zh="监督合同履行情况,及时解决合同纠纷和问题。",
        text_zh=(
            "每份签单都要登记客户、业务员、金额、签订日期、条款、扫描件，以及交货情况、"
            "纠纷和结果。订单换业务员，必须办转交手续并经经理批准。"
        ),
        text_en=(
            "Every order is recorded with its customer, salesperson, amount, signing date, terms "
            "and scan, its deliveries, and its disputes and how they ended. Its salesperson "
            "changes only by a recorded transfer that the manager approved."
        ),
        parameters=(),
    ),
    Clause(
        rule="ORD-2",
        sources=("S1.2",),
        title_zh="订单毛利",
        title_en="Margin",
        quote_zh="确保公司利润率,达到客户需求和公司利益的平衡",
        text_zh="订单可以登记毛利率。公司设了下限的（默认不设），低于下限要经理批准。",
        text_en=(
            "An order can carry its gross margin. Where the company set a floor (off by "
            "default), an order under it needs the manager's approval."
        ),
        parameters=("margin_floor",),
    ),
    Clause(
        rule="SLIP-1",
        sources=("S9-4.1",),
        title_zh="领取收款账单",
        title_en="Collection slips",
        quote_zh="业务员每天从财务处领取“收款账单”",
        text_zh=(
            "收款账单连续编号，一张对应一份订单和一笔应收款。财务按工作日发给业务员，由业务员保管。"
        ),
        text_en=(
            "Collection slips are numbered without gaps, each for one order and an amount due. "
            "Finance issues them to a salesperson for a working day, and the salesperson holds "
            "them."
        ),
        parameters=(),
    ),
    Clause(
        rule="SLIP-2",
        sources=("S9-4.1",),
        title_zh="收款登记",
        title_en="Collecting",
        quote_zh="将收回的账款(现金或支票)交给出纳",
        text_zh=(
            "收到客户的钱，要在账单上登记金额、方式（现金、支票，或转到公司账户）和收款时间。"
            "一张账单可以分几次收，合计不能超过应收款；转账不用交接。"
        ),
        text_en=(
            "What the customer paid is recorded on the slip: amount, how (cash, cheque, or "
            "transfer to the company), and when it was received. Several payments are allowed, "
            "never past the amount due; a transfer needs no handover."
        ),
        parameters=(),
    ),
    Clause(
        rule="SLIP-3",
        sources=("S9-4.1",),
        title_zh="当天交款",
        title_en="Handover the same day",
        quote_zh=(
            "当天下班前必须将收回的账款(现金或支票)交给出纳,与财务核对剩余的“收款账单”是否对数。"
        ),
        text_zh=(
            "收到的钱当天下班前（默认 18:00）交给出纳清点，点出来的数要和登记的一致。"
            "对不上就记差异，财务处理完之前不发新账单。剩下的账单按编号和财务核对。"
        ),
        text_en=(
            "Money goes to the cashier before the end of work that day (18:00 by default), and "
            "counted and recorded amounts must agree. A difference blocks new slips until "
            "finance settles it. Slips still held are checked with finance by number."
        ),
        parameters=("work_end",),
    ),
    Clause(
        rule="SLIP-4",
        sources=("S9-4.1",),
        title_zh="推迟到次日交款",
        title_en="Late handover",
        quote_zh=(
            "如果业务员当天不能在下班前赶回公司,可以于次日与财务交接“收款账单”,"
            "再重新领取新一天的单子。"
        ),
        text_zh=(
            "当天下班前赶不回公司的，当天说明原因，下一个工作日下班前（默认 18:00）交款。"
            "前一天的账没对清，不发新账单；经理写明理由可以放行。"
        ),
        text_en=(
            "Whoever cannot be back by the end of work declares it that day with the reason, and "
            "hands over by the end of work (18:00 by default) on the next workday. Until the "
            "earlier day is reconciled no new slips are issued; the manager may lift this with a "
            "reason."
        ),
        parameters=("work_end",),
    ),
    Clause(
        rule="SLIP-5",
        sources=("S9-4.1",),
        title_zh="凭款开票",
        title_en="Invoice against money",
        quote_zh="业务员收回账款后,才能凭账款开取发票。",
        text_zh="钱到了才能开发票：一份订单开出的发票，不能超过出纳已点收和转账已到的金额。",
        text_en=(
            "Invoices are given only against money: for an order they never exceed what the "
            "cashier has counted and what has arrived by transfer."
        ),
        parameters=(),
    ),
    Clause(
        rule="SLIP-6",
        sources=(),
        title_zh="退票、退款、退货",
        title_en="Bounced cheques, refunds, returns",
        quote_zh="",
        text_zh="支票退票、退款、退货，都记在原来那笔收款或交货上。受影响的账会自动重算。",
        text_en=(
            "A bounced cheque, a refund or returned goods is recorded against the payment or "
            "delivery it undoes. What hung on that is computed again."
        ),
        parameters=(),
    ),
    Clause(
        rule="IOU-1",
        sources=("S9-4.2",),
        title_zh="签收单和借条",
        title_en="Receipts and IOUs",
        quote_zh=(
            "业务员必须收取客户的“签收单”或借条凭据,上面须有客户自己注明的未付款项,并签字盖章。"
        ),
        text_zh=(
            "货送到了，款没付清的，要让客户在签收单或借条上写明欠款，签字盖章，"
            "最迟交货后的下一个工作日办好。原件交财务确认，自己留复印件；缺的会列给主管和财务。"
        ),
        text_en=(
            "Goods delivered and not fully paid need a signed receipt or IOU with the unpaid "
            "amount, signature and seal, by the end of the workday after delivery. The original "
            "goes to finance, who confirms it; the copy stays with you. Missing ones are listed "
            "to the supervisor and finance."
        ),
        parameters=(),
    ),
    Clause(
        rule="DUE-1",
        sources=("S9-4.5",),
        title_zh="逾期催款",
        title_en="Overdue money",
        quote_zh="超过十天仍未见到款项的,应与上级主管协商妥善追款办法。",
        text_zh=(
            "交货没收到款的，要报主管备案，系统每天提醒催款。超过 10 天（默认），"
            "也就是从第 11 天起，要和主管一起定追款计划：怎么追、什么时候、谁去。"
        ),
        text_en=(
            "An unpaid delivery is reported to the supervisor, and you are reminded daily. Past "
            "10 days by default, so from day 11, you and the supervisor must agree a collection "
            "plan: steps, dates, who."
        ),
        parameters=("overdue_days",),
    ),
    Clause(
        rule="CUT-1",
        sources=("S9-4.4",),
        title_zh="回款月结",
        title_en="Month-end of collections",
        quote_zh="每月28号下午四点为当月最后回款时间。",
        text_zh=(
            "到截止时刻（默认 28 日 16:00），系统记下每个人已收、已交、手上的钱和未交回的账单。"
            "现金和支票按交款时间算回款月，转账按到账时间算。"
        ),
        text_en=(
            "At the cutoff (28th, 16:00 by default) the program notes each person's money "
            "collected and handed in, money in hand and slips held. Money counts in the "
            "collection month in which it was handed in, a transfer in that in which it was "
            "received."
        ),
        parameters=("cutoff_day", "cutoff_time"),
    ),
    Clause(
        rule="CUT-2",
        sources=("S9-4.4",),
        title_zh="货款拖到下月的罚款",
        title_en="Fine for carrying money over",
        quote_zh="业务员不得将已收款项故意挪至下月。一经发现,从工资中扣除500元。",
        text_zh=(
            "截止时刻（默认 28 日 16:00）或之前收到的钱，过了截止还没交，就算拖到下月，"
            "从工资里扣 500 元（默认）；每人每个回款月只罚一次，不论几笔。截止当天收到、"
            "当天下班前（默认 18:00）交了的不罚；截止前报过推迟交款的，"
            "那天收的钱在下一个工作日下班前交了，也不罚。其余先按故意算，本人可以申诉说明。"
        ),
        text_en=(
            "Money received at or before the cutoff (28th, 16:00 by default) and not handed in "
            "by then costs 500 yuan by default, once per person and collection month however "
            "many payments. Not fined: money received on the cutoff's own day and handed in by "
            "the end of work (18:00); and money under a late handover declared before the cutoff "
            "and handed in by the end of work on the next workday after it was received. For the "
            "rest intent is presumed, and you may explain in an appeal."
        ),
        parameters=("cutoff_day", "cutoff_time", "carryover_fine", "work_end"),
    ),
    Clause(
        rule="CUT-3",
        sources=(),
        title_zh="月结补算",
        title_en="A late close gives the same result",
        quote_zh="",
        text_zh=(
            "月结不管准点跑、晚几天跑还是跑两遍，结果都一样，罚款只有一笔。"
            "后来才查清的（比如财务更正了收款日期），记到当时还没结清的工资月。"
        ),
        text_en=(
            "The close gives the same snapshot and one fine whether it runs on time, days late "
            "or twice. What is found out later, such as a receipt date corrected by finance, is "
            "assessed in the pay month still open."
        ),
        parameters=(),
    ),
)
