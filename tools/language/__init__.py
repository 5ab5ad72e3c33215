"""The English pipeline's recipe: open corpora in, `ingest/model/en_core_news_open` out."""
