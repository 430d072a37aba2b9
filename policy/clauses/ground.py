"""The ground: policy, time, organisation."""

from policy.clauses.clause import Clause

CLAUSES: tuple[Clause, ...] = (
    Clause(
        rule="POL-1",
        sources=(),
        title_zh="制度带生效日期",
        title_en="The policy is dated and kept",
        quote_zh="",
        text_zh=(
            "制度里的每个数字都有生效日期，算哪一天的事，就用哪一天有效的数字。"
            "已生效的版本不能改，要改只能出新版本。所以旧月份什么时候重算，结果都一样。"
        ),
        text_en=(
            "Every number of the policy has an effective date, and a day is judged by the "
            "version in force on it. A version in force is never edited: a change is a new "
            "version. An old month computed again gives the same yuan."
        ),
        parameters=(),
    ),
    Clause(
        rule="POL-2",
        sources=("S9-4.3", "S9-4.6", "S9-4.7"),
        title_zh="可选条款的开关",
        title_en="Optional clauses",
        quote_zh="此条任主可作详细斟酌,也可以不设此条。",
        text_zh=(
            "坏账准备金、死账由业务员承担、差旅和餐费报销，默认都开着；报销限额默认不开。"
            "公司可以自己开关，当时开着的条款才算数。"
        ),
        text_en=(
            "The bad-debt reserve, the dead-debt burden and the travel and meal rules are on by "
            "default; the claim limit is off. The company may switch each of them, and only a "
            "clause that was on counts."
        ),
        parameters=("reserve_on", "dead_debt_on", "expenses_on", "expense_limit_on"),
    ),
    Clause(
        rule="POL-3",
        sources=(),
        title_zh="制度随时可查",
        title_en="The regulation can be read here",
        quote_zh="",
        text_zh=(
            "制度全文可以在系统里逐条看，中英文都有。每一笔扣款、每一笔入账和每一项待办，"
            "都能点开看依据的条款和事实。"
        ),
        text_en=(
            "The regulation can be read in the program clause by clause, in Chinese and English. "
            "Every charge, credit and duty links to its clause and to the evidence behind it."
        ),
        parameters=(),
    ),
    Clause(
        rule="TIME-1",
        sources=(),
        title_zh="统一用北京时间",
        title_en="The company's clock",
        quote_zh="",
        text_zh="所有时间一律按北京时间算。",
        text_en="All rules run on Beijing time (Asia/Shanghai).",
        parameters=(),
    ),
    Clause(
        rule="TIME-2",
        sources=(),
        title_zh="自然月",
        title_en="Calendar month",
        quote_zh="",
        text_zh="考勤、请假、拜访、积分和工资按自然月算：从 1 日零点到下月 1 日零点之前。",
        text_en=(
            "Attendance, leave, visits, points and pay go by the calendar month: from the 1st at "
            "00:00 up to the next 1st at 00:00."
        ),
        parameters=(),
    ),
    Clause(
        rule="TIME-3",
        sources=("S9-4.4",),
        title_zh="回款月",
        title_en="Collection month",
        quote_zh="每月28号下午四点为当月最后回款时间。",
        text_zh=(
            "回款月到每月截止日（默认 28 日）的截止时刻（默认 16:00:00）为止，"
            "正好卡在这一刻的还算当月，晚一点点就算下个月。当月没有那一天的，以月末最后一天为准。"
            "回款月一个接一个，中间没有空档。"
        ),
        text_en=(
            "The collection month ends on the cutoff day (28th by default) at the cutoff time "
            "(16:00:00 by default); that very instant still belongs to it. A cutoff day past the "
            "end of a month means its last day. Collection months follow each other without a "
            "gap."
        ),
        parameters=("cutoff_day", "cutoff_time"),
    ),
    Clause(
        rule="TIME-4",
        sources=("S3.7",),
        title_zh="工作日和班次",
        title_en="Workdays and shift",
        quote_zh="销售业务员的工作时间为每周五天,每天8小时,按照公司的规定进行工作。",
        text_zh=(
            "周一到周五上班，法定节假日休息，调休补班日照常上班，公司另有安排的以公司日历为准。"
            "每天默认 09:00 上班、18:00 下班，12:00 到 13:00 午休。"
        ),
        text_en=(
            "Workdays are Monday to Friday, less public holidays, plus announced make-up "
            "workdays, with the company's own exceptions on top. The shift is 09:00 to 18:00 "
            "with 12:00 to 13:00 off by default."
        ),
        parameters=("work_start", "lunch_start", "lunch_end", "work_end"),
    ),
    Clause(
        rule="TIME-5",
        sources=(),
        title_zh="按哪天的制度算",
        title_en="Which version counts",
        quote_zh="",
        text_zh=(
            "迟到早退、旷工、抽查按发生那天的制度算；报销按批准那天；"
            "截止日和截止时刻按当月 1 日；跨月罚款和提成按截止那天；准备金和积分按当月最后一天。"
            "其他的，按事情所在的那一天算。"
        ),
        text_en=(
            "A late or early, an absence and a spot check go by the version of their day; an "
            "expense by the day of approval; the cutoff's day and hour by the 1st of the month; "
            "its fine and the commission by the day of the cutoff; reserve and points by the "
            "last day of the month. All else goes by the day concerned."
        ),
        parameters=(),
    ),
    Clause(
        rule="ORG-1",
        sources=("S1.1", "S4", "S9"),
        title_zh="岗位和权限",
        title_en="Roles and who sees what",
        quote_zh=(
            "公司业务人员由公司销售部负责管理和调配,在销售部经理的领导下开展工作,并对其负责。"
        ),
        text_zh=(
            "业务员只看自己的记录，主管看自己带的人，经理和领导看全部门；财务和出纳看钱款，"
            "不看奖惩档案；仓管只看货物，行政人事管人员、合同、考勤和请假。"
            "谁都不能审批自己的申请、报销或案件：经理的由领导定，领导的由行政人事定。"
        ),
        text_en=(
            "Salespeople see their own records, supervisors those of their people, the manager "
            "and the leader the whole department; finance and the cashier see money but no "
            "conduct files, the keeper goods alone, personnel people, contracts, attendance and "
            "leave. Nobody decides on their own request, claim or case: the manager's go to the "
            "leader, the leader's to personnel."
        ),
        parameters=(),
    ),
    Clause(
        rule="ORG-2",
        sources=("S6.2", "S7.4"),
        title_zh="业务员档案",
        title_en="The salesperson's file",
        quote_zh="本管理制度适用于所有销售业务员,包括外出销售人员和电话销售人员等。",
        text_zh=(
            "档案记着工号、姓名、电话、团队、直属主管、外出还是电话销售、入职和离职日期、月薪、"
            "合同任务、提成方案、资格和状态。升职、降职、调岗都连日期一起留底。"
        ),
        text_en=(
            "The file holds number, name, phone, team, supervisor, field or telephone, hire and "
            "leave dates, monthly salary, contract target, commission plan, qualifications and "
            "status. Promotions, demotions and transfers are kept with their dates."
        ),
        parameters=(),
    ),
)
