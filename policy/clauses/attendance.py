"""Attendance, leave, trips, meetings and trainings."""

from policy.clauses.clause import Clause

CLAUSES: tuple[Clause, ...] = (
    Clause(
        rule="ATT-1",
        sources=("S4.1", "S9-3.1"),
        title_zh="打卡和迟到早退",
        title_en="Punches, late and early",
        quote_zh="在公司业务员应按时上下班,不能迟到早退",
        text_zh=(
            "第一次卡晚于上班时间（默认 09:00，宽限默认 0 分钟）算迟到，"
            "最后一次卡早于下班时间（默认 18:00）算早退；请了半天假，只看另外半天。"
            "打卡时间相差不到 5 分钟（默认）的算一次卡；只打了一次，缺的那一边也算一次。"
            "整天都该上班的，13:00（默认）及以后才来或 12:00（默认）及以前就走，算旷工半天，"
            "不另算迟到早退；说明被接受的那一次迟到或早退不算。"
        ),
        text_en=(
            "A first punch after the start (09:00 by default, with 0 minutes of grace) is late, "
            "a last punch before the end (18:00) is early; a half-day leave leaves only the "
            "other half to be looked at. Punches that all lie within 5 minutes count as one, and "
            "where there is only one, the missing side is an incident too. Where the whole day "
            "is due, coming at or after 13:00 or leaving at or before 12:00 is half a day's "
            "absence instead; an accepted explanation excuses the late or early of its side."
        ),
        parameters=(
            "work_start",
            "lunch_start",
            "lunch_end",
            "work_end",
            "grace_minutes",
            "punch_merge_minutes",
        ),
    ),
    Clause(
        rule="ATT-2",
        sources=("S4.3",),
        title_zh="迟到早退罚款",
        title_en="Late and early fines",
        quote_zh="销售部对无故迟到早退的业务人员,每人每次罚款 5 元,当天当面交与销售部领导",
        text_zh=(
            "无故迟到或早退，每次罚款默认 5 元，当天把现金交给销售部经理。月底关账时还没交的，"
            "从当月工资里扣。请假、出差、外出获批，或者说明被接受，就不罚。"
        ),
        text_en=(
            "Each unexcused late or early costs 5 yuan by default, due in cash to the sales "
            "manager on the same day. What is unpaid when the month closes is taken from that "
            "month's pay. An approved leave, trip, outing or explanation lifts the fine."
        ),
        parameters=("late_fine",),
    ),
    Clause(
        rule="ATT-3",
        sources=("S4.3",),
        title_zh="迟到早退罚款池",
        title_en="The pool of late fines",
        quote_zh="这些罚款累积到月底作为没有迟到早退的业务人员的奖励。",
        text_zh=(
            "当月的迟到早退罚款，不管交现金还是扣工资，都进罚款池。月底由每个工作日都在职、"
            "全月没有无故迟到、早退和旷工的业务员平分，每份舍到分。分不完的，或者没人够格的，"
            "留到下个月。"
        ),
        text_en=(
            "All late and early fines of a month, paid in cash or taken from pay, form the pool. "
            "At month close it is split equally, rounded down to the fen, among those employed "
            "on every workday with no unexcused late, early or absence. What is left over, or "
            "all of it where nobody qualifies, goes to the next month."
        ),
        parameters=(),
    ),
    Clause(
        rule="ATT-4",
        sources=("S9-3.6",),
        title_zh="旷工扣款",
        title_en="Absence",
        quote_zh="旷工一天扣30元",
        text_zh=(
            "工作日没打卡，也没有获批的请假或出差，算旷工，默认一天扣 30 元，半天扣 15 元。"
            "除此之外不再扣基本工资。"
        ),
        text_en=(
            "A workday with no punch and no approved leave or trip is an absence: 30 yuan a day "
            "by default, 15 for half a day. Nothing more is taken from the base salary."
        ),
        parameters=("absence_fine_per_day",),
    ),
    Clause(
        rule="ATT-5",
        sources=("S9-3.6",),
        title_zh="旷工过多",
        title_en="Too many absences",
        quote_zh="当月旷工超过15天的,公司有权解除合同。",
        text_zh=(
            "一个自然月旷工超过 15 天（默认），系统会报给行政人事和经理，公司有权解除合同。"
            "怎么处理由人决定，系统不会自动辞退谁。"
        ),
        text_en=(
            "More than 15 absent days (by default) in a calendar month are reported to personnel "
            "and the manager, and the company may end the contract. People decide; the program "
            "dismisses nobody."
        ),
        parameters=("absence_dismissal_days",),
    ),
    Clause(
        rule="ATT-6",
        sources=(),
        title_zh="外出报备",
        title_en="Outings and outages",
        quote_zh="",
        text_zh=(
            "上班直接去客户那里，或者从客户那里直接回家，要事先报备：几点到几点、去见谁。批准了，"
            "这段时间算上班。打卡机或网络坏了，受影响的人可以一次全部免掉。"
        ),
        text_en=(
            "Going straight to or from a customer is announced beforehand: from, to, and whom. "
            "Approved, its hours count as worked. A device or network outage is excused in one "
            "decision for all it touched."
        ),
        parameters=(),
    ),
    Clause(
        rule="LEA-1",
        sources=("S9-3.6",),
        title_zh="事假",
        title_en="Personal leave",
        quote_zh="业务员每个月请事假不得超过三天。事假超过三天的,一律按旷工处理。",
        text_zh=(
            "事假每个自然月最多 3 个工作日（默认），可以请半天。超出的部分按日期先后算旷工，"
            "前 3 天有效。情况特殊、附了书面说明并经主管批准的，不占这 3 天，也不算旷工。"
        ),
        text_en=(
            "Personal leave is at most 3 workdays a calendar month by default, in half days. "
            "Days beyond that count as absence in date order; the first 3 stand. Days the "
            "supervisor approved as a special case with a written explanation stand outside the "
            "count."
        ),
        parameters=("personal_leave_days",),
    ),
    Clause(
        rule="LEA-2",
        sources=("S9-3.6",),
        title_zh="病假",
        title_en="Sick leave",
        quote_zh="请病假应提供相关的病历。",
        text_zh="病假要先附上病历（图片或 PDF），才能批准。病历只有行政人事和审批人能打开。",
        text_en=(
            "Sick leave cannot be approved until a medical record (image or PDF) is attached. "
            "Only personnel and the decider can open it."
        ),
        parameters=(),
    ),
    Clause(
        rule="LEA-3",
        sources=("S9-3.7",),
        title_zh="优待假",
        title_en="Reward leave",
        quote_zh="公司对优秀业绩者会给以特殊优待假期,具体假期时间视公司而定。",
        text_zh="业绩优秀的，公司可以奖励优待假，有使用期限。假要在有效期内用，还有余额才能请。",
        text_en=(
            "The company grants days off to top performers, with a use-by date. Taking them "
            "needs a balance."
        ),
        parameters=(),
    ),
    Clause(
        rule="LEA-4",
        sources=(),
        title_zh="其他假种",
        title_en="Other leave types",
        quote_zh="",
        text_zh=(
            "年假、婚假等其他假，名称、带薪比例、证明材料、每月上限和超出后怎么办，"
            "都由公司自己定。不是全薪的，扣：月基本工资 ×（1 − 带薪比例）× 天数 ÷ 当月工作日"
            "数。"
        ),
        text_en=(
            "Other leave types (annual, marriage, ...) are the company's to define: name, pay "
            "rate, evidence, monthly cap, and what happens past the cap. One paid at less than "
            "the full rate costs base salary × (1 − rate) × days ÷ workdays of the month."
        ),
        parameters=(),
    ),
    Clause(
        rule="LEA-5",
        sources=(),
        title_zh="假期怎么数",
        title_en="How leave days are counted",
        quote_zh="",
        text_zh=(
            "请假只数工作日，周末和节假日不算；跨月的，各算各月的。同一时间不能重复请假。"
            "取消后天数退回，当月还没结清的，相关扣款重新算。请假由主管审批；"
            "超过 3 个工作日（默认，设为 0 就不用）的，主管批了还要经理批。"
        ),
        text_en=(
            "Leave counts workdays alone; over two months, each month's part counts in that "
            "month. Requests may not overlap. Cancelling frees the days and, while the month is "
            "open, recomputes what hung on them. The supervisor decides; leave of more than 3 "
            "workdays (by default; 0 turns it off) goes on to the manager."
        ),
        parameters=("leave_manager_days",),
    ),
    Clause(
        rule="TRIP-1",
        sources=("S9-3.8", "S4.2"),
        title_zh="出差申请",
        title_en="Applying for a trip",
        quote_zh=(
            "业务员必须提前向上级主管申请,经批准,方可外出。出差期间应有详细计划,"
            "并报以上级主管备案。"
        ),
        text_zh=(
            "出差前要申请：写清事由、要见的客户（先打电话约好）和每天的计划，主管批准后才能走。"
            "批准的出差日算出勤。"
        ),
        text_en=(
            "A trip needs an application before it starts: purpose, customers to be seen "
            "(telephoned beforehand) and a plan for each day, approved by the supervisor before "
            "departure. Approved trip days are attended days."
        ),
        parameters=(),
    ),
    Clause(
        rule="TRIP-2",
        sources=("S4.2",),
        title_zh="出差日报",
        title_en="Reports on a trip",
        quote_zh="晚上九点钟之前向领导汇报当天工作情况",
        text_zh=(
            "出差期间每天都要填拜访记录，并在当晚 21:00（默认）前向领导汇报。没报或晚报的，"
            "主管看得到，也计入考核。"
        ),
        text_en=(
            "Each trip day needs visit records and a report to the leader by 21:00 by default. A "
            "missing or late report is shown to the supervisor and counts in the appraisal."
        ),
        parameters=("trip_report_by",),
    ),
    Clause(
        rule="MEET-1",
        sources=("S4.1", "S4.8", "S6.10"),
        title_zh="早会和例会",
        title_en="Meetings",
        quote_zh=(
            "接下来的销售人员开早会,主要是递交拜访记录表并讨论解决昨天在跑业务的过程中遇到的问题,"
            "向领导汇报今天的工作工作计划。"
        ),
        text_zh=(
            "每个工作日开早会，每周开销售例会，周六开总结会，另有培训，都要记谁到了、说了什么、"
            "定了什么。早会议程自动汇总昨天的拜访记录、学习日志里的问题和今天的计划。"
        ),
        text_en=(
            "There is a morning meeting each workday, a weekly sales meeting, a Saturday "
            "summary, and trainings; who came, the minutes and the decisions are kept. The "
            "morning agenda collects yesterday's visits, the problems of the learning log and "
            "today's plans by itself."
        ),
        parameters=(),
    ),
    Clause(
        rule="MEET-2",
        sources=("S4.8",),
        title_zh="周六总结会表扬",
        title_en="Praise in the Saturday summary",
        quote_zh="公司领导应在周六的总结会上赋予这周工作认真塌实的业务员以表扬和奖励。",
        text_zh="周六总结会点名表扬本周工作认真踏实的业务员，也可以另给奖励。",
        text_en="The Saturday summary names the week's praised salespeople; a reward may follow.",
        parameters=(),
    ),
    Clause(
        rule="MEET-3",
        sources=("S4.1", "S4.4"),
        title_zh="早上打扫卫生",
        title_en="Morning cleaning",
        quote_zh="每天早上上班后的前几分钟,做好办公室的卫生",
        text_zh="每天早上轮流打扫办公室。因为积分不够欠了打扫的，排在最前面。",
        text_en=(
            "The office is cleaned each morning by turns. Whoever owes a cleaning duty for "
            "missing points comes first."
        ),
        parameters=(),
    ),
    Clause(
        rule="TRAIN-1",
        sources=("S2.4", "S3.9", "S5.11", "S6.21"),
        title_zh="培训",
        title_en="Trainings",
        quote_zh="公司销售业务员应定期参加公司组织的销售培训和业务会议。",
        text_zh="培训有计划、报名、签到和成绩，每个人都有自己的培训记录。",
        text_en=(
            "Trainings have a plan, enrolment, attendance and a result; each person has a "
            "training record."
        ),
        parameters=(),
    ),
)
