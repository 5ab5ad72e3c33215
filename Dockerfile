# The service in an image of its own: `docker build -t dyadgraph .`
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /app && /app/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /app/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 dyadgraph && mkdir /data && chown dyadgraph /data
COPY --from=build /app /app
USER dyadgraph
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DYADGRAPH_HOST=0.0.0.0 \
    DYADGRAPH_PORT=8765 \
    DYADGRAPH_STORE=sqlite:////data/graph.db
VOLUME /data
EXPOSE 8765
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8765/healthz', timeout=4)"]
CMD ["dyadgraph", "serve"]
