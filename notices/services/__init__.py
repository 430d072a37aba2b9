"""Every write about notices."""

from notices.services.inbox import notice_archive as notice_archive
from notices.services.inbox import notice_read as notice_read
from notices.services.inbox import notice_send as notice_send
from notices.services.inbox import notices_read_all as notices_read_all
