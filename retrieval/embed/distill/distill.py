"""Makes table.bin, the embedding table of advocate, from all-MiniLM-L6-v2.

    python distill.py MODEL_FOLDER LIBRARY_FOLDER table.bin

1. The model embeds each of its word pieces, and each term of several words
   that the library's thesaurus, names and headings have, by itself.
2. It embeds the library's questions, titles and passages. The table is moved,
   by ridge regression, so that the weighted mean of a text's units comes near
   to what the model says of the whole text.
3. The rows are weighted by how rare a unit is, reduced to 256 dimensions, and
   quantised to one byte a number, with one scale a row.

The file is: one line of JSON, the units sorted and one to a line, then for
each of them a 32-bit float (little endian) and 256 signed bytes. Its header
names the hashes of this script, of minilm.py and of the model.
"""

import collections
import glob
import hashlib
import json
import re
import sys

import numpy as np
import scipy.sparse as sp
import yaml
from scipy.sparse.linalg import factorized

from minilm import CLS, SEP, MiniLM

DIM = 256
RARE = 1e-3  # of SIF: a / (a + p)
RIDGE = 1.0
WORD = re.compile(r"[a-z0-9]+|[^\sa-z0-9]")


def library(folder):
    """Questions, titles, passages and terms of the library."""
    asks, passages, terms = [], [], set()
    for name in sorted(glob.glob(folder + "/*/*.md")):
        head, _, body = open(name, encoding="utf-8").read().removeprefix("---\n").partition("\n---\n")
        meta = yaml.safe_load(head)
        asks += [meta["title"]] + (meta.get("asks") or [])
        terms.update(meta.get("names") or [])
        passages += [p.strip() for p in re.split(r"\n#+ |\n\n", body) if len(p.split()) > 5]
    for name in sorted(glob.glob(folder + "/cards/*.yaml")):
        card = yaml.safe_load(open(name, encoding="utf-8"))
        asks += [card["title"]] + (card.get("asks") or [])
        for topic in card.get("topics") or []:
            asks += topic.get("asks") or []
    thesaurus = yaml.safe_load(open(folder + "/thesaurus.yaml", encoding="utf-8"))

    def walk(x):
        if isinstance(x, dict):
            for k, v in x.items():
                walk(k), walk(v)
        elif isinstance(x, list):
            for v in x:
                walk(v)
        elif isinstance(x, str):
            terms.add(x)

    walk(thesaurus)
    units = set()
    for t in terms:
        words = WORD.findall(str(t).lower())
        if 2 <= len(words) <= 4 and all(w.isalnum() for w in words):
            units.add(" ".join(words))
    return sorted(set(asks)), sorted(set(passages)), sorted(units)


class Units:
    """Cuts texts into terms of several words and word pieces."""

    def __init__(self, pieces, terms):
        self.pieces, self.terms = pieces, set(terms)

    def cut(self, text):
        words, out, i = WORD.findall(text.lower()), [], 0
        while i < len(words):
            for n in (4, 3, 2):
                if " ".join(words[i : i + n]) in self.terms and i + n <= len(words):
                    out.append(" ".join(words[i : i + n]))
                    i += n
                    break
            else:
                out += self.word(words[i])
                i += 1
        return out

    def word(self, w):
        out, at = [], 0
        while at < len(w):
            for end in range(len(w), at, -1):
                piece = ("##" if at else "") + w[at:end]
                if piece in self.pieces:
                    out.append(piece)
                    at = end
                    break
            else:
                return []
        return out


def main(model_folder, library_folder, target):
    model = MiniLM(model_folder)
    pieces = {t: i for t, i in model.tok.get_vocab().items() if re.fullmatch(r"(##)?[a-z0-9]+|[$%§&/'-]", t)}
    asks, passages, terms = library(library_folder)
    units = Units(pieces, terms)
    names = sorted(set(pieces) | set(terms))
    index = {u: i for i, u in enumerate(names)}
    print(len(pieces), "pieces,", len(terms), "terms,", len(asks), "questions,", len(passages), "passages", flush=True)

    texts = asks + passages
    alone = model.pooled([[CLS, pieces[u], SEP] if u in pieces else model.tok.encode(u).ids for u in names])
    whole = model.encode(texts)
    print("embedded", flush=True)

    count = collections.Counter(u for t in texts for u in units.cut(t))
    total = sum(count.values())
    zipf = lambda u: 0.1 / (max(0, pieces.get(u, 30000) - 1996) + 50)  # the model's list goes from frequent to rare
    share = np.array([max(count[u] / total, zipf(u)) for u in names])
    weight = RARE / (RARE + share)

    rows, cols, data = [], [], []
    for r, t in enumerate(texts):
        for u in units.cut(t):
            rows.append(r), cols.append(index[u]), data.append(weight[index[u]])
    x = sp.csr_matrix((data, (rows, cols)), shape=(len(texts), len(names)))
    x = sp.diags(1 / np.maximum(np.sqrt(np.asarray(x.sum(1)).ravel()), 1e-6)) @ x
    table = (alone - alone.mean(0)).astype(np.float64)
    mean = x @ table
    table *= (mean * whole).sum() / (mean * mean).sum()
    solve = factorized((x.T @ x + RIDGE * sp.eye(len(names))).tocsc())
    rest = x.T @ (whole - x @ table)
    table += np.stack([solve(np.ascontiguousarray(rest[:, k])) for k in range(table.shape[1])], 1)

    _, _, axes = np.linalg.svd(whole.astype(np.float64), full_matrices=False)
    table = (table @ axes[:DIM].T) * weight[:, None]
    scale = np.maximum(np.abs(table).max(1), 1e-9) / 127
    rows8 = np.clip(np.rint(table / scale[:, None]), -127, 127).astype(np.int8)

    sha = lambda name: hashlib.sha256(open(name, "rb").read()).hexdigest()
    here = __file__.rsplit("/", 1)[0] if "/" in __file__ else "."
    header = {"dim": DIM, "units": len(names), "distill.py": sha(here + "/distill.py"), "minilm.py": sha(here + "/minilm.py"), "model": sha(model_folder + "/model.safetensors")}
    with open(target, "wb") as f:
        f.write((json.dumps(header) + "\n").encode())
        f.write(("\n".join(names) + "\n").encode())
        for s, row in zip(scale.astype("<f4"), rows8):
            f.write(s.tobytes() + row.tobytes())
    print(target, sha(target))


if __name__ == "__main__":
    main(*sys.argv[1:])
