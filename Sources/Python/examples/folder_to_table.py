"""From a folder of pages to a table of facts: folder_to_table.py FOLDER

Wants pandas, pyarrow and duckdb beside dukien.
"""

import sys
from pathlib import Path

import duckdb

import dukien

# %% Read the pages, two at a time.
folder = Path(sys.argv[1] if len(sys.argv) > 1 else "pages")
pages = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".html", ".htm"))
extractor = dukien.Extractor(dukien.Rules.load("vi-news"))
results = list(extractor.run_many(pages, threads=2))
print("pages", len(results), "failed", sum(result.error is not None for result in results))

# %% A table of pandas: a row a fact.
facts = dukien.Table(results).to_pandas()
print(facts[["document", "fact", "type", "rule"]].head())

# %% Which kinds of facts are there? duckdb sees the table by the name of its variable.
kinds = duckdb.execute("select type, count(*) as n from facts group by type order by n desc")
for kind, count in kinds.fetchall():
    print(f"{kind:12} {count}")

# %% The figures in money, each with its sentence.
figures = duckdb.execute(
    """
    with roles as (select document, fact, unnest(roles, recursive := true), evidence from facts)
    select document, norm, evidence[1].quote from roles
    where role = 'value' and norm like '% USD'
    order by cast(split_part(norm, ' ', 1) as double) desc
    """
)
for document, amount, sentence in figures.fetchall()[:5]:
    print(f"{amount:16} {Path(document).name}: {sentence}")
