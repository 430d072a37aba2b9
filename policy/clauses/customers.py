"""Customer files, projects, visits, calls, complaints and information."""

from policy.clauses.clause import Clause

CLAUSES: tuple[Clause, ...] = (
    Clause(
        rule="CUS-1",
        sources=("S3.10", "S9-5.2"),
        title_zh="客户档案",
        title_en="Customer files",
        quote_zh=(
            "业务员每月必须详细整理新增客户的资料,包括姓名、地址、客户的实力或规模、"
            "尽可能多的关系网等等,将其填入“客户档案”里"
        ),
        text_zh=(
            "客户档案要写清名称、地址、实力或规模、关系网、行业、来源、归属业务员和级别。"
            "当月新增客户的档案当月要填完整，没填完的，月底会列出来。"
        ),
        text_en=(
            "A customer file holds name, address, strength or scale, relationship network, "
            "industry, source, owner and level. The files of the month's new customers are "
            "completed each month; incomplete ones are listed at month close."
        ),
        parameters=(),
    ),
    Clause(
        rule="CUS-2",
        sources=("S2.3", "S5.6", "S9-5.2"),
        title_zh="客户资料保密",
        title_en="Customer files are secret",
        quote_zh="复印一份交予公司备案,公司将严密保管这些资料。",
        text_zh="客户档案是商业秘密，谁看过、谁导出过都有记录。导出要有专门的权限。",
        text_en=(
            "Customer files are trade secrets: who opened or exported which file is logged. "
            "Export is a right of its own."
        ),
        parameters=(),
    ),
    Clause(
        rule="CUS-3",
        sources=("S4.6",),
        title_zh="项目备案",
        title_en="Project registration",
        quote_zh=(
            "从网上或者从公司及其它渠道获得的项目信息应及时备案,以免业务员之间的业务冲突,"
            "未备案的信息谁先备案算谁的。"
        ),
        text_zh=(
            "项目信息谁先备案算谁的。备案时如果和别人的客户、名称或地点相近，系统马上提示，"
            "并显示谁先备的、什么时候备的。"
        ),
        text_en=(
            "The first to register a project owns it. A registration that looks like another "
            "(name, customer, place) shows the conflict at once, with who was first and when."
        ),
        parameters=(),
    ),
    Clause(
        rule="CUS-4",
        sources=("S4.7", "S7.6"),
        title_zh="项目派单",
        title_en="Assigning a project",
        quote_zh=(
            "弄清晰详细的客户需求(多大机子及相关配套设备清单)以后向领导汇报,"
            "由公司领导决定该项目应该由谁去跑。"
        ),
        text_zh=(
            "需求清单（什么机器、哪些配套、多少台）填完整以后，由公司领导决定谁去跑；领导授权的，"
            "经理也可以定。先备案的人先听取意见，提成归订单上的业务员。"
            "项目多少天没有进展要提醒，由公司定（默认 30 天）。"
        ),
        text_en=(
            "After the requirement list (what machines, which equipment, how many) is complete, "
            "the company leader decides who goes, or the manager where the leader has delegated "
            "it. Whoever registered is heard first; commission goes to whom the order is. After "
            "how many days without news a project has gone quiet is the company's to say (30 by "
            "default)."
        ),
        parameters=("project_quiet_days",),
    ),
    Clause(
        rule="CUS-5",
        sources=("S4",),
        title_zh="地级代理商",
        title_en="Agents by prefecture",
        quote_zh="为进一步做好地级代理商的开辟,扩大公司产品销售量",
        text_zh=(
            "客户可以是某个地级市的代理商。地级市一览表上看得到哪些已有代理、哪些在谈、哪些空着，"
            "归谁跑。"
        ),
        text_en=(
            "A customer can be an agent for a prefecture. The list of prefectures shows which "
            "are covered, in talks or open, and whose they are."
        ),
        parameters=(),
    ),
    Clause(
        rule="CUS-6",
        sources=("S9-5.4", "S9-2.2"),
        title_zh="请求支援和调解",
        title_en="Support and mediation",
        quote_zh="公司会全力配合业务员和客户的洽谈工作。包括协助洽谈,提供便利等等。",
        text_zh=(
            "谈客户需要帮忙（陪同洽谈、样品、用车、资料），或者和同事有矛盾要调解，都可以提出来。"
            "谁帮、什么时候办、结果怎样，都有记录。"
        ),
        text_en=(
            "A salesperson can ask for help with a customer (someone to join the talks, a "
            "sample, a car, a document) or for mediation between colleagues. Who helps, by when "
            "and what came of it is recorded."
        ),
        parameters=(),
    ),
    Clause(
        rule="VIS-1",
        sources=("S4.4", "S9-5.3"),
        title_zh="拜访记录",
        title_en="Visit records",
        quote_zh="每次将回访客户的内容及经过简要地记述下来",
        text_zh=(
            "每次拜访要记：客户、时间、方式（首次、回访、电话、售后）、谈了什么、结果和下一步。"
            "不真实的记录，主管可以作废。"
        ),
        text_en=(
            "Each visit is recorded: customer, when, kind (first, return, telephone, "
            "after-sales), what was said, outcome, next step. A supervisor can void a record "
            "that is not genuine."
        ),
        parameters=(),
    ),
    Clause(
        rule="VIS-2",
        sources=("S4.4",),
        title_zh="拜访积分",
        title_en="Visit points",
        quote_zh=(
            "每拜访一个客户积一分,每一个月每一个业务人员的至少积 30 分。"
            "该分以真正的拜访记录为准。月积累少三分以上罚做办公室卫生一次。"
        ),
        text_zh=(
            "当面拜访客户，每个客户每天积一分，电话和作废的记录不算。"
            "整月在职的外出业务员每月至少 30 分（默认），差 3 分（默认）及以上的，"
            "打扫办公室一次。"
        ),
        text_en=(
            "One point for each customer and day with a genuine in-person visit; telephone calls "
            "and voided records do not count. Field salespeople employed the whole month need at "
            "least 30 points by default; 3 or more short (by default) is one office-cleaning "
            "duty."
        ),
        parameters=("points_min", "points_shortfall"),
    ),
    Clause(
        rule="VIS-3",
        sources=("S9-5.3",),
        title_zh="回访抽查罚款",
        title_en="Fine at a spot check",
        quote_zh="上级主管会不定期地进行检查。如被查到毫无记录的,处以200元的罚款。",
        text_zh=(
            "主管不定期抽查回访记录。该回访的客户（默认 30 天一次）查到毫无记录的，"
            "罚 200 元（默认）；同一人同一天只罚一次，不论查了几个客户。"
        ),
        text_en=(
            "The supervisor checks return-visit records. A check that finds none for a customer "
            "who should have been revisited (every 30 days by default) costs 200 yuan by "
            "default, once a person and day, however many customers were looked at."
        ),
        parameters=("no_record_fine", "return_visit_days"),
    ),
    Clause(
        rule="VIS-4",
        sources=("S6.18", "S6.19", "S6.20"),
        title_zh="电话销售",
        title_en="Telephone sales",
        quote_zh="电话销售人员不得骚扰客户,避免给客户带来不便或困扰。",
        text_zh=(
            "打电话要按公司规定的流程来。客户要求免打扰的，或者当天已经打过 3 次（默认）的，"
            "不能再打。"
        ),
        text_en=(
            "Calls follow the company's script steps. A customer marked do-not-disturb, or "
            "called 3 times already that day (by default), gets no further call."
        ),
        parameters=("calls_per_day",),
    ),
    Clause(
        rule="VIS-5",
        sources=("S1.2", "S6.15", "S6.16"),
        title_zh="拜访计划",
        title_en="Visit plan",
        quote_zh="外出销售人员应按照公司规定的拜访客户时间和拜访客户次数进行工作。",
        text_zh=(
            "按客户级别定每月当面拜访几次（次数由公司定，默认 A 级 4 次、B 级 2 次、C 级 1 次），"
            "提前排好一周。出门前对一遍：资料、借出的样品、约好的时间。"
        ),
        text_en=(
            "Visits a month, in person, go by customer level (the company says how many; by "
            "default 4 for A, 2 for B, 1 for C), and the week is planned ahead. Before leaving "
            "there is a checklist: materials, samples on loan, appointment made."
        ),
        parameters=("visits_level_a", "visits_level_b", "visits_level_c"),
    ),
    Clause(
        rule="COM-1",
        sources=("S9-5.5", "S6.7"),
        title_zh="客户投诉",
        title_en="Complaints",
        quote_zh="业务员要正确处理客户的投诉。仔细倾听是最重要的。",
        text_zh=(
            "投诉要记下谁投诉、什么事、关于谁，3 个工作日内（默认）处理并答复，由客户确认。"
            "客户可以打 1 到 5 分的满意度，点链接就能打，不用登录。"
        ),
        text_en=(
            "A complaint is recorded (from whom, about what, about whom), handled and answered "
            "within 3 workdays by default, and confirmed by the customer. Satisfaction is 1 to "
            "5, also by a link that needs no login."
        ),
        parameters=("complaint_workdays",),
    ),
    Clause(
        rule="INFO-1",
        sources=("S8.7", "S5.4"),
        title_zh="重要信息上报",
        title_en="Important information",
        quote_zh="及时上报紧要销售信息,如大额订单、紧要客户等。",
        text_zh=(
            "订单超过 100000 元（默认），或者重要客户有消息，马上通知经理。市场信息归档，随时可查。"
        ),
        text_en=(
            "An order over 100,000 yuan (by default) or news on a key customer notifies the "
            "manager at once. Market information is filed and searchable."
        ),
        parameters=("big_order",),
    ),
)
