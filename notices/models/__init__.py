from notices.models.board import BoardAudience as BoardAudience
from notices.models.board import BoardNotice as BoardNotice
from notices.models.board import BoardReading as BoardReading
from notices.models.board import BoardVersion as BoardVersion
from notices.models.channels import GroupChannel as GroupChannel
from notices.models.channels import Outgoing as Outgoing
from notices.models.channels import Preference as Preference
from notices.models.inbox import Notice as Notice
