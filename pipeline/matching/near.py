"""Which of many known records could be the same as one of a few: those that share a coarse key with it."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

# So many records of one key are enough: more tell nobody apart, and guards need to see only that there are many.
MOST_PER_KEY = 60
MOST_PER_SAMPLE = 8


def near(
    ids: pl.Series,
    keys: Mapping[str, pl.Series],
    wanted: Collection[int],
    *,
    samples: Collection[str] = (),
    most: int = MOST_PER_KEY,
) -> set[int]:
    """The `wanted` ids and those that share a key with one of them; of each key at most `most`, lowest ids first.

    `keys` hold one text per id and key, null or empty where there is none; keys of one name meet each other only. Of
    those named in `samples` a few records are enough: they show what kind of key it is, they are no likely matches.
    """
    order = np.argsort(ids.to_numpy(), kind="stable")
    ordered = ids.to_numpy()[order]
    is_wanted = np.isin(ordered, np.fromiter(wanted, dtype=np.int64, count=len(wanted)))
    found = is_wanted.copy()
    for name, texts in keys.items():
        found |= _sharing(_codes(texts)[order], is_wanted, MOST_PER_SAMPLE if name in samples else most)
    return set(ordered[found].tolist())


def read(values: pl.Series, names: Sequence[str]) -> pl.DataFrame:
    """The fields of these names from JSON objects as texts: one column each, trimmed, null where nothing stands."""
    try:
        fields = pl.DataFrame({"v": values.str.json_decode(pl.Struct(dict.fromkeys(names, pl.String)))}).unnest("v")
    except pl.exceptions.ComputeError:
        # A field that holds no text somewhere: slower, but it takes anything.
        frame = pl.DataFrame({"v": values})
        fields = frame.select(pl.col("v").str.json_path_match(f"$.{name}").alias(name) for name in names)
    trimmed = fields.select(pl.col(names).str.strip_chars())
    return trimmed.select(pl.when(pl.col(name).str.len_chars() > 0).then(name).alias(name) for name in names)


def by_name(columns: Mapping[str, list[pl.Expr]], frame: pl.DataFrame) -> dict[str, pl.Series]:
    """Keys from expressions over `frame`; a key with a missing part is missing."""
    return {
        name: frame.select(pl.concat_str(parts, separator="\x1f", ignore_nulls=False)).to_series()
        for name, parts in columns.items()
    }


def folded(text: pl.Expr) -> pl.Expr:
    """Lower case without accents and punctuation, null where nothing is left."""
    bare = text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase().str.replace_all("ß", "ss")
    words = bare.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    return pl.when(words.str.len_chars() > 0).then(words)


def _codes(texts: pl.Series) -> npt.NDArray[np.int64]:
    present = texts.set(texts == "", None) if texts.dtype == pl.String else texts
    return present.rank("dense").fill_null(0).cast(pl.Int64).to_numpy()


def _sharing(codes: npt.NDArray[np.int64], is_wanted: npt.NDArray[np.bool_], most: int) -> npt.NDArray[np.bool_]:
    """Which rows are among the first `most` of a key that a wanted row has (code 0: no key)."""
    has_wanted = np.zeros(int(codes.max(initial=0)) + 1, dtype=bool)
    has_wanted[codes[is_wanted]] = True
    has_wanted[0] = False
    order = np.argsort(codes, kind="stable")
    ranked = codes[order]
    place = np.empty(len(codes), dtype=np.int64)
    place[order] = np.arange(len(codes)) - np.searchsorted(ranked, ranked)
    return has_wanted[codes] & (place < most)
