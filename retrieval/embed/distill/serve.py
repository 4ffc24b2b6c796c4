"""Serves all-MiniLM-L6-v2 on loopback as an endpoint of OpenAI's API for
embeddings, for comparisons with the table that is made from it.

    python serve.py MODEL_FOLDER PORT
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from minilm import MiniLM

TOKENS = 256  # that the model's authors have it read of a text


def main(model_folder, port):
    model, one = MiniLM(model_folder), threading.Lock()
    model.tok.enable_truncation(TOKENS)

    class Embeddings(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            texts = [asked["input"]] if isinstance(asked["input"], str) else asked["input"]
            with one:
                vectors = model.encode(texts)
            data = [{"object": "embedding", "index": i, "embedding": v.tolist()} for i, v in enumerate(vectors)]
            body = json.dumps({"object": "list", "model": asked["model"], "data": data}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    ThreadingHTTPServer(("127.0.0.1", int(port)), Embeddings).serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
