"""Expenses, goods on loan and damages."""

from policy.clauses.clause import Clause

CLAUSES: tuple[Clause, ...] = (
    Clause(
        rule="EXP-1",
        sources=("S9-4.6",),
        title_zh="差旅费报销",
        title_en="Travel expenses",
        quote_zh="签成单,报销其交通总费用的80%,且不超过签单金额的2%,如若超过,以2%支付给业务员。",
        text_zh="签成单的才报：交通费报 80%（默认），最多不超过订单金额的 2%（默认）。",
        text_en=(
            "Only for a signed order: 80 % of the transport cost by default, at most 2 % of the "
            "order's amount."
        ),
        parameters=("expenses_on", "travel_rate", "expense_cap_rate"),
    ),
    Clause(
        rule="EXP-2",
        sources=("S9-4.7",),
        title_zh="请客吃饭报销",
        title_en="Meal expenses",
        quote_zh="签成单,报销实际消费数字的60%,且不超过成交金额的2%,如若超过,以2%支付给业务员。",
        text_zh="签成单的才报：餐费按实际花费报 60%（默认），最多不超过订单金额的 2%（默认）。",
        text_en=(
            "Only for a signed order: 60 % of the actual cost by default, at most 2 % of the "
            "order's amount."
        ),
        parameters=("expenses_on", "meal_rate", "expense_cap_rate"),
    ),
    Clause(
        rule="EXP-3",
        sources=("S9-4.6", "S9-4.7"),
        title_zh="报销上限怎么算",
        title_en="How the 2 % is counted",
        quote_zh="以签单为基准,单没签成,不报销",
        text_zh=(
            "订单金额的 2%（默认）是一份订单的总上限，交通和餐费各算各的；前面报掉的要减去，"
            "后面的只能用剩下的。几笔报销按批准日期、再按单号排先后。批准那天订单还没签的，不报。"
        ),
        text_en=(
            "The 2 % (by default) is for all claims on an order, travel and meals each: a later "
            "claim gets what the earlier ones left. Claims take their turn by approval date, "
            "then claim number. A claim on an order not signed by the day of approval gets "
            "nothing."
        ),
        parameters=("expenses_on", "expense_cap_rate"),
    ),
    Clause(
        rule="EXP-4",
        sources=("S9-4.7",),
        title_zh="报销限额",
        title_en="Claim limit",
        quote_zh="洽谈金额超过两万的,一个月不能报销超过三次的",
        text_zh=(
            "这一条默认不开。开了以后，只有超过 20000 元（默认）的订单才能报销；"
            "每人每个自然月最多报 3 次（默认），交通和餐费合在一起数，按批准的月份算。"
        ),
        text_en=(
            "Off by default. Where it is on, only orders over 20,000 yuan (by default) are "
            "reimbursed, and at most 3 paid claims, travel and meals together, per salesperson "
            "and calendar month of approval."
        ),
        parameters=(
            "expenses_on",
            "expense_limit_on",
            "expense_limit_min_order",
            "expense_limit_claims",
        ),
    ),
    Clause(
        rule="GOOD-1",
        sources=("S9-4.8",),
        title_zh="货物出借",
        title_en="Goods on loan",
        quote_zh="货物必须在两日内交还,交还的货物不能有破损,破损的货物由业务员照价赔偿。",
        text_zh=(
            "向仓管借样品要开借条，2 天内（默认）归还，最晚到借出后第 2 天结束。"
            "逾期的仓管和经理都看得到；损坏或丢失的，照价赔偿。"
        ),
        text_en=(
            "Demo goods are borrowed from the keeper on an IOU and due back within 2 days by "
            "default, by the end of the second day after. Overdue loans are shown to the keeper "
            "and the manager; damaged or lost goods are charged at their price."
        ),
        parameters=("loan_days",),
    ),
    Clause(
        rule="GOOD-2",
        sources=("S9-2.5",),
        title_zh="损坏公司财物",
        title_en="Company property broken",
        quote_zh="不小心损坏者,比如灯具,公司按成本价从其工资中扣除。",
        text_zh="不小心损坏公司财物，按成本价从工资里扣。故意损坏的，照样赔偿，还要立违纪案处理。",
        text_en=(
            "Company property broken by accident costs its cost price, from pay. On purpose, it "
            "is compensation and a conduct case as well."
        ),
        parameters=(),
    ),
)
