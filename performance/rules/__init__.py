"""Pure rules of targets, appraisal and commission (TAR-1, KPI-1, COMM-1)."""
