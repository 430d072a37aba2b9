"""Who plays which part in attendance. A day is (month, workday of the month), both from 0.

The workday may run on over the month's end: (1, -1) is the last workday of the first month.
"""

from dataclasses import dataclass

Slot = tuple[int, int]
WHOLE = ("am", "pm")


@dataclass(frozen=True)
class LeaveRequest:
    who: str
    start: Slot
    days: int
    type: str
    reason: str
    status: str = "approved"
    special: bool = False
    evidence: str = ""
    halves: tuple[str, str] = WHOLE


@dataclass(frozen=True)
class TripRequest:
    who: str
    start: Slot
    days: int
    purpose: str
    status: str = "approved"
    reports: tuple[str, ...] = ()
    """When each calendar day's report came; empty: none came."""


LEAVES = (
    LeaveRequest("Y002", (0, 8), 5, "personal", "老家房屋翻修"),  # past the cap of three days
    LeaveRequest("Y001", (0, 13), 2, "personal", "孩子开家长会"),
    LeaveRequest("Y006", (0, 3), 2, "personal", "外出旅游", status="rejected"),
    LeaveRequest("Y008", (0, 5), 2, "sick", "发烧就诊", evidence="病历.pdf"),
    LeaveRequest("Y014", (0, 9), 1, "personal", "办理证件", halves=("am", "am")),
    LeaveRequest("Y010", (1, -1), 3, "personal", "搬家"),  # over two months
    LeaveRequest("Y005", (1, 6), 5, "personal", "父亲住院手术,需陪护并办理转院", special=True),
    LeaveRequest("Y011", (1, 3), 3, "marriage", "本人结婚", evidence="结婚证.jpg"),
    LeaveRequest("Y016", (1, 9), 2, "care", "配偶生产陪护", evidence="出生证明.pdf"),
    LeaveRequest("Y021", (1, 11), 1, "reward", "优待假休息一天"),
    LeaveRequest("Y020", (1, 4), 1, "personal", "办理银行业务", halves=("pm", "pm")),
    LeaveRequest("Y019", (1, 7), 2, "personal", "家中有事,后已解决", status="cancelled"),
    LeaveRequest("Y007", (1, 13), 1, "sick", "急性肠胃炎", evidence="诊断证明.pdf"),
    LeaveRequest("Y015", (1, 12), 2, "annual", "年休假"),
    LeaveRequest("Y008", (2, 1), 1, "sick", "牙科手术", evidence="病历.jpg"),
    LeaveRequest("Y018", (2, 2), 2, "personal", "回乡探亲", halves=("pm", "am")),
)
# Not decided yet: of today, or the last workday before.
LEAVES_ASKED_FOR = (
    ("Y012", "personal", "家中有事"),
    ("Y013", "sick", "感冒发烧,病历后补"),
)

TRIPS = (
    TripRequest("Y019", (0, 10), 3, "拜访客户洽谈签单", reports=("20:35", "19:14", "20:50")),
    TripRequest("Y006", (0, 12), 3, "参加行业展会并回访客户", reports=("20:53", "21:46", "20:12")),
    TripRequest("Y014", (0, 2), 2, "拜访客户", status="rejected"),
    TripRequest("Y003", (1, 8), 2, "拜访客户洽谈签单", reports=("20:48", "")),
    TripRequest("Y017", (1, 14), 2, "客户设备安装验收", status="cancelled"),
    TripRequest("Y007", (2, 2), 2, "拜访客户洽谈签单", reports=("19:38", "20:31")),
)
TRIPS_ASKED_FOR = (("Y016", "拜访外地新客户,洽谈代理"),)

ABSENT: dict[str, tuple[Slot, ...]] = {
    "Y012": ((0, 7),),
    "Y004": ((1, 5),),
    "Y022": tuple((1, n) for n in range(1, 17)),  # so many that dismissal is proposed (ATT-5)
}
# The half of the day not worked.
HALF_ABSENT: dict[str, tuple[Slot, str]] = {"Y017": ((1, 6), "am"), "Y009": ((0, 10), "pm")}
