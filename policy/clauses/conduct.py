"""Reports, plans, targets, appraisal, commission, rewards and discipline."""

from policy.clauses.clause import Clause

CLAUSES: tuple[Clause, ...] = (
    Clause(
        rule="REP-1",
        sources=("S9-3.2",),
        title_zh="周工作总结",
        title_en="Weekly report",
        quote_zh="每周周一提交“周工作总结”的书面报告。",
        text_zh=(
            "上周一到周日的周工作总结，本周一 24:00 前交；周一放假的，顺延到下一个工作日。"
            "系统先填好已知的数据，本人补上总结、问题和计划。迟交和缺交都会计数。"
        ),
        text_en=(
            "The report on Monday to Sunday is due on the next Monday by 24:00, or the next "
            "workday if that Monday is a holiday. The program fills in what it knows; you add "
            "summary, problems and plan. Late and missing ones are counted."
        ),
        parameters=(),
    ),
    Clause(
        rule="REP-2",
        sources=("S9-3.2",),
        title_zh="每日口头汇报",
        title_en="Daily oral report",
        quote_zh="业务员每天必须向负责主管口头汇报前一天的工作详情,如有困难,寻求解决困难的办法。",
        text_zh="每天向主管口头汇报前一天的工作，主管听了打勾并写一句备注。",
        text_en=(
            "Each day the work of the day before is reported to the supervisor, who ticks it "
            "with a note."
        ),
        parameters=(),
    ),
    Clause(
        rule="REP-3",
        sources=("S4.8",),
        title_zh="学习日志",
        title_en="Learning log",
        quote_zh=(
            "不管是技术上还是商务上,把遇到的问题记录下来,第二天早会或者周六总结会上大家共同讨论。"
        ),
        text_zh="工作中遇到的技术或商务问题，记到学习日志里，下次开会大家讨论。",
        text_en=(
            "Problems met at work, technical or commercial, go into the learning log and are "
            "discussed at the next meeting."
        ),
        parameters=(),
    ),
    Clause(
        rule="REP-4",
        sources=("S1.10", "S5.5"),
        title_zh="提建议",
        title_en="Suggestions",
        quote_zh="并向上级提供建设性意见。",
        text_zh="谁都可以提建议，每条都会有答复。提建议算参与活动。",
        text_en="Anyone may suggest, and every suggestion gets an answer. It counts as activity.",
        parameters=(),
    ),
    Clause(
        rule="PLAN-1",
        sources=("S8.6",),
        title_zh="销售活动计划",
        title_en="Sales activity plan",
        quote_zh="依据市场需求和公司销售策略,订立销售活动计划,并报经销经理审核。",
        text_zh="销售活动先写计划，经理批准后再办，谁参加了有记录。",
        text_en=(
            "A sales activity is planned in writing, approved by the manager, carried out, and "
            "who attended is recorded."
        ),
        parameters=(),
    ),
    Clause(
        rule="PLAN-2",
        sources=("S4.1",),
        title_zh="当天计划",
        title_en="Day plan",
        quote_zh="向领导汇报今天的工作工作计划。",
        text_zh="每天早会前写好今天要做什么。",
        text_en="What you will do today, written for the morning meeting.",
        parameters=(),
    ),
    Clause(
        rule="TAR-1",
        sources=("S4.5",),
        title_zh="销售任务",
        title_en="Targets",
        quote_zh="具体的销售任务写入劳动合同。",
        text_zh=(
            "每个人每期的销售任务以劳动合同为准。完成率看两个数："
            "已交回的款（按回款月）和已签的单（按自然月）。公司开着排行榜的，"
            "业务员能看到同事的完成率，看不到金额。"
        ),
        text_en=(
            "Each person's target for a period is the one in the contract. Attainment is "
            "measured by money handed in (by collection month) and by signed orders (by calendar "
            "month). Where the company shows leaderboards, colleagues see each other's "
            "percentage, and no amount."
        ),
        parameters=("leaderboards_shown",),
    ),
    Clause(
        rule="KPI-1",
        sources=("S8.9", "S8.10", "S8.11"),
        title_zh="季度考核",
        title_en="Quarterly appraisal",
        quote_zh="依据考核指标对业务员进行定期考核,采用评分制度进行评估。",
        text_zh=(
            "每季度按数据打分，默认权重：销售完成 40、新客户 15、客户满意度 10、回访 10、"
            "投诉 10、活动 5、按时交报告 10。默认 90 分及以上为 A，80 分及以上为 B，"
            "60 分及以上为 C，再低为 D。没有数据的一项不算，权重分给其他各项。"
            "新客户默认每月 3 个算满分；投诉默认每 10 个客户满 1 起得 0 分。"
            "经理写明理由可以调整，本人看得到，可以确认或提异议，异议由另一人决定。"
        ),
        text_en=(
            "Each quarter is scored from the data, by default weighted: sales attainment 40, new "
            "customers 15, satisfaction 10, return visits 10, complaints 10, activities 5, "
            "reports on time 10. By default 90 and above is A, 80 B, 60 C, below that D. An "
            "indicator without data is left out, and its weight shared by the others. By default "
            "3 new customers a month are all that is asked; one complaint for each 10 customers "
            "leaves no points. The manager may adjust with a reason; you see it, and acknowledge "
            "or object; the objection is decided by somebody else."
        ),
        parameters=(
            "kpi_sales_weight",
            "kpi_customers_weight",
            "kpi_satisfaction_weight",
            "kpi_returns_weight",
            "kpi_complaints_weight",
            "kpi_activity_weight",
            "kpi_reports_weight",
            "kpi_grade_a",
            "kpi_grade_b",
            "kpi_grade_c",
            "new_customers_month",
            "complaint_limit_rate",
        ),
    ),
    Clause(
        rule="COMM-1",
        sources=("S2.5", "S6.14"),
        title_zh="提成",
        title_en="Commission",
        quote_zh="公司将根据销售业务员的绩效情况给予奖励和激励,如提成、奖金等。",
        text_zh=(
            "按本回款月交回的款分段算提成：默认 50000 元以内的部分 1%，"
            "50000 到 200000 元的部分 2%，再往上的部分 3%。各段加总后四舍五入到分。制度没写比例，"
            "由公司定。"
        ),
        text_en=(
            "Commission is on the money handed in during the collection month, tier by tier: by "
            "default 1 % of the part up to 50,000 yuan, 2 % of the part up to 200,000, 3 % "
            "above. The sum is rounded once to the fen. The documents give no rates: the company "
            "decides."
        ),
        parameters=("commission_tiers",),
    ),
    Clause(
        rule="REW-1",
        sources=("S3.13", "S5.8", "S9-3.7"),
        title_zh="奖励",
        title_en="Rewards",
        quote_zh="公司将给予表彰和奖励,如奖金、荣誉称号等。",
        text_zh="奖励有奖金、荣誉称号、升职、优待假和表扬。",
        text_en="Rewards are a bonus, an honorary title, promotion, reward leave or praise.",
        parameters=(),
    ),
    Clause(
        rule="DIS-1",
        sources=("S3.14", "S5.9"),
        title_zh="处分",
        title_en="Sanctions",
        quote_zh="将受到相应的处罚,包括但不限于警告、罚款、降职、解除劳动合同等。",
        text_zh=(
            "处分有批评、警告、罚款、扣发工资奖金、降职、辞退。每次都要立案：写清事实，"
            "听本人说明（默认 3 个工作日内回复），由有权的人决定，举报人和利害对方不能决定；"
            "本人可以提异议，由另一人决定。降职和辞退报领导批准。"
        ),
        text_en=(
            "Sanctions are criticism, warning, fine, forfeited pay, demotion and dismissal. Each "
            "is a case with facts, a hearing (by default 3 workdays to reply), a decision and who "
            "decided it, never who reported it nor a rival. You have a right to object, and "
            "another decides on that. Demotion and dismissal are proposed to the leader."
        ),
        parameters=("hearing_workdays",),
    ),
    Clause(
        rule="DIS-2",
        sources=(
            "S9-2.2",
            "S9-2.3",
            "S9-2.4",
            "S9-2.5",
            "S9-2.6",
            "S9-2.7",
            "S9-3.3",
            "S9-3.4",
            "S9-3.5",
            "S1.3",
            "S6.17",
            "S6.19",
            "S6.20",
            "S7.5",
        ),
        title_zh="违纪行为和扣发工资奖金",
        title_en="Offences and forfeited pay",
        quote_zh=(
            "不得作出有损公司形象的行为或举动,不得作出有损公司信誉的事情,如经发现,"
            "或有客户投诉涉及公司形象的,经公司调查属实,扣除当月所有工资奖金。"
        ),
        text_zh=(
            "打架、有损公司形象、抢单、划单、冒用公司名义、泄密的，扣发当月全部工资奖金，"
            "就是作出决定那个月的基本工资、提成和奖金，其他项目照算。打架特别严重的、"
            "抢单划单再犯的，公司可以解聘；冒用公司名义的解聘并报警，泄密的解聘并起诉，"
            "故意损坏财物的赔偿并报警。其余违纪由处理人按轻重决定。"
        ),
        text_en=(
            "Fighting, harming the company's image, poaching, shifting, misusing the company's "
            "name and betraying secrets forfeit all wages and bonuses of the month: base salary, "
            "commission and bonus of the pay month of the decision; other lines stay. A grave "
            "fight, or poaching or shifting a second time, may mean dismissal; misusing the name "
            "means dismissal and the police, betraying secrets dismissal and a lawsuit, property "
            "broken on purpose compensation and the police. All other offences are sanctioned by "
            "gravity, as the decider finds."
        ),
        parameters=(),
    ),
    Clause(
        rule="DIS-3",
        sources=("S9-2.4",),
        title_zh="抢单和划单",
        title_en="Order poaching and shifting",
        quote_zh=(
            "公司一经发现有抢单或划单的行为,扣除双方当月全部工资及奖金,并在全公司通报一次。"
            "如第二次再犯,公司有权解除合同,予以辞退。"
        ),
        text_zh=(
            "抢单、划单查实的，双方都扣发当月全部工资奖金，并全公司通报。同一个人第二次再犯，"
            "提请辞退。没办转交就换人的订单、重复备案的客户、不是归属人签的单，会列为疑点，"
            "查实才处理。"
        ),
        text_en=(
            "In proven poaching or shifting both sides lose the month's wages and bonuses, and a "
            "notice goes to the whole company. A second time for the same person, dismissal is "
            "proposed. An order reassigned without a transfer, a customer registered twice and "
            "an order signed by someone other than the owner are raised as suspicions only."
        ),
        parameters=(),
    ),
    Clause(
        rule="NOTE-1",
        sources=("S9-2.4",),
        title_zh="通报",
        title_en="Notice board",
        quote_zh="并在全公司通报一次。",
        text_zh="通报发给全公司，谁看过有记录。",
        text_en="Notices go to the whole company, and who has read them is shown.",
        parameters=(),
    ),
)
