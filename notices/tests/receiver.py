"""A robot's receiving end: a real server on this machine, that keeps what it was sent."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """`answers`: what it says next, one after the other, then the last one again."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.got: list[tuple[str, dict]] = []
        self.answers: list[tuple[int, bytes]] = [(200, b'{"errcode": 0, "code": 0}')]
        self.hang_up = False

    def next_answer(self) -> tuple[int, bytes]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def texts(self) -> list[str]:
        return [json.dumps(body, ensure_ascii=False) for _path, body in self.got]


@contextmanager
def receiving() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):  # the server's own name for it
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append((self.path, json.loads(body)))
            if receiver.hang_up:
                self.close_connection = True
                return
            status, said = receiver.next_answer()
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", f"{receiver.url}/elsewhere")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
