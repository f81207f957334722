"""A supervisor of two small processes and a web server's stand-in: `supervised.py DATA_DIR PORT`."""

import sys
from pathlib import Path

from samverka.kernel.postgres.config import Cluster
from samverka.kernel.supervisor import Part, supervise

SERVER = """
import http.server, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *arguments): pass
print("web", __import__("os").getpid(), flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""
# It has a child of its own, as a web server has workers, and ends with 0 when told to, as a job worker does.
WORKER = """
import os, signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
signal.signal(signal.SIGUSR1, lambda *_: os._exit(0))
signal.signal(signal.SIGTERM, lambda *_: (child.kill(), child.wait(), os._exit(0)))
print("worker", os.getpid(), child.pid, flush=True)
time.sleep(60)
"""

folder, port = Path(sys.argv[1]), int(sys.argv[2])
web = Part("Webben", [sys.executable, "-c", SERVER, str(port)])
worker = Part("Arbetaren", [sys.executable, "-c", WORKER])
supervise(Cluster(folder / "postgres-test", durable=False), [web, worker], port, "Inloggningar")
