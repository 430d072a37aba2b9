"""Writes about people and logins."""

from accounts.services.handover import handover_subject as handover_subject
from accounts.services.handover import handover_tick as handover_tick
from accounts.services.handover import handover_untick as handover_untick
from accounts.services.loading import login_set as login_set
from accounts.services.loading import people_replace as people_replace
from accounts.services.people import person_add as person_add
from accounts.services.people import person_edit as person_edit
from accounts.services.people import qualification_add as qualification_add
from accounts.services.people import qualification_remove as qualification_remove
from accounts.services.positions import leaving_set as leaving_set
from accounts.services.positions import position_change as position_change
from accounts.services.positions import position_plan_withdraw as position_plan_withdraw
from accounts.services.positions import positions_take_effect as positions_take_effect
from accounts.services.refusals import ChangedMeanwhile as ChangedMeanwhile
from accounts.services.refusals import PeopleRefused as PeopleRefused
from accounts.services.refusals import in_place as in_place
from accounts.services.stand_ins import stand_in_end as stand_in_end
from accounts.services.stand_ins import stand_in_make as stand_in_make
