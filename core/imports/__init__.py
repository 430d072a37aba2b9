"""Files of the company's tables from the browser: sent, looked through, and then loaded.

`keeping` has the bytes, `looking` says what loading them would do, `services` changes what is
known, `files` makes what can be downloaded: the wrong rows with their reasons, and empty tables.
"""
