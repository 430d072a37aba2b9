"""The program under faults: what breaks, and when, must not be seen in the ledger.

Real workers and beats, each a process, on databases and brokers of their own. Every scenario ends
in the same question: is the ledger, entry by entry, that of a run nobody disturbed? Every guard
the answer rests on has a control, which takes it away and sees the answer change.
"""
