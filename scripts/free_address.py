"""Print the address the web process shall listen on: the port asked for, or the next free one."""

import socket
import sys


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


asked = int(sys.argv[1])
for candidate in range(asked, asked + 50):
    if is_free(candidate):
        print(f"127.0.0.1:{candidate}")
        break
else:
    sys.exit(f"no free port from {asked} on")
