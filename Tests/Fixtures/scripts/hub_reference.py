# SPDX-License-Identifier: GPL-3.0-or-later
"""What Python's own hub client does, recorded: Tests/Fixtures/hub/*.json.

    python hub_reference.py                          record (needs huggingface_hub 2.4)
    python hub_reference.py --check CACHE            does that client find what stands in CACHE?

Nothing is asked but a server of this script's own on 127.0.0.1.
"""
import contextlib
import hashlib
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
OUT = HERE.parent / "hub"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
MODEL = "org/tiny-model"

# A model as small as one can be; large files are the ones in LFS.
FILES = {
    "config.json": '{"model_type": "llama"}\n',
    "generation_config.json": "{}\n",
    "model-00001-of-00002.safetensors": "first " * 400,
    "model-00002-of-00002.safetensors": "second " * 400,
    "model.safetensors.index.json": json.dumps({"weight_map": {
        "a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}}),
    "original/consolidated.00.pth": "never",
    "pytorch_model.bin": "never",
    "README.md": "# A model\n",
    "tokenizer.json": '{"version": "1.0"}\n',
    "tokenizer_config.json": "{}\n",
}
LARGE = {name for name in FILES if name.endswith((".safetensors", ".bin", ".pth"))}
WANTED = [name for name in FILES if name not in (
    "generation_config.json", "original/consolidated.00.pth", "pytorch_model.bin", "README.md")]


def etag(name):
    content = FILES[name].encode()
    if name in LARGE:
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def entry(name):
    size = len(FILES[name].encode())
    item = {"size": size, "blobId": etag(name)}
    if name in LARGE:
        item["lfs"] = {"sha256": etag(name), "size": size, "pointerSize": 134}
    return item


class Hub(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_HEAD(self):
        self.answer(False)

    def do_GET(self):
        self.answer(True)

    def answer(self, with_body):
        path = self.path.split("?")[0]
        base = f"/api/models/{MODEL}"
        if path in (f"{base}/revision/main", f"{base}/revision/refs%2Fpr%2F3"):
            body = {"_id": "0", "id": MODEL, "modelId": MODEL, "sha": COMMIT, "private": False,
                    "tags": [], "downloads": 0, "likes": 0,
                    "siblings": [{"rfilename": name, **entry(name)} for name in sorted(FILES)]}
            self.send(json.dumps(body).encode(), with_body, {"Content-Type": "application/json"})
        elif path == f"{base}/tree/{COMMIT}":
            body = [{"type": "file", "path": name, "oid": entry(name)["blobId"], "size": entry(name)["size"],
                     **({"lfs": {"oid": etag(name), "size": entry(name)["size"], "pointerSize": 134}}
                        if name in LARGE else {})} for name in sorted(FILES)]
            self.send(json.dumps(body).encode(), with_body, {"Content-Type": "application/json"})
        elif "/resolve/" in path:
            name = path.split("/resolve/")[1].split("/", 1)[1]
            if name not in FILES:
                self.send(b"", with_body, {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": COMMIT}, 404)
                return
            self.send(FILES[name].encode(), with_body, {
                "X-Repo-Commit": COMMIT, "ETag": f'"{etag(name)}"',
                **({"X-Linked-Etag": f'"{etag(name)}"', "X-Linked-Size": str(entry(name)["size"])}
                   if name in LARGE else {})})
        else:
            self.send(b"", with_body, {"X-Error-Code": "RepoNotFound"}, 404)

    def send(self, body, with_body, headers, status=200):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)


@contextlib.contextmanager
def hub():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def python(code, **variables):
    keep = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    result = subprocess.run([sys.executable, "-c", code], env={**keep, **variables},
                            capture_output=True, text=True, cwd=tempfile.gettempdir())
    if result.returncode:
        return None
    return json.loads(result.stdout.splitlines()[-1])


def layout(folder):
    found = []
    for path in sorted(pathlib.Path(folder).rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found.append({"path": name, "link": os.readlink(path)})
        elif path.is_file():
            found.append({"path": name, "text": path.read_text()})
    return found


def record_cache():
    """The cache after a download of two revisions and a question for a file that is not there."""
    code = """
import json, sys
from huggingface_hub import snapshot_download, hf_hub_download
for revision in (None, "refs/pr/3"):
    snapshot_download(%r, revision=revision, allow_patterns=%r)
try:
    hf_hub_download(%r, "chat_template.jinja")
except Exception as error:
    print(json.dumps(type(error).__name__))
""" % (MODEL, WANTED, MODEL)
    with hub() as address, tempfile.TemporaryDirectory() as folder:
        error = python(code, HF_HUB_CACHE=folder, HF_ENDPOINT=address, HF_HUB_DISABLE_XET="1",
                       HF_HUB_DISABLE_TELEMETRY="1", HOME=folder + "-home")
        assert error == "RemoteEntryNotFoundError", error
        write("cache.json", {"model": MODEL, "commit": COMMIT, "files": FILES, "large": sorted(LARGE),
                             "wanted": WANTED, "layout": layout(folder)})


CASES = [
    {},
    {"HF_HOME": "{home}/hf"},
    {"HF_HOME": "~/elsewhere"},
    {"HF_HOME": "$PLACE/hf", "PLACE": "{home}/scratch"},
    {"HF_HOME": "${PLACE}/hf", "PLACE": "{home}/scratch"},
    {"HF_HOME": "$NOWHERE/hf"},
    {"HF_HOME": ""},
    {"HF_HOME": "{home}/hf/"},
    {"XDG_CACHE_HOME": "{home}/xdg"},
    {"XDG_CACHE_HOME": ""},
    {"XDG_CACHE_HOME": "{home}/xdg", "HF_HOME": "{home}/hf"},
    {"HF_HUB_CACHE": "{home}/a"},
    {"HF_HUB_CACHE": "~/a/b"},
    {"HUGGINGFACE_HUB_CACHE": "{home}/old"},
    {"HUGGINGFACE_HUB_CACHE": "{home}/old", "HF_HUB_CACHE": "{home}/new"},
    {"HF_HUB_CACHE": "{home}/a", "HF_HOME": "{home}/hf"},
    *({"HF_HUB_OFFLINE": value} for value in
      ("1", "0", "ON", "on", "off", "YES", "yes", "True", "TRUE", "y", "2", "", " 1")),
    {"TRANSFORMERS_OFFLINE": "1"},
    {"TRANSFORMERS_OFFLINE": "0"},
    {"TRANSFORMERS_OFFLINE": "1", "HF_HUB_OFFLINE": "0"},
    {"TRANSFORMERS_OFFLINE": "1", "HF_HUB_OFFLINE": ""},
    {"TRANSFORMERS_OFFLINE": "0", "HF_HUB_OFFLINE": "1"},
    {"HF_ENDPOINT": "http://127.0.0.1:9"},
    {"HF_ENDPOINT": "http://127.0.0.1:9///"},
    {"HF_HUB_ETAG_TIMEOUT": "3", "HF_HUB_DOWNLOAD_TIMEOUT": "60"},
    {"HF_HUB_ETAG_TIMEOUT": "0", "HF_HUB_DOWNLOAD_TIMEOUT": " 7 "},
    {"HF_HUB_ETAG_TIMEOUT": "1.5"},
    {"HF_HUB_DOWNLOAD_TIMEOUT": "soon"},
    {"HF_HUB_DOWNLOAD_TIMEOUT": ""},
    {"HF_HUB_DISABLE_SYMLINKS": "1"},
    {"HF_HUB_DISABLE_SYMLINKS": "no"},
    {"HF_TOKEN": "hf_a"},
    {"HF_TOKEN": " hf_a\n"},
    {"HF_TOKEN": "hf_\r\na"},
    {"HUGGING_FACE_HUB_TOKEN": "hf_old"},
    {"HUGGING_FACE_HUB_TOKEN": "hf_old", "HF_TOKEN": "hf_new"},
    {"HUGGING_FACE_HUB_TOKEN": "hf_old", "HF_TOKEN": ""},
    {"HF_TOKEN": "hf_a", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"},
    {"files": {".cache/huggingface/token": "hf_file\n"}},
    {"files": {".cache/huggingface/token": "  \n"}},
    {"files": {".cache/huggingface/token": "hf_file"}, "HF_TOKEN": "hf_a"},
    {"files": {".cache/huggingface/token": "hf_file"}, "HF_TOKEN": "  "},
    {"files": {".cache/huggingface/token": "hf_file"}, "HF_HUB_DISABLE_IMPLICIT_TOKEN": "YES"},
    {"files": {"hf/token": "hf_home"}, "HF_HOME": "{home}/hf"},
    {"files": {"mine": "hf_mine"}, "HF_TOKEN_PATH": "~/mine"},
    {"files": {"mine": "hf_mine"}, "HF_TOKEN_PATH": "{home}/absent"},
]

SHOW = """
import json
from huggingface_hub import constants as c
from huggingface_hub.utils import build_hf_headers
print(json.dumps({"cache": c.HF_HUB_CACHE, "offline": c.HF_HUB_OFFLINE, 
  "endpoint": "{default}" if c.ENDPOINT == c._HF_DEFAULT_ENDPOINT else c.ENDPOINT,
  "etag_timeout": c.HF_HUB_ETAG_TIMEOUT, "download_timeout": c.HF_HUB_DOWNLOAD_TIMEOUT,
  "links": not c.HF_HUB_DISABLE_SYMLINKS,
  "authorization": build_hf_headers().get("authorization")}))
"""


def record_environment():
    """Each case with what the client makes of it; null where it does not start."""
    rows = []
    for case in CASES:
        with tempfile.TemporaryDirectory() as home:
            files = case.get("files", {})
            for name, text in files.items():
                path = pathlib.Path(home, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            given = {k: v for k, v in case.items() if k != "files"}
            result = python(SHOW, HOME=home, **{k: v.replace("{home}", home) for k, v in given.items()})
            text = json.dumps(result).replace(home, "{home}")
            rows.append({"variables": given, "files": files, "result": json.loads(text)})
    write("environment.json", rows)


NAMES = [
    "gpt2", "org/name", "Org/Name.v1_2-x", "a", "a/b", "1/2", "_a/_b", "org/name/more", "", "/", "org/", "/name",
    "-a/b", "a/-b", ".a/b", "a/.b", "a-/b", "a/b-", "a./b", "a/b.", "a--b", "a/b--c", "a..b", "../b", "a/..", "..",
    ".", "a/b.git", "a.git/b", "a b", "a/b c", "café", "文件夹", "a\tb", "a\n", "a/b\n", "a\\b",
    "x" * 96, "x" * 97, "x" * 96 + "/" + "y" * 96, "x/" + "y" * 97, "datasets/a/b", "a/b%2f", "~/x", "$HOME", "a_/_b",
]


def record_names():
    """Names of models and whether the client takes them."""
    from huggingface_hub.utils import HFValidationError, validate_repo_id

    rows = []
    for name in NAMES:
        try:
            validate_repo_id(name)
            rows.append({"name": name, "valid": True})
        except HFValidationError:
            rows.append({"name": name, "valid": False})
    write("names.json", rows)


def check(folder):
    """Ends with 0 when Python's client finds every wanted file in a cache that we wrote."""
    code = """
import json, os
from huggingface_hub import snapshot_download, try_to_load_from_cache, scan_cache_dir, hf_hub_download
folder = snapshot_download(%r, local_files_only=True)
found = {name: try_to_load_from_cache(%r, name) for name in %r}
contents = {name: open(path).read() for name, path in found.items()}
offline = hf_hub_download(%r, "config.json", local_files_only=True)
report = scan_cache_dir()
print(json.dumps({"folder": folder, "contents": contents, "warnings": [str(w) for w in report.warnings],
  "repos": [r.repo_id for r in report.repos], "refs": sorted(x for r in report.repos for v in r.revisions for x in v.refs)}))
""" % (MODEL, MODEL, WANTED, MODEL)
    result = python(code, HF_HUB_CACHE=folder, HF_HUB_OFFLINE="1", HOME=folder + "-home")
    assert result, "Python's client failed"
    assert result["contents"] == {name: FILES[name] for name in WANTED}, result
    assert not result["warnings"] and result["repos"] == [MODEL], result
    print("found by huggingface_hub:", result["folder"], result["refs"])


def write(name, value):
    OUT.mkdir(exist_ok=True)
    (OUT / name).write_text(json.dumps(value, indent=1, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        with hub() as address:
            print(address, flush=True)
            threading.Event().wait(float(sys.argv[2]))
    elif sys.argv[1:2] == ["--check"]:
        check(sys.argv[2])
    else:
        record_cache()
        record_environment()
        record_names()
