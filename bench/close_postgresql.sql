-- The month's close of the company of bench/facts.py, by hand and by the set, for PostgreSQL.
-- The names after dollar signs are filled in by bench/close.py. One transaction; the temporary tables go with it.
--
-- It may count on what that company is: the policy's defaults, a calendar row for every day of the
-- month, no waivers, no month before, at most one bad-debt case a person and none of who leaves.

CREATE TEMP TABLE workday ON COMMIT DROP AS
SELECT date AS day FROM policy_calendarday
WHERE is_workday AND date BETWEEN '$first' AND '$last';
ANALYZE workday;

CREATE TEMP TABLE staff ON COMMIT DROP AS
SELECT id AS person_id, employee_no AS no, channel, hired_on, left_on, base_salary AS salary,
       (SELECT count(*) FROM workday w
        WHERE w.day >= p.hired_on AND (p.left_on IS NULL OR w.day <= p.left_on)) AS worked,
       (SELECT count(*) FROM workday) AS workdays
FROM accounts_person p
WHERE roles LIKE '%salesperson%';
ANALYZE staff;

-- Leave, half day by half day; past the month's allowance it is absence.
CREATE TEMP TABLE leave_half ON COMMIT DROP AS
SELECT found.*,
       cap IS NOT NULL AND NOT outside AND row_number() OVER
           (PARTITION BY person_id, type, outside ORDER BY day, half) > cap * 2 AS excess,
       EXISTS (SELECT 1 FROM attendance_trip t
               WHERE t.person_id = found.person_id AND t.status = 'approved'
                 AND found.day BETWEEN t.start_on AND t.end_on) AS on_trip
FROM (
    SELECT l.person_id, w.day, h.half, l.type, l.start_on, t.pay_rate,
           l.special_case AND trim(l.reason) <> '' AS outside,
           CASE l.type WHEN 'personal' THEN 3 ELSE t.monthly_cap_days END AS cap
    FROM attendance_leave l
    JOIN staff s USING (person_id)
    JOIN workday w ON w.day BETWEEN l.start_on AND l.end_on
                  AND w.day >= s.hired_on AND (s.left_on IS NULL OR w.day <= s.left_on)
    CROSS JOIN (VALUES ('am'), ('pm')) AS h (half)
    LEFT JOIN attendance_leavetype t ON t.code = l.type
    WHERE l.status = 'approved' AND l.start_on <= '$last' AND l.end_on >= '$first'
      AND (w.day > l.start_on OR h.half >= l.start_half)
      AND (w.day < l.end_on OR h.half <= l.end_half)
) AS found;
ANALYZE leave_half;

CREATE TEMP TABLE punched ON COMMIT DROP AS
SELECT person_id, local::date AS day, min(local) AS first, max(local) AS last
FROM (SELECT person_id, at AT TIME ZONE 'Asia/Shanghai' AS local FROM attendance_punch
      WHERE at >= '$start' AND at < '$end') AS punch
GROUP BY 1, 2;
ANALYZE punched;

-- Every workday with something amiss: halves absent, incidents of either side not excused.
CREATE TEMP TABLE verdict ON COMMIT DROP AS
WITH free AS (
    SELECT person_id, day, bit_or(CASE half WHEN 'am' THEN 1 ELSE 2 END) AS halves
    FROM leave_half GROUP BY 1, 2
), due AS (
    SELECT s.person_id, w.day, coalesce(f.halves, 0) AS free, p.first, p.last,
           w.day + CASE WHEN coalesce(f.halves, 0) & 1 = 1 THEN time '13:00' ELSE '09:00' END AS begins,
           w.day + CASE WHEN coalesce(f.halves, 0) & 2 = 2 THEN time '12:00' ELSE '18:00' END AS ends
    FROM staff s
    JOIN workday w ON w.day >= s.hired_on AND (s.left_on IS NULL OR w.day <= s.left_on)
    LEFT JOIN free f ON f.person_id = s.person_id AND f.day = w.day
    LEFT JOIN punched p ON p.person_id = s.person_id AND p.day = w.day
    WHERE coalesce(f.halves, 0) <> 3
      AND NOT EXISTS (SELECT 1 FROM attendance_trip t
                      WHERE t.person_id = s.person_id AND t.status = 'approved'
                        AND w.day BETWEEN t.start_on AND t.end_on)
), sides AS (
    SELECT due.*, first IS NULL AS idle,
           CASE WHEN last - first >= interval '5 minutes'
                  OR first < begins + (ends - begins) / 2 THEN first END AS came,
           CASE WHEN last - first >= interval '5 minutes' THEN last
                WHEN first >= begins + (ends - begins) / 2 THEN first END AS went
    FROM due
    WHERE first IS NULL OR first > begins OR last < ends
), halves AS (
    SELECT sides.*,
           CASE WHEN idle THEN free & 1 = 0
                ELSE free = 0 AND coalesce(came >= day + time '13:00', false) END AS absent_am,
           CASE WHEN idle THEN free & 2 = 0
                ELSE free = 0 AND coalesce(went <= day + time '12:00', false) END AS absent_pm
    FROM sides
), causes AS (
    SELECT halves.*,
           CASE WHEN idle THEN NULL WHEN came IS NULL THEN 'missing'
                WHEN NOT absent_am AND came > begins THEN 'late' END AS cause_in,
           CASE WHEN idle THEN NULL WHEN went IS NULL THEN 'missing'
                WHEN NOT absent_pm AND went < ends THEN 'early' END AS cause_out
    FROM halves
)
SELECT person_id, day, begins, ends, first, last, absent_am, absent_pm,
       CASE WHEN cause_in IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM attendance_excuse e WHERE e.person_id = causes.person_id
             AND e.date = causes.day AND e.side = 'in' AND e.status = 'accepted'
       ) THEN cause_in END AS cause_in,
       CASE WHEN cause_out IS NOT NULL AND NOT EXISTS (
           SELECT 1 FROM attendance_excuse e WHERE e.person_id = causes.person_id
             AND e.date = causes.day AND e.side = 'out' AND e.status = 'accepted'
       ) THEN cause_out END AS cause_out
FROM causes
WHERE absent_am OR absent_pm OR cause_in IS NOT NULL OR cause_out IS NOT NULL;
ANALYZE verdict;

CREATE TEMP TABLE incident ON COMMIT DROP AS
SELECT v.person_id, v.day, x.side, x.cause, x.due, x.punched, v.first, v.last,
       coalesce(f.paid_at <= '$as_of', false) AS in_cash
FROM verdict v
CROSS JOIN LATERAL (VALUES ('in', v.cause_in, v.begins, v.first),
                           ('out', v.cause_out, v.ends, v.last)) AS x (side, cause, due, punched)
LEFT JOIN attendance_finepayment f
       ON f.person_id = v.person_id AND f.date = v.day AND f.side = x.side
WHERE x.cause IS NOT NULL;

CREATE TEMP TABLE absence ON COMMIT DROP AS
SELECT person_id, day, count(DISTINCT half) AS halves,
       jsonb_agg(jsonb_build_object('table', of, 'row', day, 'text', half, 'values',
                                    jsonb_build_object('date', day)) ORDER BY half) AS evidence
FROM (
    SELECT person_id, day, 'am' AS half, 'punches' AS of FROM verdict WHERE absent_am
    UNION ALL SELECT person_id, day, 'pm', 'punches' FROM verdict WHERE absent_pm
    UNION ALL SELECT person_id, day, half, 'leave' FROM leave_half WHERE excess AND NOT on_trip
) AS found
GROUP BY 1, 2;

-- The pool: what it opens with and the month's fines, for those without fault all month.
CREATE TEMP TABLE share ON COMMIT DROP AS
WITH clean AS (
    SELECT person_id FROM staff s
    WHERE worked = workdays
      AND NOT EXISTS (SELECT 1 FROM incident i WHERE i.person_id = s.person_id)
      AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.person_id = s.person_id)
), pool AS (
    SELECT (SELECT coalesce(sum(amount), 0) FROM attendance_poolopening WHERE month = '$month')
           + (SELECT count(*) FROM incident) * 500 AS fen,
           (SELECT count(*) FROM clean) AS heads
)
SELECT person_id, fen, heads, div(fen, heads)::bigint AS amount
FROM clean, pool WHERE heads > 0 AND div(fen, heads) > 0;

-- Money: what counts in the collection month, and what was in hand when it ended.
CREATE TEMP TABLE money ON COMMIT DROP AS
SELECT payment_no, slip_id, amount, method, received_at, handed_in_at, counts
FROM (
    SELECT payment_no, slip_id, amount, method, received_at, handed_in_at,
           CASE method WHEN 'transfer' THEN received_at ELSE handed_in_at END > '$after'
           AND CASE method WHEN 'transfer' THEN received_at ELSE handed_in_at END <= '$cutoff'
           AS counts
    FROM receivables_payment
) AS payment
WHERE counts
   OR (method <> 'transfer' AND received_at <= '$cutoff'
       AND (handed_in_at IS NULL OR handed_in_at > '$cutoff'));
ANALYZE money;

CREATE TEMP TABLE held_money ON COMMIT DROP AS
SELECT m.*, coalesce(m.counts, false) AS counted, s.person_id AS holder, o.person_id AS seller
FROM money m
JOIN receivables_slip s ON s.id = m.slip_id
JOIN orders_order o ON o.id = s.order_id;

CREATE TEMP TABLE carried ON COMMIT DROP AS
SELECT holder AS person_id,
       jsonb_agg(jsonb_build_object('table', 'payments', 'row', payment_no, 'text',
           '{amount} received {received}, handed in {handed_in}', 'values', jsonb_build_object(
               'amount', to_char(amount / 100.0, 'FM99999999990.00'),
               'received', received_at, 'handed_in', handed_in_at))
           ORDER BY received_at, payment_no) AS evidence
FROM (
    SELECT h.*,
           greatest('$cutoff'::timestamptz,
               CASE WHEN (received_at AT TIME ZONE 'Asia/Shanghai')::date = '$cutoff_day'
                    THEN '$cutoff_day 18:00+08'::timestamptz END,
               CASE WHEN l.declared_at < '$cutoff'
                     AND (l.declared_at AT TIME ZONE 'Asia/Shanghai')::date = l.date
                    THEN ((SELECT min(day) FROM workday w WHERE w.day > l.date) + time '18:00')
                         AT TIME ZONE 'Asia/Shanghai' END) AS grace
    FROM held_money h
    LEFT JOIN receivables_latehandover l
           ON l.person_id = h.holder
          AND l.date = (h.received_at AT TIME ZONE 'Asia/Shanghai')::date
    WHERE NOT counted
) AS in_hand
WHERE (handed_in_at IS NULL OR handed_in_at > grace) AND grace <= '$as_of'
GROUP BY 1;

CREATE TEMP TABLE sold ON COMMIT DROP AS
SELECT seller AS person_id, handed_in,
       div(least(handed_in, 5000000) * 1
           + greatest(least(handed_in, 20000000) - 5000000, 0) * 2
           + greatest(handed_in - 20000000, 0) * 3 + 50, 100)::bigint AS commission
FROM (SELECT seller, sum(amount) AS handed_in FROM held_money WHERE counted GROUP BY 1) AS sums;

-- Legal costs walk down the reserve: what the half before left is what the next one finds.
CREATE TEMP TABLE cost ON COMMIT DROP AS
SELECT walked.*,
       least(upto, reserve) - least(upto - half, reserve) AS from_reserve,
       half - least(upto, reserve) + least(upto - half, reserve) AS from_pay
FROM (
    SELECT o.person_id, b.case_no, b.opened_on, b.outcome, b.outcome_on, o.order_no,
           c.incurred_on, c.amount, (c.amount + 1) / 2 AS half,
           greatest(coalesce(r.balance, 0), 0) AS reserve,
           sum((c.amount + 1) / 2) OVER
               (PARTITION BY o.person_id ORDER BY c.incurred_on, b.case_no)::bigint AS upto
    FROM receivables_legalcost c
    JOIN receivables_baddebt b ON b.id = c.case_id
    JOIN orders_order o ON o.id = b.order_id
    LEFT JOIN receivables_reserveopening r ON r.person_id = o.person_id
    WHERE c.incurred_on BETWEEN '$first' AND '$last'
      AND NOT (b.outcome = 'dead' AND c.incurred_on > b.outcome_on)
) AS walked;

CREATE TEMP TABLE dead ON COMMIT DROP AS
SELECT o.person_id, b.case_no, o.order_no, b.outcome_on AS dead_on,
       greatest(0, delivered - before) AS borne,
       least(greatest(0, delivered - before), after) AS credit
FROM receivables_baddebt b
JOIN orders_order o ON o.id = b.order_id
CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0)::bigint AS delivered FROM orders_delivery d
                    WHERE d.order_id = o.id AND d.delivered_on <= b.outcome_on) AS delivery
CROSS JOIN LATERAL (
    SELECT coalesce(sum(amount) FILTER (WHERE day <= b.outcome_on), 0)::bigint AS before,
           coalesce(sum(amount) FILTER (WHERE day > b.outcome_on AND day <= '$last'), 0)::bigint
           AS after
    FROM (SELECT p.amount, (CASE p.method WHEN 'transfer' THEN p.received_at ELSE p.handed_in_at END
                            AT TIME ZONE 'Asia/Shanghai')::date AS day
          FROM receivables_payment p
          WHERE p.slip_id = ANY (ARRAY(SELECT id FROM receivables_slip s
                                       WHERE s.order_id = o.id))) AS paid
) AS payment
WHERE b.outcome = 'dead' AND b.outcome_on BETWEEN '$first' AND '$last';

CREATE TEMP TABLE claim ON COMMIT DROP AS
SELECT judged.*, least(upto, cap) - least(upto - share, cap) AS gets
FROM (
    SELECT e.claim_no, e.person_id, e.kind, e.amount, e.approved_on, o.order_no,
           o.amount AS order_amount, o.signed_on, share, (o.amount * 2 + 50) / 100 AS cap,
           sum(share) OVER
               (PARTITION BY e.order_id, e.kind ORDER BY e.approved_on, e.claim_no)::bigint AS upto
    FROM claims_expense e
    JOIN orders_order o ON o.id = e.order_id
    CROSS JOIN LATERAL (
        SELECT (e.amount * CASE e.kind WHEN 'travel' THEN 80 ELSE 60 END + 50) / 100 AS share
    ) AS half_up
    WHERE e.approved_on <= '$last' AND o.signed_on <= e.approved_on
      AND e.order_id IN (SELECT order_id FROM claims_expense
                         WHERE approved_on BETWEEN '$first' AND '$last')
) AS judged
WHERE approved_on >= '$first';

CREATE TEMP TABLE wages ON COMMIT DROP AS
SELECT s.person_id, (2 * s.salary * s.worked + s.workdays) / (2 * s.workdays) AS base,
       coalesce(sold.commission, 0) AS commission, coalesce(r.bonus, 0) AS bonus
FROM staff s
LEFT JOIN sold USING (person_id)
LEFT JOIN (SELECT person_id, sum(amount)::bigint AS bonus FROM conduct_reward
           WHERE kind = 'bonus' AND decided_on BETWEEN '$first' AND '$last'
           GROUP BY 1) AS r USING (person_id);

INSERT INTO payroll_paymonth
    (month, state, version, closed_at, closed_as_of, posted_entries, posted_total, reckoned)
VALUES ('$month', 'closed', 1, '$now', '$as_of', 0, 0, 0);

INSERT INTO payroll_entry
    (key, sequence, purpose, person_id, rule, pay_month, for_month, source, target, amount,
     policy_on, arithmetic, evidence, digest, posted_at, job)
SELECT key, 0, 'charge', person_id, rule, '$month', '$month', source, target, amount, policy_on,
       arithmetic, evidence,
       encode(sha256(convert_to(concat_ws('/', key, source, target, amount, policy_on, arithmetic,
                                          evidence), 'UTF8')), 'hex'),
       '$now', 'close $month'
FROM (
    SELECT 'BASE/' || no || '/$month' AS key, person_id, 'BASE' AS rule, 'company' AS source,
           'pay' AS target, w.base AS amount, date '$last' AS policy_on,
           jsonb_build_object('text', '{salary} × {worked} of {workdays} workdays = {amount}',
               'values', jsonb_build_object('salary', to_char(salary / 100.0, 'FM99999999990.00'),
                   'worked', worked::text, 'workdays', workdays::text,
                   'amount', to_char(w.base / 100.0, 'FM99999999990.00'))) AS arithmetic,
           jsonb_build_array(jsonb_build_object('table', 'people', 'row', no, 'text',
               'hired on {hired_on}, left on {left_on}', 'values', jsonb_build_object(
                   'hired_on', hired_on, 'left_on', coalesce(left_on::text, '—')))) AS evidence
    FROM staff JOIN wages w USING (person_id) WHERE w.base > 0
    UNION ALL
    SELECT 'ATT-2/' || no || '/' || day || '/' || side, person_id, 'ATT-2',
           CASE WHEN in_cash THEN 'cash' ELSE 'pay' END, 'pool', 500, day,
           jsonb_build_object('text', CASE WHEN in_cash THEN 'one incident, paid in cash: {fine}'
                   ELSE 'one incident, taken from pay: {fine}' END,
               'values', jsonb_build_object('fine', '5.00')),
           jsonb_build_array(jsonb_build_object('table', 'punches', 'row', no || ' ' || day,
               'text', cause, 'values', jsonb_build_object('date', day,
                   'due', to_char(due, 'HH24:MI'), 'punched', to_char(punched, 'HH24:MI:SS'))),
               jsonb_build_object('table', 'punches', 'row', no || ' ' || day,
               'text', 'punches of the day: {times}', 'values', jsonb_build_object('times',
                   to_char(first, 'HH24:MI:SS') || ', ' || to_char(last, 'HH24:MI:SS'))))
    FROM incident JOIN staff USING (person_id)
    UNION ALL
    SELECT 'ATT-4/' || no || '/' || day, person_id, 'ATT-4', 'pay', 'company', halves * 1500, day,
           jsonb_build_object('text', '{per_day} a day × {days} = {fine}',
               'values', jsonb_build_object('per_day', '30.00', 'days', halves / 2.0,
                   'fine', to_char(halves * 15, 'FM990.00'))),
           evidence
    FROM absence JOIN staff USING (person_id)
    UNION ALL
    SELECT 'LEA-4/' || no || '/$month/' || type, person_id, 'LEA-4', 'pay', 'company',
           cost, date '$last',
           jsonb_build_object('text',
               '{salary} × (1 − {rate}) × {days} ÷ {workdays} workdays = {cost}',
               'values', jsonb_build_object('salary', to_char(salary / 100.0, 'FM99999999990.00'),
                   'rate', pay_rate::text, 'days', (halves / 2.0)::text,
                   'workdays', workdays::text, 'cost', to_char(cost / 100.0, 'FM99999999990.00'))),
           jsonb_build_array(jsonb_build_object('table', 'leave', 'row', no || ' ' || type,
               'text', '', 'values', jsonb_build_object('start_on', start_on)))
    FROM (SELECT s.no, person_id, s.salary, s.workdays, type, pay_rate, count(*) AS halves,
                 min(start_on) AS start_on,
                 round(s.salary * (1 - pay_rate) * count(*) / 2 / s.workdays)::bigint AS cost
          FROM leave_half JOIN staff s USING (person_id)
          WHERE pay_rate < 1 AND NOT excess AND NOT on_trip
          GROUP BY 1, 2, 3, 4, 5, 6) AS unpaid
    WHERE cost > 0
    UNION ALL
    SELECT 'ATT-3/pool/$month/opening', NULL, 'ATT-3',
           CASE WHEN amount > 0 THEN 'company' ELSE 'pool' END,
           CASE WHEN amount > 0 THEN 'pool' ELSE 'company' END, abs(amount), date '$first',
           jsonb_build_object('text', 'said {said}, in the books {books}', 'values',
               jsonb_build_object('said', to_char(amount / 100.0, 'FM99999999990.00'),
                                  'books', '0.00')),
           jsonb_build_array(jsonb_build_object('table', 'pool_opening', 'row', month,
                                                'text', '', 'values', '{}'::jsonb))
    FROM attendance_poolopening WHERE month = '$month' AND amount <> 0
    UNION ALL
    SELECT 'ATT-3/' || no || '/$month', person_id, 'ATT-3', 'pool', 'pay', amount, date '$last',
           jsonb_build_object('text',
               'pool {pool} ÷ {count} without fault, rounded down = {share}',
               'values', jsonb_build_object('pool', to_char(fen / 100.0, 'FM99999999990.00'),
                   'count', heads::text, 'share', to_char(amount / 100.0, 'FM99999999990.00'))),
           jsonb_build_array(jsonb_build_object('table', 'pool', 'row', '$month', 'text',
               'no late, early or absent day in {month}', 'values',
               jsonb_build_object('month', '$month')))
    FROM share JOIN staff USING (person_id)
    UNION ALL
    SELECT 'VIS-3/' || no || '/' || checked_on, person_id, 'VIS-3', 'pay', 'company', 20000,
           checked_on,
           jsonb_build_object('text', 'once a day of inspection, however many customers: {fine}',
               'values', jsonb_build_object('fine', '200.00')),
           jsonb_agg(jsonb_build_object('table', 'spot_checks',
               'row', no || ' ' || customer_no || ' ' || checked_on,
               'text', 'no record of a return visit to {customer}',
               'values', jsonb_build_object('customer', customer_no)) ORDER BY customer_no)
    FROM customers_spotcheck c
    JOIN staff USING (person_id)
    JOIN customers_customer ON customers_customer.id = c.customer_id
    WHERE verdict = 'none' AND checked_on BETWEEN '$first' AND '$last'
    GROUP BY no, person_id, checked_on
    UNION ALL
    SELECT CASE kind WHEN 'travel' THEN 'EXP-1/' ELSE 'EXP-2/' END || no || '/' || claim_no,
           person_id, CASE kind WHEN 'travel' THEN 'EXP-1' ELSE 'EXP-2' END, 'company', 'pay',
           gets, approved_on,
           jsonb_build_object('text', '{cost} × {rate} = {share}; the order''s cap {cap}, '
                   'earlier claims got {earlier}; pays {gets}',
               'values', jsonb_build_object('cost', to_char(amount / 100.0, 'FM99999999990.00'),
                   'rate', CASE kind WHEN 'travel' THEN '0.8' ELSE '0.6' END,
                   'share', to_char(share / 100.0, 'FM99999999990.00'),
                   'cap', to_char(cap / 100.0, 'FM99999999990.00'),
                   'earlier', to_char(least(upto - share, cap) / 100.0, 'FM99999999990.00'),
                   'gets', to_char(gets / 100.0, 'FM99999999990.00'))),
           jsonb_build_array(
               jsonb_build_object('table', 'expenses', 'row', claim_no,
                   'text', 'approved on {date}', 'values', jsonb_build_object('date', approved_on)),
               jsonb_build_object('table', 'orders', 'row', order_no,
                   'text', '{amount}, signed on {date}', 'values', jsonb_build_object(
                       'amount', to_char(order_amount / 100.0, 'FM99999999990.00'),
                       'date', signed_on)))
    FROM claim JOIN staff USING (person_id) WHERE gets > 0
    UNION ALL
    SELECT 'GOOD-1/' || no || '/' || loan_no, person_id, 'GOOD-1', 'pay', 'company', price,
           returned_on,
           jsonb_build_object('text', 'price of {item}: {price}', 'values', jsonb_build_object(
               'item', item, 'price', to_char(price / 100.0, 'FM99999999990.00'))),
           jsonb_build_array(jsonb_build_object('table', 'loans', 'row', loan_no,
               'text', condition || ', found on {date}',
               'values', jsonb_build_object('date', returned_on)))
    FROM claims_loan JOIN staff USING (person_id)
    WHERE condition IN ('damaged', 'lost') AND returned_on BETWEEN '$first' AND '$last'
      AND price > 0
    UNION ALL
    SELECT 'GOOD-2/' || no || '/' || damage_no, person_id, 'GOOD-2', 'pay', 'company', cost_price,
           d.on,
           jsonb_build_object('text', 'cost price of {item}: {price}', 'values',
               jsonb_build_object('item', item,
                                  'price', to_char(cost_price / 100.0, 'FM99999999990.00'))),
           jsonb_build_array(jsonb_build_object('table', 'damages', 'row', damage_no,
               'text', 'broken on {date}', 'values', jsonb_build_object('date', d.on)))
    FROM claims_damage d JOIN staff USING (person_id)
    WHERE d.on BETWEEN '$first' AND '$last' AND cost_price > 0
    UNION ALL
    SELECT 'CUT-2/' || no || '/$month', person_id, 'CUT-2', 'pay', 'company', 50000,
           date '$cutoff_day',
           jsonb_build_object('text', 'once a collection month, however many payments: {fine}',
               'values', jsonb_build_object('fine', '500.00')),
           evidence
    FROM carried JOIN staff USING (person_id)
    UNION ALL
    SELECT 'RES-1/' || no || '/opening/' || as_of, person_id, 'RES-1',
           CASE WHEN balance > 0 THEN 'company' ELSE 'reserve' END,
           CASE WHEN balance > 0 THEN 'reserve' ELSE 'company' END, abs(balance), date '$last',
           jsonb_build_object('text', 'said {said}, in the books {books}', 'values',
               jsonb_build_object('said', to_char(balance / 100.0, 'FM99999999990.00'),
                                  'books', '0.00')),
           jsonb_build_array(jsonb_build_object('table', 'reserve_opening', 'row', no,
                                                'text', '', 'values', '{}'::jsonb))
    FROM receivables_reserveopening JOIN staff USING (person_id) WHERE balance <> 0
    UNION ALL
    SELECT 'RES-1/' || no || '/$month', person_id, 'RES-1', 'pay', 'reserve', 15000, date '$last',
           jsonb_build_object('text', '{amount} a month',
                              'values', jsonb_build_object('amount', '150.00')),
           jsonb_build_array(jsonb_build_object('table', 'people', 'row', no, 'text',
               'employed on {date}', 'values', jsonb_build_object('date', '$last')))
    FROM staff WHERE hired_on <= '$last' AND (left_on IS NULL OR left_on >= '$last')
    UNION ALL
    SELECT 'RES-2/' || no || '/$month/refund', person_id, 'RES-2', 'reserve', 'pay', balance,
           date '$last',
           jsonb_build_object('text', 'the whole reserve: {amount}', 'values',
               jsonb_build_object('amount', to_char(balance / 100.0, 'FM99999999990.00'))),
           jsonb_build_array(jsonb_build_object('table', 'people', 'row', no, 'text',
               'left on {date} with no open case', 'values',
               jsonb_build_object('date', left_on)))
    FROM staff JOIN receivables_reserveopening USING (person_id)
    WHERE left_on BETWEEN '$first' AND '$last' AND balance > 0
      AND NOT EXISTS (SELECT 1 FROM receivables_baddebt b JOIN orders_order o ON o.id = b.order_id
                      WHERE o.person_id = staff.person_id AND b.opened_on <= left_on
                        AND (b.outcome_on IS NULL OR b.outcome_on > left_on))
    UNION ALL
    SELECT 'RES-4/' || no || '/' || case_no || '/' || incurred_on || '/' || account, person_id,
           'RES-4', account, 'company', taken, incurred_on,
           jsonb_build_object('text', '{cost} × {share}, rounded up = {half}', 'values',
               jsonb_build_object('cost', to_char(amount / 100.0, 'FM99999999990.00'),
                   'share', '0.5', 'half', to_char(half / 100.0, 'FM99999999990.00'),
                   'amount', to_char(taken / 100.0, 'FM99999999990.00'))),
           jsonb_build_array(
               jsonb_build_object('table', 'legal_costs', 'row', case_no || ' ' || incurred_on,
                                  'text', '', 'values', '{}'::jsonb),
               jsonb_build_object('table', 'bad_debts', 'row', case_no,
                   'text', 'order {order}, opened on {opened_on}', 'values',
                   jsonb_build_object('order', order_no, 'opened_on', opened_on)))
    FROM cost JOIN staff USING (person_id)
    CROSS JOIN LATERAL (VALUES ('reserve', from_reserve), ('pay', from_pay)) AS x (account, taken)
    WHERE taken > 0
    UNION ALL
    SELECT 'RES-6/' || no || '/' || case_no || '/costs/' || account, person_id, 'RES-6',
           'company', account, sum(taken)::bigint, outcome_on,
           jsonb_build_object('text', 'legal costs taken before, given back: {amount}', 'values',
               jsonb_build_object('amount', to_char(sum(taken) / 100.0, 'FM99999999990.00'))),
           jsonb_build_array(jsonb_build_object('table', 'bad_debts', 'row', case_no, 'text',
               'order {order}, dead on {date}', 'values',
               jsonb_build_object('order', order_no, 'date', outcome_on)))
    FROM cost JOIN staff USING (person_id)
    CROSS JOIN LATERAL (VALUES ('reserve', from_reserve), ('pay', from_pay)) AS x (account, taken)
    WHERE taken > 0 AND outcome = 'dead' AND outcome_on <= '$last'
    GROUP BY no, person_id, case_no, order_no, outcome_on, account
    UNION ALL
    SELECT 'RES-6/' || no || '/' || case_no || about, person_id, 'RES-6', source, target, moved,
           dead_on,
           jsonb_build_object('text', '{amount}, of {borne} borne', 'values',
               jsonb_build_object('amount', to_char(moved / 100.0, 'FM99999999990.00'),
                                  'borne', to_char(borne / 100.0, 'FM99999999990.00'))),
           jsonb_build_array(jsonb_build_object('table', 'bad_debts', 'row', case_no, 'text',
               'order {order}, dead on {date}', 'values',
               jsonb_build_object('order', order_no, 'date', dead_on)))
    FROM dead JOIN staff USING (person_id)
    CROSS JOIN LATERAL (VALUES ('/debt', 'pay', 'company', borne),
                               ('/credit/$month', 'company', 'pay', credit))
        AS x (about, source, target, moved)
    WHERE moved > 0
    UNION ALL
    SELECT 'COMM-1/' || no || '/$month', person_id, 'COMM-1', 'company', 'pay', commission,
           date '$cutoff_day',
           jsonb_build_object('text', '{handed_in} by tiers = {due}', 'values',
               jsonb_build_object('handed_in', to_char(handed_in / 100.0, 'FM99999999990.00'),
                                  'due', to_char(commission / 100.0, 'FM99999999990.00'))),
           jsonb_build_array(jsonb_build_object('table', 'collections', 'row', no || ' $month',
               'text', '{handed_in} handed in from {after} to {cutoff}', 'values',
               jsonb_build_object('handed_in', to_char(handed_in / 100.0, 'FM99999999990.00'),
                                  'after', '$after', 'cutoff', '$cutoff')))
    FROM sold JOIN staff USING (person_id) WHERE commission > 0
    UNION ALL
    SELECT 'REW-1/' || no || '/' || decided_on || CASE note WHEN '' THEN '' ELSE '/' || note END,
           person_id, 'REW-1', 'company', 'pay', amount, decided_on,
           jsonb_build_object('text', 'bonus decided: {amount}', 'values',
               jsonb_build_object('amount', to_char(amount / 100.0, 'FM99999999990.00'))),
           jsonb_build_array(jsonb_build_object('table', 'rewards', 'row', no || ' ' || decided_on,
               'text', 'decided on {date}: {note}', 'values',
               jsonb_build_object('date', decided_on, 'note', note)))
    FROM conduct_reward JOIN staff USING (person_id)
    WHERE kind = 'bonus' AND decided_on BETWEEN '$first' AND '$last' AND amount > 0
    UNION ALL
    SELECT 'DIS-2/' || no || '/$month', person_id, 'DIS-2', 'pay', 'company',
           base + commission + bonus, min(decided_on),
           jsonb_build_object('text',
               'base salary {base} + commission {commission} + bonus {bonus} = {amount}',
               'values', jsonb_build_object('base', to_char(base / 100.0, 'FM99999999990.00'),
                   'commission', to_char(commission / 100.0, 'FM99999999990.00'),
                   'bonus', to_char(bonus / 100.0, 'FM99999999990.00'),
                   'amount', to_char((base + commission + bonus) / 100.0, 'FM99999999990.00'))),
           jsonb_agg(jsonb_build_object('table', 'conduct', 'row', case_no, 'text',
               'decided on {date}: {note}', 'values',
               jsonb_build_object('date', decided_on, 'note', note)) ORDER BY case_no)
    FROM conduct_conductcase JOIN staff USING (person_id) JOIN wages USING (person_id)
    WHERE sanction = 'forfeit' AND decided_on BETWEEN '$first' AND '$last'
      AND base + commission + bonus > 0
    GROUP BY no, person_id, base, commission, bonus
) AS charge;

UPDATE payroll_paymonth
SET (posted_entries, posted_total) =
    (SELECT count(*), sum(amount) FROM payroll_entry WHERE pay_month = '$month')
WHERE month = '$month';

INSERT INTO payroll_duty (key, month, person_id, rule, points)
SELECT 'VIS-2/' || no || '/$month', '$month', person_id, 'VIS-2', coalesce(points, 0)
FROM staff
LEFT JOIN (
    SELECT person_id, count(*) AS points
    FROM (SELECT DISTINCT person_id, customer_id, (at AT TIME ZONE 'Asia/Shanghai')::date
          FROM customers_visit
          WHERE at >= '$start' AND at < '$end' AND NOT void AND kind <> 'telephone') AS visit
    GROUP BY 1
) AS visited USING (person_id)
WHERE channel = 'field' AND hired_on <= '$first' AND (left_on IS NULL OR left_on >= '$last')
  AND 30 - coalesce(points, 0) >= 3;

INSERT INTO payroll_finding (key, month, person_id, rule, days)
SELECT 'ATT-5/' || no || '/$month', '$month', person_id, 'ATT-5', sum(halves) / 2.0
FROM absence JOIN staff USING (person_id)
GROUP BY no, person_id HAVING sum(halves) > 30;

INSERT INTO receivables_cutoffmonth (month, after, cutoff) VALUES ('$month', '$after', '$cutoff');

INSERT INTO receivables_cutoffsnapshot (month, person_id, handed_in, in_hand, slips_held)
SELECT '$month', person_id, coalesce(m.handed_in, 0), coalesce(m.in_hand, 0), coalesce(h.slips, 0)
FROM staff
LEFT JOIN (
    SELECT holder AS person_id, sum(amount) FILTER (WHERE counted) AS handed_in,
           sum(amount) FILTER (WHERE method <> 'transfer' AND received_at <= '$cutoff'
               AND (handed_in_at IS NULL OR handed_in_at > '$cutoff')) AS in_hand
    FROM held_money GROUP BY 1
) AS m USING (person_id)
LEFT JOIN (
    SELECT person_id, count(*) AS slips
    FROM (
        SELECT s.id, s.person_id
        FROM receivables_slip s
        LEFT JOIN receivables_payment p
               ON p.slip_id = s.id
              AND CASE p.method WHEN 'transfer' THEN p.received_at ELSE p.handed_in_at END
                  <= '$cutoff'
        WHERE s.issued_at <= '$cutoff' AND (s.returned_at IS NULL OR s.returned_at > '$cutoff')
        GROUP BY s.id, s.person_id, s.amount_due
        HAVING coalesce(sum(p.amount), 0) < s.amount_due
    ) AS held
    GROUP BY 1
) AS h USING (person_id)
WHERE (hired_on <= '$last' AND (left_on IS NULL OR left_on >= '$first'))
   OR m.person_id IS NOT NULL OR h.person_id IS NOT NULL;
