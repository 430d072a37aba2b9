"""Suspicions of poaching 抢单 and shifting 划单, raised with their evidence to the manager alone
(DIS-3)."""
