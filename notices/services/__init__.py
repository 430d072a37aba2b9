"""Every write about notices."""

from notices.services.board import ATTACHED as ATTACHED
from notices.services.board import BoardText as BoardText
from notices.services.board import ChangedMeanwhile as ChangedMeanwhile
from notices.services.board import board_change as board_change
from notices.services.board import board_confirm as board_confirm
from notices.services.board import board_open as board_open
from notices.services.board import board_post as board_post
from notices.services.board import board_subject as board_subject
from notices.services.board import board_tell as board_tell
from notices.services.board import board_withdraw as board_withdraw
from notices.services.channels import ChannelSaid as ChannelSaid
from notices.services.channels import channel_add as channel_add
from notices.services.channels import channel_switch as channel_switch
from notices.services.channels import channel_test as channel_test
from notices.services.channels import preference_set as preference_set
from notices.services.inbox import notice_archive as notice_archive
from notices.services.inbox import notice_read as notice_read
from notices.services.inbox import notice_send as notice_send
from notices.services.inbox import notices_read_all as notices_read_all
from notices.services.outgoing import outgoing_send as outgoing_send
from notices.services.reminding import reminders_send as reminders_send
