"""Every write about claims, goods and damages."""

from claims.services.damages import damage_correct as damage_correct
from claims.services.damages import damage_record as damage_record
from claims.services.deciding import expense_approve as expense_approve
from claims.services.deciding import expense_refuse as expense_refuse
from claims.services.deciding import expense_undo as expense_undo
from claims.services.expenses import Spent as Spent
from claims.services.expenses import expense_claim as expense_claim
from claims.services.expenses import expense_correct as expense_correct
from claims.services.expenses import expense_withdraw as expense_withdraw
from claims.services.goods import GoodsFacts as GoodsFacts
from claims.services.goods import goods_add as goods_add
from claims.services.goods import goods_change as goods_change
from claims.services.goods import goods_replace as goods_replace
from claims.services.goods import goods_retire as goods_retire
from claims.services.goods import goods_take_back as goods_take_back
from claims.services.lending import loan_ask as loan_ask
from claims.services.lending import loan_hand_out as loan_hand_out
from claims.services.lending import loan_lend as loan_lend
from claims.services.lending import loan_request_refuse as loan_request_refuse
from claims.services.lending import loan_request_withdraw as loan_request_withdraw
from claims.services.overdue import loans_go_on as loans_go_on
from claims.services.refusals import ChangedMeanwhile as ChangedMeanwhile
from claims.services.refusals import ClaimsRefused as ClaimsRefused
from claims.services.returning import loan_correct as loan_correct
from claims.services.returning import loan_return as loan_return
